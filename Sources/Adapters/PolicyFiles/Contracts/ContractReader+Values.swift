import Kernel
import Payment
import People
import StrictYAML

extension ContractReader {
  /// A block of terms with a source; other keys than these are reported.
  func block(_ map: YAMLMapping, _ key: String, _ keys: [String], required: Bool) -> YAMLMapping? {
    guard let node = required ? map.required(key) : map.value(key) else { return nil }
    return yaml.mapping(node, keys: keys + ["source"], of: LocalizedText(key, key))
  }

  func factor(_ map: YAMLMapping, _ key: String) -> Factor? {
    map.required(key).flatMap { yaml.value($0, key, ContractWords.factor) { ContractWords.factor($0) } }
  }

  func flag(_ map: YAMLMapping, _ key: String) -> Bool? {
    map.required(key).flatMap { yaml.value($0, key, Expected.flag) { Words.flag($0) } }
  }

  /// A block of `values` that differ by level, scheme or institution.
  mutating func graded<Value: Hashable & Sendable>(
    _ map: YAMLMapping, _ key: String, _ term: String, _ expected: LocalizedText, _ read: (String) -> Value?
  ) -> SourcedTerm<Graded<Value>>? {
    guard let block = block(map, key, ["values"], required: false) else { return nil }
    let place = source(block, term: "\(term).\(key)")
    guard let node = block.required("values"), let values = gradedValues(node, expected, read) else { return nil }
    return SourcedTerm(values, source: place)
  }

  /// Values by whom they are for: one for all, or by `any`, level, scheme, `level/scheme` and `institution/code`.
  func gradedValues<Value: Hashable & Sendable>(
    _ node: YAMLNode, _ expected: LocalizedText, _ read: (String) -> Value?
  ) -> Graded<Value>? {
    if node.text != nil { return yaml.value(node, "values", expected, read).map { Graded($0) } }
    var values: [Graded<Value>.Key: Value] = [:]
    for pair in yaml.pairs(node, of: LocalizedText("分级的值", "values by level")) ?? [] {
      guard let key = key(pair.name) else {
        let words = ["any"] + ContractWords.levels + InsuranceScheme.allCases.map(\.rawValue)
        yaml.reportUnknown(
          pair.name, at: pair.key, keys: words + ["<level>/<scheme>", "institution/<code>"],
          of: LocalizedText("分级的值", "values by level"))
        continue
      }
      guard let value = yaml.value(pair.value, pair.name, expected, read) else { continue }
      values[.init(institution: key.institution, level: key.level, scheme: key.scheme)] = value
    }
    return values.isEmpty ? nil : Graded(values)
  }

  private func key(_ text: String) -> Graded<Factor>.Key? {
    if text == "any" { return .init() }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts[0] == "institution" {
      guard (2...3).contains(parts.count), !parts[1].isEmpty else { return nil }
      if parts.count == 2 { return .init(institution: parts[1]) }
      return InsuranceScheme(rawValue: parts[2]).map { .init(institution: parts[1], scheme: $0) }
    }
    switch parts.count {
    case 1:
      if let scheme = InsuranceScheme(rawValue: text) { return .init(scheme: scheme) }
      return ContractWords.level(text).map { .init(level: $0) }
    case 2:
      guard let level = ContractWords.level(parts[0]), let scheme = InsuranceScheme(rawValue: parts[1]) else {
        return nil
      }
      return .init(level: level, scheme: scheme)
    default: return nil
    }
  }

  /// Where results are rounded; decimals of points only where points come out.
  mutating func rounding(_ map: YAMLMapping, _ term: String, byPoints: Bool) -> PaymentRounding? {
    let keys = ["amount"] + (byPoints ? ["points", "point_decimals"] : [])
    guard let block = block(map, "rounding", keys, required: true) else { return nil }
    let place = source(block, term: "\(term).rounding")
    let words = Rounding.allCases.map(\.rawValue)
    func named(_ key: String) -> Rounding? {
      block.required(key).flatMap { yaml.value($0, key, Expected.word(words)) { Rounding(rawValue: $0) } }
    }
    let amount = named("amount")
    guard byPoints else {
      return amount.map { PaymentRounding(amount: $0, pointDecimals: 0, points: $0, source: place) }
    }
    let decimals = block.required("point_decimals").flatMap { node in
      yaml.value(node, "point_decimals", LocalizedText("0 到 6", "0 to 6")) { text in
        Words.number(text).flatMap { $0 <= 6 ? $0 : nil }
      }
    }
    guard let amount, let points = named("points"), let decimals else { return nil }
    return PaymentRounding(amount: amount, pointDecimals: decimals, points: points, source: place)
  }

  // MARK: Deviation

  /// How unusual costs are paid.
  mutating func deviation(_ map: YAMLMapping, _ term: String) -> DeviationTerms? {
    guard let node = map.value("deviation") else { return nil }
    let keys = ["references", "low", "high", "extreme"]
    guard let block = yaml.mapping(node, keys: keys, of: LocalizedText("偏差病例规则", "deviation")) else { return nil }
    let list = block.required("references").flatMap { yaml.elements($0, of: LocalizedText("references", "references")) }
    let references = (list ?? []).enumerated().compactMap { reference($1, "\(term).deviation.references.\($0 + 1)") }
    let low = block.value("low").flatMap { self.low($0, "\(term).deviation.low") }
    let high = block.value("high").flatMap { self.high($0, "\(term).deviation.high") }
    let extreme = block.value("extreme").flatMap { self.extreme($0, "\(term).deviation.extreme") }
    return DeviationTerms(references: references, low: low, high: high, extreme: extreme)
  }

