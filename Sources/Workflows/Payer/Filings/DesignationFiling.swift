public import Claims
public import Kernel

/// An institution that a person is registered with for some business (人员定点备案, 2505).
///
/// Registrations of emergency stays elsewhere (07) and of living elsewhere (08) say how care there was filed; the
/// others are kept and answered (5302) and change no payment: that would be a policy of the region, which none states.
public struct DesignationFiling: BenefitFiling {
  /// The business types that say how care elsewhere was filed (`biz_appy_type`).
  public enum CareElsewhere {
    /// Emergency stay elsewhere (异地急诊住院登记).
    public static let emergency = "07"
    /// Living elsewhere (异地安置登记).
    public static let residence = "08"
  }

  /// The register of designations.
  public static let register = "designation"

  /// The number (`trt_dcla_detl_sn`).
  public var id: String
  /// The institution that filed it.
  public var owner: String
  /// The person (`psn_no`).
  public var subject: String
  /// When it was filed.
  public var time: String
  /// The business it is for (业务申请类型, `biz_appy_type`).
  public var business: String
  /// Its place among the person's institutions (定点排序号, `fix_srt_no`).
  public var order: String
  /// The institution that is designated (`fixmedins_code`).
  public var institution: String
  /// Its name (`fixmedins_name`).
  public var institutionName: String
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
    person: String, business: String, order: String, institution: String, institutionName: String, period: DateRange,
    contact: ContactDetails = ContactDetails(), agent: FilingAgent? = nil, remark: String = ""
  ) {
    id = ""
    owner = ""
    subject = person
    time = ""
    self.business = business
    self.order = order
    self.institution = institution
    self.institutionName = institutionName
    self.period = period
    self.contact = contact
    self.agent = agent
    self.remark = remark
  }

  /// An institution is designated for a business once at a time.
  public var key: String { "\(business) \(institution)" }

  /// How it says that care elsewhere was filed; `nil` when it says nothing about that.
  public var careElsewhere: CrossRegionFiling? {
    switch business {
    case CareElsewhere.emergency: .emergency
    case CareElsewhere.residence: .longTerm
    default: nil
    }
  }

  /// Visits elsewhere that count as filed by it.
  public func bears(_ visit: Visit) -> Bool {
    visit.institution == institution && period.contains(visit.admitted) && visit.filing == careElsewhere
  }
}
