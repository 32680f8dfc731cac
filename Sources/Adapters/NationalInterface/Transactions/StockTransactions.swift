import Kernel
import Workflows

/// An institution's stock: counted, changed, bought, sold, given back, deleted.
extension InterfaceService {
  func uploadStock(_ request: InterfaceRequest) async throws(Refused) -> Output {
    guard let form = StockForm.byNumber[request.number], let node = TransactionForm.of(request.number)?.nodes.first
    else { throw InputRow.noRows("invinfo") }
    var uploads: [StockUpload] = []
    for row in request.rows(node.name) { uploads.append(try form.upload(row, node, received: request.received)) }
    _ = try await desk.uploadStock(uploads, request.context).orRefused()
    return .none
  }

  func deleteStock(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let kinds: [StockKind] =
      switch row.text("inv_data_type") {
      case "1": [.stocktake]
      case "2": [.change]
      case "3": [.purchase, .purchaseReturn]
      default: [.sale, .saleReturn]
      }
    _ = try await desk.deleteStock(kinds, batch: row.text("fixmedins_bchno"), request.context).orRefused()
    return .none
  }
}

/// Which fields of a transaction say what of a movement.
private struct StockForm: Sendable {
  let kind: StockKind
  let count: StaticString
  let price: StaticString
  let time: StaticString
  /// What tells a movement from the institution's others of its kind, beside batch and goods.
  let serial: [StaticString]

  static let byNumber: [String: StockForm] = [
    "3501": StockForm(kind: .stocktake, count: "inv_cnt", price: "pric", time: "invdate", serial: ["invdate"]),
    "3502": StockForm(
      kind: .change, count: "cnt", price: "pric", time: "inv_chg_time", serial: ["inv_chg_type", "inv_chg_time"]),
    "3503": StockForm(
      kind: .purchase, count: "purc_retn_cnt", price: "finl_trns_pric", time: "purc_retn_stoin_time",
      serial: ["dynt_no", "purc_retn_stoin_time"]),
    "3504": StockForm(
      kind: .purchaseReturn, count: "purc_retn_cnt", price: "finl_trns_pric", time: "purc_retn_stoin_time",
      serial: ["purc_invo_no", "purc_retn_stoin_time"]),
    "3505": StockForm(
      kind: .sale, count: "sel_retn_cnt", price: "finl_trns_pric", time: "sel_retn_time", serial: ["rtal_docno"]),
    "3506": StockForm(
      kind: .saleReturn, count: "sel_retn_cnt", price: "finl_trns_pric", time: "sel_retn_time",
      serial: ["medins_prod_sel_no", "mdtrt_sn", "sel_retn_time"]),
  ]

  /// Fields that have a place of their own in a movement.
  private static let placed: Set<String> = [
    "med_list_codg", "fixmedins_hilist_id", "fixmedins_hilist_name", "fixmedins_bchno", "manu_lotnum", "manu_date",
    "expy_end", "inv_chg_type", "mdtrt_sn", "setl_id", "psn_no", "drug_trac_codg", "drugtracinfo",
  ]

  func upload(_ row: InputRow, _ node: InputNode, received: WallTime) throws(Refused) -> StockUpload {
    guard let quantity = FieldText.number(row.text(count), digits: 16, decimals: 4) else { throw row.missing(count) }
    let goods = StockGoods(
      item: row.text("med_list_codg"), institutionItem: row.text("fixmedins_hilist_id"),
      name: row.text("fixmedins_hilist_name"), batch: row.text("fixmedins_bchno"), lot: row.text("manu_lotnum"),
      made: row.day("manu_date"), expires: row.day("expy_end"))
    let moment = FieldText.moment(row.text(time))
    let own = ["fixmedins_bchno", "fixmedins_hilist_id"] as [StaticString]
    var upload = StockUpload(
      kind: kind, goods: goods, count: Quantity(tenThousandths: quantity),
      price: FieldText.number(row.text(price), digits: 16, decimals: 6).map { UnitPrice(microyuan: $0) },
      time: moment.map { "\($0.day) \($0.time)" } ?? received.text,
      serial: (own + serial).map { row.text($0) }.joined(separator: " "))
    upload.change = row.text("inv_chg_type")
    upload.visit = row.text("mdtrt_sn")
    upload.settlement = row.text("setl_id")
    upload.person = row.text("psn_no")
    upload.traceCodes = row.traceCodes
    for field in node.fields where !Self.placed.contains("\(field.name)") {
      let text = FieldText.text(of: field.value(in: row.value))
      let isPlaced = [count, price, time].contains { "\($0)" == "\(field.name)" }
      if !text.isEmpty && !isPlaced { upload.details["\(field.name)"] = text }
    }
    return upload
  }
}

extension InputRow {
  /// The trace codes of a movement: rows of its own, or the single field of older editions; each once.
  fileprivate var traceCodes: [String] {
    let rows = (InputRows.rows(of: "drugtracinfo", in: value) ?? []).map { InputRow(value: $0) }
    var codes: [String] = []
    for code in rows.map({ $0.text("drug_trac_codg") }) + [text("drug_trac_codg")] {
      if !code.isEmpty && !codes.contains(code) { codes.append(code) }
    }
    return codes
  }
}
