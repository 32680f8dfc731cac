import Kernel

/// Values as people write them in tables, made what the interface wants: titles of codes, days in other forms.
enum FieldWords {
  /// The value of a field; left as it is when nothing else is certain.
  static func value(_ text: String, _ form: FieldForm) -> String {
    switch form {
    case .code(let list): code(text, list)
    case .date: moment(text) ?? text
    case .time: moment(text) ?? text
    case .flag: ["是": "1", "否": "0"][text] ?? text
    case .text, .number: text
    }
  }

  /// The code whose title was written.
  static func code(_ text: String, _ list: CodeList) -> String {
    if list.contains(text) { return text }
    if let titled = list.values.first(where: { $0.title == text }) { return titled.code }
    // A spreadsheet drops the zero of `01`.
    let padded = "0" + text
    return list.contains(padded) ? padded : text
  }

  /// `2026/3/1 8:05`, `20260301`, `2026-03-01T08:05:00` as `2026-03-01 08:05:00`; `nil` for anything else.
  static func moment(_ text: String) -> String? {
    if FieldText.moment(text) != nil {
      return text.utf8.count == 19 ? text.prefix(10) + " " + text.suffix(8) : text
    }
    if text.utf8.count == 8 || text.utf8.count == 14, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      let digits = Array(text)
      let day = "\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8]))"
      if digits.count == 8 { return checked(day) }
      return checked("\(day) \(String(digits[8..<10])):\(String(digits[10..<12])):\(String(digits[12..<14]))")
    }
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" })
    guard let first = parts.first, parts.count <= 2 else { return nil }
    let numbers = first.split(whereSeparator: { $0 == "/" || $0 == "-" || $0 == "." })
    guard numbers.count == 3, numbers[0].utf8.count == 4 else { return nil }
    let day = "\(numbers[0])-\(padded(numbers[1]))-\(padded(numbers[2]))"
    guard parts.count == 2 else { return checked(day) }
    let times = parts[1].split(separator: ":").map { padded($0) }
    guard (2...3).contains(times.count) else { return nil }
    return checked("\(day) \((times + ["00"]).prefix(3).joined(separator: ":"))")
  }

  private static func padded(_ number: Substring) -> String { number.utf8.count == 1 ? "0\(number)" : String(number) }

  private static func checked(_ text: String) -> String? { FieldText.moment(text) == nil ? nil : text }
}
