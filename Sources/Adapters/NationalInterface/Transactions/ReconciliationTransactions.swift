import Claims
import Foundation
import Kernel
import Workflows

/// Reconciliation of totals and of lines.
extension InterfaceService {
  func reconcile(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let count = FieldText.number(row.text("fixmedins_setl_cnt"), digits: 10, decimals: 0) ?? 0
    let totals = ReconciliationTotals(
      count: Int(count), total: try row.money("medfee_sumamt") ?? .zero,
      fund: try row.money("fund_pay_sumamt") ?? .zero, account: try row.money("acct_pay") ?? .zero)
    let answer = try await desk.reconcile(
      ReconciliationRequest(
        scheme: try MedicalType.scheme(row.text("insutype")), kinds: MedicalType.kinds(row.text("clr_type")),
        from: try row.requiredDay("stmt_begndate"),
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

  func reconcileLines(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let file = try await desk.statement(row.text("file_qury_no"), of: request.institution).orRefused()
    guard let content = Data(base64Encoded: file.contentBase64) else {
      throw .desk(.desk(.statementForm, about: file.id))
    }
    let lines = try StatementFile.lines(in: try unpacked([UInt8](content)))
    let statement = StatementRequest(
      kinds: MedicalType.kinds(row.text("clr_type")), from: try row.requiredDay("stmt_begndate"),
      to: try row.requiredDay("stmt_enddate"), lines: lines)
    let name = "3202_\(row.text("stmt_begndate"))_\(row.text("stmt_enddate")).txt"
    let archive = archive
    let result = try await desk.reconcile(statement, request.context) { differences in
      Self.packed(name, StatementFile.text(of: differences), archive)
    }.orRefused()
    let warning = try Self.warning(row, lines)
    return Output(warning: warning) { writer in
      writer.object("fileinfo") {
        $0.text("file_qury_no", result.id)
        $0.text("filename", result.name)
        $0.text("dld_endtime", "\(request.received.day.adding(days: 30)) 23:59:59")
      }
    }
  }

  /// The text of an uploaded file: of the one file in an archive, or of the file itself.
  private func unpacked(_ bytes: [UInt8]) throws(Refused) -> [UInt8] {
    guard bytes.starts(with: Array("PK".utf8)), let archive else { return bytes }
    let files: [ArchivedFile]
    do throws(ArchiveFault) {
      files = try archive.unpack(bytes, limit: Self.largestStatement)
    } catch {
      throw .desk(.desk(.statementForm, about: "压缩包不可读或过大"))
    }
    guard files.count == 1 else { throw .desk(.desk(.statementForm, about: "压缩包内应有一个文件，现有 \(files.count) 个")) }
    return files[0].bytes
  }

  /// How many bytes a statement may hold: some hundred thousand rows.
  private static let largestStatement = 32 << 20

  /// A text as its archive; the text itself where nothing packs.
  private static func packed(_ name: String, _ text: String, _ archive: (any FileArchive)?)
    -> Result<(name: String, contentBase64: String), DeskRefusal>
  {
    guard let archive else { return .success((name, Data(text.utf8).base64EncodedString())) }
    do throws(ArchiveFault) {
      let packed = try archive.pack([ArchivedFile(name: name, bytes: Array(text.utf8))])
      return .success(("\(name).zip", Data(packed).base64EncodedString()))
    } catch {
      return .failure(.store(StoreError(.unavailable, operation: "pack statement", detail: "\(error)")))
    }
  }

  /// Where the totals of the message are not those of its file.
  private static func warning(_ row: InputRow, _ lines: [StatementLine]) throws(Refused) -> String? {
    let total = lines.reduce(Money.zero) { $0 + $1.total }
    if let sent = try row.money("medfee_sumamt"), sent != total {
      return "报文的医疗费总额 \(sent) 与文件合计 \(total) 不符；已按文件逐笔核对"
    }
    let fund = lines.reduce(Money.zero) { $0 + $1.fund }
    if let sent = try row.money("fund_pay_sumamt"), sent != fund {
      return "报文的基金支付总额 \(sent) 与文件合计 \(fund) 不符；已按文件逐笔核对"
    }
    return nil
  }
}
