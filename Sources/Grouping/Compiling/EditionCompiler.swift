import Kernel

extension Edition {
  /// Checks the tables of an edition and compiles them.
  ///
  /// ```swift
  /// let (edition, findings) = Edition.compile(tables)
  /// for finding in findings { print(finding.diagnostic(file: "edition.xlsx").text(.chinese)) }
  /// ```
  ///
  /// - Parameters:
  ///   - tables: the tables as read.
  ///   - knownCodes: a code standard to compare the codes with, when there is one.
  /// - Returns: the edition, `nil` when a finding is an error; and every finding, in the order of sheets and rows.
  public static func compile(_ tables: EditionTables, knownCodes: KnownCodes? = nil) -> (
    edition: Edition?, findings: [EditionFinding]
  ) {
    let draft = EditionReader.draft(tables)
    var findings = EditionChecker.findings(of: draft, knownCodes: knownCodes)
    guard !findings.contains(where: { $0.severity == .error }) else { return (nil, findings) }
    let (tree, rules) = TreeCompiler.tree(of: draft)
    guard let codes = MembershipCompiler(draft), isNumberable(tree, rules) else {
      findings.append(
        EditionFinding(
          .error, .tooLarge, .groups,
          LocalizedText(
            "集合、组或条件超过 65,000 个，不能编译。", "more than 65,000 sets, groups or conditions; it cannot be compiled.")))
      return (nil, findings)
    }
    var assembler = RuleAssembler(setNumbers: codes.setNumbers)
    for rule in rules { assembler.add(rule) }
    let table = assembler.table
    let parts = EditionParts(
      manifest: tables.manifest, codes: codes.codes, memberships: codes.memberships, setNames: codes.setNames,
      rules: table, tree: tree, candidates: CandidateCompiler.index(tree, table, codes.memberships))
    return (Edition(parts: parts), findings)
  }

  /// Whether every rule and test gets a number of 16 bits.
  private static func isNumberable(_ tree: GroupTree, _ rules: [RuleExpression]) -> Bool {
    tree.ruleCount < Limits.places && rules.reduce(0) { $0 + $1.tests.count } < Limits.places
  }

  enum Limits {
    static let places = 65_000
  }
}
