import Claims
import Kernel
import People
import Settlement
import StrictYAML
import Workflows

/// Reads what a year held before the first visit of a case.
struct AccumulatorReader {
  let yaml: YAMLDocument

  func read(_ node: YAMLNode, first event: WorkedCase.Event?, person: InsuredPerson) -> Accumulators? {
    let keys = ["scheme", "year", "pooled_paid", "in_policy", "layers", "care", "stays", "items", "diseases"]
    guard let map = yaml.mapping(node, keys: keys, of: LocalizedText("年度累计", "accumulators")),
      case .settle(let claim, _)? = event
    else { return nil }
    let schemes = InsuranceScheme.allCases.map(\.rawValue)
    let scheme = map.value("scheme", Expected.word(schemes)) { InsuranceScheme(rawValue: $0) }
    let year = map.value("year", Expected.number, Words.number) ?? claim.discharged.year
    var totals = AccumulatorTotals()
    totals.countedPooled = money(map, "pooled_paid")
    totals.countedInPolicy = money(map, "in_policy")
    readLayers(map.value("layers"), &totals)
    readCare(map.value("care"), &totals)
    return Accumulators(
      scheme: scheme ?? person.enrolments.first?.kind.scheme ?? .employee, year: year, totals: totals,
      stays: stays(map.value("stays")), uses: uses(map))
  }

  private func money(_ map: YAMLMapping, _ key: String) -> Money {
    map.value(key, Expected.money) { Money(yuan: $0) } ?? .zero
  }

  private func readLayers(_ node: YAMLNode?, _ totals: inout AccumulatorTotals) {
    guard let node,
      let map = yaml.mapping(node, keys: SupplementLayer.allCases.map(\.word), of: LocalizedText("补充保障", "layers"))
    else { return }
    for layer in SupplementLayer.allCases {
      guard let entry = map.value(layer.word),
        let amounts = yaml.mapping(entry, keys: ["burden", "paid"], of: LocalizedText(layer.word, layer.word))
      else { continue }
      totals.layerBurden[layer] = money(amounts, "burden")
      totals.layerPaid[layer] = money(amounts, "paid")
    }
  }

  private func readCare(_ node: YAMLNode?, _ totals: inout AccumulatorTotals) {
    guard let node,
      let map = yaml.mapping(node, keys: CareCategory.allCases.map(\.word), of: LocalizedText("按类别", "care"))
    else { return }
    let keys = ["deductible", "in_policy", "covered", "pooled"]
    for care in CareCategory.allCases {
      guard let entry = map.value(care.word),
        let amounts = yaml.mapping(entry, keys: keys, of: LocalizedText(care.word, care.word))
      else { continue }
      totals.deductible[care] = money(amounts, "deductible")
      totals.inPolicy[care] = money(amounts, "in_policy")
      totals.covered[care] = money(amounts, "covered")
      totals.pooled[care] = money(amounts, "pooled")
    }
  }

  private func stays(_ node: YAMLNode?) -> [StayRecord] {
    let what = LocalizedText("住院记录", "a stay")
    let list = yaml.elements(node, of: LocalizedText("住院记录", "stays")) ?? []
    return list.compactMap { element in
      let levels = InstitutionLevel.allCases.map(\.word)
      guard let map = yaml.mapping(element, keys: ["claim", "care", "level", "chain", "standard"], of: what),
        let claim = map.requiredText("claim"), map.required("level") != nil,
        let level = map.value("level", Expected.word(levels), { InstitutionLevel(word: $0) })
      else { return nil }
      let care = map.value("care", Expected.word(CareCategory.allCases.map(\.word))) { CareCategory(word: $0) }
      return StayRecord(
        claim: claim, plan: care ?? .inpatient, level: level, chain: map.text("chain"),
        standard: money(map, "standard"))
    }
  }

  private func uses(_ map: YAMLMapping) -> [UseKey: Money] {
    var found: [UseKey: Money] = [:]
    for pair in map.value("diseases").flatMap({ yaml.pairs($0, of: LocalizedText("病种", "diseases")) }) ?? [] {
      found[.disease(pair.name)] = yaml.value(pair.value, pair.name, Expected.money) { Money(yuan: $0) }
    }
    let list = yaml.elements(map.value("items"), of: LocalizedText("单行支付项目", "items")) ?? []
    for element in list {
      let expected = LocalizedText("月份，如 2026-03", "a month, such as 2026-03")
      guard
        let entry = yaml.mapping(element, keys: ["item", "month", "amount"], of: LocalizedText("项目", "an item")),
        let item = entry.requiredText("item"), entry.required("month") != nil,
        let month = entry.value("month", expected, { YearMonth($0) })
      else { continue }
      found[.item(item, month)] = money(entry, "amount")
    }
    return found
  }
}