  private mutating func reference(_ node: YAMLNode, _ term: String) -> CostReference? {
    let kinds = ["standard", "weight_mean", "table_mean", "score_price"]
    let keys = ["kind", "values", "with_coefficient", "source"]
    guard let map = yaml.mapping(node, keys: keys, of: LocalizedText("参照费用", "a reference")) else { return nil }
    let place = source(map, term: term)
    let withCoefficient = flag(map, "with_coefficient")
    guard map.required("kind") != nil,
      let word = map.value("kind", Expected.word(kinds), { kinds.contains($0) ? $0 : nil }), let withCoefficient
    else { return nil }
    var prices: Graded<UnitPrice>?
    if word == "weight_mean" || word == "score_price" {
      prices = map.required("values").flatMap { gradedValues($0, ContractWords.price) { ContractWords.price($0) } }
    } else if map.value("values") != nil {
      yaml.report(LocalizedText("\(word) 不用 values", "\(word) takes no values"), at: map["values"])
    }
    switch (word, prices) {
    case ("weight_mean", let prices?): return .init(.weight(prices), withCoefficient: withCoefficient, source: place)
    case ("score_price", let prices?): return .init(.score(prices), withCoefficient: withCoefficient, source: place)
    case ("table_mean", _): return .init(.tableMean, withCoefficient: withCoefficient, source: place)
    case ("standard", _): return .init(.standard, withCoefficient: withCoefficient, source: place)
    default: return nil
    }
  }

  private mutating func low(_ node: YAMLNode, _ term: String) -> LowCostTerms? {
    let keys = ["bound", "inclusive", "falls_with_coefficient", "pay", "source"]
    guard let map = yaml.mapping(node, keys: keys, of: LocalizedText("低倍率", "low")) else { return nil }
    let place = source(map, term: term)
    let pays: [String: LowCostTerms.Pay] = [
      "actual_cost": .actualCost, "proportional": .proportional(withCoefficient: false),
      "proportional_with_coefficient": .proportional(withCoefficient: true),
    ]
    let bound = factor(map, "bound")
    let inclusive = flag(map, "inclusive")
    let falls = flag(map, "falls_with_coefficient")
    let pay = map.required("pay").flatMap { yaml.value($0, "pay", Expected.word(pays.keys.sorted())) { pays[$0] } }
    guard let bound, let inclusive, let falls, let pay else { return nil }
    return LowCostTerms(bound: bound, isInclusive: inclusive, fallsWithCoefficient: falls, pay: pay, source: place)
  }

  private static let highPays: [String: HighCostPay] = [
    "linear_add": .linearAdd(withCoefficient: false), "linear_add_with_coefficient": .linearAdd(withCoefficient: true),
    "deduct": .deduct, "cap": .cap, "standard_only": .standardOnly, "actual_cost": .actualCost,
  ]

  private func highPay(_ map: YAMLMapping) -> HighCostPay? {
    map.required("pay").flatMap { node in
      yaml.value(node, "pay", Expected.word(Self.highPays.keys.sorted())) { Self.highPays[$0] }
    }
  }

  /// Bounds by weight or score and what is paid above them.
  mutating func high(_ node: YAMLNode, _ term: String) -> HighCostTerms? {
    let keys = ["bands", "inclusive", "pay", "source"]
    guard let map = yaml.mapping(node, keys: keys, of: LocalizedText("高倍率", "high")) else { return nil }
    let place = source(map, term: term)
    var bands: [HighCostTerms.Band] = []
    for node in map.required("bands").flatMap({ yaml.elements($0, of: LocalizedText("bands", "bands")) }) ?? [] {
      let what = LocalizedText("倍率分段", "a band")
      guard let band = yaml.mapping(node, keys: ["below", "multiple"], of: what),
        let multiple = factor(band, "multiple")
      else { continue }
      let below = band.value("below", ContractWords.factor) { ContractWords.factor($0) }
      if let last = bands.last, last.below.map({ edge in below.map { $0 <= edge } ?? false }) ?? true {
        yaml.report(
          LocalizedText("分段应逐段升高，最后一段没有 below", "bands must ascend, and only the last has no edge"), at: node)
      }
      bands.append(.init(below: below, multiple: multiple))
    }
    if let last = bands.last, last.below != nil {
      yaml.report(LocalizedText("最后一段不能有 below", "the last band cannot have an edge"), at: map["bands"])
    }
    let inclusive = flag(map, "inclusive")
    guard let pay = highPay(map), let inclusive, !bands.isEmpty else { return nil }
    return HighCostTerms(bands: bands, isInclusive: inclusive, pay: pay, source: place)
  }

  private mutating func extreme(_ node: YAMLNode, _ term: String) -> ExtremeCostTerms? {
    let keys = ["bound", "inclusive", "pay", "source"]
    guard let map = yaml.mapping(node, keys: keys, of: LocalizedText("费用异常", "extreme")) else { return nil }
    let place = source(map, term: term)
    let bound = factor(map, "bound")
    let inclusive = flag(map, "inclusive")
    guard let bound, let inclusive, let pay = highPay(map) else { return nil }
    return ExtremeCostTerms(bound: bound, isInclusive: inclusive, pay: pay, source: place)
  }
}
