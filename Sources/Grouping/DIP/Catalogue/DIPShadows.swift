import Kernel

/// Finds rows, and codes of rows, that no case can reach because earlier rows take every case that would.
///
/// A row is asked about one code at a time: is there an earlier row that takes whatever this one takes with that code?
/// Rows that only together take everything from another one are not found; nothing is found that is not so.
struct DIPShadows {
  private(set) var findings: [DIPFinding] = []
  private let catalogue: DIPCatalogue
  private let index: DIPIndex

  init(_ catalogue: DIPCatalogue, _ index: DIPIndex, _ lists: DIPListReader) {
    self.catalogue = catalogue
    self.index = index
    if catalogue.manifest.selection == .firstLayer { look() }
    lookAtLists(lists)
  }

  /// What becomes of the codes of a row: those that lead to it, and those that an earlier row takes.
  private struct Fate {
    var isReached = false
    var taken: [UInt64: Int32] = [:]
    var reached: Set<UInt64> = []
    var by: Int32?
  }

  private mutating func look() {
    var fates: [Int32: Fate] = [:]
    // Looking at each node where a row stands covers every case: deeper nodes hold the same rows and more before them.
    for node in index.nodes + [index.root] {
      for position in node {
        let number = index.lists[Int(position)]
        let arm = index.arms[Int(number)]
        let first = arm.clauses.first { DIPMiss(index.clauses[Int($0)].place).isAboutProcedures }
        let codes = first.map { clause in index.clauses[Int(clause)].keys.map { index.keys[Int($0)] } } ?? [0]
        for code in codes {
          let winner = node.lowerBound..<position
          let taker = winner.first { covers(index.lists[Int($0)], number, first, code) }
          if let taker {
            fates[arm.row, default: Fate()].taken[code] = index.arms[Int(index.lists[Int(taker)])].row
          } else {
            fates[arm.row, default: Fate()].reached.insert(code)
          }
        }
      }
    }
    for (row, fate) in fates.sorted(by: { $0.key < $1.key }) { report(row, fate) }
  }

  private mutating func report(_ number: Int32, _ fate: Fate) {
    let row = catalogue.groups[Int(number)]
    let lost = fate.taken.keys.filter { !fate.reached.contains($0) }.sorted()
    guard let sheet = DIPSheet(row.layer), let first = lost.first, let by = fate.taken[first] else { return }
    let earlier = catalogue.groups[Int(by)]
    let place = "\(earlier.code) (\(DIPSheet(earlier.layer)?.rawValue ?? ""):\(earlier.row))"
    if !fate.reached.isEmpty {
      let codes = lost.prefix(5).map { PackedCode(bits: $0).text(.procedure) }.joined(separator: " ")
      findings.append(
        DIPFinding(
          .shadowedCodes, sheet, layer: row.layer, row: row.row, .mainProcedure,
          LocalizedText(
            "编码 \(codes) 不会入 \(row.code)，先被 \(place) 接收。",
            "the codes \(codes) never lead to \(row.code); \(place) takes them first."), excerpt: codes))
      return
    }
    let isSame = earlier.layer == row.layer && Self.conditions(earlier) == Self.conditions(row)
    findings.append(
      DIPFinding(
        isSame ? .duplicateRow : .shadowedRow, sheet, layer: row.layer, row: row.row, nil,
        isSame
          ? LocalizedText("入组条件与 \(place) 相同。", "the conditions are those of \(place).")
          : LocalizedText(
            "没有病例能入 \(row.code)，先被 \(place) 接收。", "no case reaches \(row.code); \(place) takes them first."),
        excerpt: row.code))
  }

  private static func conditions(_ row: DIPCatalogue.GroupRow) -> [String] {
    [
      row.principal, row.diagnoses, row.otherDiagnoses, row.mainProcedure, row.relatedProcedures, row.procedures,
      row.ageDays, row.birthWeight, row.resistant, row.treatment?.word ?? "",
    ]
  }

