/// Hides personal values in the interface's messages, without changing their shape.
///
/// Values of personal fields (``PersonalField``) are hidden wherever they stand, in lists and in JSON within a text too;
/// elsewhere whatever looks like a certificate or a mobile telephone is. Of what is no JSON nothing but the length is
/// kept.
///
/// ```swift
/// PersonalFieldMask().masked(Array(#"{"psn_name": "张三丰"}"#.utf8)).text  // {"psn_name": "张**"}
/// ```
public struct PersonalFieldMask: Sendable {
  /// Makes a mask for the national interface.
  public init() {}

  /// A message with personal values hidden.
  public func masked(_ json: [UInt8]) -> MaskedMessage {
    guard String(validating: json, as: UTF8.self) != nil else { return MaskedMessage(unreadable: json.count) }
    return json.withUnsafeBufferPointer { bytes in
      var writer = MaskWriter(bytes)
      do throws(MaskWriter.NotJSON) { try writer.document() } catch { return MaskedMessage(unreadable: json.count) }
      return MaskedMessage(
        text: String(decoding: writer.output, as: UTF8.self), isJSON: true, message: writer.message,
        hidden: writer.hidden)
    }
  }

  /// What was said about a message, with the message's personal values and whatever looks like one hidden.
  public func masked(_ text: String, of message: MaskedMessage) -> String {
    var text = text
    // Longest first, so that no value is left of which another one is a part.
    for (value, shown) in message.hidden.sorted(by: { ($1.key.utf8.count, $0.key) < ($0.key.utf8.count, $1.key) })
    where value.utf8.count >= 3 && text.contains(value) {
      text = text.split(separator: value, omittingEmptySubsequences: false).joined(separator: shown)
    }
    return PersonalNumber.hidden(in: text)
  }
}

/// A message whose personal values were hidden.
public struct MaskedMessage: Sendable {
  /// What may be shown.
  public let text: String
  /// Whether it could be read; if not, the text says no more than how long it is.
  public let isJSON: Bool
  /// The message's identifier (`msgid`); empty when it names none.
  public let message: String
  /// Values that were hidden, with what is shown for them.
  let hidden: [String: String]

  init(text: String, isJSON: Bool, message: String, hidden: [String: String]) {
    (self.text, self.isJSON, self.message, self.hidden) = (text, isJSON, message, hidden)
  }

  init(unreadable count: Int) { self.init(text: "(\(count) bytes)", isJSON: false, message: "", hidden: [:]) }

  /// The beginning of a text, at most so many bytes with a sign that it was cut.
  public static func cut(_ text: String, toBytes limit: Int) -> String {
    if text.utf8.count <= limit { return text }
    let sign = "…"
    var end = text.utf8.index(text.startIndex, offsetBy: max(limit - sign.utf8.count, 0))
    while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
      end = text.utf8.index(before: end)
    }
    return text[..<end] + sign
  }
}

/// Numbers that are personal wherever they stand: certificates of fifteen characters and more, mobile telephones.
enum PersonalNumber {
  /// Whether a text is one: 15 or more digits, the last of which may be X, or 11 that begin as mobile numbers do.
  static func isOne(_ text: some Collection<UInt8>) -> Bool {
    guard text.count >= 11, let first = text.first else { return false }
    let digits = text.lazy.filter(isDigit).count
    if text.count == 11 { return digits == 11 && first == UInt8(ascii: "1") && second(text) >= UInt8(ascii: "3") }
    let last = Array(text.suffix(1))
    return text.count >= 15
      && (digits == text.count
        || (digits == text.count - 1 && (last == [UInt8(ascii: "X")] || last == [UInt8(ascii: "x")])))
  }

  /// A text in which each run of letters and digits that is one is hidden.
  static func hidden(in text: String) -> String {
    var (shown, run): ([UInt8], [UInt8]) = ([], [])
    func end() {
      shown += isOne(run) ? Array(PersonalField.number.hide(String(decoding: run, as: UTF8.self)).utf8) : run
      run.removeAll(keepingCapacity: true)
    }
    for byte in text.utf8 {
      if isDigit(byte) || isLetter(byte) {
        run.append(byte)
      } else {
        end()
        shown.append(byte)
      }
    }
    end()
    return String(decoding: shown, as: UTF8.self)
  }

  private static func second(_ text: some Collection<UInt8>) -> UInt8 { text.dropFirst().first ?? 0 }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
}
