import Foundation
import Testing
import WebService

private let openssl = "/usr/bin/openssl"

/// TLS, spoken to by a foreign client.
@Suite(.timeLimit(.minutes(1)))
struct SecureConnectionTests {
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: openssl), "needs \(openssl)"))
  func `以证书文件提供加密连接`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "yibao-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = TLSFiles(
      certificate: folder.appending(path: "chain.pem").path, key: folder.appending(path: "key.pem").path)
    _ = try await run(
      [
        "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj",
        "/CN=localhost",
      ]
        + ["-keyout", files.key, "-out", files.certificate])
    var configuration = PayerServerConfiguration()
    configuration.tls = files
    try await LoopbackServer.use(configuration) { server in
      let request = RawClient.post(
        PayerServerConfiguration.standardPath + "/1101", "密文", headers: ["Connection: close"])
      let verified = ["s_client", "-quiet", "-verify_return_error", "-CAfile", files.certificate]
      let answer = try await run(verified + ["-connect", "127.0.0.1:\(server.port)"], input: request)
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
      #expect(answer.hasSuffix("\r\n\r\n1101:密文"))
      let old = try await run(
        ["s_client", "-quiet", "-tls1_1", "-connect", "127.0.0.1:\(server.port)"], input: request)
      #expect(old == "")
      // A refusal reaches the client of a secure connection too.
      let broken = try await run(verified + ["-connect", "127.0.0.1:\(server.port)"], input: "nonsense\r\n\r\n")
      #expect(broken.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
    }
    // The key of another certificate is found at the start.
    let other = folder.appending(path: "other.pem").path
    _ = try await run(["ecparam", "-genkey", "-noout", "-name", "prime256v1", "-out", other])
    configuration.tls = TLSFiles(certificate: files.certificate, key: other)
    configuration.port = 0
    let server = PayerServer(configuration: configuration, logger: .silent, handler: LoopbackServer.echo)
    let error = await #expect(throws: PayerServerError.self) { try await server.run() }
    #expect(error.map { "\($0)" }?.contains(other) == true)
  }

  /// What openssl prints to standard output.
  private func run(_ arguments: [String], input: String = "") async throws -> String {
    try await blocking {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: openssl)
      process.arguments = arguments
      let (given, printed) = (Pipe(), Pipe())
      process.standardInput = given
      process.standardOutput = printed
      process.standardError = FileHandle.nullDevice
      try process.run()
      // The pipe stays open until the answer is read: s_client stops at the end of its input.
      given.fileHandleForWriting.write(Data(input.utf8))
      let text = printed.fileHandleForReading.readDataToEndOfFile()
      try? given.fileHandleForWriting.close()
      process.waitUntilExit()
      return String(decoding: text, as: UTF8.self)
    }
  }
}
