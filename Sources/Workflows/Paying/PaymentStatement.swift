public import Kernel
public import Payment

/// A statement for one holder of a run: an institution's payment slip or clearing, a community's account (拨付单、清算书).
///
/// It is the same for every form it is written in: facts on top, then tables. Amounts are those of the run's line.
public struct PaymentStatement: Sendable {
  /// Whose statement it is, by code.
  public var holder: String
  /// What the holder is called; `nil` where no record names it.
  public var name: String?
  /// What it is called.
  public var title: LocalizedText
  /// What stands on top, in order.
  public var facts: [Fact]
  /// The tables, in order: amounts, steps, cases.
  public var tables: [StatementTable]

  /// Something that stands on top of a statement.
  public struct Fact: Hashable, Sendable {
    /// What it says.
    public var name: LocalizedText
    /// What it is.
    public var value: LocalizedText

    /// Makes a fact.
    public init(_ name: LocalizedText, _ value: LocalizedText) {
      self.name = name
      self.value = value
    }

    /// Makes a fact whose value is the same in every language.
    public init(_ name: LocalizedText, _ value: String) { self.init(name, LocalizedText(value, value)) }
  }

  /// The holder as people read it: the name and the code, or the code alone.
  public var heading: LocalizedText { Self.heading(holder, name) }

  static func heading(_ holder: String, _ name: String?) -> LocalizedText {
    name.map { LocalizedText("\($0)（\(holder)）", "\($0) (\(holder))") } ?? LocalizedText(holder, holder)
  }

  /// Makes a statement.
  public init(
    holder: String, name: String? = nil, title: LocalizedText, facts: [Fact], tables: [StatementTable]
  ) {
    self.holder = holder
    self.name = name
    self.title = title
    self.facts = facts
    self.tables = tables
  }

  /// The table of a kind.
  public subscript(kind: StatementTable.Kind) -> StatementTable? { tables.first { $0.kind == kind } }
}

/// A table of a statement.
public struct StatementTable: Sendable {
  /// What a table is about; files and sheets are named by it.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Amounts of the line.
    case amounts
    /// How they came about.
    case steps
    /// The cases.
    case cases
    /// What differs from the run that is corrected.
    case differences

    /// What the table is called.
    public var title: LocalizedText {
      switch self {
      case .amounts: LocalizedText("金额", "Amounts")
      case .steps: LocalizedText("计算过程", "Steps")
      case .cases: LocalizedText("病例", "Cases")
      case .differences: LocalizedText("与原公布结果的差异", "Differences")
      }
    }
  }

  /// One column.
  public struct Column: Hashable, Sendable {
    /// What stands above it.
    public var title: LocalizedText
    /// Whether numbers stand in it, which are written to the right.
    public var isNumeric: Bool
    /// The width in characters.
    public var width: Int
    /// Whether texts of several sentences stand in it, which pages put below the row.
    public var isLong: Bool

    /// Makes a column.
    public init(
      _ chinese: String, _ english: String, isNumeric: Bool = false, width: Int = 14, isLong: Bool = false
    ) {
      self.isLong = isLong
      title = LocalizedText(chinese, english)
      self.isNumeric = isNumeric
      self.width = width
    }
  }

  /// One value.
  public enum Value: Hashable, Sendable {
    /// Nothing.
    case empty
    /// A text.
    case text(LocalizedText)
    /// An amount, fen.
    case money(Money)
    /// Points.
    case points(Points)
    /// How many.
    case count(Int)

    /// A text that is the same in every language.
    public static func word(_ text: String) -> Value { .text(LocalizedText(text, text)) }

    /// The value as people read it.
    public func text(_ language: Language) -> String {
      switch self {
      case .empty: ""
      case .text(let text): text[language]
      case .money(let amount): amount.yuan
      case .points(let points): points.description
      case .count(let count): "\(count)"
      }
    }

    /// Appends the value as people read it to bytes of UTF-8.
    public func append(to bytes: inout [UInt8], _ language: Language) {
      switch self {
      case .empty: return
      case .text(let text): bytes.append(contentsOf: text[language].utf8)
      case .money(let amount): FixedPoint.append(amount.fen, decimals: 2, to: &bytes)
      case .points(let points): FixedPoint.append(points.millionths, decimals: 6, trimmed: true, to: &bytes)
      case .count(let count): FixedPoint.append(Int64(count), decimals: 0, to: &bytes)
      }
    }
  }

  /// What it is about.
  public var kind: Kind
  /// The columns.
  public var columns: [Column]
  /// The rows, each with a value for every column.
  public var rows: StatementRows

  /// Makes a table.
  public init(_ kind: Kind, columns: [Column], rows: StatementRows) {
    self.kind = kind
    self.columns = columns
    self.rows = rows
  }
}
