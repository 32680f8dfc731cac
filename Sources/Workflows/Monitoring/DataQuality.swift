public import Claims
public import Kernel

/// What the check of one settlement list found, as the projection keeps it (数据质控, S3).
public struct CheckedList: Hashable, Sendable {
  /// The list's number (`setl_list_id`).
  public var id: String
  /// The institution.
  public var institution: String
  /// The settlement (`setl_id`).
  public var settlement: String
  /// When it was uploaded last, `yyyy-MM-dd HH:mm:ss`.
  public var time: String
  /// Whether its settlement was taken back, so that it counts no longer.
  public var isVoid: Bool
  /// What was found, in the order of the rules.
  public var findings: [SettlementListFinding]

  /// Makes a checked list.
  public init(
    id: String, institution: String, settlement: String, time: String, isVoid: Bool, findings: [SettlementListFinding]
  ) {
    self.id = id
    self.institution = institution
    self.settlement = settlement
    self.time = time
    self.isVoid = isVoid
    self.findings = findings
  }

  /// What the projection keeps of a list.
  public init(_ filed: FiledSettlementList) {
    self.init(
      id: filed.id, institution: filed.owner, settlement: filed.subject, time: filed.time, isVoid: filed.isVoid,
      findings: filed.findings)
  }
}

/// Which lists are wanted: void ones never; `nil` stands for any.
public struct QualityFilter: Hashable, Sendable {
  /// The months of the last upload, both included.
  public var months: ClosedRange<YearMonth>?
  /// The institution.
  public var institution: String?
  /// Only findings of this rule; lists are checked by every rule, so all of them still count as checked.
  public var rule: SettlementListRule?

  /// Everything.
  public init() {}
}

/// What lists are told apart by.
public enum QualityDimension: String, Codable, Sendable, CaseIterable {
  /// The month of the last upload.
  case month
  /// The institution.
  case institution
}

/// How many lists were checked, and how many of them something was found in.
public struct QualityTotal: Hashable, Sendable {
  /// The month of the last upload, when asked for.
  public var month: YearMonth?
  /// The institution, when asked for.
  public var institution: String?
  /// Lists that were checked.
  public var listCount: Int
  /// Lists in which something was found.
  public var listsWithFindings: Int
  /// Findings in all.
  public var findingCount: Int

  /// Nothing.
  public init() { (listCount, listsWithFindings, findingCount) = (0, 0, 0) }

  /// Lists with findings among a thousand, rounded half up; `nil` without lists.
  public var perMille: Int? { listCount > 0 ? (listsWithFindings * 2_000 / listCount + 1) / 2 : nil }
}

/// How often a rule was broken.
public struct RuleTotal: Hashable, Sendable {
  /// The rule.
  public let rule: SettlementListRule
  /// How many findings.
  public let findingCount: Int
  /// In how many lists.
  public let listCount: Int

  /// Makes a line.
  public init(rule: SettlementListRule, findingCount: Int, listCount: Int) {
    (self.rule, self.findingCount, self.listCount) = (rule, findingCount, listCount)
  }
}

/// The checks of settlement lists (质控), by month and source.
public protocol QualityMonitoring: Sendable {
  /// Up to which time (`yyyy-MM-dd HH:mm:ss`) the lists of each institution were read.
  func listTimes() async throws(StoreError) -> [String: String]

  /// Adds checked lists, or replaces those with the same number, and notes up to which time each institution's were
  /// read; all of it or nothing.
  func append(_ lists: [CheckedList], readUpTo times: [String: String]) async throws(StoreError)

  /// How many lists were checked and found wanting, told apart by dimensions, ascending.
  ///
  /// Without dimensions there is one line, also when nothing matches.
  func quality(_ filter: QualityFilter, by dimensions: Set<QualityDimension>) async throws(StoreError)
    -> [QualityTotal]

  /// How often each rule was broken, most often first.
  func brokenRules(_ filter: QualityFilter) async throws(StoreError) -> [RuleTotal]

  /// One page of the lists with findings, those with most first.
  func worstLists(_ filter: QualityFilter, page: PageRequest) async throws(StoreError) -> Page<CheckedList>
}
