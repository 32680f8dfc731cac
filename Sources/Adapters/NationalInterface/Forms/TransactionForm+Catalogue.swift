/// The input of the catalogue's downloads and queries, and of files.
extension TransactionForm {
  private static func download(_ number: String, _ title: String) -> TransactionForm {
    TransactionForm(number, title, [.one("data", own: [.must("ver", "版本号", .text(20))])])
  }

  private static let t1304 = TransactionForm(
    "1304", "民族药品目录查询",
    [
      .one(
        "data", .pageWanted,
        own: [
          .may("med_list_codg", "医疗目录编码", .text(50)),
          .may("genname_codg", "通用名编号", .text(100)),
          .may("drug_genname", "药品通用名", .text(500)),
          .may("drug_prodname", "药品商品名", .text(500)),
          .may("tcmherb_name", "中草药名称", .text(30)),
          .may("cpnd_flag", "中草药单复方标志", .text(255)),
          .may("vali_flag", "有效标志", .flag),
          .may("rid", "唯一记录号", .text(40)),
          .may("ver", "版本号", .text(20)),
          .may("opt_begn_time", "经办开始时间", .time),
          .may("opt_end_time", "经办结束时间", .time),
        ])
    ])

  private static let t1312 = TransactionForm(
    "1312", "医保目录信息查询",
    [
      .one(
        "data", .listed, .pageWanted,
        own: [
          .may("hilist_name", "医保目录名称", .text(200)),
          .may("wubi", "五笔助记码", .text(30)),
          .may("pinyin", "拼音助记码", .text(30)),
          .may("med_chrgitm_type", "医疗收费项目类别", .text(6)),
          .may("chrgitm_lv", "收费项目等级", .code(.chargeLevel)),
          .may("lmt_used_flag", "限制使用标志", .flag),
          .may("list_type", "目录类别", .code(.listType)),
          .may("med_use_flag", "医疗使用标志", .flag),
          .may("matn_used_flag", "生育使用标志", .flag),
          .may("hilist_use_type", "医保目录使用类别", .text(3)),
          .may("lmt_cpnd_type", "限复方使用类型", .text(3)),
        ])
    ])

  private static let t1316 = TransactionForm(
    "1316", "医疗目录与医保目录匹配信息查询",
    [
      .one(
        "data", .listed, .pageWanted,
        own: [
          .may("med_list_codg", "医疗目录编码", .text(50)),
          // One edition calls it by the institution's field.
          .may("medins_list_codg", "定点医药机构目录编号", .text(50)),
          .may("list_type", "目录类别", .code(.listType)),
        ])
    ])

  private static let t1318 = TransactionForm(
    "1318", "医保目录限价信息查询",
    [
      .one(
        "data", .listed, .kept, .pageWanted,
        own: [
          .may("hilist_lmtpric_type", "医保目录限价类型", .code(.ceilingKind)),
          .may("overlmt_dspo_way", "医保目录超限处理方式", .text(6)),
        ])
    ])

  private static let t1319 = TransactionForm(
    "1319", "医保目录先自付比例信息查询",
    [
      .one(
        "data", .listed, .kept, .pageWanted,
        own: [
          .may("selfpay_prop_psn_type", "医保目录自付比例人员类别", .code(.selfPayPerson)),
          .may("selfpay_prop_type", "目录自付比例类别", .code(.selfPayKind)),
        ])
    ])

  private static let t9101 = TransactionForm(
    "9101", "文件上传",
    [
      .one(
        "fsUploadIn",
        own: [
          // Absent when the file comes as a part of its own.
          .may("in", "文件数据", .text(.max)),
          .must("filename", "文件名", .text(200)),
          .must("fixmedins_code", "医药机构编号", .text(30)),
        ])
    ])

  private static let t9102 = TransactionForm(
    "9102", "文件下载",
    [
      .one(
        "fsDownloadIn",
        own: [
          .must("file_qury_no", "文件查询号", .text(40)),
          .must("filename", "文件名", .text(200)),
          .must("fixmedins_code", "医药机构编号", .text(30)),
        ])
    ])

  /// Every form of this family.
  static let catalogue: [TransactionForm] = [
    download("1301", "西药中成药目录下载"), download("1302", "中药饮片目录下载"), download("1303", "医疗机构制剂目录下载"), t1304,
    download("1305", "医疗服务项目目录下载"), download("1306", "医用耗材目录下载"), download("1307", "疾病与诊断目录下载"),
    download("1308", "手术操作目录下载"), download("1309", "门诊慢特病种目录下载"), download("1310", "按病种付费病种目录下载"),
    download("1311", "日间手术治疗病种目录下载"), t1312, download("1313", "肿瘤形态学目录下载"), download("1314", "中医疾病目录下载"),
    download("1315", "中医证候目录下载"), t1316, t1318, t1319, t9101, t9102,
  ]
}

extension FieldGroup {
  /// Which items of the insurance's list, and when.
  fileprivate static let listed = FieldGroup([
    .may("query_date", "查询时间点", .time),
    .may("hilist_code", "医保目录编码", .text(50)),
    .may("insu_admdvs", "参保机构医保区划", .text(6)),
    .may("begndate", "开始日期", .date),
    .may("vali_flag", "有效标志", .flag),
  ])

  /// Which records of a price list.
  fileprivate static let kept = FieldGroup([
    .may("enddate", "结束日期", .date),
    .may("rid", "唯一记录号", .text(40)),
    .may("tabname", "表名", .text(100)),
    .may("poolarea_no", "统筹区", .text(6)),
  ])
}
