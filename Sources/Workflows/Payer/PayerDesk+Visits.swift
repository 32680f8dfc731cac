public import Claims
public import Kernel
import People
import Policy
import Settlement

/// What a registration says (2201, 2401).
public struct RegistrationRequest: Sendable {
  /// The visit; its identifier is given by the desk.
  public var visit: Visit
  /// Diagnoses at admission; their codes replace the visit's.
  public var diagnoses: [StatedDiagnosis]

  /// Makes a request.
  public init(visit: Visit, diagnoses: [StatedDiagnosis] = []) {
    self.visit = visit
    self.diagnoses = diagnoses
  }
}

/// What may be changed about a registered visit (2203, 2403).
public struct VisitChange: Sendable {
  /// Diagnoses stated now.
  public var diagnoses: [StatedDiagnosis]?
  /// Whether those stated before stay unless they are stated again (2203), or all are stated anew (2403).
  public var keepsDiagnoses = false
  /// The chronic disease treated.
  public var chronicDisease: String?
  /// The kind of case with a fixed amount.
  public var caseKind: String?
  /// The kind of care, with the interface's code.
  public var care: (category: CareCategory, medicalType: String)?
  /// The first day.
  public var admitted: CalendarDate?

  /// Makes a change of nothing.
  public init() {}
}

extension PayerDesk {
  /// Registers a visit or stay (2201, 2401).
  ///
  /// Refused when the person, institution or dates are wrong, when insurance does not cover the day, and when a stay
  /// overlaps another one.
  public func register(_ request: RegistrationRequest, _ message: MessageContext) async -> Result<Visit, DeskRefusal> {
    let desk = self
    return await once(
      message, again: { store, id throws(StoreError) in Self.found(try store.visit(id), or: .visitUnknown, id) },
      { transaction throws(StoreError) in
        var visit = request.visit
        if let refusal = try desk.refusal(of: visit, transaction) { return .failure(refusal) }
        if let person = try transaction.person(visit.person),
          let place = try transaction.institution(visit.institution)
        {
          visit = try desk.placed(visit, person, place, transaction)
        }
        visit.id = "\(desk.region)V\(try transaction.nextNumber("visit"))"
        visit.state = .open
        if !request.diagnoses.isEmpty {
          let stated = VisitDiagnoses(
            visit: visit.id, institution: visit.institution, stage: .admission, time: message.time,
            diagnoses: request.diagnoses)
          visit.diagnoses = stated.codes
          try transaction.put(stated)
        }
        try transaction.add(visit)
        if visit.care.isStay { try transaction.put(StayEntry(visit)) }
        return .success((visit, made: visit.id))
      })
  }

  /// Why a visit cannot be registered; `nil` when it can.
  func refusal(of visit: Visit, _ store: any PayerReading) throws(StoreError) -> DeskRefusal? {
    guard try store.institution(visit.institution) != nil else {
      return .desk(.institutionUnknown, about: visit.institution)
    }
    guard let record = try store.person(visit.person) else { return .desk(.personUnknown, about: visit.person) }
    if let discharged = visit.discharged, discharged < visit.admitted {
      return .desk(.datesImpossible, about: "\(visit.admitted)…\(discharged)")
    }
    switch library.policy(region: region, dates: EventDates(on: visit.admitted)) {
    case .failure(let failure): return Self.refusal(failure)
    case .success(let policy):
      switch record.person.coverage(on: visit.admitted, under: policy.coverageRules) {
      case .notCovered(let reason):
        let outcome = SettlementOutcome(reason)
        return .settlement(outcome, outcome.message)
      case .covered(let scheme, _, _):
        if scheme != visit.scheme { return .desk(.schemeMismatch, about: scheme.insutype) }
      }
    }
    return try overlap(of: visit, store)
  }

  /// Another stay of the person on the same days; the day of discharge may be the day of the next admission.
  private func overlap(of visit: Visit, _ store: any PayerReading) throws(StoreError) -> DeskRefusal? {
    guard visit.care.isStay else { return nil }
    for other in try store.visits(of: visit.person) where other.care.isStay && other.state != .withdrawn {
      guard other.id != visit.id else { continue }
      let endsBefore = other.discharged.map { $0 <= visit.admitted } ?? false
      let beginsAfter = visit.discharged.map { $0 <= other.admitted } ?? false
      if !endsBefore && !beginsAfter { return .desk(.stayOverlaps, about: other.id) }
    }
    return nil
  }

  /// Takes a registration back (2202, 2404); the visit must hold no fees.
  public func withdrawRegistration(_ visit: String, of person: String, _ message: MessageContext) async
    -> Result<Visit, DeskRefusal>
  {
    await change(visit, of: person, from: [.open], message) { visit, lines in
      guard lines.isEmpty else { return .desk(.visitState, about: "\(visit.id) \(lines.count) fee lines") }
      visit.state = .withdrawn
      return nil
    }
  }

