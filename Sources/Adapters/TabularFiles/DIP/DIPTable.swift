import Grouping

/// The files of a folder that holds a DIP catalogue.
enum DIPTable: String, CaseIterable {
  case pre, merge, burn, tumour, tuberculosis, basic
  case primaryCareGroups = "primary_care_groups"
  case composite, rejects, restrictions, resistant
  case primaryCare = "primary_care"
  case classes

  var fileName: String { "\(rawValue).csv" }

  /// The layer whose groups the file holds.
  var layer: DIPLayer? {
    switch self {
    case .pre: .pre
    case .merge: .merge
    case .burn: .burn
    case .tumour: .tumour
    case .tuberculosis: .tuberculosis
    case .basic: .basic
    case .primaryCareGroups: .primaryCare
    case .composite: .composite
    case .rejects, .restrictions, .resistant, .primaryCare, .classes: nil
    }
  }

  /// The file that a finding is about.
  init?(_ finding: DIPFinding) {
    if let layer = finding.layer, let table = Self.allCases.first(where: { $0.layer == layer }) {
      self = table
      return
    }
    switch finding.sheet {
    case .rejects: self = .rejects
    case .restrictions: self = .restrictions
    case .resistant: self = .resistant
    case .primaryCare: self = .primaryCare
    case .classes: self = .classes
    default:
      guard let table = Self.allCases.first(where: { $0.layer.flatMap { DIPSheet($0) } == finding.sheet }) else {
        return nil
      }
      self = table
    }
  }
}

/// The columns of the files of groups, by any of their names; those of the published sheets are among them.
enum DIPGroupColumn: Int, CaseIterable {
  case code, category, sequence, name, principal, principalName, diagnoses, otherDiagnoses, mainProcedure
  case mainProcedureName, relatedProcedures, procedures, treatment, ageDays, birthWeight, resistant, note
  case score, cases, kept, meanYuan, variation

  static let columns: [CSVColumn] = allCases.map(\.column)

  /// The column as it is written.
  var word: String {
    switch self {
    case .code: "code"
    case .category: "category"
    case .sequence: "sequence"
    case .name: "name"
    case .principal: "principal_diagnosis"
    case .principalName: "principal_diagnosis_name"
    case .diagnoses: "diagnoses"
    case .otherDiagnoses: "other_diagnoses"
    case .mainProcedure: "main_procedure"
    case .mainProcedureName: "main_procedure_name"
    case .relatedProcedures: "related_procedures"
    case .procedures: "procedures"
    case .treatment: "treatment"
    case .ageDays: "age_days"
    case .birthWeight: "birth_weight"
    case .resistant: "resistant"
    case .note: "note"
    case .score: "score"
    case .cases: "cases"
    case .kept: "kept"
    case .meanYuan: "mean_yuan"
    case .variation: "cv"
    }
  }

  private var column: CSVColumn {
    switch self {
    case .code: CSVColumn(word, "编码", "病种编码", "dip编码")
    case .category: CSVColumn(word, "分类")
    case .sequence: CSVColumn(word, "序号")
    case .name: CSVColumn(word, "名称", "分组名称", "病种名称")
    case .principal: CSVColumn(word, "主要诊断编码")
    case .principalName: CSVColumn(word, "主要诊断名称", "烧伤腐蚀伤程度")
    case .diagnoses: CSVColumn(word, "诊断编码")
    case .otherDiagnoses: CSVColumn(word, "其他诊断编码")
    case .mainProcedure: CSVColumn(word, "主要手术操作编码")
    case .mainProcedureName: CSVColumn(word, "主要手术操作名称", "主要手术操作/相关手术操作名称")
    case .relatedProcedures: CSVColumn(word, "相关手术操作编码")
    case .procedures: CSVColumn(word, "手术操作编码", "主要手术操作/相关手术操作编码")
    case .treatment: CSVColumn(word, "治疗方式")
    case .ageDays: CSVColumn(word, "天龄")
    case .birthWeight: CSVColumn(word, "出生体重")
    case .resistant: CSVColumn(word, "是否耐药")
    case .note: CSVColumn(word, "说明", "是否耐药说明")
    case .score: CSVColumn(word, "分值", "病种分值")
    case .cases: CSVColumn(word, "病例数")
    case .kept: CSVColumn(word, "有效病例数")
    case .meanYuan: CSVColumn(word, "例均费用")
    case .variation: CSVColumn(word, "变异系数")
    }
  }
}
