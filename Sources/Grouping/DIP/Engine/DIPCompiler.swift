import Kernel

/// Reads every cell of a catalogue, collects what does not read, and makes the index of what does.
struct DIPCompiler {
  /// More ways than this in one row are a mistake of the table, not a group.
  static let mostArms = 512

  let catalogue: DIPCatalogue
  private(set) var findings: [DIPFinding] = []
  private var groups: DIPIndexBuilder
  private var marks: DIPIndexBuilder

  init(_ catalogue: DIPCatalogue) {
    self.catalogue = catalogue
    groups = DIPIndexBuilder(catalogue.manifest)
    marks = DIPIndexBuilder(catalogue.manifest)
  }

  /// The index of the groups and the index of the primary-care marks.
  mutating func compile() -> (groups: DIPIndex, marks: DIPIndex) {
    for (number, row) in catalogue.groups.enumerated() where catalogue.manifest.layers.contains(row.layer) {
      add(row, number)
    }
    for (number, row) in catalogue.primaryCare.enumerated() {
      var group = DIPCatalogue.GroupRow(layer: .primaryCare, code: "", name: row.name, row: row.row)
      group.principal = row.principal
      group.mainProcedure = row.mainProcedure
      add(group, number, isMark: true)
    }
    return (groups.finish(), marks.finish())
  }

  /// Words of the cell of a main procedure that are no codes.
  enum ProcedureWord {
    static let none: Set<String> = ["保守治疗", "无"]
    static let any: Set<String> = ["任意", "所有手术操作", "所有操作"]
  }

  private mutating func add(_ row: DIPCatalogue.GroupRow, _ number: Int, isMark: Bool = false) {
    guard let sheet = DIPSheet(row.layer) else { return }
    let before = findings.count
    let principal = principalTerms(row, sheet)
    var arm = DIPArm(row: Int32(number), layer: row.layer)
    arm.treatment = row.treatment
    readNumbers(row, sheet, into: &arm)
    let main = row.mainProcedure
    let isNone = ProcedureWord.none.contains(main)
    let isAny = ProcedureWord.any.contains(main)
    let ways = [
      isNone || isAny ? [[]] : procedureWays(main, .mainProcedure, row, sheet, .mainProcedure),
      procedureWays(row.relatedProcedures, .relatedProcedures, row, sheet, .relatedProcedures),
      procedureWays(row.procedures, .procedures, row, sheet, .procedures),
      diagnosisWays(row.otherDiagnoses, .otherDiagnoses, row, sheet, .otherDiagnoses),
      diagnosisWays(row.diagnoses, .diagnoses, row, sheet, .diagnoses),
    ]
    let isBare = main.isEmpty && row.relatedProcedures.isEmpty && row.procedures.isEmpty
    let empty = isMark ? .conservative : catalogue.manifest.emptyProcedure[row.layer] ?? .conservative
    arm.isConservative = isNone || isBare && empty == .conservative
    guard findings.count == before else { return }
    let combined = ways.reduce([[]]) { done, next in
      done.count * next.count > Self.mostArms ? [] : done.flatMap { start in next.map { start + $0 } }
    }
    if combined.isEmpty {
      report(
        .tooManyCombinations, row, sheet, nil,
        "各列的备选组合超过 \(Self.mostArms) 种，请拆成几行。",
        "the alternatives of the columns make more than \(Self.mostArms) combinations; split the row.")
    }
    for drafts in combined {
      if isMark { marks.add(arm, drafts, principal: principal) } else { groups.add(arm, drafts, principal: principal) }
    }
  }

  private mutating func principalTerms(_ row: DIPCatalogue.GroupRow, _ sheet: DIPSheet) -> [DIPCell.Term] {
    let all = DIPCell.Term(first: .empty, last: .empty, prefixes: [.empty])
    guard !row.principal.isEmpty else { return [all] }
    guard let cell = read(row.principal, .diagnosis, row, sheet, .principal) else { return [] }
    if cell.alternatives.contains(where: { $0.count > 1 }) {
      report(
        .impossiblePrincipal, row, sheet, .principal,
        "主要诊断只有一个，不能用「+」要求同时为几个编码；其他诊断请写在其他诊断列。",
        "there is one principal diagnosis; it cannot be several codes (\"+\"). Put others into their own column.",
        row.principal)
    }
    return cell.alternatives.flatMap { $0.flatMap { $0 } }
  }

