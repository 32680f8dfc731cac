import ArgumentParser
import Foundation
import Kernel
import TabularFiles

/// What a command on many cases shows while it works, and how it ends.
final class BatchReport {
  private let cases: String
  private let errors: String?
  private let language: Language
  private let meter: ProgressMeter
  private var shown = 0

  /// Bad rows that are shown on the terminal; `--errors` writes all of them.
  private static let shownErrors = 20

  /// Makes the report on a file of cases; `errors` is the file of rows that could not be read, if any.
  init(_ cases: String, errors: String?, _ language: Language) {
    (self.cases, self.errors, self.language) = (cases, errors, language)
    meter = ProgressMeter(total: ProgressMeter.size(of: cases), language: language)
  }

  /// Hears of a row that could not be read.
  func hear(_ row: UnreadableRow) {
    shown += 1
    if shown <= Self.shownErrors { meter.say(text(row)) }
  }

  /// Hears how far the batch has come.
  func show<Tally>(_ progress: BatchProgress<Tally>) { meter.show(progress) }

  /// Runs a batch and says what became of it; what stops it is printed and ends the command with code 2.
  ///
  /// - Returns: what became of the cases; call ``end(_:)`` when everything else is said.
  func run<Tally>(_ batch: () throws -> BatchProgress<Tally>) throws -> BatchProgress<Tally> {
    do {
      let summary = try batch()
      meter.finish(summary)
      return summary
    } catch let diagnostic as Diagnostic {
      meter.clear()
      Terminal.report([diagnostic], language)
      throw ExitCode(2)
    }
  }

  /// Ends the command with code 1 when rows could not be read.
  func end<Tally>(_ summary: BatchProgress<Tally>) throws {
    if summary.badRows > Self.shownErrors, errors == nil {
      let rest = summary.badRows - Self.shownErrors
      Terminal.error(
        Terminal.say(language, "另有 \(rest) 行不能读；用 --errors 写出全部", "\(rest) more; --errors writes all of them"))
    }
    if summary.badRows > 0 { throw ExitCode(1) }
  }

  private func text(_ row: UnreadableRow) -> String {
    let id = row.id.isEmpty ? "" : " (\(row.id))"
    return "\(cases):\(row.line)\(id): \(row.reason[language])"
  }
}

extension ProcessInfo {
  /// How many threads work on a batch.
  static var cores: Int { processInfo.activeProcessorCount }
}
