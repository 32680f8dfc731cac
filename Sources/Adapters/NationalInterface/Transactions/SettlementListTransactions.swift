import Claims
import Kernel
import Workflows

/// Settlement lists: upload, handing in.
extension InterfaceService {
  func uploadSettlementList(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("setlinfo")
    let isSubmitted: Bool
    switch row.text("stas_type") {
    case "", "0": isSubmitted = false
    case "1": isSubmitted = true
    default:
      throw .contradiction("上传时状态分类只能为 0 未提交或 1 已提交；请核对 stas_type", "stas_type is 0 or 1 on upload")
    }
    let list = try SettlementListReader.list(request)
    let filed = try await desk.uploadSettlementList(list, isSubmitted: isSubmitted, request.context).orRefused()
    return Output(warning: Self.warning(filed.findings)) { writer in
      writer.object("data") { $0.text("setl_list_id", filed.id) }
    }
  }

  /// How many rules are broken that do not refuse, and which.
  private static func warning(_ findings: [SettlementListFinding]) -> String? {
    guard !findings.isEmpty else { return nil }
    let words = findings.map { "[\($0.rule.rawValue)] \($0.rule.message.chinese)" }
    return "质控提示 \(findings.count) 条：" + words.joined(separator: "；")
  }

  func changeSettlementLists(_ request: InterfaceRequest) async throws(Refused) -> Output {
    // The edition shows the rows inside a node of their own; its table of fields has them in `data` itself.
    let outer = request.rows("data")
    let inner = outer.flatMap { $0.rows("stastinfo") }
    let rows = inner.isEmpty ? outer : inner
    var changes: [SettlementListChange] = []
    for row in rows {
      guard let settlement = row.filled("setl_id") else { throw row.missing("setl_id") }
      guard let state = FiledSettlementList.State(rawValue: row.text("stas_type")) else {
        throw row.missing("stas_type")
      }
      changes.append(SettlementListChange(settlement: settlement, person: row.filled("psn_no"), state: state))
    }
    _ = try await desk.changeSettlementLists(changes, request.context).orRefused()
    return .none
  }
}