  /// The alternatives of a cell of procedures; those of a single code make one clause together.
  private mutating func procedureWays(
    _ text: String, _ place: DIPArm.Place, _ row: DIPCatalogue.GroupRow, _ sheet: DIPSheet,
    _ column: DIPFinding.Column
  ) -> [[DIPIndexBuilder.Draft]] {
    guard !text.isEmpty else { return [[]] }
    guard let cell = read(text, .procedure, row, sheet, column) else { return [[]] }
    return ways(of: cell) { alternative in
      if place != .mainProcedure || alternative.count == 1 {
        return alternative.map { DIPIndexBuilder.Draft(place: place, codes: $0.map(\.first)) }
      }
      // Several procedures in the cell of the main one: it is one of them, and all of them were done.
      let one = DIPIndexBuilder.Draft(
        place: .mainProcedure, codes: alternative.flatMap { $0.map(\.first) }, counts: false)
      return [one] + alternative.map { DIPIndexBuilder.Draft(place: .procedures, codes: $0.map(\.first)) }
    }
  }

  private mutating func diagnosisWays(
    _ text: String, _ place: DIPArm.Place, _ row: DIPCatalogue.GroupRow, _ sheet: DIPSheet,
    _ column: DIPFinding.Column
  ) -> [[DIPIndexBuilder.Draft]] {
    guard !text.isEmpty else { return [[]] }
    guard let cell = read(text, .diagnosis, row, sheet, column) else { return [[]] }
    if cell.takesAll { return [[]] }
    return ways(of: cell) { $0.map { DIPIndexBuilder.Draft(place: place, codes: $0.flatMap(\.prefixes)) } }
  }

  private func ways(
    of cell: DIPCell, _ drafts: ([[DIPCell.Term]]) -> [DIPIndexBuilder.Draft]
  ) -> [[DIPIndexBuilder.Draft]] {
    let singles = cell.alternatives.filter { $0.count == 1 }.flatMap { $0.flatMap { $0 } }
    let several = cell.alternatives.filter { $0.count > 1 }.map(drafts)
    return (singles.isEmpty ? [] : [drafts([singles])]) + several
  }

  private mutating func readNumbers(_ row: DIPCatalogue.GroupRow, _ sheet: DIPSheet, into arm: inout DIPArm) {
    if !row.ageDays.isEmpty {
      guard let range = DIPNumberRange(row.ageDays) else { return unreadable(row.ageDays, row, sheet, .ageDays) }
      (arm.hasAgeDays, arm.ageDays) = (true, DIPArm.Bounds(range))
    }
    if !row.birthWeight.isEmpty {
      guard let range = DIPNumberRange(row.birthWeight) else {
        return unreadable(row.birthWeight, row, sheet, .birthWeight)
      }
      (arm.hasBirthWeight, arm.birthWeight) = (true, DIPArm.Bounds(range))
    }
    switch row.resistant {
    case "": break
    case "是", "耐药", "yes": arm.resistant = true
    case "否", "非耐药", "no": arm.resistant = false
    default:
      report(
        .unreadableCell, row, sheet, .resistant, "应为「是」「否」或空。", "expected 是 (yes), 否 (no) or nothing.", row.resistant)
    }
  }

  private mutating func unreadable(
    _ text: String, _ row: DIPCatalogue.GroupRow, _ sheet: DIPSheet, _ column: DIPFinding.Column
  ) {
    report(
      .unreadableCell, row, sheet, column, "「\(text)」不是数的范围；写法如 <29、1000-1499、≥2500。",
      "\"\(text)\" is not a range of numbers; write <29, 1000-1499 or ≥2500.", text)
  }

  private mutating func read(
    _ text: String, _ subject: DIPCell.Subject, _ row: DIPCatalogue.GroupRow, _ sheet: DIPSheet,
    _ column: DIPFinding.Column
  ) -> DIPCell? {
    do {
      return try DIPCell(text, of: subject, comma: catalogue.manifest.comma)
    } catch {
      report(
        .unreadableCell, row, sheet, column, "第 \(error.position) 个字符：\(error.message.chinese)",
        "character \(error.position): \(error.message.english)", error.excerpt)
      return nil
    }
  }

  private mutating func report(
    _ fault: DIPFinding.Fault, _ row: DIPCatalogue.GroupRow, _ sheet: DIPSheet, _ column: DIPFinding.Column?,
    _ chinese: String, _ english: String, _ excerpt: String = ""
  ) {
    findings.append(
      DIPFinding(
        fault, sheet, layer: row.layer, row: row.row, column, LocalizedText(chinese, english), excerpt: excerpt))
  }
}
