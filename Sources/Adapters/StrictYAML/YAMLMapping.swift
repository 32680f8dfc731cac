public import Kernel

/// A mapping whose keys have been checked against those that may stand there.
public struct YAMLMapping {
  /// The document it belongs to.
  public let document: YAMLDocument
  /// The mapping's node.
  public let node: YAMLNode
  private let entries: [String: (key: YAMLNode, value: YAMLNode)]

  /// The value of a key, when it is there.
  public subscript(key: String) -> YAMLNode? { entries[key]?.value }

  /// The value of a key, when it is there and not null.
  public func value(_ key: String) -> YAMLNode? {
    guard let value = entries[key]?.value, !value.isNull else { return nil }
    return value
  }

  /// The value of a key that must be there; a missing one is reported.
  public func required(_ key: String) -> YAMLNode? {
    if let value = entries[key]?.value { return value }
    document.report(LocalizedText("缺少“\(key)”", "\"\(key)\" is missing"), at: node)
    return nil
  }

  /// The text of a key that must be there and be a text.
  public func requiredText(_ key: String) -> String? {
    required(key).flatMap { document.text($0, key) }
  }

  /// The text of a key that may be absent or null.
  public func text(_ key: String) -> String? {
    value(key).flatMap { document.text($0, key) }
  }

  /// The value of a key read by a function; what it cannot read is reported with what was expected.
  public func value<Value>(_ key: String, _ expected: LocalizedText, _ read: (String) -> Value?) -> Value? {
    value(key).flatMap { document.value($0, key, expected, read) }
  }

  /// The value of a key that must be one of several words; another is reported with the nearest of them.
  public func value<Value>(_ key: String, _ expected: WordList, _ read: (String) -> Value?) -> Value? {
    value(key).flatMap { document.value($0, key, expected, read) }
  }

  init(document: YAMLDocument, node: YAMLNode, entries: [String: (key: YAMLNode, value: YAMLNode)]) {
    self.document = document
    self.node = node
    self.entries = entries
  }
}

extension YAMLDocument {
  /// A node as a mapping with only these keys; anything else is reported with the keys that may stand there.
  ///
  /// - Returns: `nil` when the node is not a mapping.
  public func mapping(_ node: YAMLNode?, keys: [String], of what: LocalizedText) -> YAMLMapping? {
    guard let pairs = pairs(node, of: what), let node else { return nil }
    var entries: [String: (key: YAMLNode, value: YAMLNode)] = [:]
    for pair in pairs {
      if keys.contains(pair.name) {
        entries[pair.name] = (pair.key, pair.value)
      } else {
        reportUnknown(pair.name, at: pair.key, keys: keys, of: what)
      }
    }
    return YAMLMapping(document: self, node: node, entries: entries)
  }

  /// The pairs of a mapping whose keys are free; a node that is not a mapping is reported.
  public func pairs(_ node: YAMLNode?, of what: LocalizedText) -> [(name: String, key: YAMLNode, value: YAMLNode)]? {
    guard let node else { return nil }
    guard case .mapping(let pairs) = node.content else {
      report(
        LocalizedText("\(what.chinese)应为“键: 值”的形式", "\(what.english) must be a mapping of keys to values"), at: node)
      return nil
    }
    return pairs.compactMap { pair in pair.key.text.map { ($0, pair.key, pair.value) } }
  }

  /// The elements of a sequence; a node that is not one is reported.
  public func elements(_ node: YAMLNode?, of what: LocalizedText) -> [YAMLNode]? {
    guard let node else { return nil }
    guard let elements = node.elements else {
      report(LocalizedText("\(what.chinese)应为列表", "\(what.english) must be a list"), at: node)
      return nil
    }
    return elements
  }

  /// The text of a node; a mapping or list is reported.
  public func text(_ node: YAMLNode, _ key: String) -> String? {
    if let text = node.text { return text }
    report(LocalizedText("“\(key)”应为单个值", "\"\(key)\" must be a single value"), at: node)
    return nil
  }

  /// A node read by a function; what it cannot read is reported with what was expected.
  public func value<Value>(_ node: YAMLNode, _ key: String, _ expected: LocalizedText, _ read: (String) -> Value?)
    -> Value?
  {
    guard let text = text(node, key) else { return nil }
    if let value = read(text) { return value }
    report(
      LocalizedText(
        "“\(key)”的值“\(text)”不对，应为\(expected.chinese)", "\"\(key)\" is \"\(text)\"; expected \(expected.english)"),
      at: node)
    return nil
  }

  /// A node that must be one of several words; another is reported with the nearest of them.
  public func value<Value>(_ node: YAMLNode, _ key: String, _ expected: WordList, _ read: (String) -> Value?)
    -> Value?
  {
    guard let text = text(node, key) else { return nil }
    if let value = read(text) { return value }
    let guess = Self.guess(text, among: expected.words)
    report(
      LocalizedText(
        "“\(key)”的值“\(text)”不对\(guess.chinese)应为\(expected.text.chinese)",
        "\"\(key)\" is \"\(text)\"\(guess.english)expected \(expected.text.english)"),
      at: node)
    return nil
  }

  /// The part of a message between what is wrong and what is allowed: the word probably meant, when one is near.
  public static func guess(_ word: String, among words: some Sequence<String>, within: Int = 3) -> LocalizedText {
    // A word that must be changed altogether is not near, however short it is.
    let near = Nearest.words(to: word, among: words, within: min(within, max(1, word.count - 1)), count: 1).first
    return near.map { LocalizedText("；是否为“\($0)”？", "; did you mean \"\($0)\"? ") } ?? LocalizedText("；", "; ")
  }

  /// Reports a key that may not stand there, with the nearest that may.
  public func reportUnknown(_ name: String, at node: YAMLNode, keys: [String], of what: LocalizedText) {
    let guess = Self.guess(name, among: keys)
    let list = keys.joined(separator: ", ")
    report(
      LocalizedText(
        "\(what.chinese)中没有“\(name)”这个键\(guess.chinese)可用：\(list)",
        "\(what.english) has no key \"\(name)\"\(guess.english)allowed: \(list)"),
      at: node)
  }
}

/// Words of which a value must be one.
public struct WordList: Sendable {
  /// The words, in the order in which messages list them.
  public let words: [String]

  /// What is expected, in words.
  public var text: LocalizedText {
    let list = words.joined(separator: ", ")
    return LocalizedText("以下之一：\(list)", "one of: \(list)")
  }
}

/// What is expected of values that many files hold.
public enum Expected {
  /// A date.
  public static let date = LocalizedText("存在的日期，如 2026-03-01", "a date that exists, such as 2026-03-01")
  /// An amount of money.
  public static let money = LocalizedText("元，至多两位小数，如 \"800.00\"", "yuan with at most two decimals, such as \"800.00\"")
  /// A percentage.
  public static let percent = LocalizedText("百分比，至多四位小数，如 85%", "a percentage with at most four decimals, such as 85%")
  /// A whole number.
  public static let number = LocalizedText("不小于 0 的整数", "a whole number of 0 or more")
  /// Yes or no.
  public static let flag = LocalizedText("yes 或 no", "yes or no")

  /// One of several words.
  public static func word(_ words: [String]) -> WordList { WordList(words: words) }
}

/// Reading words that many files hold.
public enum Words {
  /// `yes` or `no`; nothing else.
  public static func flag(_ text: String) -> Bool? {
    switch text {
    case "yes": true
    case "no": false
    default: nil
    }
  }

  /// A whole number of 0 or more, digits only.
  public static func number(_ text: String) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}
