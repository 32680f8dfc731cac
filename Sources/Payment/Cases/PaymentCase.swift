public import Kernel
public import People

/// A discharged case as payment sees it: who treated it, what it cost, and the group it fell into.
///
/// The group comes from the Grouping room as a value; a case without one (`group` empty) never becomes payable by a
/// group silently, the contract says what happens to it.
///
/// ```swift
/// let appendicitis = PaymentCase(
///   id: "C1", institution: "H1", level: .secondary, scheme: .employee, month: march, cost: Money(fen: 600_000),
///   group: "GE29")
/// ```
public struct PaymentCase: Hashable, Sendable {
  /// The settlement it belongs to (`setl_id`).
  public var id: String
  /// The institution (`fixmedins_code`).
  public var institution: String
  /// The institution's level, which selects rates and coefficients.
  public var level: InstitutionLevel
  /// The scheme that pays.
  public var scheme: InsuranceScheme
  /// The month of settlement.
  public var month: YearMonth
  /// Everything charged for the case, fen (`medfee_sumamt`).
  public var cost: Money
  /// The part of `cost` that the paying fund has to answer for already by settlement; the rest is the patient's and
  /// other funds', fen (`hifp_pay`).
  public var fundShare: Money
  /// The group, empty when grouping found none.
  public var group: String
  /// Days of the stay.
  public var stayDays: Int
  /// Age in completed years.
  public var ageYears: Int
  /// How the patient left (`dscg_way`): 5 died.
  public var dischargeKind: Int
  /// Department of discharge.
  public var department: String
  /// The attending physician's code (`atddr_no`).
  public var physician: String
  /// Charges for traditional Chinese medicine within `cost`, fen.
  public var traditionalChinese: Money
  /// What makes the case special; empty for most.
  public var marks: Set<PaymentMark>

  /// Makes a case; what is left out is nothing or empty.
  public init(
    id: String, institution: String, level: InstitutionLevel, scheme: InsuranceScheme, month: YearMonth, cost: Money,
    fundShare: Money = .zero, group: String, stayDays: Int = 0, ageYears: Int = 0, dischargeKind: Int = 1,
    department: String = "", physician: String = "", traditionalChinese: Money = .zero,
    marks: Set<PaymentMark> = []
  ) {
    self.id = id
    self.institution = institution
    self.level = level
    self.scheme = scheme
    self.month = month
    self.cost = cost
    self.fundShare = fundShare
    self.group = group
    self.stayDays = stayDays
    self.ageYears = ageYears
    self.dischargeKind = dischargeKind
    self.department = department
    self.physician = physician
    self.traditionalChinese = traditionalChinese
    self.marks = marks
  }
}

/// What makes a case special for payment.
public enum PaymentMark: String, Hashable, Sendable, CaseIterable {
  /// Paid by the day (床日).
  case bedDay = "bed_day"
  /// Day surgery (日间手术).
  case daySurgery = "day_surgery"
  /// Transferred to another institution or ward (转院、转科).
  case transfer
  /// A new technology that the contract names (新技术).
  case newTechnology = "new_technology"
  /// Applied for special negotiation (特病单议, 特例单议).
  case specialNegotiation = "special_negotiation"
}
