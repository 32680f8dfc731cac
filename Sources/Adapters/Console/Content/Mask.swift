/// Personal data as those see it who need not know whose it is (脱敏).
enum Mask {
  /// A name by its first character: 张**; names of two characters keep the first alone.
  static func name(_ name: String) -> String {
    guard let first = name.first else { return "" }
    return String(first) + String(repeating: "*", count: max(1, name.count - 1))
  }

  /// A number by its first four and last two characters; short ones by their first.
  static func number(_ number: String) -> String {
    guard number.count > 8 else {
      return String(number.prefix(1)) + String(repeating: "*", count: max(1, number.count - 1))
    }
    return number.prefix(4) + String(repeating: "*", count: number.count - 6) + number.suffix(2)
  }
}
