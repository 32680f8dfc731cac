/// The input of queries.
extension TransactionForm {
  private static let t5201 = TransactionForm(
    "5201", "就诊信息查询",
    [
      .one(
        "data",
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .may("mdtrt_id", "就诊ID", .text(30)),
          .may("begntime", "开始时间", .time),
          .may("endtime", "结束时间", .time),
          .may("med_type", "医疗类别", .code(.medicalType)),
        ])
    ])

  private static let t5202 = TransactionForm(
    "5202", "诊断信息查询",
    [
      .one("data", .visitKey)
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

  private static let t5205 = TransactionForm(
    "5205", "人员慢特病用药记录查询",
    [
      .one("data", .personSpan)
    ])

  private static let t5206 = TransactionForm(
    "5206", "人员累计信息查询",
    [
      .one(
        "data",
        own: [
          .must("psn_no", "人员编号", .text(30)),
          .may("cum_ym", "累计年月", .text(6)),
        ])
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

  private static let t5303 = TransactionForm(
    "5303", "在院信息查询",
    [
      .one(
        "data",
        own: [
          .may("psn_no", "人员编号", .text(30)),
          .must("begntime", "开始时间", .time),
          .must("endtime", "结束时间", .time),
        ])
    ])

  private static let t5304 = TransactionForm(
    "5304", "转院信息查询",
    [
      .one("data", .personSpan)
    ])

  /// Every form of this family.
  static let query: [TransactionForm] = [
    t5201, t5202, t5203, t5204, t5205, t5206, t5301, t5302, t5303, t5304,
  ]
}
