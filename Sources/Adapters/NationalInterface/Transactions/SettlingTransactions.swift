import Claims
import Kernel
import Settlement
import Workflows

/// Settling visits, reversing settlements, and undoing messages whose reply was lost.
extension InterfaceService {
  func preSettle(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let answer = try await desk.preSettle(try row.settlement(), institution: request.institution).orRefused()
    return try settled(answer, row, message: request.envelope.message)
  }

  func settle(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let answer = try await desk.settle(try row.settlement(), request.context).orRefused()
    return try settled(answer, row, message: request.envelope.message)
  }

  private func settled(_ answer: SettlementAnswer, _ row: InputRow, message: String) throws(Refused) -> Output {
    let view = SettlementView(answer, credential: row.text("mdtrt_cert_type"), message: message)
    let nodes = try SettlementNodes(view, region: desk.region)
    return Output(warning: try Self.warning(row, answer.record)) { nodes.write(to: &$0) }
  }

  /// What the institution sent and the payer sees otherwise, although it settles.
  private static func warning(_ row: InputRow, _ record: SettlementRecord) throws(Refused) -> String? {
    if let type = row.filled("med_type"), type != record.visit.medicalType {
      return "已按就诊登记的医疗类别 \(record.visit.medicalType) 结算，与传入的 \(type) 不同；需更改请撤销后重新上传就诊信息"
    }
    let amounts = record.settled.amounts
    let split: [(StaticString, Money)] = [
      ("fulamt_ownpay_amt", amounts.fullySelfPaid), ("overlmt_selfpay", amounts.overLimit),
      ("preselfpay_amt", amounts.preliminarySelfPay), ("inscp_scp_amt", amounts.inPolicy),
    ]
    for (name, amount) in split {
      guard let sent = try row.money(name), sent != amount else { continue }
      return "传入的 \(name) 为 \(sent)，中心核算为 \(amount)，以中心核算为准"
    }
    return nil
  }

  func reverse(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let (visit, settlement) = (row.text("mdtrt_id"), row.text("setl_id"))
    let known = try await desk.settlements(ofVisit: visit).orRefused()
    guard known.contains(where: { $0.id == settlement }) else {
      throw .desk(.desk(.settlementUnknown, about: "\(visit) \(settlement)"))
    }
    let answer = try await desk.reverse(settlement, of: row.text("psn_no"), request.context).orRefused()
    let view = SettlementView(answer, credential: "", message: request.envelope.message)
    let nodes = try SettlementNodes(view, region: desk.region)
    return Output { nodes.write(to: &$0) }
  }

  func undo(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let lost = Dialect.canonical(row.text("oinfno"))
    guard ["2102", "2207", "2304", "2401"].contains(lost) else {
      if ["2103", "2208", "2305"].contains(lost) {
        throw .contradiction(
          "撤销类交易 \(row.text("oinfno")) 不能冲正；请以原 msgid 和原内容重发，即得首次应答",
          "a reversal cannot be undone; send it again for its answer"
        )
      }
      throw .contradiction(
        "交易 \(row.text("oinfno")) 不能冲正；可冲正 2102、2207、2304、2401", "only 2102, 2207, 2304 and 2401 can be undone")
    }
    _ = try await desk.undo(
      message: row.text("omsgid"), transaction: lost, of: row.text("psn_no"), request.context
    ).orRefused()
    return .none
  }

  // MARK: Pharmacies

  func preSettlePurchase(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let (row, visit, fees) = try purchase(request)
    let answer = try await desk.preSettlePurchase(visit, fees, usesAccount: row.usesAccount).orRefused()
    return try purchased(answer, row, request)
  }

  func settlePurchase(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let (row, visit, fees) = try purchase(request)
    let answer = try await desk.settlePurchase(visit, fees, usesAccount: row.usesAccount, request.context).orRefused()
    return try purchased(answer, row, request)
  }

  private func purchase(_ request: InterfaceRequest) throws(Refused) -> (InputRow, Visit, [FeeUpload]) {
    let row = try request.row("druginfo")
    let day = try row.requiredDay("begntime")
    let type = row.filled("med_type") ?? "41"
    let care = try MedicalType.care(type, where: { $0 == .pharmacy || $0 == .chronic }, "药店购药")
    let disease = row.filled("dise_codg")
    if care == .chronic && disease == nil { throw row.missing("dise_codg") }
    let visit = Visit(
      id: "", person: row.text("psn_no"), institution: request.institution, care: care, medicalType: type,
      scheme: try MedicalType.scheme(row.text("insutype")), institutionNumber: request.envelope.message,
      admitted: day, discharged: day, chronicDisease: disease)
    var fees: [FeeUpload] = []
    for line in request.rows("drugdetail") { fees.append(try line.fee(usual: day)) }
    let sum = fees.reduce(Money.zero) { $0 + $1.amount }
    if let total = try row.money("medfee_sumamt"), total != sum {
      throw .desk(.desk(.totalMismatch, about: "\(total) ≠ \(sum)"))
    }
    return (row, visit, fees)
  }

  private func purchased(_ answer: PurchaseAnswer, _ row: InputRow, _ request: InterfaceRequest) throws(Refused)
    -> Output
  {
    let view = SettlementView(
      answer.settlement, credential: row.text("mdtrt_cert_type"), message: request.envelope.message)
    let nodes = try SettlementNodes(view, region: desk.region)
    let splits = answer.lines.map { FeeSplit(line: $0.line, share: $0.share) }
    try FeeSplit.check(splits)
    return Output(warning: nil) { writer in
      nodes.write(to: &writer)
      writer.rows("detlcutinfo", splits) { $1.write(to: &$0) }
    }
  }
}

extension InputRow {
  /// Whether accounts may be used (个人账户使用标志, `acct_used_flag`).
  var usesAccount: Bool { ["1", "2"].contains(text("acct_used_flag")) }

  /// The settlement that a row asks for.
  func settlement() throws(Refused) -> SettlementRequest {
    if text("mid_setl_flag") == "1" {
      throw .interface(
        InterfaceRefusal(
          .transactionNotOffered, "暂不提供中途结算（mid_setl_flag 1）；请出院后结算", "settling in the middle of a stay is not offered")
      )
    }
    return SettlementRequest(
      visit: text("mdtrt_id"), person: text("psn_no"), total: try money("medfee_sumamt"), usesAccount: usesAccount,
      batch: filled("chrg_bchno"))
  }
}
