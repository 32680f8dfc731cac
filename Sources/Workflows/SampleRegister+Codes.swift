public import Kernel

extension SampleRegister {
  /// Invented entries of every list of codes, in force over the sample region's covered years.
  ///
  /// - Parameter period: when the entries hold.
  public static func codes(over period: DateRange) -> [CodedEntry] {
    let tables: [(CatalogueList, String, String, [String: String])] = [
      (.diagnoses, "SLA", "示例疾病", ["章名称": "示例章", "类目代码": "SLA"]),
      (.operations, "SLB", "示例手术", ["章名称": "示例章", "类目代码": "SLB"]),
      (.chronicDiseases, "SLC", "示例门诊慢特病", ["门慢门特病种大类名称": "示例大类"]),
      (.perDiseasePayment, "SLD", "示例单病种", [:]), (.daySurgery, "SLE", "示例日间手术病种", [:]),
      (.tumourMorphology, "SLF", "示例形态", [:]), (.traditionalDiseases, "SLG", "示例中医病", [:]),
      (.traditionalSyndromes, "SLH", "示例证候", [:]),
    ]
    return tables.flatMap { list, code, name, details in
      (1...5).map { number in
        CodedEntry(
          list: list, code: "\(code)\(number)00", name: "\(name)\(number)号", period: period, details: details)
      }
    }
  }
}