  /// Whether the earlier way takes every case of the later one with one code of its first clause of procedures.
  private func covers(_ earlier: Int32, _ later: Int32, _ first: Int32?, _ code: UInt64) -> Bool {
    let (wide, narrow) = (index.arms[Int(earlier)], index.arms[Int(later)])
    if wide.row == narrow.row { return false }
    if wide.isConservative, !narrow.isConservative { return false }
    if let treatment = wide.treatment, treatment != narrow.treatment { return false }
    if let resistant = wide.resistant, resistant != narrow.resistant { return false }
    if wide.hasAgeDays, !(narrow.hasAgeDays && wide.ageDays.covers(narrow.ageDays)) { return false }
    if wide.hasBirthWeight, !(narrow.hasBirthWeight && wide.birthWeight.covers(narrow.birthWeight)) { return false }
    return wide.clauses.allSatisfy { wanted in
      narrow.clauses.contains { given in implies(given, wanted, only: given == first ? code : nil) }
    }
  }

  /// Whether the clause `given` makes sure of the clause `wanted`.
  private func implies(_ given: Int32, _ wanted: Int32, only code: UInt64?) -> Bool {
    let (narrow, wide) = (index.clauses[Int(given)], index.clauses[Int(wanted)])
    guard Self.lies(narrow.place, in: wide.place) else { return false }
    if let code { return index.has(wide.keys, code) }
    return narrow.keys.allSatisfy { index.has(wide.keys, index.keys[Int($0)]) }
  }

  private static func lies(_ narrow: DIPArm.Place, in wide: DIPArm.Place) -> Bool {
    narrow == wide || wide == .diagnoses && narrow == .otherDiagnoses
      || wide == .procedures && [.mainProcedure, .relatedProcedures].contains(narrow)
  }

  /// Rows that the lists keep every case from.
  private mutating func lookAtLists(_ lists: DIPListReader) {
    let rejected = PackedTable(lists.rejects)
    let lengths = DIPListReader.lengths(lists.rejects)
    let restricted = PackedTable(lists.restrictions)
    let isPrefix = catalogue.manifest.rejectMatching == .prefix
    for row in catalogue.groups {
      guard let sheet = DIPSheet(row.layer) else { continue }
      let comma = catalogue.manifest.comma
      if isPrefix, !row.principal.isEmpty, let cell = try? DIPCell(row.principal, of: .diagnosis, comma: comma) {
        let prefixes = cell.alternatives.flatMap { $0.flatMap { $0.flatMap(\.prefixes) } }
        let isLost = prefixes.allSatisfy { code in
          lengths.contains { $0 <= code.length && rejected[code.prefix($0).bits] >= 0 }
        }
        if isLost {
          findings.append(
            DIPFinding(
              .alwaysRejected, sheet, layer: row.layer, row: row.row, .principal,
              LocalizedText("主要诊断都在不纳入分组之列。", "every such principal diagnosis is rejected before."),
              excerpt: row.principal))
        }
      }
      if !row.mainProcedure.isEmpty, let cell = try? DIPCell(row.mainProcedure, of: .procedure, comma: comma) {
        let codes = Set(cell.alternatives.flatMap { $0.flatMap { $0.map(\.first) } })
        let lost = codes.filter { code in
          let number = restricted[code.bits]
          return number >= 0 && catalogue.restrictions[Int(number)].rule != .within
        }
        if !lost.isEmpty {
          let text = lost.sorted().prefix(5).map { $0.text(.procedure) }.joined(separator: " ")
          findings.append(
            DIPFinding(
              .neverMain, sheet, layer: row.layer, row: row.row, .mainProcedure,
              LocalizedText(
                "\(text) 在不纳入分组的主要手术操作之列，不会作为主要手术操作。",
                "\(text) is on the list of procedures that never count as main procedure."), excerpt: text))
        }
      }
    }
  }
}
