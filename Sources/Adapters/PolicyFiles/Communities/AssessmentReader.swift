import Kernel
import Payment
import StrictYAML

/// Reads a scheme of assessment: dimensions, indicators with their full score, and what a score gives.
struct AssessmentReader {
  let terms: TermReader

  func read(_ node: YAMLNode) -> AssessmentScheme? {
    let yaml = terms.yaml
    let what = LocalizedText("考核方案", "an assessment")
    guard let map = yaml.mapping(node, keys: ["dimensions", "effect", "source"], of: what),
      let citation = terms.citations.read(map),
      let list = yaml.elements(map.required("dimensions"), of: LocalizedText("维度", "dimensions"))
    else { return nil }
    let dimensions = list.compactMap(dimension)
    guard dimensions.count == list.count, let effect = map.required("effect") else { return nil }
    let codes = dimensions.flatMap(\.indicators).map(\.code)
    guard Set(codes).count == codes.count, Set(dimensions.map(\.code)).count == dimensions.count, !codes.isEmpty else {
      yaml.report(LocalizedText("维度或指标编号重复，或没有指标", "codes stand twice, or there is no indicator"), at: node)
      return nil
    }
    if effect.isNull { return AssessmentScheme(dimensions: dimensions, effect: nil, citation: citation) }
    return self.effect(effect).map {
      AssessmentScheme(dimensions: dimensions, effect: $0, citation: citation)
    }
  }

  private func dimension(_ node: YAMLNode) -> AssessmentScheme.Dimension? {
    let yaml = terms.yaml
    guard let map = yaml.mapping(node, keys: ["code", "name", "indicators"], of: LocalizedText("维度", "a dimension")),
      let code = map.requiredText("code"), let name = map.requiredText("name"),
      let list = yaml.elements(map.required("indicators"), of: LocalizedText("指标", "indicators"))
    else { return nil }
    let indicators = list.compactMap { node -> AssessmentScheme.Indicator? in
      guard let map = yaml.mapping(node, keys: ["code", "name", "full"], of: LocalizedText("指标", "an indicator")),
        let code = map.requiredText("code"), let name = map.requiredText("name"), let node = map.required("full")
      else { return nil }
      if node.isNull { return .init(code: code, name: name, full: nil) }
      let expected = LocalizedText("不小于 0 的分值", "points of 0 or more")
      return yaml.value(node, "full", expected) { Points($0).flatMap { $0 < .zero ? nil : $0 } }
        .map { .init(code: code, name: name, full: $0) }
    }
    return indicators.count == list.count ? .init(code: code, name: name, indicators: indicators) : nil
  }

  private func effect(_ node: YAMLNode) -> AssessmentScheme.Effect? {
    if node.text == "proportional" { return .proportional }
    let yaml = terms.yaml
    guard
      let list = yaml.elements(node, of: LocalizedText("effect（proportional 或分档）", "effect (proportional or steps)"))
    else { return nil }
    let steps = list.compactMap { node -> AssessmentScheme.ScoreStep? in
      guard let map = yaml.mapping(node, keys: ["at_least", "rate"], of: LocalizedText("分档", "a step")),
        let least = map.required("at_least").flatMap(terms.share), let rate = map.required("rate").flatMap(terms.share)
      else { return nil }
      return .init(atLeast: least, rate: rate)
    }
    guard steps.count == list.count, !steps.isEmpty else { return nil }
    guard zip(steps, steps.dropFirst()).allSatisfy({ $0.atLeast > $1.atLeast && $0.rate >= $1.rate }) else {
      yaml.report(LocalizedText("分档应由高到低", "steps must descend"), at: node)
      return nil
    }
    return .steps(steps)
  }
}
