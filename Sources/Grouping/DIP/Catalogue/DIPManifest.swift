/// What a DIP catalogue is called, and the switches in which regions and editions differ.
///
/// The grouper reads the switches and never asks which region it serves. ``init(identifier:name:region:source:)`` sets
/// them as the national edition 3.0 has them; ``Docs/Reference/dip.md`` says what each does and where it was seen.
public struct DIPManifest: Hashable, Sendable {
  /// The identifier, `dip_30`.
  public var identifier: String
  /// The name.
  public var name: String
  /// The region, 全国 for a national edition.
  public var region: String
  /// Where the tables come from.
  public var source: String
  /// Anything else that whoever uses the catalogue should know: how it was built, by which definitions.
  public var notes: [String] = []

  /// The layers in force, in the order in which they are asked.
  public var layers: [DIPLayer] = [.pre, .merge, .burn, .tumour, .tuberculosis, .basic, .composite]
  /// Which of several layers that would take a case gets it.
  public var selection: Selection = .firstLayer
  /// Whether a case goes to a composite surgical group when every core and primary-care group that takes it leaves an
  /// operation of it aside (宜昌); only with a selection that looks at all layers.
  public var prefersUncoveredSurgery = false
  /// Which of several rows of a layer gets the case, by layer; a layer that is not named uses ``usualChoice``.
  public var choice: [DIPLayer: [Criterion]] = [.pre: [.order], .composite: [.diagnosis, .order]]
  /// What a row without procedures takes, by layer; a layer that is not named takes conservative cases alone.
  public var emptyProcedure: [DIPLayer: EmptyProcedure] = [
    .pre: .any, .burn: .any, .tumour: .any, .tuberculosis: .any, .composite: .any,
  ]
  /// How the list of diagnoses that are not grouped is read.
  public var rejectMatching: Matching = .exact
  /// How the list of resistant tuberculosis is read.
  public var resistantMatching: Matching = .prefix
  /// What commas in cells mean.
  public var comma: DIPCell.Comma = .refused
  /// How much of a case a procedure on the conservative list takes out.
  public var setAside: SetAside = .mainProcedure
  /// Whose kind makes the composite group.
  public var compositeBy: CompositeBy = .mainProcedure
  /// Which categories have composite groups.
  public var compositeCategories: CompositeCategories = .listed
  /// What an intervention (介入治疗) counts as.
  public var interventional: DIPTreatment = .surgical
  /// What a procedure counts as whose class nobody stated.
  public var unclassified: DIPTreatment = .conservative
  /// The code of the blank group (空白病组, `KBBZ`), when the catalogue has one.
  public var blankGroup: String?
  /// How many characters of a principal diagnosis rows may name, the point not counted; empty when any.
  public var diagnosisLengths: [Int] = []

  /// Makes a manifest with the switches of the national edition 3.0.
  public init(identifier: String, name: String, region: String = "全国", source: String = "") {
    self.identifier = identifier
    self.name = name
    self.region = region
    self.source = source
  }

  /// Which of several rows wins when a layer names no criteria: the narrowest diagnosis, then the most procedures, then
  /// the earlier row.
  public static let usualChoice: [Criterion] = [.diagnosis, .procedures, .order]

  /// Which of several layers that would take a case gets it.
  public enum Selection: String, Hashable, Sendable, CaseIterable {
    /// The first (national edition 3.0).
    case firstLayer = "first_layer"
    /// The one whose procedures weigh most, then the first: core surgery, basic surgery, composite surgery, core
    /// therapeutic, … (宜昌).
    case kindThenLayer = "kind_then_layer"
    /// The first of the core layers whatever the kind, within it the one whose procedures weigh most (孝感).
    case layerThenKind = "layer_then_kind"
  }

  /// Which of several rows of one layer gets a case; the first criterion that tells them apart decides.
  public enum Criterion: String, Hashable, Sendable, CaseIterable {
    /// The row that names the longer beginning of the diagnosis.
    case diagnosis
    /// The row that asks for more procedures.
    case procedures
    /// The earlier row.
    case order
  }

  /// What a row without procedures takes.
  public enum EmptyProcedure: String, Hashable, Sendable, CaseIterable {
    /// Cases without a procedure that counts.
    case conservative
    /// Every case.
    case any
  }

  /// How a list of codes is read.
  public enum Matching: String, Hashable, Sendable, CaseIterable {
    /// The whole code.
    case exact
    /// Any code that begins so.
    case prefix
  }

  /// How much of a case a procedure on the conservative list takes out.
  public enum SetAside: String, Hashable, Sendable, CaseIterable {
    /// The main procedure, when it is on the list; the others stay.
    case mainProcedure = "main"
    /// Every procedure on the list, wherever it stands.
    case everywhere
  }

  /// Whose kind makes the composite group.
  public enum CompositeBy: String, Hashable, Sendable, CaseIterable {
    /// The main procedure's.
    case mainProcedure = "main"
    /// The weightiest of all procedures.
    case weightiest
  }

  /// Which categories have composite groups.
  public enum CompositeCategories: String, Hashable, Sendable, CaseIterable {
    /// Those that the catalogue lists.
    case listed
    /// Every category; what the catalogue does not list is coded as category and number, `A09-1`.
    case every
  }
}
