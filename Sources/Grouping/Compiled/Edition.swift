/// An edition of CHS-DRG, checked and compiled: what cases are grouped by.
///
/// ```swift
/// let (edition, findings) = Edition.compile(tables)
/// guard let edition else { return findings }
/// let result = Grouper(edition).group(appendicitis)   // GD29
/// ```
///
/// An edition is a value without references to its tables; it may be used by any number of threads, and kept as bytes
/// with ``encoded()``.
public struct Edition: Hashable, Sendable {
  /// Everything that was compiled, shared by all copies.
  let parts: EditionParts

  /// Name and switches.
  public var manifest: EditionManifest { parts.manifest }

  /// How many codes the edition knows.
  public var codeCount: Int { parts.codes.count }
  /// How many groups a case can get, those of the rows for ambiguous and ungrouped cases included.
  public var groupCount: Int { parts.tree.groups.count }
  /// How many adjacent groups a case can get, the rows for ambiguous and ungrouped cases included.
  public var adjacentGroupCount: Int { parts.tree.adjacentGroups.count }

  /// The number of a code as a case states it; no text is made.
  public func number(ofCode code: borrowing Span<UInt8>) -> CodeNumber {
    parts.codes.number(of: code)
  }

  /// The number of a code as a case states it.
  public func number(ofCode code: String) -> CodeNumber {
    var code = code
    return code.withUTF8 { parts.codes.number(of: $0.span) }
  }

  /// Whether a department of discharge is intensive care.
  public func isIntensiveCare(department: String) -> Bool {
    !department.isEmpty && manifest.intensiveCareDepartments.contains(department)
  }

  /// Whether a department of discharge is intensive care; no text is made.
  public func isIntensiveCare(department: borrowing Span<UInt8>) -> Bool {
    guard !department.isEmpty else { return false }
    for name in parts.manifest.intensiveCareDepartments where name.utf8.count == department.count {
      var place = 0
      for byte in name.utf8 {
        if byte != department[place] { break }
        place += 1
      }
      if place == department.count { return true }
    }
    return false
  }

  /// A case in numbers of this edition.
  public func coded(_ groupingCase: GroupingCase) -> CodedCase {
    var coded = CodedCase()
    fill(&coded, from: groupingCase)
    return coded
  }

  /// Fills a case again; its memory is kept.
  public func fill(_ coded: inout CodedCase, from groupingCase: GroupingCase) {
    coded.clear()
    coded.sex = groupingCase.sex
    coded.ageYears = groupingCase.ageYears
    coded.ageDays = groupingCase.ageDays
    coded.birthWeightGrams = groupingCase.birthWeightGrams
    coded.stayDays = groupingCase.stayDays
    coded.dischargeKind = groupingCase.dischargeKind
    coded.isIntensiveCare = isIntensiveCare(department: groupingCase.department)
    for code in groupingCase.diagnoses { coded.appendDiagnosis(number(ofCode: code)) }
    for code in groupingCase.procedures { coded.appendProcedure(number(ofCode: code)) }
  }

  /// The codes of a result.
  public func result(of coded: CodedResult) -> GroupingResult {
    GroupingResult(
      category: coded.category == CodedResult.none ? nil : parts.tree.categories[Int(coded.category)].code,
      adjacentGroup: coded.adjacentGroup == CodedResult.none
        ? nil : parts.tree.adjacentGroups[Int(coded.adjacentGroup)].code,
      group: coded.group == CodedResult.none ? nil : parts.tree.groups[Int(coded.group)].code,
      ungroupedCode: manifest.ungroupedCode, reason: coded.reason)
  }
}

/// What an edition was compiled to.
///
/// One object, so that handing an edition on copies a reference and grouping reads its tables in place.
final class EditionParts: Sendable {
  let manifest: EditionManifest
  let codes: CodeIndex
  let memberships: MembershipTable
  /// The names of the sets that rules ask for, then those of the exclusion tables.
  let setNames: [String]
  let rules: RuleTable
  let tree: GroupTree
  let candidates: CandidateIndex

  init(
    manifest: EditionManifest, codes: CodeIndex, memberships: MembershipTable, setNames: [String], rules: RuleTable,
    tree: GroupTree, candidates: CandidateIndex
  ) {
    self.manifest = manifest
    self.codes = codes
    self.memberships = memberships
    self.setNames = setNames
    self.rules = rules
    self.tree = tree
    self.candidates = candidates
  }
}

extension EditionParts: Hashable {
  static func == (first: EditionParts, second: EditionParts) -> Bool {
    first === second
      || first.manifest == second.manifest && first.codes == second.codes && first.memberships == second.memberships
        && first.setNames == second.setNames && first.rules == second.rules && first.tree == second.tree
        && first.candidates == second.candidates
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(manifest)
    hasher.combine(codes)
  }
}
