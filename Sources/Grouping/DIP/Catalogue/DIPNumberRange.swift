/// A range of whole numbers as catalogues write it: age in days `<29`, birth weight `1000-1499克`.
///
/// Both ends belong to it; an end that is not stated is open. Words for what is meant (`天龄`, `出生体重`) may stand
/// before, units (`天`, `日`, `岁`, `克`, `g`) behind.
///
/// ```swift
/// DIPNumberRange("出生体重0-999克")?.contains(999)  // true
/// DIPNumberRange("<29天")?.contains(29)  // false
/// ```
public struct DIPNumberRange: Hashable, Sendable {
  /// The smallest number of the range, or `nil` when it is open below.
  public let lower: Int?
  /// The largest number of the range, or `nil` when it is open above.
  public let upper: Int?

  /// Makes a range, or `nil` when it would be empty.
  public init?(lower: Int?, upper: Int?) {
    if let lower, let upper, upper < lower { return nil }
    self.lower = lower
    self.upper = upper
  }

  private static let words = ["出生体重", "体重", "天龄", "年龄", "天数", "周岁", "天", "日", "岁", "克", "分", "g", "d"]

  /// Reads `<29`, `<=28`, `≥29`, `>28`, `0-28`, `29`, with words and units around it.
  public init?(_ text: String) {
    var rest = text.filter { !$0.isWhitespace }
    for (wide, plain) in [("＜", "<"), ("＞", ">"), ("≤", "<="), ("≥", ">="), ("～", "-"), ("~", "-"), ("至", "-")] {
      rest = rest.split(separator: wide, omittingEmptySubsequences: false).joined(separator: plain)
    }
    for word in Self.words { rest = rest.split(separator: word, omittingEmptySubsequences: false).joined() }
    func number(_ text: some StringProtocol) -> Int? {
      text.utf8.count <= 9 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
    if rest.hasPrefix("<="), let end = number(rest.dropFirst(2)) {
      self.init(lower: nil, upper: end)
    } else if rest.hasPrefix(">="), let start = number(rest.dropFirst(2)) {
      self.init(lower: start, upper: nil)
    } else if rest.hasPrefix("<"), let end = number(rest.dropFirst()) {
      self.init(lower: nil, upper: end - 1)
    } else if rest.hasPrefix(">"), let start = number(rest.dropFirst()) {
      self.init(lower: start + 1, upper: nil)
    } else if let dash = rest.firstIndex(of: "-") {
      guard let start = number(rest[..<dash]), let end = number(rest[rest.index(after: dash)...]) else { return nil }
      self.init(lower: start, upper: end)
    } else if let only = number(rest) {
      self.init(lower: only, upper: only)
    } else {
      return nil
    }
  }

  /// Whether a number that somebody stated lies in the range; a number that nobody stated does not.
  @inline(__always)
  public func contains(_ number: Int?) -> Bool {
    guard let number else { return false }
    return number >= lower ?? .min && number <= upper ?? .max
  }

  /// Whether every number of the other range is in this one.
  func covers(_ other: DIPNumberRange) -> Bool {
    (lower ?? .min) <= (other.lower ?? .min) && (other.upper ?? .max) <= (upper ?? .max)
  }

  /// The range as catalogues write it, without unit.
  public var text: String {
    switch (lower, upper) {
    case (nil, nil): ""
    case (nil, let upper?): "<=\(upper)"
    case (let lower?, nil): ">=\(lower)"
    case (let lower?, let upper?): lower == upper ? "\(lower)" : "\(lower)-\(upper)"
    }
  }
}
