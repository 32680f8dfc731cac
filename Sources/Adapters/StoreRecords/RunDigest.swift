import Crypto

/// The digest by which runs of paying are identified: SHA-256 in 64 lower-case hexadecimal digits.
package enum RunDigest {
  /// The digest of some bytes.
  package static func of(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
