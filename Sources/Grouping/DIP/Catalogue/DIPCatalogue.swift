/// A DIP catalogue as published or as built: its tables row by row, not yet checked (DIP 病种目录库).
///
/// Adapters fill it from a folder of CSV files; ``DIPChecker`` says what is wrong with it and ``DIPGrouper`` groups by
/// it. Every row knows where it stood, so that a complaint can name the place.
public struct DIPCatalogue: Hashable, Sendable {
  /// Name and switches.
  public var manifest: DIPManifest
  /// The groups of all layers, each with the condition on which it takes a case.
  public var groups: [GroupRow]
  /// Principal diagnoses that are not grouped (不纳入分组的主要诊断).
  public var rejects: [CodeRow]
  /// Procedures that do not count as main procedure (不纳入分组的主要手术操作).
  public var restrictions: [RestrictionRow]
  /// Diagnoses that mean resistant tuberculosis (结核耐药诊断).
  public var resistant: [ResistantRow]
  /// Diseases that cost the same at every institution (基层病种).
  public var primaryCare: [PrimaryCareRow]
  /// The class of each procedure (手术操作类别), for composite groups.
  public var classes: [ClassRow]

  /// Makes a catalogue.
  public init(
    manifest: DIPManifest, groups: [GroupRow] = [], rejects: [CodeRow] = [], restrictions: [RestrictionRow] = [],
    resistant: [ResistantRow] = [], primaryCare: [PrimaryCareRow] = [], classes: [ClassRow] = []
  ) {
    self.manifest = manifest
    self.groups = groups
    self.rejects = rejects
    self.restrictions = restrictions
    self.resistant = resistant
    self.primaryCare = primaryCare
    self.classes = classes
  }
}

extension DIPCatalogue {
  /// A group: what it is called, what it is worth, and which cases it takes.
  ///
  /// An empty cell asks for nothing, but for the procedures of a row that names none
  /// (``DIPManifest/emptyProcedure``).
  public struct GroupRow: Hashable, Sendable {
    /// The layer that the row belongs to.
    public var layer: DIPLayer
    /// The code, `JC-1858`.
    public var code: String
    /// The name.
    public var name: String
    /// What the principal diagnosis must be (主要诊断).
    public var principal = ""
    /// What must be among all diagnoses, the principal one included (诊断中包含).
    public var diagnoses = ""
    /// What must be among the other diagnoses (其他诊断).
    public var otherDiagnoses = ""
    /// What the main procedure must be (主要手术操作); `保守治疗` for none, `任意` for any.
    public var mainProcedure = ""
    /// What must be among the other procedures (相关手术操作).
    public var relatedProcedures = ""
    /// What must be among all procedures (手术操作中包含).
    public var procedures = ""
    /// The kind of treatment, for composite groups.
    public var treatment: DIPTreatment?
    /// Age in days (天龄).
    public var ageDays = ""
    /// Birth weight in grams (出生体重).
    public var birthWeight = ""
    /// Whether the tuberculosis must be resistant (是否耐药): `是`, `否` or empty.
    public var resistant = ""
    /// What the group is worth (病种分值), when the catalogue says so.
    public var score: DIPScore?
    /// What the history says about the group, when the catalogue was built from one.
    public var figures: DIPFigures?
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row that asks for nothing yet.
    public init(layer: DIPLayer, code: String, name: String, row: Int) {
      self.layer = layer
      self.code = code
      self.name = name
      self.row = row
    }
  }

  /// A code with its name.
  public struct CodeRow: Hashable, Sendable {
    /// The code.
    public var code: String
    /// The name.
    public var name: String
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(code: String, name: String = "", row: Int) {
      self.code = code
      self.name = name
      self.row = row
    }
  }

  /// A procedure that does not count, or not always, as main procedure.
  public struct RestrictionRow: Hashable, Sendable {
    /// The code.
    public var code: String
    /// The name.
    public var name: String
    /// What becomes of a case whose main procedure it is.
    public var rule: Rule
    /// The principal diagnoses with which it does count, for ``Rule/within``; a cell of diagnoses.
    public var scope: String
    /// The row of the file, from 1.
    public var row: Int

    /// What becomes of a case whose main procedure is on the list.
    public enum Rule: String, Hashable, Sendable, CaseIterable {
      /// It is treated as conservative (按保守治疗入组).
      case conservative
      /// The next procedure takes its place (不可作为主要手术操作).
      case next
      /// It counts when the principal diagnosis is within the scope, else the case is conservative.
      case within
    }

