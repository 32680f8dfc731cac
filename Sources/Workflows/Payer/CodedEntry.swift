public import Kernel

/// A list that institutions download (目录下载, 1301–1315).
public enum CatalogueList: String, Codable, CaseIterable, Sendable {
  /// Western drugs and Chinese patent medicine (西药中成药, 1301).
  case drugs
  /// Herbal pieces (中药饮片, 1302).
  case herbalPieces = "herbal_pieces"
  /// Preparations of institutions (医疗机构制剂, 1303).
  case preparations
  /// Drugs of ethnic medicine (民族药, 1304).
  case ethnicDrugs = "ethnic_drugs"
  /// Medical services (医疗服务项目, 1305).
  case services
  /// Medical consumables (医用耗材, 1306).
  case consumables
  /// Diseases and diagnoses (疾病与诊断, 1307).
  case diagnoses
  /// Operations (手术操作, 1308).
  case operations
  /// Chronic and special outpatient diseases (门诊慢特病种, 1309).
  case chronicDiseases = "chronic_diseases"
  /// Diseases paid per case (按病种付费病种, 1310).
  case perDiseasePayment = "per_disease"
  /// Diseases of day surgery (日间手术治疗病种, 1311).
  case daySurgery = "day_surgery"
  /// Morphology of tumours (肿瘤形态学, 1313).
  case tumourMorphology = "tumour_morphology"
  /// Diseases of Chinese medicine (中医疾病, 1314).
  case traditionalDiseases = "traditional_diseases"
  /// Syndromes of Chinese medicine (中医证候, 1315).
  case traditionalSyndromes = "traditional_syndromes"

  /// The kind of list of the items that it holds (`list_type`); `nil` for a list of codes without prices.
  public var listType: String? {
    switch self {
    case .drugs: "101"
    case .herbalPieces: "102"
    case .preparations: "103"
    case .ethnicDrugs: "104"
    case .services: "201"
    case .consumables: "301"
    case .diagnoses, .operations, .chronicDiseases, .perDiseasePayment, .daySurgery, .tumourMorphology,
      .traditionalDiseases, .traditionalSyndromes:
      nil
    }
  }
}

/// An entry of a national coding standard: a disease, an operation, a syndrome.
public struct CodedEntry: FiledRecord {
  /// The register of entries.
  public static let register = "code-entry"

  /// The list it belongs to.
  public var list: CatalogueList
  /// The code.
  public var code: String
  /// The name.
  public var name: String
  /// When this version holds.
  public var period: DateRange
  /// What else the standard says, by the titles of the edition's columns.
  public var details: [String: String]

  /// Makes an entry.
  public init(list: CatalogueList, code: String, name: String, period: DateRange, details: [String: String] = [:]) {
    self.list = list
    self.code = code
    self.name = name
    self.period = period
    self.details = details
  }

  /// List, code and first day: a version that begins on the same day replaces it.
  public var id: String { "\(list.rawValue) \(code) \(period.first)" }
  /// The platform's own.
  public var owner: String { "" }
  /// The list.
  public var subject: String { list.rawValue }
  /// The first day.
  public var time: String { "\(period.first)" }
}
