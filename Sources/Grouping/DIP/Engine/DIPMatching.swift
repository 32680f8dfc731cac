extension DIPIndex {
  /// Why a way of a row does not take a case, the cheap questions first; `none` when it takes it.
  @inline(__always)
  func miss(_ number: Int32, _ unit: DIPCase) -> DIPMiss {
    let arm = arms[Int(number)]
    if arm.isConservative, unit.main != 0 { return .hasProcedure }
    if arm.bits != .max, arm.bits & unit.bits == 0 { return absence(arm) }
    if let treatment = arm.treatment, treatment != unit.treatment { return .treatment }
    for position in arm.clauses {
      let clause = clauses[Int(position)]
      if !holds(clause, unit) { return DIPMiss(clause.place) }
    }
    if arm.hasAgeDays, !arm.ageDays.contains(unit.ageDays) { return .ageDays }
    if arm.hasBirthWeight, !arm.birthWeight.contains(unit.birthWeight) { return .birthWeight }
    if let resistant = arm.resistant, resistant != unit.isResistant { return resistant ? .notResistant : .isResistant }
    return .none
  }

  /// The miss of the first clause about procedures, which the bits already deny.
  private func absence(_ arm: DIPArm) -> DIPMiss {
    for position in arm.clauses {
      let miss = DIPMiss(clauses[Int(position)].place)
      if [.mainProcedure, .relatedProcedures, .procedures].contains(miss) { return miss }
    }
    return .procedures
  }

  @inline(__always)
  private func holds(_ clause: DIPArm.Clause, _ unit: DIPCase) -> Bool {
    switch clause.place {
    case .mainProcedure: return unit.main != 0 && has(clause.keys, unit.main)
    case .procedures: return unit.procedures.contains { has(clause.keys, $0) }
    case .relatedProcedures:
      for (position, code) in unit.procedures.enumerated() where position != unit.mainPosition {
        if has(clause.keys, code) { return true }
      }
      return false
    case .otherDiagnoses: return unit.others.contains { has(clause.keys, $0) }
    case .diagnoses: return has(clause.keys, unit.principal) || unit.others.contains { has(clause.keys, $0) }
    }
  }

  /// Whether one of the keys is the code, or a beginning of it where beginnings count.
  @inline(__always)
  func has(_ range: Range<Int32>, _ code: UInt64) -> Bool {
    for position in range where code & masks[Int(position)] == keys[Int(position)] { return true }
    return false
  }
}

extension DIPMiss {
  init(_ place: DIPArm.Place) {
    switch place {
    case .mainProcedure: self = .mainProcedure
    case .relatedProcedures: self = .relatedProcedures
    case .procedures: self = .procedures
    case .otherDiagnoses: self = .otherDiagnoses
    case .diagnoses: self = .diagnoses
    }
  }
}

// MARK: - All layers at once

extension DIPGrouper {
  /// Of all rows that take the case the one that the selection prefers; rows come in the order of the layers, so that
  /// of equals the first stays.
  func weightiestHit(_ candidates: Range<Int32>, _ unit: DIPCase) -> Int32? {
    var best: (arm: Int32, kind: DIPTreatment, layer: DIPLayer)?
    var surgicalComposite: Int32?
    var coversAll = false
    for position in candidates {
      let number = index.lists[Int(position)]
      guard index.miss(number, unit) == .none else { continue }
      let arm = index.arms[Int(number)]
      let (kind, rest) = kinds(arm, unit)
      if arm.layer == .composite {
        if kind == .surgical, surgicalComposite == nil { surgicalComposite = number }
      } else if rest != .surgical {
        coversAll = true
      }
      let isBetter: Bool
      switch best {
      case nil: isBetter = true
      case let best?:
        isBetter =
          manifest.selection == .kindThenLayer ? kind > best.kind : arm.layer == best.layer && kind > best.kind
      }
      if isBetter { best = (number, kind, arm.layer) }
    }
    if manifest.prefersUncoveredSurgery, !coversAll, let surgicalComposite { return surgicalComposite }
    return best?.arm
  }

  /// The weightiest kind of the procedures that a row names, and of those that it leaves aside.
  private func kinds(_ arm: DIPArm, _ unit: DIPCase) -> (named: DIPTreatment, rest: DIPTreatment) {
    var named = arm.treatment ?? .conservative
    var rest = DIPTreatment.conservative
    for code in unit.procedures {
      let isNamed = arm.clauses.contains { position in
        let clause = index.clauses[Int(position)]
        return DIPMiss(clause.place).isAboutProcedures && index.has(clause.keys, code)
      }
      let kind = treatment(of: code)
      if isNamed { named = max(named, kind) } else { rest = max(rest, kind) }
    }
    return (named, rest)
  }
}

extension DIPMiss {
  /// Whether it is about the procedures of a case.
  var isAboutProcedures: Bool { [.mainProcedure, .relatedProcedures, .procedures].contains(self) }
}
