import Claims
public import Kernel
import People
public import Policy
import Settlement

/// Contents of policy values in words: one line for each key.
///
/// ```swift
/// let lines = PolicyWords(.inWords).lines(value.node, of: value.entry)
/// // 三级医院 · 在职：85%
/// ```
public struct PolicyWords: Sendable {
  /// How keys and choices are called.
  public enum Naming: Sendable {
    /// As policy files write them, for those who look after files.
    case asWritten
    /// As people call them.
    case inWords
  }

  /// What holds for one key.
  public struct Line: Hashable, Sendable {
    /// The key, or keys with dots between them; empty when the value does not differ by anything.
    public let key: LocalizedText
    /// What holds for it.
    public let content: LocalizedText

    /// Key and content on one line.
    public let text: LocalizedText

    init(key: LocalizedText, content: LocalizedText, _ naming: Naming) {
      (self.key, self.content) = (key, content)
      let colon = naming == .asWritten ? ": " : "："
      text =
        key.chinese.isEmpty
        ? content : LocalizedText("\(key.chinese)\(colon)\(content.chinese)", "\(key.english): \(content.english)")
    }
  }

  private let naming: Naming

  /// Words with keys called in one way.
  public init(_ naming: Naming) { self.naming = naming }

  /// A content as one line for each key, in the order of the dimensions' keys.
  public func lines(_ node: PolicyNode, of entry: PolicyEntry) -> [Line] {
    lines(node, entry.definition, entry.dimensions[...], [])
  }

  /// A content on one line, keys with it.
  public func text(_ node: PolicyNode, of entry: PolicyEntry) -> LocalizedText {
    let lines = lines(node, of: entry).map(\.text)
    return LocalizedText(
      lines.map(\.chinese).joined(separator: "；"), lines.map(\.english).joined(separator: "; "))
  }

  private func lines(
    _ node: PolicyNode, _ definition: PolicyValueDefinition, _ dimensions: ArraySlice<String>, _ path: [LocalizedText]
  ) -> [Line] {
    guard case .table(let table) = node else {
      let key = LocalizedText(
        path.map(\.chinese).joined(separator: " · "), path.map(\.english).joined(separator: " · "))
      return [Line(key: key, content: content(node, definition), naming)]
    }
    let name = dimensions.first ?? ""
    // What holds for every key needs no key.
    if naming == .inWords, table.count == 1, let only = table[PolicyDimension.any] {
      return lines(only, definition, dimensions.dropFirst(), path)
    }
    let order = definition.dimensions.first { $0.name == name }?.keys ?? []
    return table.sorted { Self.place($0.key, order) < Self.place($1.key, order) }.flatMap { key, content in
      lines(content, definition, dimensions.dropFirst(), path + [self.key(key, of: name)])
    }
  }

  /// Keys stand in the order of their dimension, codes of the region by name, what holds for all others last.
  private static func place(_ key: String, _ order: [String]) -> (Int, String) {
    key == PolicyDimension.any ? (Int.max, "") : (order.firstIndex(of: key) ?? order.count, key)
  }

  private func key(_ key: String, of dimension: String) -> LocalizedText {
    switch naming {
    case .asWritten: LocalizedText(key, key)
    case .inWords: PolicyKeys.title(key, of: dimension)
    }
  }

  private func word(_ word: String) -> LocalizedText {
    switch naming {
    case .asWritten: LocalizedText(word, word)
    case .inWords: PolicyKeys.choice(word)
    }
  }

  // MARK: One content

  private func content(_ node: PolicyNode, _ definition: PolicyValueDefinition) -> LocalizedText {
    switch node {
    case .amount(let amount): LocalizedText("\(yuan(amount)) 元", "\(yuan(amount)) yuan")
    case .rate(let rate): definition.unit == .points ? Self.points(rate, definition) : Self.both(rate.percent)
    case .number(let number):
      LocalizedText("\(number) \(Self.unit(definition.unit.word))", "\(number) \(definition.unit.word)")
    case .flag(let flag): flag ? LocalizedText("是", "yes") : LocalizedText("否", "no")
    case .choice(let choice): word(choice)
    case .choices(let choices): list(choices)
    case .monthDay(let day):
      naming == .asWritten
        ? Self.both("\(day.month)-\(day.day)") : LocalizedText("\(day.month) 月 \(day.day) 日", "\(day.month)-\(day.day)")
    case .bands(let bands): self.bands(bands)
    // Lines are taken apart before they come here.
    case .table: LocalizedText("", "")
    }
  }

  private static func both(_ text: String) -> LocalizedText { LocalizedText(text, text) }

  private func list(_ words: [String]) -> LocalizedText {
    guard !words.isEmpty else { return naming == .asWritten ? Self.both("") : LocalizedText("无", "none") }
    let titles = words.map(word)
    return LocalizedText(
      titles.map(\.chinese).joined(separator: naming == .asWritten ? ", " : "、"),
      titles.map(\.english).joined(separator: ", "))
  }

  private func bands(_ bands: [Band]) -> LocalizedText {
    if bands.count == 1 && (naming == .asWritten || bands[0].above == .zero) { return Self.both(bands[0].rate.percent) }
    switch naming {
    case .asWritten: return Self.both(bands.map { ">\($0.above.yuan) \($0.rate.percent)" }.joined(separator: "  "))
    case .inWords:
      let texts = bands.indices.map { place in
        band(bands[place], upTo: place + 1 < bands.count ? bands[place + 1].above : nil)
      }
      return LocalizedText(
        texts.map(\.chinese).joined(separator: "，"), texts.map(\.english).joined(separator: ", "))
    }
  }

  private func band(_ band: Band, upTo end: Money?) -> LocalizedText {
    let (from, rate) = (yuan(band.above), band.rate.percent)
    switch (band.above == .zero, end.map(yuan)) {
    case (true, nil): return Self.both(rate)
    case (true, let end?): return LocalizedText("\(end) 元及以下 \(rate)", "up to \(end) yuan \(rate)")
    case (false, let end?):
      return LocalizedText("\(from) 元以上至 \(end) 元 \(rate)", "above \(from) to \(end) yuan \(rate)")
    case (false, nil): return LocalizedText("\(from) 元以上 \(rate)", "above \(from) yuan \(rate)")
    }
  }

  /// Yuan; without decimals for whole yuan where people read it.
  private func yuan(_ amount: Money) -> String {
    naming == .inWords && amount.fen % 100 == 0 ? "\(amount.fen / 100)" : amount.yuan
  }

  /// Percentage points; those that are added to a rate carry their sign, a reduction or a gap has none.
  private static func points(_ rate: Rate, _ definition: PolicyValueDefinition) -> LocalizedText {
    let isAdded = definition.identifier.hasSuffix("_points") && rate > .zero
    let number = (isAdded ? "+" : "") + rate.percent.dropLast()
    return LocalizedText("\(number) 个百分点", "\(number) percentage points")
  }

  private static func unit(_ word: String) -> String {
    ["months": "个月", "days": "天", "years": "年", "times": "倍"][word] ?? word
  }
}
