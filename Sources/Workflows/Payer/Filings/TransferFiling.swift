import Claims
public import Kernel

/// A person sent on to another institution (转院备案, 2501).
///
/// A stay at the other institution that begins in the period counts as referred, inside the region and elsewhere
/// (S6, S17).
public struct TransferFiling: BenefitFiling {
  /// Where a transfer leads (转院类型, `refl_type`).
  public enum Reach: String, Codable, Sendable, CaseIterable {
    /// Inside the city (市内转院).
    case city = "1"
    /// Elsewhere in the province (转往省内异地).
    case province = "2"
    /// To another province (转往省外异地).
    case country = "3"
  }

  /// The register of transfers.
  public static let register = "transfer"

  /// The number (`trt_dcla_detl_sn`).
  public var id: String
  /// The institution that sends the person on.
  public var owner: String
  /// The person (`psn_no`).
  public var subject: String
  /// When it was filed.
  public var time: String
  /// The institution that the person is sent to (`reflin_medins_no`).
  public var destination: String
  /// Its name (`reflin_medins_name`).
  public var destinationName: String
  /// The region that it lies in (`mdtrtarea_admdvs`).
  public var destinationRegion: String
  /// Where it leads.
  public var reach: Reach
  /// The day of the transfer (`refl_date`).
  public var date: CalendarDate
  /// When the person may be admitted there under it.
  public var period: DateRange
  /// The diagnosis (`diag_code`).
  public var diagnosis: String
  /// Its name (`diag_name`).
  public var diagnosisName: String
  /// What is said about it (`dise_cond_dscr`).
  public var condition: String
  /// Why (`refl_rea`).
  public var reason: String
  /// The opinion (`refl_opnn`).
  public var opinion: String
  /// Whether the hospital agrees (`hosp_agre_refl_flag`).
  public var hospitalAgrees: Bool
  /// The visit that the person leaves (`refl_old_mdtrt_id`).
  public var earlierVisit: String?
  /// The chain of referrals that it continues or begins; given by the desk.
  public var chain: String
  /// How to reach the person.
  public var contact: ContactDetails
  /// That it was taken back.
  public var withdrawal: FilingWithdrawal?

  /// Makes a filing that the desk has not numbered yet.
  public init(
    person: String, destination: String, destinationName: String, destinationRegion: String, reach: Reach,
    date: CalendarDate, period: DateRange, diagnosis: String, diagnosisName: String, condition: String = "",
    reason: String, opinion: String, hospitalAgrees: Bool = true, earlierVisit: String? = nil,
    contact: ContactDetails = ContactDetails()
  ) {
    id = ""
    owner = ""
    subject = person
    time = ""
    chain = ""
    self.destination = destination
    self.destinationName = destinationName
    self.destinationRegion = destinationRegion
    self.reach = reach
    self.date = date
    self.period = period
    self.diagnosis = diagnosis
    self.diagnosisName = diagnosisName
    self.condition = condition
    self.reason = reason
    self.opinion = opinion
    self.hospitalAgrees = hospitalAgrees
    self.earlierVisit = earlierVisit
    self.contact = contact
  }

  /// A person is sent to an institution once at a time.
  public var key: String { destination }

  /// Visits at the other institution that count as referred.
  public func bears(_ visit: Visit) -> Bool {
    visit.institution == destination && period.contains(visit.admitted)
      && (visit.filing == .referred || visit.referralChain == chain)
  }
}
