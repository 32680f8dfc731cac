/// Hides personal values in the interface's messages, without changing their shape.
///
/// Values of personal fields (``PersonalField``) are hidden wherever they stand, in lists and in JSON within a text
/// too; elsewhere whatever looks like an identity card's or a mobile telephone's number is. Of what is no JSON nothing
/// but the length is kept.
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
    return PersonalNumber.hiddenWidely(in: text)
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

/// Numbers that are personal wherever they stand: identity cards and mobile telephones.
enum PersonalNumber {
  /// Whether a run of letters and digits is an identity card's number, with a day of birth in its place, or a mobile
  /// telephone's.
  static func isOne(_ text: some Collection<UInt8>) -> Bool {
    let bytes = Array(text)
    let digitCount = bytes.count(where: isDigit)
    switch bytes.count {
    case 11: return digitCount == 11 && bytes[0] == UInt8(ascii: "1") && bytes[1] >= UInt8(ascii: "3")
    case 15: return digitCount == 15 && isDay(bytes[8..<12])
    case 18:
      let isChecked = isDigit(bytes[17]) || bytes[17] | 0x20 == UInt8(ascii: "x")
      let century = String(decoding: bytes[6..<8], as: UTF8.self)
      return isChecked && digitCount >= 17 && ["18", "19", "20"].contains(century) && isDay(bytes[10..<14])
    default: return false
    }
  }

  /// Whether four digits are a month and a day.
  private static func isDay(_ digits: ArraySlice<UInt8>) -> Bool {
    guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return false }
    return (1...12).contains(number / 100) && (1...31).contains(number % 100)
  }

  /// A text in which every such number is hidden.
  static func hidden(in text: String) -> String { hidden(in: text, where: isOne) }

  /// A text in which every such number is hidden, and whatever else is long enough to be somebody's.
  static func hiddenWidely(in text: String) -> String {
    hidden(in: text) { run in isOne(run) || (run.count >= 15 && run.count(where: isDigit) >= run.count - 1) }
  }

  private static func hidden(in text: String, where isPersonal: ([UInt8]) -> Bool) -> String {
    var (shown, run): ([UInt8], [UInt8]) = ([], [])
    func end() {
      shown += isPersonal(run) ? Array(PersonalField.number.hide(String(decoding: run, as: UTF8.self)).utf8) : run
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

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
}
