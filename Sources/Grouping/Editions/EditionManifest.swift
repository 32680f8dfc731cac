/// What an edition is called and the switches in which editions differ.
///
/// The engine reads the switches and never asks which edition it has.
public struct EditionManifest: Hashable, Sendable {
  /// The identifier, `chs_drg_11`.
  public var identifier: String
  /// The name, `CHS-DRG 1.1`.
  public var name: String
  /// The region, 全国 for a national edition.
  public var region: String
  /// Where the tables come from.
  public var source: String
  /// Whether grouping goes on with the next category when no adjacent group of a matched one applies.
  public var categoryFallThrough: Bool
  /// What happens when an adjacent group applies and none of its groups does.
  public var groupMiss: GroupMiss
  /// Whether the rows `xQY` for ambiguous cases (歧义病案) are evaluated.
  public var ambiguousGroup: Bool
  /// Whether a case that stays ungrouped is tried again with each other procedure as the only one.
  public var retriesOtherProcedures: Bool
  /// How a code of a case is looked up in the sets.
  public var codeMatching: CodeMatching
  /// The code of a case that no group takes, `0000`.
  public var ungroupedCode: String
  /// The departments of discharge that are intensive care (`ZZJH` = 1), names and codes as cases state them.
  public var intensiveCareDepartments: [String]

  /// What happens when an adjacent group applies and none of its groups does.
  public enum GroupMiss: String, Hashable, Sendable {
    /// The result is the adjacent group without a group.
    case adjacentGroupOnly = "adrg_only"
    /// Grouping goes on with the next adjacent group.
    case nextAdjacentGroup = "next_adrg"
  }

  /// How a code of a case is looked up in the sets.
  public enum CodeMatching: String, Hashable, Sendable {
    /// The code itself, letters case-sensitive.
    case exact
    /// The code or any beginning of it, for editions whose sets hold categories (`I21`, `37.5`).
    case prefix
  }

  /// Makes a manifest with the switches of the national form.
  public init(
    identifier: String, name: String, region: String = "全国", source: String = "", categoryFallThrough: Bool = true,
    groupMiss: GroupMiss = .adjacentGroupOnly, ambiguousGroup: Bool = false, retriesOtherProcedures: Bool = false,
    codeMatching: CodeMatching = .exact, ungroupedCode: String = "0000",
    intensiveCareDepartments: [String] = EditionManifest.usualIntensiveCare
  ) {
    self.identifier = identifier
    self.name = name
    self.region = region
    self.source = source
    self.categoryFallThrough = categoryFallThrough
    self.groupMiss = groupMiss
    self.ambiguousGroup = ambiguousGroup
    self.retriesOtherProcedures = retriesOtherProcedures
    self.codeMatching = codeMatching
    self.ungroupedCode = ungroupedCode
    self.intensiveCareDepartments = intensiveCareDepartments
  }

  /// Intensive care in names and in the department codes of the settlement list (重症医学科, 28).
  public static let usualIntensiveCare = ["重症医学科", "ICU", "A28", "28"]
}
