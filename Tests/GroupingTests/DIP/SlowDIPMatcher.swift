import Grouping

/// Groups by reading the cells of every row anew, as texts; slow, and written without a look at the engine.
struct SlowDIPMatcher {
  let catalogue: DIPCatalogue

  private var manifest: DIPManifest { catalogue.manifest }

  /// What is left of a case when its procedures have been looked at.
  private struct Seen {
    var principal: String
    var others: [String]
    var procedures: [String]
    /// The position of the main procedure among those left.
    var main: Int?
    var days: Int?
    var grams: Int?
    var kind: DIPTreatment
    var resistant: Bool

    var mainCode: String? { main.map { procedures[$0] } }
  }

  func group(_ source: GroupingCase) -> (status: DIPStatus, code: String) {
    guard let principal = source.diagnoses.first, !principal.isEmpty else { return (.noPrincipalDiagnosis, "") }
    guard isDiagnosis(principal) else { return (.malformedPrincipalDiagnosis, "") }
    for row in catalogue.rejects {
      if manifest.rejectMatching == .exact ? row.code == principal : principal.hasPrefix(row.code) {
        return (.rejectedPrincipalDiagnosis, "")
      }
    }
    let seen = look(source, principal)
    let hits = catalogue.groups.enumerated().flatMap { number, row in
      manifest.layers.contains(row.layer) ? ways(row, number, seen) : []
    }
    if let best = choose(hits, seen) { return (.grouped, catalogue.groups[best].code) }
    if manifest.compositeCategories == .every, manifest.layers.contains(.composite) {
      return (.grouped, "\(principal.prefix(3))-\(seen.kind.rawValue)")
    }
    return manifest.blankGroup.map { (.blankGroup, $0) } ?? (.notInCatalogue, "")
  }

  private func isDiagnosis(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts[0].count == 3 && (parts[0].first?.isLetter ?? false) && parts[0].dropFirst().allSatisfy(\.isNumber)
      && parts.count <= 2 && !(parts.count == 2 && parts[1].isEmpty)
  }

  // MARK: The case

  private func look(_ source: GroupingCase, _ principal: String) -> Seen {
    var left: [(code: String, mayBeMain: Bool)] = []
    var isSettled = false
    var hasMain = false
    for code in source.procedures {
      var verdict = "counts"
      if let row = catalogue.restrictions.first(where: { $0.code == code }) {
        switch row.rule {
        case .conservative: verdict = "conservative"
        case .next: verdict = "next"
        case .within: verdict = takes(row.scope, principal) != nil ? "counts" : "conservative"
        }
      }
      switch verdict {
      case "counts":
        left.append((code, !isSettled))
        if !isSettled { hasMain = true }
        isSettled = true
      case "next": left.append((code, false))
      default:
        if isSettled, manifest.setAside == .mainProcedure { left.append((code, false)) }
        isSettled = true
      }
    }
    let main = hasMain ? left.firstIndex { $0.mayBeMain } : nil
    let kinds = left.map { self.kind($0.code) }
    var kind = DIPTreatment.conservative
    if let main { kind = manifest.compositeBy == .mainProcedure ? kinds[main] : kinds.max() ?? .conservative }
    let others = source.diagnoses.dropFirst().filter(isDiagnosis)
    let resistant = catalogue.resistant.contains { row in
      if row.amongOthers { return others.contains { $0.hasPrefix(row.code) } }
      return manifest.resistantMatching == .exact ? principal == row.code : principal.hasPrefix(row.code)
    }
    return Seen(
      principal: principal, others: Array(others), procedures: left.map(\.code), main: main, days: source.ageDays,
      grams: source.birthWeightGrams, kind: kind, resistant: resistant)
  }

  private func kind(_ code: String) -> DIPTreatment {
    switch catalogue.classes.first(where: { $0.code == code })?.kind {
    case "诊断性操作": .diagnostic
    case "治疗性操作": .therapeutic
    case "手术": .surgical
    case "介入治疗": manifest.interventional
    default: manifest.unclassified
    }
  }

  // MARK: Rows

  /// A row that takes the case, in one of its ways.
  private struct Hit {
    var row: Int
    var narrowness: Int
    var wanted: Int
    var named: [String]
  }

  /// How narrow the best term of a cell is that takes the diagnosis; `nil` when none does.
  private func takes(_ cell: String, _ code: String) -> Int? {
    cell.split(separator: "|").compactMap { term -> Int? in
      let length = { (text: Substring) in text.filter { $0 != "." }.count }
      if term == "所有诊断" { return 0 }
      let ends = term.split(separator: "-")
      if ends.count == 2 {
        let beginning = code.prefix(ends[0].count)
        let isWhole = beginning.count == ends[0].count
        return isWhole && beginning >= ends[0] && beginning <= ends[1] ? 2 * length(ends[0]) - 1 : nil
      }
      return code.hasPrefix(term) ? 2 * length(term) : nil
    }.max()
  }

