import Claims
import Kernel
import Settlement
import Workflows

/// Fee lines: upload, withdrawal, query.
extension InterfaceService {
  func uploadFees(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let rows = request.rows("feedetail")
    guard let first = rows.first else { throw InputRow.noRows("feedetail") }
    let (visit, person) = (first.text("mdtrt_id"), first.text("psn_no"))
    guard rows.allSatisfy({ $0.text("mdtrt_id") == visit && $0.text("psn_no") == person }) else {
      throw .contradiction("一次只能上传一次就诊的费用；请按就诊分次发送", "fees of one visit at a time; send them visit by visit")
    }
    var fees: [FeeUpload] = []
    fees.reserveCapacity(rows.count)
    for row in rows { fees.append(try row.fee(usual: nil)) }
    let answers = try await desk.uploadFees(fees, to: visit, of: person, request.context).orRefused()
    let splits = answers.map { FeeSplit(line: $0.line, share: $0.share) }
    try FeeSplit.check(splits)
    return Output { writer in
      writer.rows("result", splits) { $1.write(to: &$0) }
    }
  }

  func withdrawBatch(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let batch = row.text("chrg_bchno")
    _ = try await desk.withdrawFees(
      nil, batch: batch == "0000" ? nil : batch, from: row.text("mdtrt_id"), of: row.text("psn_no"), request.context
    ).orRefused()
    return .none
  }

  func withdrawFees(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let rows = request.rows("data")
    guard let first = rows.first else { throw InputRow.noRows("data") }
    let (visit, person) = (first.text("mdtrt_id"), first.text("psn_no"))
    guard rows.allSatisfy({ $0.text("mdtrt_id") == visit && $0.text("psn_no") == person }) else {
      throw .contradiction("一次只能撤销一次就诊的费用；请按就诊分次发送", "fees of one visit at a time; send them visit by visit")
    }
    let serials = rows.map { $0.text("feedetl_sn") }
    _ = try await desk.withdrawFees(
      serials.contains("0000") ? nil : serials, batch: nil, from: visit, of: person, request.context
    ).orRefused()
    return .none
  }

  func queryFees(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let record = try await settlement(request)
    let splits = try await desk.settledLines(of: record).orRefused().map { FeeSplit(line: $0.line, share: $0.share) }
    try FeeSplit.check(splits)
    // This answer is an array without a node around it.
    return .rows(splits) { writer, split in
      writer.text("mdtrt_id", record.visit.id)
      writer.text("setl_id", record.id)
      writer.text("med_type", record.visit.medicalType)
      writer.text("fee_ocur_time", "\(split.line.line.day) 00:00:00")
      writer.text("list_type", split.line.listType)
      writer.text("med_list_codg", split.line.line.item)
      split.write(to: &writer)
    }
  }
}

extension InputRow {
  /// The fee line that a row describes.
  ///
  /// - Parameter usual: the day when the row names none.
  func fee(usual: CalendarDate?) throws(Refused) -> FeeUpload {
    guard let day = day("fee_ocur_time") ?? usual else { throw missing("fee_ocur_time") }
    guard let price = FieldText.number(text("pric"), digits: 16, decimals: 6) else { throw missing("pric") }
    guard let quantity = FieldText.number(text("cnt"), digits: 16, decimals: 4) else { throw missing("cnt") }
    guard let amount = try money("det_item_fee_sumamt") else { throw missing("det_item_fee_sumamt") }
    let approval: HospitalApproval =
      switch text("hosp_appr_flag") {
      case "1": .approved
      case "2": .refused
      default: .notSubject
      }
    return FeeUpload(
      serial: text("feedetl_sn"), batch: text("chrg_bchno"), item: text("med_list_codg"), day: day,
      price: UnitPrice(microyuan: price), quantity: Quantity(tenThousandths: quantity), amount: amount,
      approval: approval, institutionItem: text("medins_list_codg"), refunds: filled("init_feedetl_sn"))
  }

  /// A node without rows where the form wants some.
  static func noRows(_ node: StaticString) -> Refused {
    .interface(InterfaceRefusal(.nodeMissing, "节点 \(node) 缺失或为空；请补填后重发", "the node \(node) is missing"))
  }
}
