import Claims
public import Kernel
public import People
import Policy
import Settlement

/// How a person is named in a request.
public enum PersonKey: Sendable {
  /// By the platform's number (`psn_no`).
  case number(String)
  /// By certificate (`psn_cert_type`, `certno`).
  case certificate(type: String, number: String)
}

/// One enrolment as institutions see it (1101 `insuinfo`).
public struct EnrolmentAnswer: Sendable {
  /// The enrolment.
  public let enrolment: Enrolment
  /// Whether it covers the day asked about, and why not.
  public let coverage: Coverage
}

/// A person as institutions see them (1101).
public struct PersonAnswer: Sendable {
  /// The person.
  public let record: PersonRecord
  /// Every enrolment with its state.
  public let enrolments: [EnrolmentAnswer]
  /// What the accounts hold.
  public let balance: AccountBalance
}

extension PayerDesk {
  /// Signs an operator in (9001).
  public func signIn(operatorNumber: String, _ message: MessageContext) async -> Result<SignIn, DeskRefusal> {
    await once(
      message,
      again: { store, number throws(StoreError) in
        Self.found(try store.signIn(number), or: .signInUnknown, number)
      },
      { transaction throws(StoreError) in
        guard try transaction.institution(message.institution) != nil else {
          return .failure(.desk(.institutionUnknown, about: message.institution))
        }
        let number = "S\(try transaction.nextNumber("sign-in"))"
        let signIn = SignIn(
          number: number, institution: message.institution, operatorNumber: operatorNumber, time: message.time)
        try transaction.put(signIn)
        return .success((signIn, made: number))
      })
  }

  /// Signs an operator out (9002).
  public func signOut(_ number: String, _ message: MessageContext) async -> Result<SignIn, DeskRefusal> {
    await once(
      message,
      again: { store, number throws(StoreError) in
        Self.found(try store.signIn(number), or: .signInUnknown, number)
      },
      { transaction throws(StoreError) in
        guard var signIn = try transaction.signIn(number), !signIn.isOver, signIn.institution == message.institution
        else { return .failure(.desk(.signInUnknown, about: number)) }
        signIn.isOver = true
        try transaction.put(signIn)
        return .success((signIn, made: number))
      })
  }

  /// Whether a sign-in number is valid for an institution.
  public func isSignedIn(_ number: String, institution: String) async -> Result<Bool, DeskRefusal> {
    await read { store throws(StoreError) in
      let signIn = try store.signIn(number)
      return .success(signIn.map { !$0.isOver && $0.institution == institution } ?? false)
    }
  }

  /// A person with every enrolment and what the accounts hold (1101).
  public func person(_ key: PersonKey, on day: CalendarDate) async -> Result<PersonAnswer, DeskRefusal> {
    let rules = coverageRules(on: day)
    return await read { store throws(StoreError) in
      guard let record = try Self.find(key, store) else { return .failure(.desk(.personUnknown, about: "")) }
      let enrolments = record.person.enrolments.map { enrolment in
        var alone = record.person
        alone.enrolments = [enrolment]
        return EnrolmentAnswer(enrolment: enrolment, coverage: alone.coverage(on: day, under: rules))
      }
      return .success(
        PersonAnswer(
          record: record, enrolments: enrolments, balance: try store.balance(record.person.number)))
    }
  }

  /// An institution (1201).
  public func institution(_ code: String) async -> Result<InstitutionRecord, DeskRefusal> {
    await read { store throws(StoreError) in
      Self.found(try store.institution(code), or: .institutionUnknown, code)
    }
  }

  /// Whether and how insurance covers a person on a day (2001).
  public func eligibility(_ person: String, on day: CalendarDate) async -> Result<Coverage, DeskRefusal> {
    let rules = coverageRules(on: day)
    return await read { store throws(StoreError) in
      guard let record = try store.person(person) else { return .failure(.desk(.personUnknown, about: person)) }
      return .success(record.person.coverage(on: day, under: rules))
    }
  }

  // MARK: Helpers of this file's requests

  static func find(_ key: PersonKey, _ store: any PayerReading) throws(StoreError) -> PersonRecord? {
    switch key {
    case .number(let number): try store.person(number)
    case .certificate(let type, let number): try store.person(certificateType: type, number: number)
    }
  }

  /// When insurance covers people on a day; nothing is covered on a day without policy.
  func coverageRules(on day: CalendarDate) -> CoverageRules {
    switch library.policy(region: region, dates: EventDates(on: day)) {
    case .success(let policy): policy.coverageRules
    case .failure: CoverageRules()
    }
  }
}