  private func alternatives(_ cell: String) -> [[String]] {
    cell.split(separator: "|").map { $0.split(separator: "+").map(String.init) }
  }

  private func ways(_ row: DIPCatalogue.GroupRow, _ number: Int, _ seen: Seen) -> [Hit] {
    guard let narrowness = row.principal.isEmpty ? 0 : takes(row.principal, seen.principal) else { return [] }
    if let kind = row.treatment, kind != seen.kind { return [] }
    if !row.ageDays.isEmpty, !(DIPNumberRange(row.ageDays)?.contains(seen.days) ?? false) { return [] }
    if !row.birthWeight.isEmpty, !(DIPNumberRange(row.birthWeight)?.contains(seen.grams) ?? false) { return [] }
    if row.resistant == "是", !seen.resistant { return [] }
    if row.resistant == "否", seen.resistant { return [] }
    let all = [seen.principal] + seen.others
    let hasAll = { (cell: String, codes: [String]) in
      cell.isEmpty
        || self.alternatives(cell).contains { $0.allSatisfy { part in codes.contains { self.takes(part, $0) != nil } } }
    }
    guard hasAll(row.otherDiagnoses, seen.others), hasAll(row.diagnoses, all) else { return [] }
    let isBare = row.mainProcedure.isEmpty && row.relatedProcedures.isEmpty && row.procedures.isEmpty
    let empty = manifest.emptyProcedure[row.layer] ?? .conservative
    if row.mainProcedure == "保守治疗" || isBare && empty == .conservative, seen.main != nil { return [] }
    return procedureWays(row, seen).map { way in
      Hit(row: number, narrowness: narrowness, wanted: way.wanted, named: way.named)
    }
  }

  private func procedureWays(_ row: DIPCatalogue.GroupRow, _ seen: Seen) -> [(wanted: Int, named: [String])] {
    let related = seen.procedures.enumerated().filter { $0.offset != seen.main }.map(\.element)
    var mains: [[String]] = [[]]
    if !row.mainProcedure.isEmpty, row.mainProcedure != "保守治疗" {
      mains = alternatives(row.mainProcedure).filter { codes in
        guard let main = seen.mainCode, codes.contains(main) else { return false }
        return codes.allSatisfy(seen.procedures.contains)
      }
    }
    let others: ([String], String) -> [[String]] = { codes, cell in
      cell.isEmpty ? [[]] : self.alternatives(cell).filter { $0.allSatisfy(codes.contains) }
    }
    var found: [(wanted: Int, named: [String])] = []
    for first in mains {
      for second in others(related, row.relatedProcedures) {
        for third in others(seen.procedures, row.procedures) {
          found.append((first.count + second.count + third.count, codesOfSingles(row, first, second, third)))
        }
      }
    }
    return found
  }

  /// The codes that a way names: all single alternatives of a cell are one way together.
  private func codesOfSingles(
    _ row: DIPCatalogue.GroupRow, _ first: [String], _ second: [String], _ third: [String]
  ) -> [String] {
    [(row.mainProcedure, first), (row.relatedProcedures, second), (row.procedures, third)].flatMap { cell, way in
      way.count == 1 ? alternatives(cell).filter { $0.count == 1 }.flatMap { $0 } : way
    }
  }

  // MARK: Choice

  private func choose(_ hits: [Hit], _ seen: Seen) -> Int? {
    guard !hits.isEmpty else { return nil }
    let place = { (hit: Hit) in manifest.layers.firstIndex(of: catalogue.groups[hit.row].layer) ?? 0 }
    let inOrder = hits.sorted { left, right in
      if place(left) != place(right) { return place(left) < place(right) }
      for criterion in manifest.choice[catalogue.groups[left.row].layer] ?? [.diagnosis, .procedures, .order] {
        switch criterion {
        case .diagnosis: if left.narrowness != right.narrowness { return left.narrowness > right.narrowness }
        case .procedures: if left.wanted != right.wanted { return left.wanted > right.wanted }
        case .order: if left.row != right.row { return left.row < right.row }
        }
      }
      return left.row < right.row
    }
    if manifest.selection == .firstLayer { return inOrder.first?.row }
    let isComposite = { (hit: Hit) in catalogue.groups[hit.row].layer == .composite }
    let named = { (hit: Hit) in
      seen.procedures.filter(hit.named.contains).map(kind).reduce(
        catalogue.groups[hit.row].treatment ?? .conservative, max)
    }
    let left = { (hit: Hit) in seen.procedures.filter { !hit.named.contains($0) }.map(kind).max() ?? .conservative }
    let surgical = inOrder.first { isComposite($0) && named($0) == .surgical }
    if manifest.prefersUncoveredSurgery, let surgical,
      inOrder.filter({ !isComposite($0) }).allSatisfy({ left($0) == .surgical })
    {
      return surgical.row
    }
    let layers = manifest.selection == .layerThenKind ? inOrder.filter { place($0) == place(inOrder[0]) } : inOrder
    let most = layers.map(named).max()
    return layers.first { named($0) == most }?.row
  }
}
