import Kernel

/// Where a case belongs under a DIP catalogue, and why: what was taken off it, and why each earlier layer let it pass.
public struct DIPExplanation: Hashable, Sendable {
  /// The result, the same as ``DIPGrouper/group(_:)`` gives.
  public let grouping: DIPGrouping
  /// What happened, in order.
  public let steps: [Step]

  /// One thing that happened; rows are positions in the lists of the catalogue.
  public enum Step: Hashable, Sendable {
    /// A diagnosis of the case is no code and was not looked at.
    case unreadableDiagnosis(String)
    /// A procedure of the case is no code and was not looked at.
    case unreadableProcedure(String)
    /// The principal diagnosis is on the reject list.
    case rejected(String, list: Int)
    /// A procedure is on the list and the case is treated as conservative, or it was taken off.
    case setAside(String, list: Int)
    /// A procedure is on the list and the next one took its place.
    case passedOver(String, list: Int)
    /// A procedure is on the list, and counts all the same with this principal diagnosis.
    case withinScope(String, list: Int)
    /// The main procedure that counts, and its kind.
    case mainProcedure(String, DIPTreatment)
    /// There is no procedure that counts.
    case conservative
    /// A layer let the case pass; none of its rows names the principal diagnosis.
    case noRow(DIPLayer)
    /// A layer let the case pass; why its nearest rows did, and how many more there are.
    case passed(DIPLayer, nearest: [RowMiss], more: Int)
    /// A row took the case, by this beginning of the principal diagnosis and with these procedures.
    case taken(row: Int, diagnosis: String, procedures: [String])
    /// Another row would take the case, too; the selection preferred the one taken.
    case alsoTakes(row: Int)
    /// The case went to the composite group of its category, which no row lists.
    case composite(category: String, DIPTreatment)
    /// No row took the case.
    case nothing
  }

  /// Why a row did not take the case.
  public struct RowMiss: Hashable, Sendable {
    /// The position of the row in the list of groups.
    public let row: Int
    /// What it asked for in vain.
    public let miss: DIPMiss
  }
}

extension DIPGrouper {
  /// How many rows of a layer an explanation names.
  static let nearestRows = 5

  /// The group of a case and the way to it.
  public func explain(_ source: GroupingCase) -> DIPExplanation {
    let grouping = group(source)
    var unit = DIPCase()
    var steps: [DIPExplanation.Step] = []
    let status = prepare(source, &unit)
    for text in source.diagnoses where !text.isEmpty && PackedCode(text, .diagnosis) == nil {
      steps.append(.unreadableDiagnosis(text))
    }
    if status == .rejectedPrincipalDiagnosis, let text = source.diagnoses.first,
      let list = rejectRow(text, unit.principal)
    {
      steps.append(.rejected(text, list: list))
    }
    guard status == nil else { return DIPExplanation(grouping: grouping, steps: steps) }
    steps += procedureSteps(source, unit)
    steps += layerSteps(unit, grouping)
    return DIPExplanation(grouping: grouping, steps: steps)
  }

  private func procedureSteps(_ source: GroupingCase, _ unit: DIPCase) -> [DIPExplanation.Step] {
    var steps: [DIPExplanation.Step] = []
    var isDecided = false
    for text in source.procedures where !text.isEmpty {
      guard let code = PackedCode(text, .procedure) else {
        steps.append(.unreadableProcedure(text))
        continue
      }
      let list = restriction(of: code.bits) ?? 0
      switch standing(of: code.bits, unit.principal) {
      case .counts:
        if restriction(of: code.bits) != nil { steps.append(.withinScope(text, list: list)) }
        isDecided = true
      case .notMain:
        if !isDecided { steps.append(.passedOver(text, list: list)) }
      case .conservative:
        if !isDecided || manifest.setAside == .everywhere { steps.append(.setAside(text, list: list)) }
        isDecided = true
      }
    }
    let main = PackedCode(bits: unit.main)
    steps.append(
      unit.main == 0 ? .conservative : .mainProcedure(main.text(.procedure), treatment(of: unit.main)))
    return steps
  }

  /// What each layer said, up to the one that took the case; all of them when the selection looks at all.
  private func layerSteps(_ unit: DIPCase, _ grouping: DIPGrouping) -> [DIPExplanation.Step] {
    var steps: [DIPExplanation.Step] = []
    let candidates = index.candidates(for: unit.principal)
    var taken: (position: Int32, arm: Int32)?
    var others: [Int] = []
    for layer in manifest.layers {
      var misses: [(rank: Int8, miss: DIPExplanation.RowMiss)] = []
      for position in candidates where index.arms[Int(index.lists[Int(position)])].layer == layer {
        let number = index.lists[Int(position)]
        let row = Int(index.arms[Int(number)].row)
        let miss = index.miss(number, unit)
        if miss != .none {
          if misses.contains(where: { $0.miss.row == row }) { continue }
          misses.append((index.ranks[Int(position)], DIPExplanation.RowMiss(row: row, miss: miss)))
        } else if row == grouping.row {
          if taken == nil { taken = (position, number) }
        } else if manifest.selection != .firstLayer, !others.contains(row) {
          others.append(row)
        }
      }
      let isHere = grouping.row != nil && grouping.layer == layer && taken != nil
      if !isHere || manifest.selection != .firstLayer {
        let unmet = misses.filter { miss in miss.miss.row != grouping.row && !others.contains(miss.miss.row) }
        let nearest = unmet.enumerated().sorted { ($1.element.rank, $0.offset) < ($0.element.rank, $1.offset) }
          .prefix(Self.nearestRows).map(\.element.miss)
        let hasOthers = others.contains { catalogue.groups[$0].layer == layer }
        if !isHere, !hasOthers {
          steps.append(
            unmet.isEmpty ? .noRow(layer) : .passed(layer, nearest: nearest, more: unmet.count - nearest.count))
        }
      } else {
        break
      }
    }
    return steps + others.map { .alsoTakes(row: $0) } + [ending(unit, grouping, taken)]
  }

  private func ending(
    _ unit: DIPCase, _ grouping: DIPGrouping, _ taken: (position: Int32, arm: Int32)?
  ) -> DIPExplanation.Step {
    guard let taken, let row = grouping.row else {
      guard grouping.layer == .composite else { return .nothing }
      return .composite(category: PackedCode(bits: unit.principal).prefix(3).text(.diagnosis), unit.treatment)
    }
    // The rank of a term is twice its length, less one for a range.
    let length = (Int(index.ranks[Int(taken.position)]) + 1) / 2
    let principal = PackedCode(bits: unit.principal).prefix(length).text(.diagnosis)
    let arm = index.arms[Int(taken.arm)]
    let named = unit.procedures.filter { code in
      arm.clauses.contains { position in
        let clause = index.clauses[Int(position)]
        return DIPMiss(clause.place).isAboutProcedures && index.has(clause.keys, code)
      }
    }
    return .taken(
      row: row, diagnosis: principal, procedures: named.map { PackedCode(bits: $0).text(.procedure) })
  }
}
