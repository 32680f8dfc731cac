import Workflows

/// A digest of a message's content, the same for the same content whatever blanks it was printed with.
///
/// FNV-1a of 128 bits: it tells accidents apart, not attacks; an institution can only confuse messages of its own.
enum ContentDigest {
  /// The digest of a transaction's input as 32 hexadecimal digits.
  static func of(_ input: JSONValue, transaction: String, institution: String) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(Array("\(transaction)\n\(institution)\n".utf8))
    input.writeCompactly(to: &fingerprint)
    return fingerprint.text
  }
}
