import ArgumentParser
import Claims
import Foundation
import Kernel
import Policy
import StoreSQLite
import Synchronization
import TabularFiles
import Workflows

/// Makes a sample region in a new file, with progress, and says what became of it.
struct SampleMaker {
  let people: Int
  let year: Int
  let seed: UInt64
  /// Whether a store of the same name gives way once the new one is whole.
  let replaces: Bool
  let language: Language

  /// Makes the region.
  ///
  /// The file appears under its name only when all is done, so that an interrupted run leaves nothing that looks whole.
  func make(path: String, truth: String?, library: PolicyLibrary) throws -> SampleYearReport {
    guard replaces || !FileManager.default.fileExists(atPath: path) else {
      return try fail("\(path) 已存在；请另取文件名，或加 --replace / is there already; choose another name or add --replace")
    }
    guard let covered = library.book.regions[SampleRegion.code]?.covered else {
      return try fail("政策目录中没有示例统筹区 \(SampleRegion.code) / the policies have no sample region")
    }
    guard covered.first.year <= year, year <= covered.last?.year ?? year else {
      return try fail("\(year)：政策只覆盖 / the policy covers \(covered.first.year)–\(covered.last?.year ?? year)")
    }
    let unfinished = path + ".unfinished"
    for name in [unfinished, unfinished + "-wal", unfinished + "-shm"] {
      try? FileManager.default.removeItem(atPath: name)
    }
    let report = try Waiting.orExit { try await live(unfinished, truth, library, covered) }
    for name in [path, path + "-wal", path + "-shm"] { try? FileManager.default.removeItem(atPath: name) }
    try FileManager.default.moveItem(atPath: unfinished, toPath: path)
    try? FileManager.default.removeItem(atPath: unfinished + ".lock")
    return report
  }

  private func fail(_ reason: String) throws -> SampleYearReport {
    Terminal.error(reason)
    throw ExitCode(2)
  }

  private func live(_ path: String, _ truth: String?, _ library: PolicyLibrary, _ covered: DateRange) async throws
    -> SampleYearReport
  {
    let store = try SQLiteLoadingStore(path: path)
    let desk = PayerDesk(store: store, library: library, region: SampleRegion.code)
    let lived = SampleYear(SampleRegion(people: people, year: year, seed: seed), through: desk, store: store)
    let meter = LineMeter()
    let rows = Mutex(["kind,settlement,visit,person,institution,admitted,discharged,amount_yuan"])
    let language = language
    let report = try await lived.live(over: covered) { planted in
      let row = [
        planted.anomaly.rawValue, planted.settlement, planted.visit, planted.person, planted.institution,
        "\(planted.admitted)", "\(planted.discharged)", "\(planted.amount)",
      ]
      rows.withLock { $0.append(row.joined(separator: ",")) }
    } progress: { report in
      meter.show(Self.line(report, language))
    }
    meter.clear()
    try await store.finish()
    if let truth {
      let text = rows.withLock { $0.joined(separator: "\n") + "\n" }
      try text.write(toFile: truth, atomically: true, encoding: .utf8)
    }
    return report
  }

  private static func line(_ report: SampleYearReport, _ language: Language) -> String {
    Terminal.say(
      language, "第 \(min(report.month, 12)) 月，已结算 \(report.settlementCount) 次",
      "month \(min(report.month, 12)), \(report.settlementCount) settlements")
  }

  /// Prints what was created.
  func show(_ report: SampleYearReport) {
    func say(_ chinese: String, _ english: String) { print(Terminal.say(language, chinese, english)) }
    say("── 示例市 \(year) 年，\(people) 名参保人 ──", "── Sample City \(year), \(people) insured people ──")
    say(
      "就诊 \(report.visitCount) 次，结算 \(report.settlementCount) 笔，撤销 \(report.reversalCount) 笔，"
        + "结算清单 \(report.listCount) 份（其中 \(report.listsWithSlips) 份填报有疏漏）",
      "\(report.visitCount) visits, \(report.settlementCount) settlements, \(report.reversalCount) reversed, "
        + "\(report.listCount) settlement lists (\(report.listsWithSlips) with slips)")
    for care in CareCategory.allCases {
      if let count = report.byCare[care.word] { print("  \(care.title[language]): \(count)") }
    }
    say(
      "医疗总费用 \(report.total) 元，基金支付 \(report.fund) 元", "charged \(report.total) yuan, funds pay \(report.fund) yuan")
    for anomaly in SampleAnomaly.allCases {
      if let count = report.anomalies[anomaly] {
        say("  所埋异常：\(anomaly.title.chinese) \(count)", "  planted: \(anomaly.title.english) \(count)")
      }
    }
    for (number, count) in report.refusals.sorted(by: { $0.key < $1.key }) {
      let reason = report.reasons[number]?[language] ?? ""
      say("  未结算 \(count) 次：\(number) \(reason)", "  refused \(count) times: \(number) \(reason)")
    }
  }
}

/// One line of standard error that is written again and again, on a terminal alone.
final class LineMeter: Sendable {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  /// Shows a line, ten times a second at the most.
  func show(_ text: String) {
    guard isShown else { return }
    let isDue = last.withLock { last in
      let now = ContinuousClock.now
      if let last, now - last < .milliseconds(100) { return false }
      last = now
      return true
    }
    if isDue { FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8)) }
  }

  /// Takes the line away.
  func clear() {
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
