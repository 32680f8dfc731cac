import Kernel
import People
import Workflows

/// Filing of chronic diseases, and their reversal.
extension InterfaceService {
  func fileDisease(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let disease = row.text("opsp_dise_code")
    guard let period = DateRange(try row.requiredDay("begndate"), row.day("enddate")) else {
      throw .desk(.desk(.datesImpossible, about: "\(row.text("begndate"))…\(row.text("enddate"))"))
    }
    _ = try await desk.fileChronicDisease(
      ChronicDiseaseFiling(disease: disease, period: period), of: row.text("psn_no"), request.context
    ).orRefused()
    // The desk knows a filing by person and disease; the disease is what 2504 names it by.
    return Output { writer in
      writer.object("result") {
        $0.text("trt_dcla_detl_sn", disease)
        $0.text("exp_content", "")
      }
    }
  }

  func withdrawDisease(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    _ = try await desk.withdrawChronicDisease(
      row.text("trt_dcla_detl_sn"), of: row.text("psn_no"), request.context
    ).orRefused()
    return .none
  }

  func queryDiseases(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let answer = try await desk.person(.number(row.text("psn_no")), on: request.received.day).orRefused()
    return Output { writer in
      writer.rows("feedetail", answer.record.person.chronicFilings) { writer, filing in
        writer.text("opsp_dise_code", filing.disease)
        writer.text("opsp_dise_name", "")
        writer.text("begndate", "\(filing.period.first)")
        writer.text("enddate", filing.period.last.map { "\($0)" } ?? "")
        writer.text("exp_content", "")
      }
    }
  }
}
