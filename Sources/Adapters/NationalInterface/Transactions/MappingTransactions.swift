import Kernel
import Workflows

/// Mappings from institutions' items to the catalogue: upload, withdrawal, query.
extension InterfaceService {
  func uploadMappings(_ request: InterfaceRequest) async throws(Refused) -> Output {
    var uploads: [MappingUpload] = []
    for (place, row) in request.rows("data").enumerated() { uploads.append(try row.mapping(row: place + 1)) }
    _ = try await desk.uploadMappings(uploads, request.context).orRefused()
    return .none
  }

  func withdrawMapping(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    try row.checkOwn("fixmedins_code", request)
    _ = try await desk.withdrawMappings(
      of: row.text("fixmedins_hilist_id"), to: row.text("med_list_codg"), listType: row.text("list_type"),
      request.context
    ).orRefused()
    return .none
  }

  func queryMappings(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    try row.checkOwn("fixmedins_code", request)
    let page = try row.page()
    var query = MappingQuery()
    query.institutionItem = row.filled("medins_list_codg")
    query.institutionName = row.filled("medins_list_name")
    query.listType = row.filled("list_type")
    query.item = row.filled("med_list_codg")
    query.day = row.day("query_date")
    query.from = row.day("begndate")
    query.isStanding = row.filled("vali_flag").map { $0 == "1" }
    query.changedFrom = row.day("updt_time")
    guard row.isAbout(region: desk.region) else { return .page(Page<ItemMapping>([], page)) { _, _ in } }
    let found = try await desk.mappings(of: request.institution, query, page).orRefused()
    return .page(found) { [region = desk.region] in $1.write(to: &$0, region: region) }
  }
}

extension InputRow {
  /// The mapping that a row describes.
  fileprivate func mapping(row: Int) throws(Refused) -> MappingUpload {
    guard let period = DateRange(try requiredDay("begndate"), day("enddate")) else {
      throw .desk(
        .desk(.datesImpossible, about: "data[\(row)].enddate \(text("begndate"))…\(text("enddate"))"))
    }
    var remarks = MappingRemarks()
    remarks.approvalNumber = text("aprvno")
    remarks.dosageForm = text("dosform")
    remarks.excluded = text("exct_cont")
    remarks.included = text("item_cont")
    remarks.unit = text("prcunt")
    remarks.specification = text("spec")
    remarks.packaging = text("pacspec")
    remarks.note = text("memo")
    return MappingUpload(
      institutionItem: text("fixmedins_hilist_id"), institutionName: text("fixmedins_hilist_name"),
      listType: text("list_type"), item: text("med_list_codg"), period: period, remarks: remarks)
  }

  /// Refuses a row that names another institution than the one that sent it.
  func checkOwn(_ name: StaticString, _ request: InterfaceRequest) throws(Refused) {
    guard let named = filled(name), named != request.institution else { return }
    throw .desk(.desk(.notOwn, about: "\(name) \(FieldText.shortened(named))"))
  }
}

extension ItemMapping {
  /// Prints a row of 1317.
  fileprivate func write(to writer: inout JSONWriter, region: String) {
    writer.text("fixmedins_code", owner)
    writer.text("medins_list_codg", upload.institutionItem)
    writer.text("medins_list_name", upload.institutionName)
    writer.text("insu_admdvs", region)
    writer.text("list_type", upload.listType)
    writer.text("med_list_codg", upload.item)
    writer.text("begndate", "\(upload.period.first)")
    writer.text("enddate", upload.period.last.map { "\($0)" } ?? "")
    writer.text("aprvno", upload.remarks.approvalNumber)
    writer.text("dosform", upload.remarks.dosageForm)
    writer.text("exct_cont", upload.remarks.excluded)
    writer.text("item_cont", upload.remarks.included)
    writer.text("prcunt", upload.remarks.unit)
    writer.text("spec", upload.remarks.specification)
    writer.text("pacspec", upload.remarks.packaging)
    writer.text("memo", upload.remarks.note)
    writer.text("vali_flag", withdrawn == nil ? "1" : "0")
    writer.text("rid", id)
    writer.record(created: time, changed: changed, region: region)
  }
}
