import Claims
import Foundation
import Kernel
import Payment
import People
import StoreSQLite
import StoreTrial
import Synchronization
import Testing
import Workflows

/// `yibao pay load` and `yibao pay gather` as somebody runs them on a file of SQLite.
@Suite struct PayLoadCommandTests {
  private let folder: StoreFolder

  init() throws { folder = try StoreFolder() }

  private struct Run {
    let code: Int32
    let output: String
  }

  private func pay(_ arguments: [String]) async throws -> Run {
    try await run(["pay"] + arguments + ["--store", "sqlite:\(folder.path())", "--region", "990100"])
  }

  private func run(_ arguments: [String]) async throws -> Run {
    let tool = try CrashTests.products().appending(path: "yibao")
    return try await Task.detached {
      let (process, pipe) = (Process(), Pipe())
      process.executableURL = tool
      process.currentDirectoryURL = StoreFolder.root
      process.arguments = arguments
      process.standardOutput = pipe
      process.standardError = pipe
      try process.run()
      let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return Run(code: process.terminationStatus, output: text)
    }.value
  }

  private func stored(_ scheme: InsuranceScheme, _ year: Int = 2025) async throws -> [PaymentCase] {
    let store = try folder.open()
    defer { store.close() }
    let basket = Mutex<[PaymentCase]>([])
    try await store.cases(CaseSelection(region: "990100", scheme: scheme, period: .year(year))) { block in
      basket.withLock { $0 += block }
    }
    return basket.withLock { $0 }
  }

  private func write(_ rows: [String]) throws -> String {
    let path = folder.path("cases.csv")
    let header = "id,institution,level,scheme,month,cost,fund_share,group"
    try ([header] + rows).joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private let good = "S1,H1,secondary,employee,2025-03,10.00,7.00,GE29"
  private let bad = "S2,H1,secondary,employee,2025-13,10.00,7.00,GE29"

  @Test func `装入示例病例，再装一次结果相同`() async throws {
    for _ in 0..<2 {
      let run = try await pay(["load", "Examples/paying/cases.csv", "--json"])
      #expect(run.code == 0, "\(run.output)")
      for part in ["\"loaded\" : 12", "\"institutions\" : 3", "\"cost\" : \"107418.00\""] {
        #expect(run.output.contains(part), "\(run.output)")
      }
    }
    #expect(try await stored(.employee).count == 8)
    let resident = try await stored(.resident)
    #expect(resident.count == 4 && resident.first?.id == "EX2025010003")
    #expect(resident.contains { $0.marks == [.transfer] })
  }

  @Test func `清算书写出账库中的机构名称，没有记录的只写代码`() async throws {
    let inputs = folder.path("inputs")
    let made = try await run(["pay", "sample-cases", "--count", "300", "--institutions", "3", "-o", inputs])
    #expect(made.code == 0, "\(made.output)")
    let loaded = try await pay(["load", inputs + "/cases.csv"])
    #expect(loaded.code == 0, "\(loaded.output)")
    let store = try folder.open()
    try await store.write { store throws(StoreError) in
      try store.put(
        InstitutionRecord(
          institution: Institution(code: "H990100000001", level: .tertiary), name: "示例市第一医院", kind: "1",
          region: "990100", levelCode: "03"))
    }
    store.close()
    let out = folder.path("out")
    let month = try await pay(
      ["month", "--month", "2026-03", "--scheme", "employee", "--inputs", inputs, "--out", out])
    #expect(month.code == 0 && month.output.contains("  H990100000001 示例市第一医院  "), "\(month.output)")
    let told = [
      "H990100000001": "示例市第一医院（H990100000001）", "H990100000002": "H990100000002", "H990100000003": "H990100000003",
    ]
    for (code, name) in told {
      let stem = "\(out)/month-2026-03-employee/\(code)"
      let summary = try String(contentsOfFile: stem + "-summary.csv", encoding: .utf8)
      #expect(summary.contains("单位,\(name)\n"), "\(summary)")
      #expect(try String(contentsOfFile: stem + ".html", encoding: .utf8).contains("<dd>\(name)</dd>"))
    }
    let lines = try String(contentsOfFile: "\(out)/month-2026-03-employee/lines.csv", encoding: .utf8)
    #expect(lines.contains("\nH990100000001,示例市第一医院,") && lines.contains("\nH990100000002,,"))
  }

  @Test func `有坏行时全部不装，略过坏行须明说`() async throws {
    let path = try write([good, bad])
    let refused = try await pay(["load", path])
    #expect(refused.code == 2 && refused.output.contains("cases.csv:3"), "\(refused.output)")
    #expect(refused.output.contains("2025-13") && refused.output.contains("2025-03"))
    #expect(!FileManager.default.fileExists(atPath: folder.path()))
    let skipped = try await pay(["load", path, "--skip-bad"])
    #expect(skipped.code == 1, "\(skipped.output)")
    #expect(try await stored(.employee).map(\.id) == ["S1"])
  }

  @Test func `别的进程正在写时不装入`() async throws {
    let store = try folder.open()
    let run = try await pay(["load", try write([good])])
    #expect(run.code == 2 && run.output.contains("another process"), "\(run.output)")
    store.close()
    #expect(try await stored(.employee).isEmpty)
  }

  @Test func `没有文件或缺列退出二`() async throws {
    #expect(try await pay(["load", folder.path("none.csv")]).code == 2)
    let path = folder.path("short.csv")
    try "id,institution\nS1,H1\n".write(toFile: path, atomically: true, encoding: .utf8)
    let run = try await pay(["load", path])
    #expect(run.code == 2 && run.output.contains("level"), "\(run.output)")
  }

  @Test func `由结算和清单归集，有缺口退出一`() async throws {
    let filled = try await folder.filled()
    let desk = folder.desk
    try await filled.write { store throws(StoreError) in
      var list = SettlementList(
        settlement: "S2", visit: "V2", person: "P2", institution: desk.institution.institution.code)
      list.diagnoses = [.init(kind: .western, code: "K35.800", name: "", condition: nil, isPrincipal: true)]
      list.procedures = [.init(isPrincipal: true, code: "47.0901", name: "")]
      try store.put(
        FiledSettlementList(
          id: "1", owner: list.institution, settlement: "S2", time: "2025-06-10 08:00:00", list: list,
          state: .submitted, findings: []))
    }
    filled.close()
    let gather = ["gather", "--edition", "Editions/chs-drg-outline", "--period", "2025", "--lang", "en"]
    let run = try await pay(gather)
    #expect(run.code == 1, "\(run.output)")
    #expect(run.output.contains("2 settled stays, 1 reversed, 1 cases"), "\(run.output)")
    #expect(run.output.contains("S3: no settlement list was uploaded"), "\(run.output)")
    let cases = try await stored(.employee)
    #expect(cases.map(\.id) == ["S2"] && cases.allSatisfy { !$0.group.isEmpty && $0.cost == Money(fen: 500_000) })
    #expect(try await pay(["gather", "--period", "2025"]).code == 64)
  }
}
