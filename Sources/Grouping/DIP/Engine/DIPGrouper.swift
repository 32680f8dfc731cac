import Kernel

/// Groups cases by one DIP catalogue.
///
/// The order is on this page: reject list, restrictions of procedures, the rows that name the principal diagnosis in
/// the order of the layers, composite groups of categories that no row lists, blank group. Grouping is total: every
/// case ends in one group or in a named ``DIPStatus``.
///
/// ```swift
/// let grouper = try DIPGrouper(catalogue)
/// grouper.group(GroupingCase(diagnoses: ["A09.001"], procedures: ["44.1300x001"])).code  // "BX-20"
/// ```
public struct DIPGrouper: Sendable {
  /// The catalogue.
  public let catalogue: DIPCatalogue
  let manifest: DIPManifest
  let index: DIPIndex
  private let marks: DIPIndex
  private let rejectTable: PackedTable
  private let rejectLengths: [Int]
  private let rejectTexts: [String: Int]
  private let restrictionTable: PackedTable
  private let scopes: [Int32: DIPCell]
  let classTable: PackedTable
  private let resistantTable: PackedTable
  private let resistantLengths: [Int]
  private let resistantOthers: [PackedCode]

  /// What keeps a catalogue from being used: cells that do not read.
  public struct Refusal: Error, Sendable {
    /// Every error, in order of tables and rows.
    public let findings: [DIPFinding]
  }

  /// Makes a grouper.
  ///
  /// - Throws: ``Refusal`` when a cell of the catalogue does not read.
  public init(_ catalogue: DIPCatalogue) throws(Refusal) {
    var compiler = DIPCompiler(catalogue)
    let (groups, marks) = compiler.compile()
    var lists = DIPListReader(catalogue)
    lists.read()
    let errors = (compiler.findings + lists.findings).filter(\.isError)
    if !errors.isEmpty { throw Refusal(findings: errors) }
    self.catalogue = catalogue
    manifest = catalogue.manifest
    index = groups
    self.marks = marks
    rejectTable = PackedTable(lists.rejects)
    rejectLengths = DIPListReader.lengths(lists.rejects)
    rejectTexts = Dictionary(
      catalogue.rejects.enumerated().map { (DIPListReader.plain($1.code), $0) }, uniquingKeysWith: { first, _ in first }
    )
    restrictionTable = PackedTable(lists.restrictions)
    scopes = lists.scopes
    classTable = PackedTable(lists.classes)
    resistantTable = PackedTable(lists.resistant)
    resistantLengths = DIPListReader.lengths(lists.resistant)
    resistantOthers = lists.resistantOthers
  }

  /// Room for a case being grouped; hand the same to many calls and they make no memory.
  public struct Workspace: Sendable {
    var unit = DIPCase()

    /// Makes a workspace.
    public init() {}
  }

  /// The group of a case.
  public func group(_ source: GroupingCase) -> DIPGrouping {
    var workspace = Workspace()
    return group(source, using: &workspace)
  }

  /// The group of a case, in room that is used again.
  public func group(_ source: GroupingCase, using workspace: inout Workspace) -> DIPGrouping {
    if let status = prepare(source, &workspace.unit) { return DIPGrouping(status: status) }
    let candidates = index.candidates(for: workspace.unit.principal)
    let hit =
      manifest.selection == .firstLayer
      ? firstHit(candidates, workspace.unit) : weightiestHit(candidates, workspace.unit)
    guard let hit else { return withoutRow(workspace.unit) }
    let row = catalogue.groups[Int(index.arms[Int(hit)].row)]
    return DIPGrouping(
      status: .grouped, layer: row.layer, code: row.code, name: row.name, treatment: workspace.unit.treatment,
      row: Int(index.arms[Int(hit)].row), isPrimaryCare: isPrimaryCare(workspace.unit, row.layer))
  }

  /// Reads the case and decides its main procedure; a status when it goes no further.
  func prepare(_ source: GroupingCase, _ unit: inout DIPCase) -> DIPStatus? {
    guard let first = source.diagnoses.first, !first.isEmpty else { return .noPrincipalDiagnosis }
    unit.read(source)
    guard unit.principal != 0 else { return .malformedPrincipalDiagnosis }
    if rejectRow(first, unit.principal) != nil { return .rejectedPrincipalDiagnosis }
    chooseMain(&unit)
    unit.bits = unit.procedures.reduce(0) { $0 | PackedTable.bit($1) }
    unit.treatment = manifest.compositeBy == .mainProcedure ? treatment(of: unit.main) : weightiest(unit)
    unit.isResistant = !catalogue.resistant.isEmpty && isResistant(unit)
    return nil
  }

  /// The first row in the order of the layers that takes the case.
  @inline(__always)
  private func firstHit(_ candidates: Range<Int32>, _ unit: DIPCase) -> Int32? {
    for position in candidates {
      let arm = index.lists[Int(position)]
      if index.miss(arm, unit) == .none { return arm }
    }
    return nil
  }

