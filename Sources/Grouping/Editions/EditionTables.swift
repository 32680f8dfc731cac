/// An edition of CHS-DRG as published: the six tables of the official workbook, row by row, not yet checked.
///
/// Adapters fill it from a workbook (`.xlsx`) or from six CSV files and a manifest; the compiler checks it and makes
/// the dense form that cases are grouped by. Every row knows where it stood, so that a complaint can name the place.
public struct EditionTables: Hashable, Sendable {
  /// What the manifest says.
  public var manifest: EditionManifest
  /// Major diagnostic categories (sheet MDC).
  public var categories: [CategoryRow]
  /// Adjacent groups (sheet ADRG).
  public var adjacentGroups: [AdjacentGroupRow]
  /// Groups (sheet DRG).
  public var groups: [GroupRow]
  /// Members of the code sets (sheet 集合).
  public var members: [MemberRow]
  /// Complications and comorbidities (sheet CC).
  public var complications: [ComplicationRow]
  /// Principal diagnoses that take complications off (sheet 排除表).
  public var exclusions: [ExclusionRow]

  /// Makes tables.
  public init(
    manifest: EditionManifest, categories: [CategoryRow] = [], adjacentGroups: [AdjacentGroupRow] = [],
    groups: [GroupRow] = [], members: [MemberRow] = [], complications: [ComplicationRow] = [],
    exclusions: [ExclusionRow] = []
  ) {
    self.manifest = manifest
    self.categories = categories
    self.adjacentGroups = adjacentGroups
    self.groups = groups
    self.members = members
    self.complications = complications
    self.exclusions = exclusions
  }
}

/// One of the six tables of an edition; the raw value is the name of the official sheet.
public enum EditionSheet: String, Hashable, Sendable, CaseIterable {
  /// Major diagnostic categories (主要诊断大类).
  case categories = "MDC"
  /// Adjacent groups (核心疾病诊断相关组).
  case adjacentGroups = "ADRG"
  /// Groups (疾病诊断相关组).
  case groups = "DRG"
  /// Code sets (集合).
  case members = "集合"
  /// Complications and comorbidities (严重并发症或合并症 MCC, 并发症或合并症 CC).
  case complications = "CC"
  /// Exclusions (排除表).
  case exclusions = "排除表"
}

extension EditionTables {
  /// A row of the sheet MDC.
  public struct CategoryRow: Hashable, Sendable {
    /// Code, `MDCA` … `MDCZ`.
    public var code: String
    /// Name.
    public var name: String
    /// The rule, empty when every case passes.
    public var rule: String
    /// Place in the order of evaluation.
    public var order: Int
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(code: String, name: String, rule: String, order: Int, row: Int) {
      self.code = code
      self.name = name
      self.rule = rule
      self.order = order
      self.row = row
    }
  }

  /// A row of the sheet ADRG.
  public struct AdjacentGroupRow: Hashable, Sendable {
    /// Code of three characters, `BB1`; `BQY` for ambiguous cases.
    public var code: String
    /// Name.
    public var name: String
    /// The rule, empty when every case passes.
    public var rule: String
    /// The category it belongs to.
    public var category: String
    /// Place in the order of evaluation within its category.
    public var order: Int
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(code: String, name: String, rule: String, category: String, order: Int, row: Int) {
      self.code = code
      self.name = name
      self.rule = rule
      self.category = category
      self.order = order
      self.row = row
    }
  }

  /// A row of the sheet DRG.
  public struct GroupRow: Hashable, Sendable {
    /// Code, as a rule of four characters, `BB15`.
    public var code: String
    /// Name.
    public var name: String
    /// The rule, empty when every case passes.
    public var rule: String
    /// The adjacent group it belongs to.
    public var adjacentGroup: String
    /// Place in the order of evaluation within its adjacent group.
    public var order: Int
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(code: String, name: String, rule: String, adjacentGroup: String, order: Int, row: Int) {
      self.code = code
      self.name = name
      self.rule = rule
      self.adjacentGroup = adjacentGroup
      self.order = order
      self.row = row
    }
  }

  /// A row of the sheet 集合: one code of one set.
  public struct MemberRow: Hashable, Sendable {
    /// The set, `DI_BB2` for diagnoses, `OP_BB2` for procedures.
    public var set: String
    /// The code.
    public var code: String
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(set: String, code: String, row: Int) {
      self.set = set
      self.code = code
      self.row = row
    }
  }

  /// A row of the sheet CC.
  public struct ComplicationRow: Hashable, Sendable {
    /// The diagnosis.
    public var code: String
    /// `MCC` or `CC`, as written.
    public var level: String
    /// The exclusion table that goes with it, empty when none does.
    public var exclusionTable: String
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(code: String, level: String, exclusionTable: String, row: Int) {
      self.code = code
      self.level = level
      self.exclusionTable = exclusionTable
      self.row = row
    }
  }

  /// A row of the sheet 排除表: one principal diagnosis of one table.
  public struct ExclusionRow: Hashable, Sendable {
    /// The table, `表7-1`.
    public var table: String
    /// The principal diagnosis.
    public var principalDiagnosis: String
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(table: String, principalDiagnosis: String, row: Int) {
      self.table = table
      self.principalDiagnosis = principalDiagnosis
      self.row = row
    }
  }
}
