public import Claims
public import Kernel
public import People
import Settlement

/// What became of a settlement since it was made.
public enum MonitoredState: UInt8, Codable, Sendable, CaseIterable {
  /// A settlement that stands.
  case standing = 0
  /// A settlement that was taken back since.
  case reversed = 1
  /// The reversal of one.
  case reversal = 2
}

/// What lists and totals know of a settlement or reversal; the whole record stays in the payer's store.
///
/// Amounts are fen, below zero on reversals, so that sums are what was paid in the end.
public struct MonitoredSettlement: Hashable, Sendable {
  /// The place in the order of the projection, from 1; 0 until it is stored there.
  public var ordinal: Int64
  /// The settlement's identifier (`setl_id`).
  public var id: String
  /// The settlement that it takes back; `nil` for a settlement.
  public var reverses: String?
  /// Whether it stands; stores keep it up to date.
  public var state: MonitoredState
  /// The visit (`mdtrt_id`).
  public var visit: String
  /// The person's number (`psn_no`).
  public var person: String
  /// The person's name, unmasked; empty for a person that is not enrolled any more.
  public var name: String
  /// The last six characters of the certificate (`certno`).
  public var certificateEnding: String
  /// The institution's code (`fixmedins_code`).
  public var institution: String
  /// The scheme that paid.
  public var scheme: InsuranceScheme
  /// The kind of care.
  public var care: CareCategory
  /// The kind of care as the interface codes it (`med_type`).
  public var medicalType: String
  /// The principal diagnosis of the visit; empty when none was sent.
  public var diagnosis: String
  /// The first day of care.
  public var admitted: CalendarDate
  /// The last day of care that was settled.
  public var discharged: CalendarDate
  /// When it was made, `yyyy-MM-dd HH:mm:ss`.
  public var time: String
  /// Who paid what.
  public var amounts: MonitoredAmounts

  /// Makes a row that is not stored yet.
  public init(
    id: String, reverses: String? = nil, visit: String, person: String, name: String, certificateEnding: String,
    institution: String, scheme: InsuranceScheme, care: CareCategory, medicalType: String, diagnosis: String,
    admitted: CalendarDate, discharged: CalendarDate, time: String, amounts: MonitoredAmounts
  ) {
    ordinal = 0
    self.id = id
    self.reverses = reverses
    state = reverses == nil ? .standing : .reversal
    self.visit = visit
    self.person = person
    self.name = name
    self.certificateEnding = certificateEnding
    self.institution = institution
    self.scheme = scheme
    self.care = care
    self.medicalType = medicalType
    self.diagnosis = diagnosis
    self.admitted = admitted
    self.discharged = discharged
    self.time = time
    self.amounts = amounts
  }

  /// What the projection keeps of a record.
  ///
  /// - Parameter person: who was settled, for the name; `nil` when the store does not know the number any more.
  public init(_ record: SettlementRecord, person: PersonRecord?) {
    let visit = record.visit
    self.init(
      id: record.id, reverses: record.reverses, visit: visit.id, person: visit.person, name: person?.name ?? "",
      certificateEnding: String((person?.certificateNumber ?? "").suffix(6)), institution: visit.institution,
      scheme: record.settled.cover.scheme, care: record.claim.care, medicalType: visit.medicalType,
      diagnosis: visit.diagnoses.first ?? "", admitted: record.claim.admitted, discharged: record.claim.discharged,
      time: record.time, amounts: MonitoredAmounts(record))
  }

  /// Whether it takes another one back.
  public var isReversal: Bool { reverses != nil }

  /// The day on which it was made: what days and months of totals mean.
  ///
  /// The last day of care where the time does not begin with a day.
  public var day: CalendarDate { CalendarDate(time.prefix(10)) ?? discharged }

  /// The month in which it was made.
  public var month: YearMonth { day.yearMonth }

  /// The days of a stay, at least 1; 0 for a visit that is none.
  public var stayDays: Int { care.isStay ? max(admitted.days(to: discharged), 1) : 0 }
}
