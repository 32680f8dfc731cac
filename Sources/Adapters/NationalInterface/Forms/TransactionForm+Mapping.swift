/// The input of mappings from institutions' items to the catalogue: upload, withdrawal, query.
extension TransactionForm {
  /// How many rows one message may carry where the edition allows several and names no limit.
  static let mostRows = 500

  private static let t3301 = TransactionForm(
    "3301", "目录对照上传",
    [
      .many(
        "data", most: mostRows,
        own: [
          .must("fixmedins_hilist_id", "定点医药机构目录编号", .text(30)),
          .must("fixmedins_hilist_name", "定点医药机构目录名称", .text(200)),
          .must("list_type", "目录类别", .code(.listType)),
          .must("med_list_codg", "医疗目录编码", .text(50)),
          .must("begndate", "开始日期", .date),
          .may("enddate", "结束日期", .date),
          .may("aprvno", "批准文号", .text(30)),
          .may("dosform", "剂型", .text(200)),
          .may("exct_cont", "除外内容", .text(2_000)),
          .may("item_cont", "项目内涵", .text(2_000)),
          .may("prcunt", "计价单位", .text(100)),
          .may("spec", "规格", .text(200)),
          .may("pacspec", "包装规格", .text(100)),
          .may("memo", "备注", .text(500)),
        ])
    ])

  private static let t3302 = TransactionForm(
    "3302", "目录对照撤销",
    [
      .one(
        "data",
        own: [
          .must("fixmedins_code", "定点医药机构编号", .text(30)),
          .must("fixmedins_hilist_id", "定点医药机构目录编号", .text(30)),
          .must("list_type", "目录类别", .code(.listType)),
          .must("med_list_codg", "医疗目录编码", .text(50)),
        ])
    ])

  private static let t1317 = TransactionForm(
    "1317", "医药机构目录匹配信息查询",
    [
      .one(
        "data", .pageWanted,
        own: [
          .may("query_date", "查询时间点", .time),
          .may("fixmedins_code", "定点医药机构编号", .text(30)),
          .may("medins_list_codg", "定点医药机构目录编号", .text(150)),
          .may("medins_list_name", "定点医药机构目录名称", .text(200)),
          .may("insu_admdvs", "参保机构医保区划", .text(6)),
          .may("list_type", "目录类别", .code(.listType)),
          .may("med_list_codg", "医疗目录编码", .text(50)),
          .may("begndate", "开始日期", .date),
          .may("vali_flag", "有效标志", .flag),
        ])
    ])

  /// Every form of this family.
  static let mapping: [TransactionForm] = [t1317, t3301, t3302]
}
