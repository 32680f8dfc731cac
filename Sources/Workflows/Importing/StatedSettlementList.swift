public import Claims
public import Kernel
public import People

/// A settlement list as an institution's own file states it, with what the settlement would have said beside it.
public struct StatedSettlementList: Sendable {
  /// The list; its settlement is empty when the file names none.
  public var list: SettlementList
  /// The kind of care.
  public var care: CareCategory
  /// The scheme that pays (`insutype`), as far as the file says.
  public var scheme: InsuranceScheme?
  /// Everything charged (`medfee_sumamt`), when the file says it beside the categories.
  public var total: Money?
  /// What the institution bears (`hosp_part_amt`), when the file says it.
  public var hospitalPart: Money?
  /// The age in completed years (`age`), when the file says it.
  public var ageYears: Int?
  /// What the form found, refusing or not.
  public var findings: [ImportFinding]

  /// Joins a list with what stands beside it.
  public init(
    _ list: SettlementList, care: CareCategory, scheme: InsuranceScheme? = nil, total: Money? = nil,
    hospitalPart: Money? = nil, ageYears: Int? = nil, findings: [ImportFinding] = []
  ) {
    self.list = list
    self.care = care
    self.scheme = scheme
    self.total = total
    self.hospitalPart = hospitalPart
    self.ageYears = ageYears
    self.findings = findings
  }

  /// The number of the list: its settlement, else institution, record and day of discharge; `nil` without these.
  public var number: String? {
    if !list.settlement.isEmpty { return list.settlement }
    guard !list.institution.isEmpty, !list.recordNumber.isEmpty, let day = list.stay.discharged?.day else { return nil }
    return "\(list.institution)-\(list.recordNumber)-\(day)"
  }

  /// The day by which it is settled: the end of the settlement period, else the day of discharge.
  public var day: CalendarDate? { list.payment.to ?? list.stay.discharged?.day }
}

/// A settlement list of an institution's own file that was taken (导入的结算清单): of a stay that this payer did not settle.
///
/// Importing it again changes nothing; with other content it takes the place of the former, until its month is
/// published.
public struct ImportedSettlementList: FiledRecord {
  /// What the file says; two of the same content are the same list.
  public struct Content: Hashable, Codable, Sendable {
    /// The list.
    public var list: SettlementList
    /// The kind of care.
    public var care: CareCategory
    /// The scheme that pays.
    public var scheme: InsuranceScheme
    /// The institution's level.
    public var level: InstitutionLevel
    /// Everything charged.
    public var total: Money
    /// What the pooled fund of the scheme paid.
    public var fundShare: Money
    /// The age at admission in completed years.
    public var ageYears: Int
  }

  /// The register of imported lists.
  public static let register = "imported-settlement-list"

  /// The number of the list (`setl_id`, else institution, record and day of discharge).
  public var id: String
  /// The institution.
  public var owner: String
  /// The person (`psn_no`), or the record when the file names no person.
  public var subject: String
  /// The day by which it is settled, `yyyy-MM-dd`.
  public var time: String
  /// What the file says.
  public var content: Content
  /// The group; empty when none took the case, or when the list is of no stay.
  public var group: String
  /// The main category (MDC) of the group, where the edition has any.
  public var category: String
  /// Warnings of the check.
  public var findings: [SettlementListFinding]
  /// Where it stood when it was taken last.
  public var place: ImportPlace

  /// Makes a record.
  public init(
    id: String, day: CalendarDate, content: Content, group: String = "", category: String = "",
    findings: [SettlementListFinding] = [], place: ImportPlace
  ) {
    self.id = id
    owner = content.list.institution
    subject = content.list.person.isEmpty ? content.list.recordNumber : content.list.person
    time = "\(day)"
    self.content = content
    self.group = group
    self.category = category
    self.findings = findings
    self.place = place
  }

  /// The month of settlement.
  public var month: YearMonth? { YearMonth(time.prefix(7)) }
}
