import Claims
import Kernel
import People
import Workflows

/// Queries of visits and settlements.
extension InterfaceService {
  /// One visit, or the visits of a kind in a period.
  func queryVisit(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let visits: [Visit]
    if let id = row.filled("mdtrt_id") {
      let visit = try await desk.visit(id).orRefused().visit
      guard visit.person == row.text("psn_no"), visit.institution == request.institution else {
        throw .desk(.desk(.visitMismatch, about: id))
      }
      visits = [visit]
    } else {
      guard row.filled("begntime") != nil else { throw row.missing("begntime") }
      let span = try row.span("begntime", "endtime", from: request.received.day)
      let type = row.filled("med_type")
      visits = try await desk.visits(of: row.text("psn_no"), at: request.institution, in: span).orRefused()
        .filter { type == nil || $0.medicalType == type }
    }
    let person = try await desk.person(.number(row.text("psn_no")), on: request.received.day).orRefused().record
    return Output { writer in
      writer.rows("mdtrtinfo", visits) { Self.write($1, of: person, to: &$0) }
    }
  }

  private static func write(_ visit: Visit, of person: PersonRecord, to writer: inout JSONWriter) {
    writer.text("mdtrt_id", visit.id)
    PersonNodes.identity(of: person, on: visit.admitted, to: &writer)
    writer.text("insutype", visit.scheme.insutype)
    writer.text("cvlserv_flag", person.person.isCivilServant ? "1" : "0")
    writer.text("begntime", "\(visit.admitted) 00:00:00")
    writer.text("endtime", visit.discharged.map { "\($0) 00:00:00" } ?? "")
    writer.text("med_type", visit.medicalType)
    writer.text("ipt_otp_no", visit.institutionNumber)
    writer.text("dscg_maindiag_code", visit.care.isStay ? visit.diagnoses.first ?? "" : "")
    writer.text("dise_codg", visit.chronicDisease ?? "")
    writer.text("inhosp_stas", visit.care.isStay && visit.state == .open ? "1" : "0")
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
