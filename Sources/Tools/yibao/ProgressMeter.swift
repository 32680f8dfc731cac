import Foundation
import Kernel
import TabularFiles

/// Shows on a terminal how far a batch has come: rows, rate and, when the size of the input is known, percent.
///
/// Nothing is shown when standard error is no terminal.
final class ProgressMeter {
  private let total: Int?
  private let language: Language
  private let isShown: Bool
  private let start = ContinuousClock.now
  private var last: ContinuousClock.Instant?
  private var isOnLine = false

  init(total: Int?, language: Language) {
    (self.total, self.language) = (total, language)
    isShown = isatty(STDERR_FILENO) == 1
  }

  /// The size of a file, `nil` when it has none to speak of.
  static func size(of path: String) -> Int? {
    var state = stat()
    guard path != "-", stat(path, &state) == 0, state.st_size > 0 else { return nil }
    return Int(state.st_size)
  }

  /// Shows progress, ten times a second at the most.
  func show<Tally>(_ progress: BatchProgress<Tally>) {
    guard isShown else { return }
    let now = ContinuousClock.now
    if let last, now - last < .milliseconds(100) { return }
    last = now
    var text = line(progress)
    if let total, progress.bytes > 0 {
      let share = min(progress.bytes * 100 / total, 100)
      let bar = String(repeating: "█", count: share / 5) + String(repeating: "░", count: 20 - share / 5)
      text = "\(bar) \(share)%  \(text)"
    }
    write("\r\u{1B}[K\(text)")
    isOnLine = true
  }

  /// Prints a line of its own.
  func say(_ text: String) {
    clear()
    Terminal.error(text)
  }

  /// Takes the bar away.
  func clear() {
    if isOnLine { write("\r\u{1B}[K") }
    isOnLine = false
  }

  /// Says what became of everything.
  func finish<Tally>(_ progress: BatchProgress<Tally>) {
    clear()
    guard isShown || progress.badRows > 0 else { return }
    Terminal.error(line(progress))
  }

  private func line<Tally>(_ progress: BatchProgress<Tally>) -> String {
    let elapsed = start.duration(to: .now)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let rate = seconds > 0.05 ? Int(Double(progress.rows) / seconds) : 0
    let grouped = progress.tally.groupedCount
    return Terminal.say(
      language, "\(progress.rows) 行，入组 \(grouped)，不能读 \(progress.badRows)，\(rate) 行/秒",
      "\(progress.rows) rows, \(grouped) grouped, \(progress.badRows) unreadable, \(rate) rows/s")
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
