import Kernel
import Policy
import StrictYAML

/// Reads the content of one version: nested tables by dimension, then a value by unit.
struct NodeReader {
  let yaml: YAMLDocument
  let definition: PolicyValueDefinition
  let dimensions: [PolicyDimension]

  /// Reads a content; what is wrong is reported and gives `nil`.
  func read(_ node: YAMLNode) -> PolicyNode? { read(node, dimensions[...]) }

  private func read(_ node: YAMLNode, _ rest: ArraySlice<PolicyDimension>) -> PolicyNode? {
    guard let dimension = rest.first else { return leaf(node) }
    let what = LocalizedText("按 \(dimension.name) 区分的值", "a value by \(dimension.name)")
    guard let pairs = yaml.pairs(node, of: what) else { return nil }
    var table: [String: PolicyNode] = [:]
    for pair in pairs {
      if let keys = dimension.keys, pair.name != PolicyDimension.any, !keys.contains(pair.name) {
        yaml.reportUnknown(pair.name, at: pair.key, keys: keys + [PolicyDimension.any], of: what)
        continue
      }
      if pair.value.isNull {
        yaml.report(
          LocalizedText(
            "“\(pair.name)”没有值；没有该项就不要写这个键", "\"\(pair.name)\" has no value; leave the key out if there is none"),
          at: pair.key)
        continue
      }
      table[pair.name] = read(pair.value, rest.dropFirst())
    }
    return table.isEmpty ? nil : .table(table)
  }

  private func leaf(_ node: YAMLNode) -> PolicyNode? {
    let name = "value"
    switch definition.unit {
    case .yuan:
      return yaml.value(node, name, Expected.money) { Money(yuan: $0) }.flatMap {
        $0.isNegative ? refuse(node, LocalizedText("金额不能为负", "an amount cannot be negative")) : .amount($0)
      }
    case .percent: return rate(node).map(PolicyNode.rate)
    case .points:
      let expected = LocalizedText("百分点，不带 %，如 5", "percentage points without %, such as 5")
      return yaml.value(node, name, expected) { $0.hasSuffix("%") ? nil : Rate(percent: $0) }.map(PolicyNode.rate)
    case .number: return yaml.value(node, name, Expected.number) { Words.number($0) }.map(PolicyNode.number)
    case .flag: return yaml.value(node, name, Expected.flag) { Words.flag($0) }.map(PolicyNode.flag)
    case .choice(let words):
      return yaml.value(node, name, Expected.word(words)) { words.contains($0) ? $0 : nil }.map(PolicyNode.choice)
    case .choices(let words): return choices(node, words)
    case .monthDay:
      return yaml.value(node, name, LocalizedText("月-日，如 12-31", "a day of the year, such as 12-31")) { text in
        CalendarDate("2024-" + text).flatMap { MonthDay(month: $0.month, day: $0.day) }
      }.map(PolicyNode.monthDay)
    case .bands: return bands(node)
    }
  }

  private func rate(_ node: YAMLNode) -> Rate? {
    guard let rate = yaml.value(node, "value", Expected.percent, { Rate(percent: $0) }) else { return nil }
    // Bases of contribution go beyond the whole of the average wage; shares of a bill do not.
    let most = definition.identifier.hasPrefix("contribution.") ? Rate(millionths: 10_000_000) : .one
    guard rate >= .zero, rate <= most else {
      yaml.report(LocalizedText("百分比应在 0 与 \(most) 之间", "a percentage must lie between 0 and \(most)"), at: node)
      return nil
    }
    return rate
  }

  private func choices(_ node: YAMLNode, _ words: [String]) -> PolicyNode? {
    guard let list = yaml.elements(node, of: LocalizedText("值", "the value")) else { return nil }
    var found: [String] = []
    for element in list {
      guard let word = yaml.text(element, "value") else { continue }
      if !words.contains(word) || found.contains(word) {
        let guess = found.contains(word) ? LocalizedText("；", "; ") : YAMLDocument.guess(word, among: words)
        yaml.report(
          LocalizedText(
            "“\(word)”不可用或重复\(guess.chinese)可用：\(words.joined(separator: ", "))",
            "\"\(word)\" is not allowed or twice\(guess.english)allowed: \(words.joined(separator: ", "))"),
          at: element)
      }
      found.append(word)
    }
    return .choices(found)
  }

  private func bands(_ node: YAMLNode) -> PolicyNode? {
    guard let list = node.elements else { return rate(node).map { .bands([Band(above: .zero, rate: $0)]) } }
    var found: [Band] = []
    for element in list {
      guard let map = yaml.mapping(element, keys: ["above", "rate"], of: LocalizedText("分段", "a band")),
        map.required("above") != nil, let share = map.required("rate"),
        let above = map.value("above", Expected.money, { Money(yuan: $0) }), let rate = rate(share)
      else { return nil }
      if let last = found.last, above <= last.above {
        return refuse(element, LocalizedText("分段起点应逐段升高", "bands must ascend"))
      }
      if found.isEmpty && above != .zero {
        return refuse(element, LocalizedText("第一段应从 0 起", "the first band must begin at 0"))
      }
      found.append(Band(above: above, rate: rate))
    }
    return found.isEmpty ? refuse(node, LocalizedText("没有分段", "there is no band")) : .bands(found)
  }

  private func refuse(_ node: YAMLNode, _ message: LocalizedText) -> PolicyNode? {
    yaml.report(message, at: node)
    return nil
  }

  /// Keys that an earlier content answers and a later one does not, written as a path.
  static func missingKeys(from earlier: PolicyNode, in later: PolicyNode, path: String = "") -> [String] {
    guard case .table(let before) = earlier, case .table(let after) = later else { return [] }
    return before.keys.sorted().flatMap { key -> [String] in
      let place = path.isEmpty ? key : "\(path).\(key)"
      guard let old = before[key], let new = after[key] ?? after[PolicyDimension.any] else { return [place] }
      return missingKeys(from: old, in: new, path: place)
    }
  }
}
