public import Kernel

/// A published table of groups with what each is worth (病组权重表, 病种分值表), one edition.
public struct GroupTable: Sendable, Hashable {
  /// What the publisher calls it.
  public var edition: String
  /// The groups by code.
  public private(set) var rows: [String: GroupRow]

  /// Makes a table; of two rows with one code the later counts, so readers refuse them before.
  public init(edition: String, rows: [GroupRow]) {
    self.edition = edition
    self.rows = Dictionary(rows.map { ($0.code, $0) }, uniquingKeysWith: { _, last in last })
  }

  /// The row of a group, or `nil` when the table does not list it.
  public subscript(group: String) -> GroupRow? { rows[group] }
}

/// One group of a table.
public struct GroupRow: Sendable, Hashable {
  /// The group's code (DRG 编码, 分组编码).
  public var code: String
  /// The group's name.
  public var name: String
  /// The weight (RW, 权重); `nil` when the table gives none.
  public var weight: Factor?
  /// The score (分值); `nil` when the table gives none.
  public var score: Points?
  /// Whether it is a base group or disease, the same for all (基础病组, 基层病种).
  public var isBase: Bool
  /// Whether Chinese medicine is strong in it (中医优势病组).
  public var isChineseMedicine: Bool
  /// Whether it has cases enough to be paid by (稳定组).
  public var isStable: Bool
  /// Whether the table says that it is paid by item (按项目付费).
  public var isPaidByItem: Bool
  /// Coefficients of levels that the table prints.
  public var coefficients: Graded<Factor>?
  /// Standards that the table prints, yuan a case.
  public var standards: Graded<UnitPrice>?
  /// Mean costs that the table prints, yuan a case.
  public var means: Graded<UnitPrice>?

  /// Makes a row; a group is stable unless the table says otherwise.
  public init(
    code: String, name: String = "", weight: Factor? = nil, score: Points? = nil, isBase: Bool = false,
    isChineseMedicine: Bool = false, isStable: Bool = true, isPaidByItem: Bool = false,
    coefficients: Graded<Factor>? = nil, standards: Graded<UnitPrice>? = nil, means: Graded<UnitPrice>? = nil
  ) {
    self.code = code
    self.name = name
    self.weight = weight
    self.score = score
    self.isBase = isBase
    self.isChineseMedicine = isChineseMedicine
    self.isStable = isStable
    self.isPaidByItem = isPaidByItem
    self.coefficients = coefficients
    self.standards = standards
    self.means = means
  }
}
