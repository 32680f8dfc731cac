public import Kernel

/// The content of one version of a policy value.
public indirect enum PolicyNode: Hashable, Sendable {
  /// An amount of money.
  case amount(Money)
  /// A percentage, or percentage points.
  case rate(Rate)
  /// A count, or a number of days, months or years.
  case number(Int)
  /// Yes or no.
  case flag(Bool)
  /// One word of a closed list.
  case choice(String)
  /// Several words of a closed list, in order.
  case choices([String])
  /// A day of the year.
  case monthDay(MonthDay)
  /// Rates that hold above thresholds, ascending.
  case bands([Band])
  /// One content for each key of a dimension.
  case table([String: PolicyNode])

  /// The content for keys of the dimensions in order, each with alternatives in order of preference.
  ///
  /// A table without any of the alternatives answers with its `any` entry, else the content is `nil`.
  public subscript(keys: [[String]]) -> PolicyNode? {
    guard case .table(let table) = self else { return self }
    guard let alternatives = keys.first else { return nil }
    let entry = alternatives.lazy.compactMap { table[$0] }.first ?? table[PolicyDimension.any]
    return entry?[Array(keys.dropFirst())]
  }

  /// The keys listed at a depth of nested tables, over all branches.
  func keys(at depth: Int) -> Set<String> {
    guard case .table(let table) = self else { return [] }
    guard depth > 0 else { return Set(table.keys) }
    return table.values.reduce(into: []) { $0.formUnion($1.keys(at: depth - 1)) }
  }
}

/// One band of a scale: the rate that holds for the part of an amount above a threshold, up to the next band.
public struct Band: Hashable, Sendable {
  /// The threshold.
  public let above: Money
  /// The rate for what lies above it.
  public let rate: Rate

  /// Makes a band.
  public init(above: Money, rate: Rate) {
    self.above = above
    self.rate = rate
  }
}

/// What one kind of policy value looks like: its unit.
public enum PolicyUnit: Hashable, Sendable {
  /// Amounts in yuan, as documents print them.
  case yuan
  /// Percentages of an amount, 0 to 100 unless the document says more.
  case percent
  /// Percentage points added to or taken from a rate; may be negative.
  case points
  /// A whole number of things, days, months or years, named by the word.
  case number(String)
  /// Yes or no.
  case flag
  /// One of these words.
  case choice([String])
  /// Some of these words, in order.
  case choices([String])
  /// A day of the year, `12-31`.
  case monthDay
  /// Bands of percentages; a single percentage is one band from nothing.
  case bands

  /// The word in the `unit:` line of a policy file.
  public var word: String {
    switch self {
    case .yuan: "yuan"
    case .percent: "percent"
    case .points: "points"
    case .number(let what): what
    case .flag: "flag"
    case .choice: "choice"
    case .choices: "choices"
    case .monthDay: "month_day"
    case .bands: "bands"
    }
  }
}

/// Something that a policy value may differ by.
public struct PolicyDimension: Hashable, Sendable {
  /// The key that stands for every key not listed.
  public static let any = "any"

  /// The word in the `by:` line of a policy file.
  public let name: String
  /// The keys that may be used; `nil` when they are codes that only the region knows.
  public let keys: [String]?

  /// Makes a dimension.
  public init(_ name: String, keys: [String]?) {
    self.name = name
    self.keys = keys
  }
}

/// What a room reads: one policy value that a region may state.
public struct PolicyValueDefinition: Hashable, Sendable {
  /// Which date of a claim selects the version.
  public enum EventDate: String, Sendable, CaseIterable {
    /// The day of admission or visit.
    case admission = "admission_date"
    /// The day of discharge or visit.
    case discharge = "discharge_date"
  }

  /// The identifier, dots between words, `settlement.employee.inpatient.deductible`.
  public let identifier: String
  /// What it is, in Chinese and English.
  public let title: LocalizedText
  /// The unit.
  public let unit: PolicyUnit
  /// What it may differ by; a file may use some of these, in this order.
  public let dimensions: [PolicyDimension]

  /// Makes a definition.
  public init(_ identifier: String, _ title: LocalizedText, _ unit: PolicyUnit, by dimensions: [PolicyDimension] = []) {
    self.identifier = identifier
    self.title = title
    self.unit = unit
    self.dimensions = dimensions
  }
}
