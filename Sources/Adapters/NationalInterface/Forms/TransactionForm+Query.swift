/// The input of queries.
extension TransactionForm {
  private static let t5201 = TransactionForm(
    "5201", "就诊信息查询",
    [
      .one(
        "data", .visitKey,
        own: [
          .may("begntime", "开始时间", .time),
          .may("endtime", "结束时间", .time),
          .may("med_type", "医疗类别", .code(.medicalType)),
        ])
    ])

  private static let t5203 = TransactionForm(
    "5203", "结算信息查询",
    [
      .one("data", .settlementKey)
    ])

  private static let t5204 = TransactionForm(
    "5204", "费用明细查询",
    [
      .one("data", .settlementKey)
    ])

  private static let t5301 = TransactionForm(
    "5301", "人员慢特病备案查询",
    [
      .one(
        "data",
        own: [
          .must("psn_no", "人员编号", .text(30))
        ])
    ])

  private static let t5302 = TransactionForm(
    "5302", "人员定点信息查询",
    [
      .one(
        "data",
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("biz_appy_type", "业务申请类型", .code(.businessKind)),
        ])
    ])

  private static let t5304 = TransactionForm(
    "5304", "转院信息查询",
    [
      .one(
        "data",
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .must("begntime", "开始时间", .time),
          .may("endtime", "结束时间", .time),
        ])
    ])

  /// Every form of this family.
  static let query: [TransactionForm] = [t5201, t5203, t5204, t5301, t5302, t5304]
}
