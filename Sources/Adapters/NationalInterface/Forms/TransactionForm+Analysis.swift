/// The input of audits of details before and during care, and of what became of their findings.
extension TransactionForm {
  private static func analysis(_ number: String, _ title: String) -> TransactionForm {
    let orders = InputNode.many(
      "fsi_order_dtos", .analysedOrder, children: [.manyOrNone("extend_order_map", .analysedOrderMore)])
    let encounters = InputNode.many(
      "fsi_encounter_dtos", .analysedVisit,
      children: [
        .many("fsi_diagnose_dtos", .analysedDiagnosis), orders,
        .manyOrNone("fsi_operation_dtos", .analysedOperation),
      ])
    return TransactionForm(
      number, title,
      [
        .one(
          "data", own: [.may("trig_scen", "触发场景", .text(3))],
          children: [.many("patient_dtos", .analysedPatient, children: [encounters])])
      ])
  }

  private static let t3101 = analysis("3101", "明细审核事前分析服务")

  private static let t3102 = analysis("3102", "明细审核事中分析服务")

  private static let t3103 = TransactionForm(
    "3103", "事前事中服务反馈服务",
    [
      .one(
        "data", own: [.must("warn_type", "反馈类型", .code(.analysisStage))],
        children: [
          .many(
            "warns",
            own: [
              .must("warn_rslt_id", "违规标识", .text(40)),
              .must("dspo_way", "处理方式", .code(.analysisAnswer)),
              .may("dspo_way_rea", "处理原因", .text(500)),
            ])
        ])
    ])

  /// Every form of this family.
  static let analysis: [TransactionForm] = [t3101, t3102, t3103]
}
