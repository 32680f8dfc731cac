import Catalog
import Claims
import Kernel
import People
import Settlement
import Workflows

/// Queries of the catalogue, page by page.
///
/// A row's `updt_time` is the first day of its version. A filter on something that the catalogue does not hold finds
/// nothing, as nothing has that value.
extension InterfaceService {
  /// 1304.
  func queryEthnicDrugs(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let page = try row.page()
    var query = row.itemQuery(code: "med_list_codg", name: "drug_genname")
    if let from = row.day("opt_begn_time") { query.from = max(query.from ?? from, from) }
    query.beginsUntil = row.day("opt_end_time")
    let holds =
      row.allows("vali_flag", "1")
      && ["genname_codg", "drug_prodname", "tcmherb_name", "cpnd_flag"].allSatisfy { row.allows($0, "") }
    guard holds else { return .nothing(page) }
    let found = try await desk.ethnicDrugs(query, after: row.filled("ver"), page).orRefused()
    return .page(found) { [region = desk.region] writer, row in
      let values: [String: String] = [
        "med_list_codg": row.item.code, "drug_genname": row.item.name, "begndate": "\(row.item.period.first)",
        "enddate": row.item.lastDay, "vali_flag": "1", "rid": row.item.record, "crte_time": row.item.firstDay,
        "updt_time": row.item.firstDay, "opt_time": row.item.firstDay, "crte_optins_no": region, "optins_no": region,
        "ver": row.version,
      ]
      for name in Self.ethnicFields { writer.text(name, values["\(name)"] ?? "") }
    }
  }

  /// The fields of 1304 in the order of the edition.
  private static let ethnicFields: [StaticString] = [
    "med_list_codg", "drug_prodname", "genname_codg", "drug_genname", "ethdrug_type", "chemname", "alis", "eng_name",
    "dosform", "each_dos", "used_frqu", "nat_drug_no", "used_mtd", "ing", "chrt", "defs", "tabo", "mnan", "stog",
    "drug_spec", "prcunt_type", "otc_flag", "pacmatl", "pacspec", "min_useunt", "min_salunt", "manl", "rute",
    "begndate", "enddate", "pham_type", "memo", "pac_cnt", "min_unt", "min_pac_cnt", "min_pacunt", "min_prepunt",
    "drug_expy", "efcc_atd", "min_prcunt", "wubi", "pinyin", "vali_flag", "rid", "crte_time", "updt_time", "crter_id",
    "crter_name", "crte_optins_no", "opter_id", "opter_name", "opt_time", "optins_no", "ver",
  ]

  /// 1312.
  func queryListed(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let page = try row.page()
    let query = row.itemQuery(code: "hilist_code", name: "hilist_name")
    let fixed: [(StaticString, String)] = [
      ("vali_flag", "1"), ("med_use_flag", "1"), ("matn_used_flag", "1"), ("hilist_use_type", ""),
      ("lmt_cpnd_type", "9"), ("wubi", ""), ("pinyin", ""),
    ]
    guard row.isAbout(region: desk.region), fixed.allSatisfy({ row.allows($0.0, $0.1) }) else { return .nothing(page) }
    let found = try await desk.items(query, page).orRefused()
    return .page(found) { [region = desk.region] writer, item in
      writer.text("hilist_code", item.code)
      writer.text("hilist_name", item.name)
      writer.text("insu_admdvs", region)
      writer.text("begndate", item.firstDay)
      writer.text("enddate", item.lastDay)
      writer.text("med_chrgitm_type", item.feeCategory)
      writer.text("chrgitm_lv", item.chargeClass.level)
      writer.text("lmt_used_flag", item.isLimitedUse ? "1" : "0")
      writer.text("list_type", item.listType)
      writer.text("med_use_flag", "1")
      writer.text("matn_used_flag", "1")
      writer.text("hilist_use_type", "")
      // The catalogue says nothing about use in compounds: 9, 其他.
      writer.text("lmt_cpnd_type", "9")
      writer.text("wubi", "")
      writer.text("pinyin", "")
      writer.text("memo", "")
      writer.text("vali_flag", "1")
      writer.text("rid", item.record)
      writer.record(created: item.firstDay, changed: item.firstDay, region: region)
    }
  }

