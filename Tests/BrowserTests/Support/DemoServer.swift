import Foundation
import Testing

/// The demonstration as somebody starts it: a small sample year, then the server with the accounts that it prints.
final class DemoServer {
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  private let process = Process()
  private let folder: URL
  let port: Int
  let password: String

  var address: String { "http://127.0.0.1:\(port)" }

  /// The repository's root: the folder with Package.swift above this file.
  static let root = #filePath.components(separatedBy: "/Tests/")[0]

  /// Runs `yibao demo` until it serves.
  init(people: Int) async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "demo-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let output = folder.appending(path: "output").path
    try Data().write(to: URL(filePath: output))
    let port = Int.random(in: 20_000..<60_000)
    process.executableURL = URL(filePath: try Self.program())
    process.arguments = [
      "demo", "--people", "\(people)", "--data", folder.appending(path: "data").path, "--listen", "127.0.0.1:\(port)",
    ]
    process.currentDirectoryURL = URL(filePath: Self.root)
    let handle = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    self.port = port
    do {
      password = try await Self.password(process, output)
    } catch {
      // Nobody else would end it: a class that throws here is never deinitialised.
      process.terminate()
      throw error
    }
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// Waits until the server listens, and reads the password that it printed.
  private static func password(_ process: Process, _ output: String) async throws -> String {
    for _ in 0..<3_000 {
      // Half a character may stand at the end of what is written so far.
      let text = String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self)
      if text.contains("listening"), let place = text.range(of: "四个账户相同）：") {
        return String(text[place.upperBound...].prefix { !$0.isNewline })
      }
      guard process.isRunning else { throw Fault(description: text) }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw Fault(description: String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self))
  }

  private static func program() throws -> String {
    let bundle = Bundle(for: DemoServer.self).bundleURL
    let tests = URL(filePath: CommandLine.arguments.first ?? "")
    let places = [tests.deletingLastPathComponent(), bundle, bundle.deletingLastPathComponent()]
    let built = places.map { $0.appending(path: "yibao").path }.first(where: FileManager.default.isExecutableFile)
    guard let built else { throw Fault(description: "yibao is not built") }
    return built
  }
}
