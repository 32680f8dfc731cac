public import Kernel
public import People

/// What came of importing an institution's own files: how much was read and used, what was found, by rule and month,
/// and what was used, by group and institution.
public struct ImportReport: Hashable, Sendable {
  /// What became of the rows of one kind.
  public struct Tally: Hashable, Sendable {
    /// Rows read.
    public var read = 0
    /// Rows taken for the first time.
    public var added = 0
    /// Rows that were there already.
    public var same = 0
    /// Rows that took the place of an earlier one.
    public var replaced = 0
    /// Rows left out.
    public var unusable = 0

    /// Rows that are used.
    public var used: Int { added + same + replaced }

    /// Counts nothing.
    public init() {}
  }

  /// A rule in a month.
  public struct RuleMonth: Hashable, Sendable, Comparable {
    /// The month of settlement, `yyyy-MM`; empty when it is unknown.
    public let month: String
    /// The number of the rule.
    public let number: UInt16
    /// The field.
    public let field: String

    /// Orders by month, number and field.
    public static func < (left: Self, right: Self) -> Bool {
      (left.month, left.number, left.field) < (right.month, right.number, right.field)
    }
  }

  /// How often a rule was broken.
  public struct Breach: Hashable, Sendable {
    /// How many lists break it.
    public var count = 0
    /// What is wrong.
    public let reason: LocalizedText
    /// Whether such lists are left out.
    public let isRefusing: Bool
    /// The first lists that break it.
    public var examples: [String] = []
  }

  /// A group of a scheme.
  public struct GroupKey: Hashable, Sendable, Comparable {
    /// The scheme.
    public let scheme: InsuranceScheme
    /// The main category (MDC); empty where there is none.
    public let category: String
    /// The group; empty for cases that no group took.
    public let group: String

    /// Orders by scheme, category and group.
    public static func < (left: Self, right: Self) -> Bool {
      (left.scheme.rawValue, left.category, left.group) < (right.scheme.rawValue, right.category, right.group)
    }
  }

  /// An institution in a month.
  public struct InstitutionMonth: Hashable, Sendable, Comparable {
    /// The institution.
    public let institution: String
    /// The month of settlement, `yyyy-MM`.
    public let month: String

    /// Orders by institution and month.
    public static func < (left: Self, right: Self) -> Bool {
      (left.institution, left.month) < (right.institution, right.month)
    }
  }

  /// Cases with what they cost.
  public struct Sum: Hashable, Sendable {
    /// How many cases.
    public var count = 0
    /// Everything charged.
    public var cost = Money.zero
    /// What the pooled fund paid.
    public var fundShare = Money.zero
    /// Days of stay.
    public var days = 0

    /// Counts nothing.
    public init() {}
  }

  /// A list that took the place of a former one.
  public struct Change: Hashable, Sendable {
    /// The list's number.
    public let id: String
    /// Where it stands now.
    public let place: ImportPlace
    /// Where the former stood.
    public let former: ImportPlace
    /// Whether the content is another, rather than the group alone.
    public let isContent: Bool
  }

  /// Settlement lists.
  public internal(set) var lists = Tally()
  /// Institutions.
  public internal(set) var institutions = Tally()
  /// Rows of mappings, which are checked and not filed.
  public internal(set) var mappings = Tally()
  /// Payment cases.
  public internal(set) var caseCount = 0
  /// What was found of lists.
  public internal(set) var breaches: [RuleMonth: Breach] = [:]
  /// Lists of each month, used or not.
  public internal(set) var months: [String: Int] = [:]
  /// Used stays by group.
  public internal(set) var groups: [GroupKey: Sum] = [:]
  /// Used stays by institution and month.
  public internal(set) var work: [InstitutionMonth: Sum] = [:]
  /// Lists that took the place of former ones, the first of them.
  public internal(set) var changes: [Change] = []

  /// How many changes are named one by one; ``lists`` counts them all.
  public static let changeLimit = 10_000

  /// Reports nothing.
  public init() {}

  mutating func note(_ findings: [ImportFinding], _ month: String, of id: String) {
    months[month, default: 0] += 1
    var seen: Set<RuleMonth> = []
    for finding in findings {
      let key = RuleMonth(month: month, number: finding.number, field: finding.field)
      guard seen.insert(key).inserted else { continue }
      var breach = breaches[key] ?? Breach(reason: finding.reason, isRefusing: finding.isRefusing)
      breach.count += 1
      if breach.examples.count < 3 { breach.examples.append(id) }
      breaches[key] = breach
    }
  }

  mutating func use(_ list: ImportedSettlementList, days: Int) {
    let (content, month) = (list.content, String(list.time.prefix(7)))
    func add(_ sum: inout Sum) {
      sum.count += 1
      sum.cost += content.total
      sum.fundShare += content.fundShare
      sum.days += days
    }
    add(&groups[.init(scheme: content.scheme, category: list.category, group: list.group), default: Sum()])
    add(&work[.init(institution: list.owner, month: month), default: Sum()])
  }

  /// Counts what the check of a mapping came to.
  public mutating func countMappings(read: Int, unusable: Int) {
    mappings.read += read
    mappings.unusable += unusable
    mappings.same += read - unusable
  }
}
