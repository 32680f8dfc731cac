import Kernel

/// One value of a page, of the kind that its form and its JSON follow from.
enum Value: Hashable, Sendable {
  case none
  case text(String)
  case words(LocalizedText)
  case money(Money)
  case count(Int)
  /// A decimal number: `decimal(1250, places: 3)` is 1.250.
  case decimal(Int, places: Int)
  /// A share in parts per thousand, with one more digit: `share(1234)` is 123.4 ‰, shown as 12.34 %.
  case share(Int)
  case flag(Bool)

  /// A code with its title, such as an institution's level.
  static func title(_ text: LocalizedText?) -> Value { text.map { .words($0) } ?? .none }

  /// A day, a month or a time, as text.
  static func time(_ value: some CustomStringConvertible) -> Value { .text(value.description) }

  /// The part of a whole in ten-thousandths; nothing of nothing.
  static func share(_ part: Int, of whole: Int) -> Value {
    whole == 0 ? .none : .share(Int((Int64(part) * 20_000 / Int64(whole) + (part < 0 ? -1 : 1)) / 2))
  }

  /// What a person reads.
  func text(_ language: Language) -> String {
    switch self {
    case .none: ""
    case .text(let text): text
    case .words(let words): words[language]
    case .money(let money): Self.grouped(money.yuan)
    case .count(let count): Self.grouped("\(count)")
    case .decimal(let units, let places): Self.grouped(FixedPoint.print(Int64(units), decimals: places))
    case .share(let units): FixedPoint.print(Int64(units), decimals: 2) + " %"
    case .flag(let flag): (flag ? LocalizedText("是", "yes") : LocalizedText("否", "no"))[language]
    }
  }

  /// Digits in threes before the point.
  static func grouped(_ number: String) -> String {
    let sign = number.hasPrefix("-") ? "−" : ""
    let digits = number.drop { $0 == "-" }
    let whole = digits.prefix { $0 != "." }
    var text = ""
    for (place, digit) in whole.enumerated() {
      if place > 0 && (whole.count - place).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return sign + text + digits.dropFirst(whole.count)
  }
}

/// A value with where it leads and how it is to be taken.
struct Cell: Hashable, Sendable {
  /// How a value is to be taken; colour is never the only sign.
  enum Tone: String, Sendable {
    case good, warning, bad, quiet
  }

  var value: Value
  /// A path within the console that the value leads to.
  var link: String?
  var tone: Tone?

  init(_ value: Value, link: String? = nil, tone: Tone? = nil) {
    self.value = value
    self.link = link
    self.tone = tone
  }

  static func text(_ text: String, link: String? = nil) -> Cell { Cell(.text(text), link: link) }
  static func money(_ money: Money, link: String? = nil) -> Cell { Cell(.money(money), link: link) }
  static func count(_ count: Int, link: String? = nil) -> Cell { Cell(.count(count), link: link) }
  static let none = Cell(.none)
}
