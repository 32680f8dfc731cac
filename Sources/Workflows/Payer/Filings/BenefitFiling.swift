public import Kernel
public import People

/// Something about a person's benefits that an institution puts on file and may take back by its number (备案, 25xx).
///
/// ```swift
/// let number = try await desk.file(filing, message).get()
/// try await desk.withdraw(TransferFiling.self, number, of: "P1", because: "误报", message).get()
/// ```
public protocol BenefitFiling: FiledRecord {
  /// The number of the filing (待遇申报明细流水号, `trt_dcla_detl_sn`); given by the desk.
  var id: String { get set }
  /// The institution that filed it; given by the desk.
  var owner: String { get set }
  /// When it was filed; given by the desk.
  var time: String { get set }
  /// When the filing holds (`begndate`, `enddate`).
  var period: DateRange { get }
  /// That it was taken back, and why; `nil` while it stands.
  var withdrawal: FilingWithdrawal? { get set }

  /// What two filings of a person must not share on the same day.
  var key: String { get }
  /// Puts it among the facts that settlement reads of the person, when it belongs there.
  func enter(_ person: inout InsuredPerson)
  /// Takes it out of the facts that settlement reads of the person.
  func leave(_ person: inout InsuredPerson)
  /// Whether the payment of a visit rests on it.
  func bears(_ visit: Visit) -> Bool
}

extension BenefitFiling {
  /// The person (`psn_no`).
  public var person: String { subject }

  /// Whether it holds on a day.
  public func holds(on day: CalendarDate) -> Bool { withdrawal == nil && period.contains(day) }

  /// Nothing of the person's facts changes unless a kind of filing says so.
  public func enter(_ person: inout InsuredPerson) {}

  /// Nothing of the person's facts changes unless a kind of filing says so.
  public func leave(_ person: inout InsuredPerson) {}
}

/// That a filing was taken back.
public struct FilingWithdrawal: Hashable, Codable, Sendable {
  /// When, `yyyy-MM-dd HH:mm:ss`.
  public let time: String
  /// Why, in the institution's words (`memo`).
  public let reason: String

  /// Makes a withdrawal.
  public init(time: String, reason: String) {
    self.time = time
    self.reason = reason
  }
}

/// How to reach a person, as filings hold it.
public struct ContactDetails: Hashable, Codable, Sendable {
  /// Telephone (`tel`).
  public var telephone: String
  /// Address (`addr`).
  public var address: String

  /// Makes details.
  public init(telephone: String = "", address: String = "") {
    self.telephone = telephone
    self.address = address
  }
}

/// Who files for the person (代办人, `agnter_*`).
public struct FilingAgent: Hashable, Codable, Sendable {
  /// Name (`agnter_name`).
  public var name: String
  /// Kind of certificate (`agnter_cert_type`).
  public var certificateType: String
  /// Number of the certificate (`agnter_certno`).
  public var certificateNumber: String
  /// How to reach them (`agnter_tel`, `agnter_addr`).
  public var contact: ContactDetails
  /// What they are to the person (`agnter_rlts`).
  public var relation: String

  /// Makes an agent.
  public init(
    name: String, certificateType: String, certificateNumber: String, contact: ContactDetails, relation: String
  ) {
    self.name = name
    self.certificateType = certificateType
    self.certificateNumber = certificateNumber
    self.contact = contact
    self.relation = relation
  }
}
