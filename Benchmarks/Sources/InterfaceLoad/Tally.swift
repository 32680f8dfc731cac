import Glibc

/// What one connection counted; used on its event loop until the connection is closed.
final class Tally: @unchecked Sendable {
  var latencies: [UInt32] = []
  var byTransaction: [String: Int] = [:]
  var errors: [String: Int] = [:]
  var sentBytes = 0
  var receivedBytes = 0
  private let isMeasuring: @Sendable () -> Bool

  /// - Parameter isMeasuring: Whether successes count yet; errors always do.
  init(isMeasuring: @escaping @Sendable () -> Bool) { self.isMeasuring = isMeasuring }

  func succeed(nanoseconds: Int64, _ transaction: String) {
    guard isMeasuring() else { return }
    latencies.append(UInt32(clamping: nanoseconds / 1000))
    byTransaction[transaction, default: 0] += 1
  }

  func fail(_ reason: String) { errors[reason, default: 0] += 1 }
}

/// Processor time of a process, read from `/proc`.
struct ProcessorClock {
  let process: Int32

  /// Seconds of processor time that the process has used, of user and system; `nil` when there is no such process.
  func seconds() -> Double? {
    guard let text = readFile("/proc/\(process)/stat") else { return nil }
    // The name, in parentheses, may hold blanks.
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[end...].split(separator: " ")
    guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return nil }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private func readFile(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