    /// Makes a row.
    public init(code: String, name: String = "", rule: Rule = .conservative, scope: String = "", row: Int) {
      self.code = code
      self.name = name
      self.rule = rule
      self.scope = scope
      self.row = row
    }
  }

  /// A diagnosis that means resistance.
  public struct ResistantRow: Hashable, Sendable {
    /// The code.
    public var code: String
    /// The name.
    public var name: String
    /// Whether it counts among the other diagnoses (`U84.300`), else as principal diagnosis.
    public var amongOthers: Bool
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(code: String, name: String = "", amongOthers: Bool = false, row: Int) {
      self.code = code
      self.name = name
      self.amongOthers = amongOthers
      self.row = row
    }
  }

  /// A disease that costs the same at every institution: a principal diagnosis, and a main procedure or none.
  public struct PrimaryCareRow: Hashable, Sendable {
    /// What the principal diagnosis must be.
    public var principal: String
    /// What the main procedure must be; empty for conservative treatment.
    public var mainProcedure: String
    /// The name.
    public var name: String
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(principal: String, mainProcedure: String = "", name: String = "", row: Int) {
      self.principal = principal
      self.mainProcedure = mainProcedure
      self.name = name
      self.row = row
    }
  }

  /// The class of a procedure.
  public struct ClassRow: Hashable, Sendable {
    /// The code.
    public var code: String
    /// The class as published: 诊断性操作, 治疗性操作, 手术 or 介入治疗.
    public var kind: String
    /// The row of the file, from 1.
    public var row: Int

    /// Makes a row.
    public init(code: String, kind: String, row: Int) {
      self.code = code
      self.kind = kind
      self.row = row
    }
  }
}

/// What a group is worth (病种分值, RW × 1000), in ten-thousandths of a point.
public struct DIPScore: Hashable, Sendable, Comparable {
  /// The score in ten-thousandths of a point.
  public var tenThousandths: Int64

  /// Makes a score.
  public init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

  /// Orders scores by size.
  public static func < (left: DIPScore, right: DIPScore) -> Bool { left.tenThousandths < right.tenThousandths }
}

/// What a history says about a group; shown beside it, never used to group or to pay.
public struct DIPFigures: Hashable, Sendable {
  /// Cases of the history in the group.
  public var cases: Int
  /// Cases left after the outliers were taken off.
  public var kept: Int
  /// The weighted mean cost in fen, rounded half up.
  public var meanFen: Int64
  /// The coefficient of variation of the kept costs in ten-thousandths, rounded half up.
  public var variation: Int64

  /// Makes figures.
  public init(cases: Int, kept: Int, meanFen: Int64, variation: Int64) {
    self.cases = cases
    self.kept = kept
    self.meanFen = meanFen
    self.variation = variation
  }
}

/// One of the tables of a DIP catalogue; the raw value is the name of the sheet in the national form.
public enum DIPSheet: String, Hashable, Sendable, CaseIterable {
  /// Groups asked for first.
  case pre = "一、先期分组"
  /// Merged groups.
  case merge = "二、并项规则下的核心病种"
  /// Burns.
  case burn = "三、诊断辅助细分-烧伤类病种"
  /// Treatment of tumours.
  case tumour = "三、诊断辅助细分-肿瘤类病种"
  /// Tuberculosis.
  case tuberculosis = "三、诊断辅助细分-结核类病种"
  /// Basic groups.
  case basic = "四、基础规则下的核心病种"
  /// Principal diagnoses that are not grouped.
  case rejects = "五、不纳入分组的主要诊断"
  /// Procedures that do not count as main procedure.
  case restrictions = "五、不纳入分组的主要手术操作"
  /// Primary-care diseases.
  case primaryCare = "六、基层病种"
  /// Resistant tuberculosis.
  case resistant = "附表—结核耐药诊断"
  /// Composite groups.
  case composite = "综合病种"
  /// Classes of procedures.
  case classes = "手术操作类别"

  /// The sheet on which the groups of a layer stand; the blank group has none.
  public init?(_ layer: DIPLayer) {
    switch layer {
    case .pre: self = .pre
    case .merge: self = .merge
    case .burn: self = .burn
    case .tumour: self = .tumour
    case .tuberculosis: self = .tuberculosis
    case .basic: self = .basic
    case .primaryCare: self = .primaryCare
    case .composite: self = .composite
    case .blank: return nil
    }
  }
}
