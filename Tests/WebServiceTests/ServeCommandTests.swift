import Foundation
import Testing
import WebService

/// `yibao serve` as operators start it: keys from a file, operators who sign in.
@Suite(.timeLimit(.minutes(2)))
struct ServeCommandTests {
  private let secret = "kOYh7b3QmZsWw4dF"

  /// The command, running until it is told to stop.
  private final class Server {
    let process = Process()
    let log: String
    let folder: URL

    struct NotBuilt: Error {}

    init(_ arguments: [String], folder: URL) throws {
      self.folder = folder
      let bundle = Bundle(for: Server.self).bundleURL
      let tests = URL(filePath: CommandLine.arguments.first ?? "")
      let places = [tests.deletingLastPathComponent(), bundle, bundle.deletingLastPathComponent()]
      let built = places.map { $0.appending(path: "yibao").path }.first(where: FileManager.default.isExecutableFile)
      guard let built else { throw NotBuilt() }
      log = folder.appending(path: "log").path
      try Data().write(to: URL(filePath: log))
      process.executableURL = URL(filePath: built)
      process.arguments = arguments
      process.currentDirectoryURL = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      process.standardOutput = FileHandle.nullDevice
      process.standardError = try FileHandle(forWritingTo: URL(filePath: log))
      try process.run()
    }

    deinit {
      if process.isRunning { process.terminate() }
      try? FileManager.default.removeItem(at: folder)
    }

    /// Waits until the command has ended.
    func end() async throws {
      while process.isRunning { try await Task.sleep(for: .milliseconds(50)) }
    }

    /// The port that the log names, once it listens.
    func port() async throws -> Int {
      for _ in 0..<600 {
        let text = try String(contentsOfFile: log, encoding: .utf8)
        if let place = text.range(of: "port="), let end = text[place.upperBound...].firstIndex(where: \.isWhitespace),
          let port = Int(text[place.upperBound..<end])
        {
          return port
        }
        try #require(process.isRunning, "\(text)")
        try await Task.sleep(for: .milliseconds(100))
      }
      throw NotBuilt()
    }
  }

  private func folder(_ keys: String, mode: Int) throws -> (folder: URL, keys: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "serve-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: "keys.txt").path
    try keys.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return (folder, path)
  }

  private func ask(
    _ port: Int, _ infno: String, _ input: String, sign: String = "", key: String? = "AK1",
    institution: String = "H99010000001"
  ) async throws -> RawResponse {
    let body = """
      {"infno":"\(infno)","msgid":"M\(UUID().uuidString.prefix(20))","mdtrtarea_admvs":"990100",\
      "insuplc_admdvs":"990100","recer_sys_code":"HIS","infver":"V1.0","opter_type":"1","opter":"001",\
      "opter_name":"甲","inf_time":"2026-03-02 09:00:00","fixmedins_code":"\(institution)","fixmedins_name":"示例",\
      "sign_no":"\(sign)","input":\(input)}
      """
    var headers = ["Content-Type: application/json"]
    if let key {
      let time = "\(Int64(Date().timeIntervalSince1970 * 1_000))"
      let signature = GatewayKeys.signature(
        accessKey: key, secret: secret, name: infno, timestamp: time, version: "1.0.0")
      headers += [
        "_api_access_key: \(key)", "_api_name: \(infno)", "_api_timestamp: \(time)", "_api_version: 1.0.0",
        "_api_signature: \(signature)",
      ]
    }
    let request = RawClient.post(PayerServerConfiguration.standardPath, body, headers: headers)
    return try await blocking {
      let client = try RawClient(port: port)
      defer { client.close() }
      try client.send(request)
      return try client.response()
    }
  }

  @Test func `密钥文件和签到都要求时，不签名、冒名、未签到都被拒绝`() async throws {
    let (folder, keys) = try folder("AK1 H99010000001 \(secret)\n", mode: 0o600)
    let server = try Server(
      [
        "serve", "--store", "memory", "--sample", "5", "--listen", "127.0.0.1:0", "--gateway-keys", keys,
        "--require-sign-in",
      ], folder: folder)
    let port = try await server.port()
    let query = #"{"medinsinfo":{"fixmedins_code":"H99010000001"}}"#
    let unsigned = try await ask(port, "1201", query, key: nil)
    #expect(unsigned.status == 401 && unsigned.body.contains("缺少服务网关的请求头"))
    let stranger = try await ask(port, "1201", query, key: "AK2")
    #expect(stranger.status == 401)
    let other = try await ask(port, "1201", query, institution: "H99010000002")
    #expect(other.status == 200 && other.body.contains("[313]"))
    let outside = try await ask(port, "1201", query)
    #expect(outside.body.contains("[217]"))
    let signIn = try await ask(port, "9001", #"{"signIn":{"opter_no":"001","mac":"0","ip":"127.0.0.1"}}"#)
    let parts = signIn.body.components(separatedBy: #""sign_no":""#)
    let number = try #require(parts.dropFirst().first?.split(separator: "\"").first.map(String.init))
    let inside = try await ask(port, "1201", query, sign: number)
    #expect(inside.body.contains(#""infcode":0"#) && inside.body.contains("示例市第一人民医院"))
    server.process.terminate()
    try await server.end()
    #expect(server.process.terminationStatus == 0)
    let log = try String(contentsOfFile: server.log, encoding: .utf8)
    #expect(!log.contains(secret))
  }

  @Test func `密钥文件别人可读时不启动`() async throws {
    let (folder, keys) = try folder("AK1 H99010000001 \(secret)\n", mode: 0o644)
    let server = try Server(
      ["serve", "--store", "memory", "--listen", "127.0.0.1:0", "--gateway-keys", keys], folder: folder)
    try await server.end()
    #expect(server.process.terminationStatus == 2)
    #expect(try String(contentsOfFile: server.log, encoding: .utf8).contains("0600"))
  }
}
