/// A digest of a message's content, the same for the same content whatever blanks it was printed with.
///
/// FNV-1a of 128 bits: it tells accidents apart, not attacks; an institution can only confuse messages of its own.
enum ContentDigest {
  /// The digest of a transaction's input as 32 hexadecimal digits.
  static func of(_ input: JSONValue, transaction: String, institution: String) -> String {
    var writer = JSONWriter(capacity: 4_096)
    writer.value(input)
    var hash: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
    add(Array("\(transaction)\n\(institution)\n".utf8), to: &hash)
    add(writer.bytes, to: &hash)
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.utf8.count) + digits
  }

  private static func add(_ bytes: [UInt8], to hash: inout UInt128) {
    for byte in bytes {
      hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013B
    }
  }
}
