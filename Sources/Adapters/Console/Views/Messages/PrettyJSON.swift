/// JSON with a member or element on each line; tokens stay as they came, so that no number changes its form.
enum PrettyJSON {
  /// The text laid out; text that is no JSON comes back as it is.
  static func text(_ json: String) -> String {
    var (output, depth, isString, isEscaped): ([UInt8], Int, Bool, Bool) = ([], 0, false, false)
    let bytes = Array(json.utf8)
    func newLine() {
      output.append(UInt8(ascii: "\n"))
      output += Array(repeating: UInt8(ascii: " "), count: 2 * max(depth, 0))
    }
    for (place, byte) in bytes.enumerated() {
      if isString {
        output.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        output.append(byte)
        depth += 1
        if !isEmpty(bytes, after: place) { newLine() }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if let last = output.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { newLine() }
        output.append(byte)
      case UInt8(ascii: ","):
        output.append(byte)
        newLine()
      case UInt8(ascii: ":"): output += [byte, UInt8(ascii: " ")]
      default:
        isString = byte == UInt8(ascii: "\"")
        output.append(byte)
      }
    }
    return depth == 0 && !isString ? String(decoding: output, as: UTF8.self) : json
  }

  /// Whether a container that opens at a place holds nothing.
  private static func isEmpty(_ bytes: [UInt8], after place: Int) -> Bool {
    let next = bytes[(place + 1)...].first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
    return next == UInt8(ascii: "}") || next == UInt8(ascii: "]")
  }
}
