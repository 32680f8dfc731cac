import Crypto
import Kernel

/// Whole files of bounded size, and their digests.
enum FileBytes {
  /// No table of an edition comes near this.
  static let limit = 256 << 20

  /// Reads a file.
  static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    var source = try ByteSource.open(path)
    defer { source.close() }
    var bytes: [UInt8] = []
    while try source.read(into: &bytes, count: max(256 << 10, bytes.count), name: path) {
      if bytes.count > limit {
        throw Diagnostic(
          .error,
          LocalizedText("文件超过 \(limit >> 20) MiB。", "the file is larger than \(limit >> 20) MiB."), file: path)
      }
    }
    return bytes
  }

  /// Writes a file, which replaces a former one only when it is complete.
  static func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
    let file = try ReplacedFile(path: path)
    do throws(Diagnostic) { try file.write(bytes) } catch {
      file.abandon()
      throw error
    }
    try file.commit()
  }

  /// The SHA-256 of bytes in hexadecimal.
  static func sha256(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

  static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in digest {
      for half in [byte >> 4, byte & 15] { text.append(half < 10 ? 0x30 + half : 0x57 + half) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