  /// Changes what is known about a visit (2203, 2403).
  public func change(_ visit: String, of person: String, to change: VisitChange, _ message: MessageContext) async
    -> Result<Visit, DeskRefusal>
  {
    let desk = self
    return await self.change(visit, of: person, from: [.open, .discharged], message) { visit, _ in
      if let disease = change.chronicDisease { visit.chronicDisease = disease }
      if let kind = change.caseKind { visit.caseKind = kind }
      if let (category, medicalType) = change.care {
        visit.care = category
        visit.medicalType = medicalType
      }
      if let admitted = change.admitted { visit.admitted = admitted }
      return nil
    } check: { visit, store throws(StoreError) in
      try desk.refusal(of: visit, store)
    } keep: { visit, transaction throws(StoreError) in
      guard let diagnoses = change.diagnoses else { return }
      let earlier = try transaction.filed(VisitDiagnoses.self, "\(visit.id) \(VisitDiagnoses.Stage.admission.rawValue)")
      let stated: VisitDiagnoses
      if change.keepsDiagnoses, let earlier {
        stated = earlier.merged(with: diagnoses, time: message.time)
      } else {
        stated = VisitDiagnoses(
          visit: visit.id, institution: visit.institution, stage: .admission, time: message.time, diagnoses: diagnoses)
      }
      try transaction.put(stated)
      visit.diagnoses = stated.codes
    }
  }

  /// Discharges a stay (2402).
  ///
  /// - Parameter diagnoses: the diagnoses at discharge; those at admission stay beside them.
  public func discharge(
    _ visit: String, of person: String, on day: CalendarDate, diagnoses: [StatedDiagnosis] = [],
    _ message: MessageContext
  ) async -> Result<Visit, DeskRefusal> {
    let desk = self
    return await change(visit, of: person, from: [.open], message) { visit, _ in
      guard day >= visit.admitted else { return .desk(.datesImpossible, about: "\(visit.admitted)…\(day)") }
      visit.discharged = day
      visit.state = .discharged
      return nil
    } check: { visit, store throws(StoreError) in
      try desk.refusal(of: visit, store)
    } keep: { visit, transaction throws(StoreError) in
      guard !diagnoses.isEmpty else { return }
      let stated = VisitDiagnoses(
        visit: visit.id, institution: visit.institution, stage: .discharge, time: message.time, diagnoses: diagnoses)
      try transaction.put(stated)
      visit.diagnoses = stated.codes
    }
  }

  /// Takes a discharge back (2405).
  public func undoDischarge(_ visit: String, of person: String, _ message: MessageContext) async
    -> Result<Visit, DeskRefusal>
  {
    await change(visit, of: person, from: [.discharged], message) { visit, _ in
      visit.discharged = nil
      visit.state = .open
      return nil
    } keep: { visit, transaction throws(StoreError) in
      for var stated in try transaction.filed(VisitDiagnoses.self, about: visit.id) {
        switch stated.stage {
        case .admission: visit.diagnoses = stated.codes
        case .discharge:
          stated.diagnoses = []
          try transaction.put(stated)
        }
      }
    }
  }

  /// A visit with its standing fee lines.
  public func visit(_ id: String) async -> Result<(visit: Visit, lines: [UploadedLine]), DeskRefusal> {
    await read { store throws(StoreError) in
      guard let visit = try store.visit(id) else { return .failure(.desk(.visitUnknown, about: id)) }
      return .success((visit, try store.lines(of: id)))
    }
  }

  /// Changes a visit once it was found in one of some states.
  private func change(
    _ id: String, of person: String, from states: [Visit.State], _ message: MessageContext,
    _ edit: @escaping @Sendable (inout Visit, [UploadedLine]) -> DeskRefusal?,
    check: @escaping @Sendable (Visit, any PayerReading) throws(StoreError) -> DeskRefusal? = {
      (_: Visit, _: any PayerReading) throws(StoreError) -> DeskRefusal? in nil
    },
    keep: @escaping @Sendable (inout Visit, any PayerTransaction) throws(StoreError) -> Void = {
      (_: inout Visit, _: any PayerTransaction) throws(StoreError) -> Void in
    }
  ) async -> Result<Visit, DeskRefusal> {
    await once(
      message, again: { store, id throws(StoreError) in Self.found(try store.visit(id), or: .visitUnknown, id) },
      { transaction throws(StoreError) in
        var visit: Visit
        switch try Self.visit(id, of: person, at: message.institution, in: states, transaction) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found): visit = found
        }
        if let refusal = edit(&visit, try transaction.lines(of: id)) { return .failure(refusal) }
        if let refusal = try check(visit, transaction) { return .failure(refusal) }
        try keep(&visit, transaction)
        try transaction.put(visit)
        if visit.care.isStay { try transaction.put(StayEntry(visit)) }
        return .success((visit, made: visit.id))
      })
  }

  /// A policy that is not there, as a refusal.
  static func refusal(_ failure: PolicyLibrary.Failure) -> DeskRefusal {
    switch failure {
    case .refused(let refusal):
      switch refusal {
      case .unknownRegion: .settlement(.unknownRegion, refusal.message)
      case .dateNotCovered: .settlement(.dateNotCovered, refusal.message)
      }
    case .defective: .settlement(.policyDefective, SettlementOutcome.policyDefective.message)
    }
  }
}
