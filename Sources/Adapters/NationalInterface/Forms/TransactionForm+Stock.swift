/// The input of an institution's stock: counted, changed, bought, sold, given back, deleted.
///
/// Required is what a movement cannot do without; who prescribed, dispensed and entered it is kept when it is sent.
extension TransactionForm {
  /// Trace codes of packs.
  private static let traces = InputNode.manyOrNone("drugtracinfo", own: [.may("drug_trac_codg", "药品追溯码", .text(100))])

  private static let t3501 = TransactionForm(
    "3501", "商品盘存上传",
    [
      .many(
        "invinfo", most: mostRows, .goods,
        own: [
          .must("invdate", "盘存日期", .date),
          .must("inv_cnt", "库存数量", .number(16, 4)),
          .may("pric", "单价", .number(16, 6)),
        ],
        children: [traces])
    ])

  private static let t3502 = TransactionForm(
    "3502", "商品库存变更",
    [
      .many(
        "invinfo", most: mostRows, .goods,
        own: [
          .must("inv_chg_type", "库存变更类型", .code(.stockChange)),
          .must("cnt", "数量", .number(16, 4)),
          .may("pric", "单价", .number(16, 6)),
          .must("inv_chg_time", "库存变更时间", .time),
          .may("inv_chg_opter_name", "库存变更经办人姓名", .text(50)),
          .may("trdn_flag", "拆零标志", .flag),
        ],
        children: [traces])
    ])

  private static let t3503 = TransactionForm(
    "3503", "商品采购",
    [
      .many(
        "purcinfo", most: mostRows, .goods, .supply,
        own: [
          .may("dynt_no", "随货单号", .text(50)),
          .may("prodentp_name", "生产厂家名称", .text(200)),
          .may("aprvno", "批准文号", .text(100)),
          .may("prod_geay_flag", "商品赠送标志", .flag),
        ],
        children: [traces])
    ])

  private static let t3504 = TransactionForm(
    "3504", "商品采购退货",
    [
      .many(
        "purcinfo", most: mostRows, .goods, .supply,
        own: [
          .may("medins_prod_purc_no", "商品采购流水号", .text(50))
        ],
        children: [traces])
    ])

  private static let t3505 = TransactionForm(
    "3505", "商品销售",
    [
      .many(
        "selinfo", most: mostRows, .goods, .sold,
        own: [
          .may("prsc_dr_cert_type", "开方医师证件类型", .text(6)),
          .may("prsc_dr_certno", "开方医师证件号码", .text(50)),
          .may("prsc_dr_name", "开方医师姓名", .text(50)),
          .may("phar_cert_type", "药师证件类型", .text(6)),
          .may("phar_certno", "药师证件号码", .text(50)),
          .may("phar_name", "药师姓名", .text(50)),
          .may("phar_prac_cert_no", "药师执业资格证号", .text(50)),
          .may("hi_feesetl_type", "医保费用结算类型", .code(.feeSettling)),
          .may("rxno", "处方号", .text(40)),
          .may("rx_circ_flag", "外购处方标志", .flag),
          .must("rtal_docno", "零售单据号", .text(40)),
          .may("stoout_no", "销售出库单据号", .text(40)),
          .may("bchno", "批次号", .text(30)),
          .may("drug_trac_codg", "药品追溯码", .text(100)),
          .may("drug_prod_barc", "药品条形码", .text(30)),
          .may("shelf_posi", "货架位", .text(20)),
          .may("MDTRT_SETL_TYPE", "就诊结算类型", .text(6)),
        ],
        children: [traces])
    ])

  private static let t3506 = TransactionForm(
    "3506", "商品销售退货",
    [
      .many(
        "selinfo", most: mostRows, .goods, .sold,
        own: [
          .may("medins_prod_sel_no", "商品销售流水号", .text(50))
        ],
        children: [traces])
    ])

  private static let t3507 = TransactionForm(
    "3507", "商品信息删除",
    [
      .one(
        "data",
        own: [
          .must("fixmedins_bchno", "定点医药机构批次流水号", .text(30)),
          .must("inv_data_type", "进销存数据类型", .code(.stockData)),
        ])
    ])

  /// Every form of this family.
  static let stock: [TransactionForm] = [t3501, t3502, t3503, t3504, t3505, t3506, t3507]
}

extension FieldGroup {
  /// Which goods of which batch.
  fileprivate static let goods = FieldGroup([
    .must("med_list_codg", "医疗目录编码", .text(50)),
    .must("fixmedins_hilist_id", "定点医药机构目录编号", .text(30)),
    .must("fixmedins_hilist_name", "定点医药机构目录名称", .text(200)),
    .must("fixmedins_bchno", "定点医药机构批次流水号", .text(30)),
    .may("manu_lotnum", "生产批号", .text(30)),
    .may("manu_date", "生产日期", .date),
    .may("expy_end", "有效期止", .date),
    .may("rx_flag", "处方药标志", .flag),
    .may("memo", "备注", .text(500)),
  ])

  /// What was bought of whom.
  fileprivate static let supply = FieldGroup([
    .must("spler_name", "供应商名称", .text(200)),
    .may("spler_pmtno", "供应商许可证号", .text(50)),
    .may("finl_trns_pric", "最终成交单价", .number(16, 6)),
    .must("purc_retn_cnt", "采购/退货数量", .number(16, 4)),
    .may("purc_invo_codg", "采购发票编码", .text(50)),
    .may("purc_invo_no", "采购发票号", .text(50)),
    .must("purc_retn_stoin_time", "采购/退货入库时间", .time),
    .may("purc_retn_opter_name", "采购/退货经办人姓名", .text(50)),
  ])

  /// What was sold to whom.
  fileprivate static let sold = FieldGroup([
    .may("setl_id", "结算ID", .text(30)),
    .may("mdtrt_sn", "就医流水号", .text(30)),
    .may("psn_no", "人员编号", .text(30)),
    .may("psn_cert_type", "人员证件类型", .text(6)),
    .may("certno", "证件号码", .text(50)),
    .may("psn_name", "人员姓名", .text(50)),
    .may("trdn_flag", "拆零标志", .flag),
    .may("finl_trns_pric", "最终成交单价", .number(16, 6)),
    .must("sel_retn_cnt", "销售/退货数量", .number(16, 4)),
    .may("sel_retn_time", "销售/退货时间", .time),
    .may("sel_retn_opter_name", "销售/退货经办人姓名", .text(50)),
  ])
}
