import Kernel
import Workflows

/// Audits of details before and during care.
extension InterfaceService {
  func analyse(_ stage: AnalysisStage, _ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    var details: [DetailAnalysis] = []
    for patient in row.rows("patient_dtos") {
      var writer = JSONWriter()
      writer.value(patient.value)
      details.append(
        DetailAnalysis(
          stage: stage, visit: patient.text("curr_mdtrt_id"), person: patient.text("patn_id"),
          content: String(decoding: writer.bytes, as: UTF8.self)))
    }
    _ = try await desk.analyse(details, request.context).orRefused()
    // Kept, and nothing found: the rules of supervision are not asked here yet.
    return Output { $0.list("result") { _ in } }
  }

  func answerFindings(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    guard let stage = AnalysisStage(rawValue: row.text("warn_type")) else { throw row.missing("warn_type") }
    var feedback: [AnalysisFeedback] = []
    for finding in row.rows("warns") {
      guard let action = AnalysisFeedback.Action(rawValue: finding.text("dspo_way")) else {
        throw finding.missing("dspo_way")
      }
      // A doctor who carries an order out in spite of a finding says why (3103, note to dspo_way_rea).
      if action == .carriedOut && finding.filled("dspo_way_rea") == nil { throw finding.missing("dspo_way_rea") }
      feedback.append(
        AnalysisFeedback(
          stage: stage, finding: finding.text("warn_rslt_id"), action: action, reason: finding.text("dspo_way_rea")))
    }
    _ = try await desk.answerFindings(feedback, request.context).orRefused()
    return .none
  }
}
