import Kernel
import Payment
import Policy
import StrictYAML

/// Reads terms of payment: `{value: …, source: …}`, or `null` where the documents leave the value open.
struct TermReader {
  let yaml: YAMLDocument
  let citations: CitationReader

  /// A term that may be open; the key itself must be there, so that nothing is left out by oversight.
  func open<Value: Hashable & Sendable>(
    _ map: YAMLMapping, _ key: String, _ read: (YAMLNode) -> Value?
  ) -> Sourced<Value>? {
    guard let node = map.required(key), !node.isNull else { return nil }
    let what = LocalizedText("“\(key)”", "\"\(key)\"")
    guard let entry = yaml.mapping(node, keys: ["value", "source"], of: what), let content = entry.required("value"),
      let citation = citations.read(entry)
    else { return nil }
    guard !content.isNull else {
      yaml.report(
        LocalizedText("“\(key)”没有值；未定的请把整项写为 null", "\"\(key)\" has no value; write null for the whole key"),
        at: content)
      return nil
    }
    return read(content).map { Sourced($0, citation) }
  }

  /// A term that has to be stated.
  func stated<Value: Hashable & Sendable>(
    _ map: YAMLMapping, _ key: String, _ read: (YAMLNode) -> Value?
  ) -> Sourced<Value>? {
    if let node = map[key], node.isNull {
      yaml.report(LocalizedText("“\(key)”必须写明，不能为 null", "\"\(key)\" must be stated; it cannot be null"), at: node)
      return nil
    }
    return open(map, key, read)
  }

  // MARK: Values

  /// A percentage of 0 to 100 %.
  func share(_ node: YAMLNode) -> Rate? {
    guard let rate = rate(node) else { return nil }
    guard rate <= .one else {
      yaml.report(LocalizedText("百分比应在 0 与 100% 之间", "a percentage must lie between 0 and 100%"), at: node)
      return nil
    }
    return rate
  }

  /// A percentage of 0 or more.
  func rate(_ node: YAMLNode) -> Rate? {
    yaml.value(node, "value", Expected.percent) { text in
      text.hasSuffix("%") ? Rate(percent: text).flatMap { $0 < .zero ? nil : $0 } : nil
    }
  }

  /// One word of a list.
  func word<Value: RawRepresentable & CaseIterable>(_ node: YAMLNode, _ type: Value.Type) -> Value?
  where Value.RawValue == String {
    yaml.value(node, "value", Expected.word(type.allCases.map(\.rawValue))) { Value(rawValue: $0) }
  }

  /// Yes or no.
  func flag(_ node: YAMLNode) -> Bool? { yaml.value(node, "value", Expected.flag) { Words.flag($0) } }

  /// Bands as a list of `{above, rate}`.
  func bands(_ node: YAMLNode) -> ClearingBands? {
    guard let list = yaml.elements(node, of: LocalizedText("分段", "bands")) else { return nil }
    var found: [ClearingBands.Band] = []
    for element in list {
      guard let map = yaml.mapping(element, keys: ["above", "rate"], of: LocalizedText("分段", "a band")),
        let above = map.required("above").flatMap(rate), let rate = map.required("rate").flatMap(share)
      else { return nil }
      found.append(.init(above: above, rate: rate))
    }
    guard let bands = ClearingBands(found) else {
      yaml.report(
        LocalizedText("第一段应从 0% 起，且逐段升高", "the first band must begin at 0%, and bands must ascend"), at: node)
      return nil
    }
    return bands
  }

  /// Factors as a list of `{name, weight}` that comes to 100 %.
  func factors(_ node: YAMLNode) -> [FactorSplit.Factor]? {
    guard let list = yaml.elements(node, of: LocalizedText("因素", "factors")) else { return nil }
    var found: [FactorSplit.Factor] = []
    for element in list {
      guard let map = yaml.mapping(element, keys: ["name", "weight"], of: LocalizedText("因素", "a factor")),
        let name = map.requiredText("name"), let weight = map.required("weight").flatMap(share)
      else { return nil }
      found.append(.init(name, weight: weight))
    }
    guard found.reduce(Rate.zero, { $0 + $1.weight }) == .one, Set(found.map(\.name)).count == found.count else {
      yaml.report(
        LocalizedText("因素不得重名，权重之和应为 100%", "factors need different names and weights of 100% together"), at: node)
      return nil
    }
    return found
  }

  /// The days on which a file's terms hold.
  func covered(_ map: YAMLMapping) -> DateRange? { yaml.covered(map) }

  /// Bands, retention and rounding, as communities and yearly clearing share them.
  func bandTerms(_ map: YAMLMapping) -> BandTerms? {
    let surplus = open(map, "surplus", bands)
    let keptMost = open(map, "kept_most", share)
    let overspend = open(map, "overspend", bands)
    let retention = open(map, "retention") { word($0, BandTerms.Retention.self) }
    guard let rounding = stated(map, "rounding", { word($0, Rounding.self) }) else { return nil }
    return BandTerms(
      surplus: surplus, keptMost: keptMost, overspend: overspend, retention: retention, rounding: rounding.value)
  }

  static let bandKeys = ["surplus", "kept_most", "overspend", "retention", "rounding"]
}

extension YAMLDocument {
  /// The days on which a file's terms hold, from its `covered`.
  func covered(_ map: YAMLMapping) -> DateRange? {
    guard let node = map.required("covered"),
      let span = mapping(node, keys: ["from", "until"], of: LocalizedText("覆盖期", "covered")),
      span.required("from") != nil, span.required("until") != nil,
      let from = span.value("from", Expected.date, { CalendarDate($0) }),
      let until = span.value("until", Expected.date, { CalendarDate($0) })
    else { return nil }
    guard let range = DateRange(from, until) else {
      report(LocalizedText("覆盖期止早于起", "the covered span ends before it begins"), at: node)
      return nil
    }
    return range
  }
}
