import Kernel
import Payment
import StrictYAML

/// Reads `payment/coefficient.yaml`: an institution's basic coefficient and its bonuses.
enum CoefficientFile {
  static func read(_ reader: inout ContractReader, region: String) -> CoefficientPolicy? {
    let keys = ["title", "covered", "basic", "bonuses", "rounding"]
    let what = LocalizedText("机构系数办法", "coefficients of institutions")
    guard let map = reader.yaml.mapping(reader.yaml.root, keys: keys, of: what) else { return nil }
    let title = map.requiredText("title")
    let covered = reader.yaml.covered(map)
    let basic = reader.basic(map)
    let list = map.required("bonuses").flatMap { reader.yaml.elements($0, of: LocalizedText("bonuses", "bonuses")) }
    var bonuses: [CoefficientBonus] = []
    for (place, node) in (list ?? []).enumerated() {
      guard let bonus = reader.bonus(node, "bonuses.\(place + 1)") else { continue }
      if bonuses.contains(where: { $0.name == bonus.name }) {
        reader.yaml.report(
          LocalizedText("加成“\(bonus.name)”写了两次", "the bonus \"\(bonus.name)\" stands twice"), at: node)
      }
      bonuses.append(bonus)
    }
    let rounding = reader.decimals(map)
    guard let title, let covered, let basic, let rounding, list != nil else { return nil }
    return CoefficientPolicy(
      title: title, region: region, covered: covered,
      rule: InstitutionCoefficientRule(
        basic: basic, bonuses: bonuses, decimals: rounding.decimals, rounding: rounding.rounding),
      sources: reader.sources)
  }
}

/// Reads `payment/weighting.yaml`: how weights or scores come from past cases.
enum WeightingFile {
  static func read(_ reader: inout ContractReader, region: String) -> WeightPolicy? {
    let keys = ["title", "covered", "years", "averaging", "base", "trimming", "scale", "rounding"]
    let what = LocalizedText("权重、分值测算办法", "weights from past cases")
    guard let map = reader.yaml.mapping(reader.yaml.root, keys: keys, of: what) else { return nil }
    let title = map.requiredText("title")
    let covered = reader.yaml.covered(map)
    let years = reader.years(map)
    let averaging = reader.averaging(map)
    let base = reader.base(map)
    let trimming = reader.trimming(map)
    let scale = reader.scale(map)
    let rounding = reader.decimals(map)
    guard let title, let covered, let years, let averaging, let base, let trimming, let scale, let rounding else {
      return nil
    }
    return WeightPolicy(
      title: title, region: region, covered: covered,
      terms: WeightTerms(
        years: years, averaging: averaging, base: base, trimming: trimming, scale: scale,
        decimals: rounding.decimals, rounding: rounding.rounding),
      sources: reader.sources)
  }
}

extension ContractReader {
  /// How a result is rounded.
  mutating func decimals(_ map: YAMLMapping) -> (decimals: Int, rounding: Rounding)? {
    guard let block = block(map, "rounding", ["decimals", "rounding"], required: true) else { return nil }
    _ = source(block, term: "rounding")
    let decimals = block.required("decimals").flatMap { node in
      yaml.value(node, "decimals", LocalizedText("0 到 6", "0 to 6")) { text in
        Words.number(text).flatMap { $0 <= 6 ? $0 : nil }
      }
    }
    let words = Rounding.allCases.map(\.rawValue)
    let rounding = block.required("rounding").flatMap { node in
      yaml.value(node, "rounding", Expected.word(words)) { Rounding(rawValue: $0) }
    }
    guard let decimals, let rounding else { return nil }
    return (decimals, rounding)
  }

  private func word<Value: RawRepresentable & CaseIterable>(
    _ map: YAMLMapping, _ key: String, _ type: Value.Type
  ) -> Value? where Value.RawValue == String {
    map.required(key).flatMap { node in
      yaml.value(node, key, Expected.word(type.allCases.map(\.rawValue))) { Value(rawValue: $0) }
    }
  }

  // MARK: Coefficients

  mutating func basic(_ map: YAMLMapping) -> SourcedTerm<Graded<Factor>>? {
    guard let block = block(map, "basic", ["values"], required: true) else { return nil }
    let place = source(block, term: "basic")
    let values = block.required("values").flatMap { node in
      gradedValues(node, ContractWords.factor) { ContractWords.factor($0) }
    }
    return values.map { SourcedTerm($0, source: place) }
  }