  /// 1316: a national code is its own insurance code here.
  func queryMatches(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let page = try row.page()
    var query = row.itemQuery(code: "hilist_code", name: nil)
    let codes = ["hilist_code", "med_list_codg", "medins_list_codg"].compactMap { row.filled($0) }
    query.code = codes.first
    guard row.isAbout(region: desk.region), row.allows("vali_flag", "1"), Set(codes).count <= 1 else {
      return .nothing(page)
    }
    let found = try await desk.items(query, page).orRefused()
    return .page(found) { [region = desk.region] writer, item in
      writer.text("med_list_codg", item.code)
      writer.text("hilist_code", item.code)
      writer.text("list_type", item.listType)
      writer.text("insu_admdvs", region)
      writer.text("begndate", item.firstDay)
      writer.text("enddate", item.lastDay)
      writer.text("memo", "")
      writer.text("vali_flag", "1")
      writer.text("rid", item.record)
      writer.record(created: item.firstDay, changed: item.firstDay, region: region)
    }
  }

  /// 1318.
  func queryCeilings(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let page = try row.page()
    let query = row.itemQuery(code: "hilist_code", name: nil)
    let levels = InstitutionLevel.allCases.filter { row.allows("hilist_lmtpric_type", $0.ceilingKind) }
    guard row.isAboutRecords(of: desk.region), row.allows("overlmt_dspo_way", "") else { return .nothing(page) }
    let found = try await desk.ceilings(query, at: levels, page).orRefused()
    return .page(found) { [region = desk.region] writer, row in
      writer.text("hilist_code", row.item.code)
      writer.text("hilist_lmtpric_type", row.level.ceilingKind)
      writer.text("overlmt_dspo_way", "")
      writer.text("insu_admdvs", region)
      writer.text("begndate", row.item.firstDay)
      writer.text("enddate", row.item.lastDay)
      writer.number("hilist_pric_uplmt_amt", row.price.microyuan, decimals: 6)
      writer.text("vali_flag", "1")
      writer.text("rid", row.record)
      writer.record(created: row.item.firstDay, changed: row.item.firstDay, region: region)
      writer.text("tabname", "")
    }
  }

  /// 1319.
  func queryFirstSelfPay(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let page = try row.page()
    let query = row.itemQuery(code: "hilist_code", name: nil)
    let schemes = InsuranceScheme.allCases.filter { row.allows("selfpay_prop_psn_type", $0.insutype) }
    guard row.isAboutRecords(of: desk.region), row.allows("selfpay_prop_type", "10") else { return .nothing(page) }
    let found = try await desk.firstSelfPay(query, in: schemes, page).orRefused()
    return .page(found) { [region = desk.region] writer, row in
      writer.text("hilist_code", row.item.code)
      writer.text("selfpay_prop_psn_type", row.scheme.insutype)
      writer.text("selfpay_prop_type", "10")
      writer.text("insu_admdvs", region)
      writer.text("begndate", row.item.firstDay)
      writer.text("enddate", row.item.lastDay)
      writer.number("selfpay_prop", row.share.millionths / 100, decimals: 4)
      writer.text("vali_flag", "1")
      writer.text("rid", row.record)
      writer.record(created: row.item.firstDay, changed: row.item.firstDay, region: region)
      writer.text("tabname", "")
    }
  }
}

extension Output {
  /// A page of a list that nothing is in.
  fileprivate static func nothing(_ page: PageRequest) -> Output { .page(Page<Int>([], page)) { _, _ in } }
}

extension InputRow {
  /// The filters that queries of items share.
  fileprivate func itemQuery(code: StaticString, name: StaticString?) -> ItemQuery {
    var query = ItemQuery()
    query.code = filled(code)
    query.name = name.flatMap { filled($0) }
    query.listType = filled("list_type")
    query.feeCategory = filled("med_chrgitm_type")
    query.chargeClass = filled("chrgitm_lv").flatMap { ChargeClass(level: $0) }
    query.isLimitedUse = filled("lmt_used_flag").map { $0 == "1" }
    query.day = day("query_date")
    query.from = [day("begndate"), day("updt_time")].compactMap { $0 }.max()
    query.until = day("enddate")
    query.record = filled("rid")
    return query
  }

  /// Whether a filter is open, or asks for the value that every row has.
  fileprivate func allows(_ name: StaticString, _ value: String) -> Bool { filled(name).map { $0 == value } ?? true }

  /// Whether a query of price lists is about this region and its records.
  fileprivate func isAboutRecords(of region: String) -> Bool {
    isAbout(region: region) && allows("poolarea_no", region) && allows("tabname", "") && allows("vali_flag", "1")
  }
}

extension ListedItem {
  fileprivate var firstDay: String { "\(period.first)" }
  fileprivate var lastDay: String { period.last.map { "\($0)" } ?? "" }
}

extension InstitutionLevel {
  /// The kind of price ceiling (医保目录限价类型, `hilist_lmtpric_type`).
  fileprivate var ceilingKind: String {
    switch self {
    case .pharmacy, .village, .township, .primary: "1"
    case .secondary: "2"
    case .tertiary, .provincial: "3"
    }
  }
}
