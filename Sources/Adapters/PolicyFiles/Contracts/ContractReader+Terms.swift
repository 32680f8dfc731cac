import Kernel
import Payment
import People
import StrictYAML

extension ContractReader {
  /// Reads the terms of a way of payment.
  mutating func terms(_ method: PaymentMethod, _ map: YAMLMapping, _ term: String) -> MethodTerms? {
    switch method {
    case .perItem: .perItem
    case .perCapita: .perCapita
    case .perDisease: perDisease(map, term).map(MethodTerms.perDisease)
    case .perDiem: perDiem(map, term).map(MethodTerms.perDiem)
    case .drgRate, .drgPoints, .dip: grouped(method, map, term).map(MethodTerms.grouped)
    }
  }

  private mutating func grouped(_ method: PaymentMethod, _ map: YAMLMapping, _ term: String) -> GroupedTerms? {
    let table = groupTable(map)
    let basis = basis(method, map, term)
    let coefficients = coefficients(map, term)
    let baseGroups = kind(map, "base_groups", term)
    let chineseMedicine = kind(map, "chinese_medicine", term)
    let auxiliary = auxiliary(map, term)
    let assessment = assessment(map, term)
    let deviation = deviation(map, term)
    let blank = blankGroup(map, term)
    let special = special(map, term)
    let without = withoutGroup(map, table, term)
    let value = graded(map, "point_value", term, ContractWords.price) { ContractWords.price($0) }
    guard let rounding = rounding(map, term, byPoints: method != .drgRate), let table, let basis, let without
    else { return nil }
    return GroupedTerms(
      basis, table: table, coefficients: coefficients, baseGroups: baseGroups, chineseMedicine: chineseMedicine,
      auxiliary: auxiliary, assessment: assessment, deviation: deviation, blankGroup: blank, special: special,
      withoutGroup: without, pointValue: value, rounding: rounding)
  }

  private mutating func basis(_ method: PaymentMethod, _ map: YAMLMapping, _ term: String) -> GroupBasis? {
    switch method {
    case .drgPoints:
      guard let block = block(map, "scale", ["value"], required: true) else { return nil }
      let value = factor(block, "value")
      let place = source(block, term: "\(term).scale")
      return value.map { .points(scale: SourcedTerm($0, source: place)) }
    case .drgRate:
      if let standards = map.value("standards") {
        guard map.value("rates") == nil else {
          yaml.report(LocalizedText("rates 与 standards 只能写一个", "state rates or standards, not both"), at: standards)
          return nil
        }
        let flag = yaml.value(standards, "standards", Expected.word(["table"])) { $0 == "table" ? true : nil }
        return flag.map { _ in .tableStandard }
      }
      guard map.required("rates") != nil else { return nil }
      return graded(map, "rates", term, ContractWords.price) { ContractWords.price($0) }.map(GroupBasis.rate)
    case .dip, .perDisease, .perDiem, .perCapita, .perItem: return .score
    }
  }

  private mutating func coefficients(_ map: YAMLMapping, _ term: String) -> CoefficientTerms {
    guard let block = block(map, "coefficients", ["from_table", "values"], required: false) else { return .none }
    let usesTable = flag(block, "from_table")
    let place = source(block, term: "\(term).coefficients")
    let values = block.value("values").flatMap { gradedValues($0, ContractWords.factor) { ContractWords.factor($0) } }
    if values == nil && usesTable == false {
      yaml.report(LocalizedText("没有系数：写 values，或 from_table: yes", "there is no coefficient"), at: block.node)
    }
    return CoefficientTerms(usesTable: usesTable ?? false, values: values.map { SourcedTerm($0, source: place) })
  }

  private mutating func kind(_ map: YAMLMapping, _ key: String, _ term: String) -> GroupKindTerms? {
    let keys = ["as_level", "coefficient", "added", "raised"]
    guard let block = block(map, key, keys, required: false) else { return nil }
    let place = source(block, term: "\(term).\(key)")
    let stated = keys.filter { block.value($0) != nil }
    guard stated.count == 1, let word = stated.first else {
      yaml.report(
        LocalizedText("\(key) 应写且只写一种：\(keys.joined(separator: ", "))", "\(key) needs exactly one of: \(keys)"),
        at: block.node)
      return nil
    }
    if word == "as_level" {
      return block.value(word, Expected.word(ContractWords.levels)) { ContractWords.level($0) }.map {
        GroupKindTerms(.asLevel($0), source: place)
      }
    }
    guard let number = factor(block, word) else { return nil }
    switch word {
    case "coefficient": return GroupKindTerms(.coefficient(number), source: place)
    case "added": return GroupKindTerms(.addedToCoefficient(number), source: place)
    default: return GroupKindTerms(.raised(number), source: place)
    }
  }

  private mutating func auxiliary(_ map: YAMLMapping, _ term: String) -> AuxiliaryTerms? {
    guard let block = block(map, "auxiliary", ["factors", "by_group"], required: false) else { return nil }
    let place = source(block, term: "\(term).auxiliary")
    let factors = block.value("factors").map(factorTable) ?? [:]
    var byGroup: [String: [String: Factor]] = [:]
    for pair in block.value("by_group").flatMap({ yaml.pairs($0, of: LocalizedText("by_group", "by_group")) }) ?? [] {
      byGroup[pair.name] = factorTable(pair.value)
    }
    return AuxiliaryTerms(factors: factors, byGroup: byGroup, source: place)
  }

  private func factorTable(_ node: YAMLNode) -> [String: Factor] {
    var found: [String: Factor] = [:]
    for pair in yaml.pairs(node, of: LocalizedText("系数", "factors")) ?? [] {
      found[pair.name] = yaml.value(pair.value, pair.name, ContractWords.factor) { ContractWords.factor($0) }
    }
    return found
  }