  mutating func bonus(_ node: YAMLNode, _ term: String) -> CoefficientBonus? {
    let keys = ["name", "indicator", "measure", "first", "each", "adds", "form", "caps", "source"]
    guard let map = yaml.mapping(node, keys: keys, of: LocalizedText("加成系数", "a bonus")) else { return nil }
    let name = map.requiredText("name")
    let place = source(map, term: term)
    let indicator = map.requiredText("indicator")
    let measure = word(map, "measure", CoefficientBonus.Measure.self)
    let (first, each, adds) = (factor(map, "first"), factor(map, "each"), factor(map, "adds"))
    let form = word(map, "form", CoefficientBonus.Form.self)
    let caps = map.required("caps").flatMap { gradedValues($0, ContractWords.factor) { ContractWords.factor($0) } }
    if let each, each == .zero {
      yaml.report(LocalizedText("每档的宽度应大于 0", "a step needs a width above 0"), at: map["each"])
      return nil
    }
    guard let name, let place, let indicator, let measure, let first, let each, let adds, let form, let caps else {
      return nil
    }
    return CoefficientBonus(
      name: name, indicator: indicator, measure: measure, first: first, each: each, adds: adds, form: form, caps: caps,
      source: place)
  }

  // MARK: Weights

  mutating func years(_ map: YAMLMapping) -> YearWeights? {
    guard let block = block(map, "years", ["weights"], required: true) else { return nil }
    _ = source(block, term: "years")
    guard let node = block.required("weights"),
      let list = yaml.elements(node, of: LocalizedText("各年权重，由远到近", "weights of years, oldest first"))
    else { return nil }
    let weights = list.compactMap { yaml.value($0, "weights", Expected.number) { Words.number($0) } }
    guard weights.count == list.count else { return nil }
    guard weights.contains(where: { $0 > 0 }) else {
      yaml.report(LocalizedText("至少一年的权重应大于 0", "one year at least must count"), at: node)
      return nil
    }
    return YearWeights(weights)
  }

  mutating func averaging(_ map: YAMLMapping) -> WeightTerms.Averaging? {
    guard let block = block(map, "averaging", ["by"], required: true) else { return nil }
    _ = source(block, term: "averaging")
    return word(block, "by", WeightTerms.Averaging.self)
  }

  mutating func base(_ map: YAMLMapping) -> WeightTerms.Base? {
    let keys = ["cases", "group", "amount"]
    guard let block = block(map, "base", keys, required: true) else { return nil }
    _ = source(block, term: "base")
    let stated = keys.filter { block.value($0) != nil }
    guard stated.count == 1 else {
      yaml.report(
        LocalizedText(
          "base 应写且只写一种：\(keys.joined(separator: ", "))", "base needs exactly one of: \(keys.joined(separator: ", "))"
        ), at: block.node)
      return nil
    }
    switch stated[0] {
    case "cases": return block.value("cases", Expected.word(["all"])) { $0 == "all" ? .allCases : nil }
    case "group": return block.requiredText("group").map { .group($0) }
    default:
      let expected = LocalizedText("大于 0 的金额（元），如 \"1000.00\"", "yuan above 0, such as \"1000.00\"")
      return block.value("amount", expected) { text in
        ContractWords.money(text).flatMap { $0 > .zero ? .amount($0) : nil }
      }
    }
  }

  /// Which cases are left out; `.some(nil)` when the file says that none are, since the key itself has to be there.
  mutating func trimming(_ map: YAMLMapping) -> WeightTerms.Trimming?? {
    guard let node = map.required("trimming") else { return nil }
    if node.isNull { return .some(nil) }
    guard let block = block(map, "trimming", ["low", "high", "from_cases"], required: true) else { return nil }
    _ = source(block, term: "trimming")
    let share = { (text: String) -> Ratio? in
      guard text.hasSuffix("%") else { return nil }
      return Ratio(percent: text).flatMap { $0.numerator >= 0 && $0.numerator <= $0.denominator ? $0 : nil }
    }
    let (low, high) = (
      block.required("low").flatMap { yaml.value($0, "low", Expected.percent, share) },
      block.required("high").flatMap { yaml.value($0, "high", Expected.percent, share) }
    )
    guard let low, let high, let least = number(block, "from_cases") else { return nil }
    guard Fraction(low) < Fraction(high) else {
      yaml.report(LocalizedText("低界应小于高界", "the low percentile must lie below the high one"), at: node)
      return nil
    }
    return WeightTerms.Trimming(low: low, high: high, fromCases: least)
  }

  mutating func scale(_ map: YAMLMapping) -> Factor? {
    guard let block = block(map, "scale", ["value"], required: true) else { return nil }
    _ = source(block, term: "scale")
    guard let value = factor(block, "value") else { return nil }
    guard value > .zero else {
      yaml.report(LocalizedText("scale 应大于 0", "the scale must be above 0"), at: block["value"])
      return nil
    }
    return value
  }
}