  /// What becomes of a case that no row takes.
  private func withoutRow(_ unit: DIPCase) -> DIPGrouping {
    if manifest.compositeCategories == .every, manifest.layers.contains(.composite) {
      let category = PackedCode(bits: unit.principal).prefix(3).text(.diagnosis)
      return DIPGrouping(
        status: .grouped, layer: .composite, code: "\(category)-\(unit.treatment.rawValue)",
        name: "\(category) \(unit.treatment.title.chinese)", treatment: unit.treatment,
        isPrimaryCare: isPrimaryCare(unit, .composite))
    }
    guard let blank = manifest.blankGroup else {
      return DIPGrouping(status: .notInCatalogue, treatment: unit.treatment)
    }
    return DIPGrouping(
      status: .blankGroup, layer: .blank, code: blank, name: DIPLayer.blank.title.chinese, treatment: unit.treatment)
  }

  private func isPrimaryCare(_ unit: DIPCase, _ layer: DIPLayer) -> Bool {
    if layer == .primaryCare { return true }
    if catalogue.primaryCare.isEmpty { return false }
    return marks.candidates(for: unit.principal).contains { marks.miss(marks.lists[Int($0)], unit) == .none }
  }
}

// MARK: - Lists

extension DIPGrouper {
  /// The row of the reject list that a principal diagnosis is on.
  func rejectRow(_ text: String, _ principal: UInt64) -> Int? {
    if manifest.rejectMatching == .prefix {
      for length in rejectLengths {
        let row = rejectTable[principal & PackedCode.mask(length)]
        if row >= 0 { return Int(row) }
      }
      return nil
    }
    guard rejectTable[principal] >= 0 else { return nil }
    // Pairs (`A17.0+G01*`) share the beginning that tables are keyed by; the whole texts must be equal.
    return rejectTexts[DIPListReader.plain(text)]
  }

  /// The restriction of a procedure.
  @inline(__always)
  func restriction(of procedure: UInt64) -> Int? {
    let row = restrictionTable[procedure]
    return row < 0 ? nil : Int(row)
  }

  /// Whether a restricted procedure counts all the same, because the principal diagnosis is within its scope.
  func isWithinScope(_ row: Int, _ principal: UInt64) -> Bool {
    guard let scope = scopes[Int32(row)] else { return false }
    let code = PackedCode(bits: principal)
    return scope.alternatives.contains {
      $0.allSatisfy { $0.contains { $0.prefixes.contains { $0.isPrefix(of: code) } } }
    }
  }

  /// Takes procedures off that do not count, and decides which of the rest is the main one.
  func chooseMain(_ unit: inout DIPCase) {
    unit.main = 0
    unit.mainPosition = -1
    var isDecided = false
    var kept = 0
    for position in unit.procedures.indices {
      let code = unit.procedures[position]
      switch standing(of: code, unit.principal) {
      case .counts:
        if !isDecided { (unit.main, unit.mainPosition, isDecided) = (code, kept, true) }
      case .notMain:
        break
      case .conservative:
        let takesCase = !isDecided
        isDecided = true
        if takesCase || manifest.setAside == .everywhere { continue }
      }
      unit.procedures[kept] = code
      kept += 1
    }
    unit.procedures.removeLast(unit.procedures.count - kept)
  }

  /// What a procedure counts for, with this principal diagnosis.
  enum Standing {
    case counts
    case notMain
    case conservative
  }

  @inline(__always)
  func standing(of procedure: UInt64, _ principal: UInt64) -> Standing {
    guard let row = restriction(of: procedure) else { return .counts }
    switch catalogue.restrictions[row].rule {
    case .next: return .notMain
    case .conservative: return .conservative
    case .within: return isWithinScope(row, principal) ? .counts : .conservative
    }
  }

  /// The kind of treatment that a procedure is; conservative for none.
  @inline(__always)
  func treatment(of procedure: UInt64) -> DIPTreatment {
    if procedure == 0 { return .conservative }
    switch classTable[procedure] {
    case 2: return .diagnostic
    case 3: return .therapeutic
    case 4: return .surgical
    case 5: return manifest.interventional
    default: return manifest.unclassified
    }
  }

  private func weightiest(_ unit: DIPCase) -> DIPTreatment {
    if unit.main == 0 { return .conservative }
    return unit.procedures.reduce(.conservative) { max($0, treatment(of: $1)) }
  }

  private func isResistant(_ unit: DIPCase) -> Bool {
    let isMarked = resistantOthers.contains { code in unit.others.contains { code.isPrefix(of: PackedCode(bits: $0)) } }
    if isMarked { return true }
    if manifest.resistantMatching == .exact { return resistantTable[unit.principal] >= 0 }
    return resistantLengths.contains { resistantTable[unit.principal & PackedCode.mask($0)] >= 0 }
  }
}
