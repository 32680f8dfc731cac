public import Kernel
public import People

/// A chronic or special outpatient disease put on file (人员慢特病备案, 2503).
public struct DiseaseFiling: BenefitFiling {
  /// The register of diseases.
  public static let register = "disease"

  /// The number (`trt_dcla_detl_sn`).
  public var id: String
  /// The institution that filed it.
  public var owner: String
  /// The person (`psn_no`).
  public var subject: String
  /// When it was filed.
  public var time: String
  /// The scheme as it was filed (`insutype`).
  public var scheme: InsuranceScheme
  /// The disease (`opsp_dise_code`).
  public var disease: String
  /// Its name (`opsp_dise_name`).
  public var name: String
  /// When the filing holds.
  public var period: DateRange
  /// Where the disease was established (`ide_fixmedins_no`).
  public var establishedBy: String
  /// When it was established (`hosp_ide_date`).
  public var established: CalendarDate
  /// The physician (`diag_dr_codg`).
  public var physician: String
  /// How to reach the person.
  public var contact: ContactDetails
  /// That it was taken back.
  public var withdrawal: FilingWithdrawal?

  /// Makes a filing that the desk has not numbered yet.
  public init(
    person: String, scheme: InsuranceScheme, disease: String, name: String, period: DateRange, establishedBy: String,
    established: CalendarDate, physician: String, contact: ContactDetails = ContactDetails()
  ) {
    id = ""
    owner = ""
    subject = person
    time = ""
    self.scheme = scheme
    self.disease = disease
    self.name = name
    self.period = period
    self.establishedBy = establishedBy
    self.established = established
    self.physician = physician
    self.contact = contact
  }

  /// A disease is on file once at a time.
  public var key: String { disease }

  /// Settlement reads it among the person's chronic diseases.
  public func enter(_ person: inout InsuredPerson) { person.chronicFilings.append(fact) }

  /// Takes it out of the person's chronic diseases.
  public func leave(_ person: inout InsuredPerson) {
    if let place = person.chronicFilings.lastIndex(of: fact) { person.chronicFilings.remove(at: place) }
  }

  /// Visits for the disease that began in the period.
  public func bears(_ visit: Visit) -> Bool { visit.chronicDisease == disease && period.contains(visit.admitted) }

  private var fact: ChronicDiseaseFiling { ChronicDiseaseFiling(disease: disease, period: period) }
}