  private mutating func assessment(_ map: YAMLMapping, _ term: String) -> AssessmentTerms? {
    guard let block = block(map, "assessment", ["support", "assessment"], required: false) else { return nil }
    let place = source(block, term: "\(term).assessment")
    let read: (YAMLNode) -> Graded<Factor>? = { node in
      gradedValues(node, ContractWords.factor) { ContractWords.factor($0) }
    }
    return AssessmentTerms(
      support: block.value("support").flatMap(read), assessment: block.value("assessment").flatMap(read), source: place)
  }

  private mutating func blankGroup(_ map: YAMLMapping, _ term: String) -> BlankGroupTerms? {
    guard let block = block(map, "blank_group", ["groups", "share"], required: false) else { return nil }
    let place = source(block, term: "\(term).blank_group")
    let groups = patterns(block, "groups")
    return factor(block, "share").map { BlankGroupTerms(groups: groups, share: $0, source: place) }
  }

  private mutating func special(_ map: YAMLMapping, _ term: String) -> SpecialTerms? {
    guard let block = block(map, "special", ["new_technology", "negotiates", "quota"], required: false) else {
      return nil
    }
    let place = source(block, term: "\(term).special")
    var technology: SpecialTerms.NewTechnologyPay?
    if let node = block.value("new_technology") {
      if node.text != nil {
        technology = yaml.value(node, "new_technology", Expected.word(["actual_cost"])) {
          $0 == "actual_cost" ? .actualCost : nil
        }
      } else {
        technology = high(node, "\(term).special.new_technology").map { .highCost($0) }
      }
    }
    let quota = block.value("quota") == nil ? nil : factor(block, "quota")
    return SpecialTerms(
      newTechnology: technology, negotiates: flag(block, "negotiates") ?? false, quota: quota, source: place)
  }

  private mutating func withoutGroup(_ map: YAMLMapping, _ table: GroupTable?, _ term: String) -> WithoutGroupTerms? {
    let reasons = WithoutGroupTerms.Reason.allCases.map(\.rawValue)
    let keys = ["ungrouped_codes", "ambiguous_codes"] + reasons
    // No source of its own: each reason has one.
    guard let node = map.required("without_group"),
      let block = yaml.mapping(node, keys: keys, of: LocalizedText("without_group", "without_group"))
    else { return nil }
    var pays: [WithoutGroupTerms.Reason: SourcedTerm<WithoutGroupTerms.Pay>] = [:]
    for reason in WithoutGroupTerms.Reason.allCases {
      guard let rule = self.block(block, reason.rawValue, ["pay", "share", "group"], required: false) else { continue }
      let place = source(rule, term: "\(term).without_group.\(reason.rawValue)")
      guard let pay = withoutPay(rule, reason, table) else { continue }
      pays[reason] = SourcedTerm(pay, source: place)
    }
    return WithoutGroupTerms(
      ungroupedCodes: patterns(block, "ungrouped_codes"), ambiguousCodes: patterns(block, "ambiguous_codes"), pays: pays
    )
  }

  private func withoutPay(_ rule: YAMLMapping, _ reason: WithoutGroupTerms.Reason, _ table: GroupTable?)
    -> WithoutGroupTerms.Pay?
  {
    let words = ["actual_cost", "share_of_cost", "as_group", "nothing"] + (reason == .unstable ? ["as_listed"] : [])
    guard rule.required("pay") != nil,
      let word = rule.value("pay", Expected.word(words), { words.contains($0) ? $0 : nil })
    else { return nil }
    switch word {
    case "share_of_cost": return factor(rule, "share").map { .shareOfCost($0) }
    case "as_group":
      guard let group = rule.requiredText("group") else { return nil }
      if let table, table[group] == nil {
        yaml.report(LocalizedText("病组表中没有“\(group)”", "the table has no group \"\(group)\""), at: rule["group"])
        return nil
      }
      return .asGroup(group)
    case "nothing": return .nothing
    case "as_listed": return .asListed
    default: return .actualCost
    }
  }

  // MARK: Ways without groups

  private mutating func perDisease(_ map: YAMLMapping, _ term: String) -> PerDiseaseTerms? {
    guard let pairs = yaml.pairs(map.required("amounts"), of: LocalizedText("amounts", "amounts")) else { return nil }
    var amounts: [String: Graded<Money>] = [:]
    for pair in pairs {
      amounts[pair.name] = gradedValues(pair.value, Expected.money) { ContractWords.money($0) }
    }
    return PerDiseaseTerms(amounts: amounts, source: sources.lastIndex { $0.term == term })
  }

  private mutating func perDiem(_ map: YAMLMapping, _ term: String) -> PerDiemTerms? {
    let rounding = rounding(map, term, byPoints: false)
    guard let list = yaml.elements(map.required("per_day"), of: LocalizedText("per_day", "per_day")) else { return nil }
    var bands: [PerDiemTerms.Band] = []
    for node in list {
      guard let band = yaml.mapping(node, keys: ["above", "price"], of: LocalizedText("床日分段", "a band of days")),
        let above = number(band, "above"),
        let price = band.required("price").flatMap({ gradedValues($0, ContractWords.price) { ContractWords.price($0) } }
        )
      else { continue }
      if above <= (bands.last?.above ?? -1) || (bands.isEmpty && above != 0) {
        yaml.report(LocalizedText("分段应从 0 起逐段升高", "bands must begin at 0 and ascend"), at: node)
      }
      bands.append(.init(above: above, price: price))
    }
    guard let rounding, !bands.isEmpty else { return nil }
    return PerDiemTerms(bands: bands, rounding: rounding.amount, source: sources.lastIndex { $0.term == term })
  }
}
