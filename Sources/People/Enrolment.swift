public import Kernel

/// A person's enrolment in one scheme, with what was paid for it (参保缴费).
public struct Enrolment: Hashable, Codable, Sendable {
  /// How the person belongs to the scheme.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Employed; the employer registers and pays (单位职工).
    case employer
    /// Self-employed or flexibly employed; pays alone (灵活就业人员).
    case flexible
    /// Retired from the employee scheme (退休人员).
    case retired
    /// Resident, paying by the year (城乡居民).
    case resident

    /// The scheme that the kind belongs to.
    public var scheme: InsuranceScheme {
      self == .resident ? .resident : .employee
    }

    /// What people call it.
    public var title: LocalizedText {
      switch self {
      case .employer: LocalizedText("单位职工", "employed")
      case .flexible: LocalizedText("灵活就业人员", "flexibly employed")
      case .retired: LocalizedText("退休人员", "retired")
      case .resident: LocalizedText("城乡居民", "resident")
      }
    }
  }

  /// How the person belongs to the scheme.
  public var kind: Kind
  /// The category of person that benefits differ by.
  public var category: PersonCategory
  /// The day of registration (参保登记).
  public var registered: CalendarDate
  /// The last day of the enrolment, when it ended (终止参保).
  public var ended: CalendarDate?
  /// Months paid in the employee scheme, both ends included.
  public var paidMonths: [MonthRange]
  /// Years paid in the resident scheme.
  public var paidYears: [PaidYear]
  /// Contribution months counted for retirement, actual and deemed (实际缴费与视同缴费年限).
  public var countedMonths: Int
  /// Whether missing contribution years were paid at once on retirement (一次性补缴).
  public var paidOffAtRetirement: Bool
  /// The group that may pay late, when the person belongs to one.
  public var lateGroup: LatePayingGroup?

  /// Makes an enrolment.
  public init(
    kind: Kind, category: PersonCategory, registered: CalendarDate, ended: CalendarDate? = nil,
    paidMonths: [MonthRange] = [], paidYears: [PaidYear] = [], countedMonths: Int = 0,
    paidOffAtRetirement: Bool = false, lateGroup: LatePayingGroup? = nil
  ) {
    self.kind = kind
    self.category = category
    self.registered = registered
    self.ended = ended
    self.paidMonths = paidMonths
    self.paidYears = paidYears
    self.countedMonths = countedMonths
    self.paidOffAtRetirement = paidOffAtRetirement
    self.lateGroup = lateGroup
  }
}

/// A run of months, both ends included.
public struct MonthRange: Hashable, Codable, Sendable {
  /// The first month.
  public let first: YearMonth
  /// The last month.
  public let last: YearMonth

  /// Makes a run, or `nil` when it would end before it begins.
  public init?(_ first: YearMonth, _ last: YearMonth) {
    guard first <= last else { return nil }
    self.first = first
    self.last = last
  }
}

/// A year of resident insurance and the day on which it was paid.
public struct PaidYear: Hashable, Codable, Sendable {
  /// The insurance year.
  public let year: Int
  /// The day of payment.
  public let paidOn: CalendarDate

  /// Makes a paid year.
  public init(year: Int, paidOn: CalendarDate) {
    self.year = year
    self.paidOn = paidOn
  }
}

/// A group of residents that may pay after the deadline (S10).
public enum LatePayingGroup: String, Codable, Sendable, CaseIterable {
  /// Migrant workers who return (返乡农民工).
  case migrantWorker = "migrant_worker"
  /// Students of the year of entry or leaving (学生).
  case student
}
