public import Kernel

/// An accidental injury put on file (人员意外伤害备案, 2507).
///
/// Kept for whoever examines it; whether the fund pays for an injury with a third party is a policy question that no
/// region answers yet, so that nothing of it enters a settlement.
public struct InjuryFiling: BenefitFiling {
  /// The register of injuries.
  public static let register = "injury"

  /// The number (`trt_dcla_detl_sn`).
  public var id: String
  /// The institution that filed it.
  public var owner: String
  /// The person (`psn_no`).
  public var subject: String
  /// When it was filed.
  public var time: String
  /// Where the filing comes from (申报来源, `dcla_souc`).
  public var source: String
  /// When it happened (`trum_time`).
  public var injured: CalendarDate?
  /// Where it happened (`trum_site`).
  public var site: String
  /// What caused it (`trum_rea`).
  public var cause: String
  /// When the person was admitted (`adm_time`).
  public var admitted: CalendarDate?
  /// The institution that treats it (`fixmedins_code`).
  public var institution: String
  /// The mark of examination and payment (审核支付标志, `chk_pay_flag`).
  public var paymentMark: String
  /// When it holds.
  public var period: DateRange
  /// How to reach the person.
  public var contact: ContactDetails
  /// Who filed it for the person, when somebody did.
  public var agent: FilingAgent?
  /// Remarks (`memo`).
  public var remark: String
  /// That it was taken back.
  public var withdrawal: FilingWithdrawal?

  /// Makes a filing that the desk has not numbered yet.
  public init(
    person: String, source: String, injured: CalendarDate?, site: String, cause: String, admitted: CalendarDate?,
    institution: String, paymentMark: String, period: DateRange, contact: ContactDetails = ContactDetails(),
    agent: FilingAgent? = nil, remark: String = ""
  ) {
    id = ""
    owner = ""
    subject = person
    time = ""
    self.source = source
    self.injured = injured
    self.site = site
    self.cause = cause
    self.admitted = admitted
    self.institution = institution
    self.paymentMark = paymentMark
    self.period = period
    self.contact = contact
    self.agent = agent
    self.remark = remark
  }

  /// An injury is on file once at a time at an institution.
  public var key: String { "\(institution) \(injured.map { "\($0)" } ?? "")" }

  /// No payment rests on it.
  public func bears(_ visit: Visit) -> Bool { false }
}
