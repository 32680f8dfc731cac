import Claims
import Kernel
import People
import Workflows

/// Queries and reconciliation.
extension InterfaceService {
  func reconcile(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let count = FieldText.number(row.text("fixmedins_setl_cnt"), digits: 10, decimals: 0) ?? 0
    let totals = ReconciliationTotals(
      count: Int(count), total: try row.money("medfee_sumamt") ?? .zero,
      fund: try row.money("fund_pay_sumamt") ?? .zero, account: try row.money("acct_pay") ?? .zero)
    let answer = try await desk.reconcile(
      ReconciliationRequest(
        scheme: try MedicalType.scheme(row.text("insutype")), from: try row.requiredDay("stmt_begndate"),
        to: try row.requiredDay("stmt_enddate"), totals: totals),
      institution: request.institution
    ).orRefused()
    return Output { writer in
      writer.object("stmtinfo") {
        $0.text("setl_optins", desk.region)
        $0.text("stmt_rslt", answer.isLevel ? "0" : "1")
        $0.text("stmt_rslt_dscr", answer.isLevel ? "平" : Self.difference(answer.payer, answer.institution))
      }
    }
  }

  private static func difference(_ own: ReconciliationTotals, _ theirs: ReconciliationTotals) -> String {
    var parts: [String] = []
    if own.count != theirs.count { parts.append("笔数 中心 \(own.count)、机构 \(theirs.count)") }
    if own.total != theirs.total { parts.append("医疗费总额 中心 \(own.total)、机构 \(theirs.total)") }
    if own.fund != theirs.fund { parts.append("基金支付 中心 \(own.fund)、机构 \(theirs.fund)") }
    if own.account != theirs.account { parts.append("个人账户 中心 \(own.account)、机构 \(theirs.account)") }
    return "不平：" + parts.joined(separator: "；")
  }

  func queryVisit(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    guard let id = row.filled("mdtrt_id") else {
      throw .contradiction("暂不支持按时间段查询；请填写 mdtrt_id（就诊ID）", "fill in mdtrt_id")
    }
    let visit = try await desk.visit(id).orRefused().visit
    guard visit.person == row.text("psn_no"), visit.institution == request.institution else {
      throw .desk(.desk(.visitMismatch, about: id))
    }
    let person = try await desk.person(.number(visit.person), on: visit.admitted).orRefused()
    return Output { writer in
      writer.list("mdtrtinfo") { writer in
        writer.object {
          $0.text("mdtrt_id", visit.id)
          PersonNodes.identity(of: person.record, on: visit.admitted, to: &$0)
          $0.text("insutype", visit.scheme.insutype)
          $0.text("cvlserv_flag", person.record.person.isCivilServant ? "1" : "0")
          $0.text("begntime", "\(visit.admitted) 00:00:00")
          $0.text("endtime", visit.discharged.map { "\($0) 00:00:00" } ?? "")
          $0.text("med_type", visit.medicalType)
          $0.text("ipt_otp_no", visit.institutionNumber)
          $0.text("dscg_maindiag_code", visit.care.isStay ? visit.diagnoses.first ?? "" : "")
          $0.text("dise_codg", visit.chronicDisease ?? "")
          $0.text("inhosp_stas", visit.care.isStay && visit.state == .open ? "1" : "0")
        }
      }
    }
  }

  func querySettlement(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let record = try await settlement(request)
    let person = try await desk.person(.number(record.visit.person), on: record.claim.admitted).orRefused()
    let institution = try await desk.institution(record.visit.institution).orRefused()
    let view = SettlementView(record: record, person: person.record, institution: institution)
    let nodes = try SettlementNodes(view, region: desk.region)
    return Output { nodes.write(to: &$0) }
  }

  /// The settlement or reversal that a query names by visit and identifier; institutions see their own.
  func settlement(_ request: InterfaceRequest) async throws(Refused) -> SettlementRecord {
    let row = try request.row("data")
    let (visit, settlement, person) = (row.text("mdtrt_id"), row.text("setl_id"), row.text("psn_no"))
    let known = try await desk.settlements(ofVisit: visit).orRefused()
    guard let record = known.first(where: { $0.id == settlement && $0.visit.person == person }) else {
      throw .desk(.desk(.settlementUnknown, about: settlement))
    }
    guard record.visit.institution == request.institution else {
      throw .desk(.desk(.visitMismatch, about: visit))
    }
    return record
  }
}
