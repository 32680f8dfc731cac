/// The form in which codes and names are compared when the exact form does not match.
enum TextForm {
  /// The text in half-width capitals without blanks and invisible characters.
  static func canonical(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !($0 >= 0x61 && $0 <= 0x7A) }
    if isPlain { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isBlank(scalar) {
      result.append(upperCase(halfWidth(scalar)))
    }
    return String(result)
  }

  /// The text without blanks and invisible characters at its ends.
  static func trimmed(_ text: String) -> Substring {
    var rest = text[...]
    while let first = rest.unicodeScalars.first, isBlank(first) { rest.unicodeScalars.removeFirst() }
    while let last = rest.unicodeScalars.last, isBlank(last) { rest.unicodeScalars.removeLast() }
    return rest
  }

  /// Whether nothing but blanks stands there.
  static func isBlank(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isBlank) }

  /// Whether a code of the institution's own is written so that other systems will not find it.
  static func isBadLocalCode(_ code: String) -> Bool {
    if code.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return false }
    guard let first = code.unicodeScalars.first, let last = code.unicodeScalars.last else { return false }
    if isBlank(first) || isBlank(last) { return true }
    return code.unicodeScalars.contains { $0 != " " && (isBlank($0) || halfWidth($0) != $0) }
  }

  /// A code of the institution's own in half-width characters without blanks around it; capitals stay as they are.
  static func localCode(_ code: String) -> String {
    if code.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return code }
    var result = String.UnicodeScalarView()
    for scalar in trimmed(code).unicodeScalars where scalar == " " || !isBlank(scalar) {
      result.append(halfWidth(scalar))
    }
    return String(result)
  }

  /// Blanks, control characters and characters without a width.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x20, 0x7F...0xA0, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2060, 0x3000, 0xFEFF: true
    default: false
    }
  }

  private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }

  private static func upperCase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0x61...0x7A).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(scalar.value - 0x20) ?? scalar
  }
}
