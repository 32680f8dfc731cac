import Claims
import Kernel
import People
import Settlement
import StrictYAML
import Workflows

/// Reads one worked case from a document.
struct CaseReader {
  let yaml: YAMLDocument
  let region: String?

  private static let keys = [
    "name", "region", "reason", "notes", "person", "credit", "accumulators", "visits", "coverage", "contribution",
    "frame", "payment", "expect",
  ]

  func read() -> WorkedCase? {
    guard let map = yaml.mapping(yaml.root, keys: Self.keys, of: LocalizedText("案例", "a case")) else { return nil }
    let name = map.requiredText("name")
    let code = region ?? map.requiredText("region")
    let reason = readReason(map)
    let bodies = ["visits", "coverage", "contribution", "frame", "payment"].filter { map[$0] != nil }
    guard bodies.count == 1, let kind = bodies.first else {
      yaml.report(
        LocalizedText(
          "案例须有且只有以下之一：visits, coverage, contribution, frame, payment",
          "a case has exactly one of: visits, coverage, contribution, frame, payment"),
        at: yaml.root)
      return nil
    }
    guard let body = readBody(kind, map), let name, let code else { return nil }
    return WorkedCase(
      name: name, region: code, reason: reason.text, document: reason.document, body: body, file: yaml.file)
  }

  private func readReason(_ map: YAMLMapping) -> (text: String, document: String?) {
    guard let node = map.value("reason") else { return ("", nil) }
    if let text = node.text { return (text, nil) }
    guard let parts = yaml.mapping(node, keys: ["document", "clause", "text"], of: LocalizedText("理由", "the reason"))
    else { return ("", nil) }
    let texts = ["document", "clause", "text"].compactMap { parts.text($0) }
    return (texts.joined(separator: " "), parts.value("document")?.text)
  }

  private func readBody(_ kind: String, _ map: YAMLMapping) -> WorkedCase.Body? {
    switch kind {
    case "visits": return readVisits(map)
    case "coverage": return readCoverage(map)
    case "contribution": return readContribution(map)
    case "payment": return PaidCaseReader(yaml: yaml).read(map["payment"])
    default: return readFrame(map)
    }
  }

  // MARK: Visits

  private func readVisits(_ map: YAMLMapping) -> WorkedCase.Body? {
    let people = PersonReader(yaml: yaml)
    let visits = VisitReader(yaml: yaml)
    guard let person = people.person(map.required("person")),
      let list = yaml.elements(map["visits"], of: LocalizedText("就诊", "visits"))
    else { return nil }
    let events = list.compactMap { visits.event($0) }
    guard events.count == list.count else { return nil }
    checkOrder(zip(events, list))
    let opening = map.value("accumulators").flatMap {
      AccumulatorReader(yaml: yaml).read($0, first: events.first, person: person)
    }
    return .visits(
      .init(person: person, credit: readCredit(map) ?? CreditFacts(), opening: opening, events: events))
  }

  /// A visit can be taken back only after it was settled, and settled again only after it was taken back.
  private func checkOrder(_ events: some Sequence<(WorkedCase.Event, YAMLNode)>) {
    var standing: Set<String> = []
    for (event, node) in events {
      switch event {
      case .settle(let claim, _):
        if !standing.insert(claim.id).inserted {
          yaml.report(
            LocalizedText("就诊 \(claim.id) 重复；请换一个 id", "there are two visits \(claim.id); give one another id"),
            at: node)
        }
      case .reverse(let id):
        if standing.remove(id) == nil {
          yaml.report(LocalizedText("此前没有就诊 \(id)", "there is no visit \(id) before"), at: node)
        }
      }
    }
  }

  private func readCredit(_ map: YAMLMapping) -> CreditFacts? {
    let keys = ["balance", "family_balance", "use_account", "credit_line"]
    guard let node = map.value("credit"),
      let credit = yaml.mapping(node, keys: keys, of: LocalizedText("个人账户", "credit"))
    else { return nil }
    func money(_ key: String) -> Money? {
      credit.value(key, Expected.money) { Money(yuan: $0).flatMap { $0.isNegative ? nil : $0 } }
    }
    return CreditFacts(
      balance: money("balance") ?? .zero, familyBalance: money("family_balance") ?? .zero,
      usesAccount: credit.value("use_account", Expected.flag, Words.flag) ?? true, creditLine: money("credit_line"))
  }

  // MARK: Cover, contributions, frame

  private func day(_ node: YAMLMapping) -> CalendarDate? {
    node.required("on").flatMap { _ in node.value("on", Expected.date) { CalendarDate($0) } }
  }

  private func scheme(_ node: YAMLMapping, _ key: String) -> InsuranceScheme? {
    node.value(key, Expected.word(InsuranceScheme.allCases.map(\.rawValue))) { InsuranceScheme(rawValue: $0) }
  }

  private func readCoverage(_ map: YAMLMapping) -> WorkedCase.Body? {
    let what = LocalizedText("参保", "coverage")
    guard let node = yaml.mapping(map["coverage"], keys: ["on"], of: what), let day = day(node),
      let person = PersonReader(yaml: yaml).person(map.required("person")),
      let expect = yaml.mapping(
        map.required("expect"), keys: ["covered", "category", "since", "not_covered"], of: LocalizedText("预期", "expect")
      )
    else { return nil }
    if let word = expect.text("not_covered") {
      return .coverage(person: person, on: day, expected: .notCovered(word))
    }
    guard expect.required("covered") != nil, let scheme = scheme(expect, "covered") else { return nil }
    let categories = PersonCategory.allCases.map(\.rawValue)
    let category = expect.value("category", Expected.word(categories)) { PersonCategory(rawValue: $0) }
    let since = expect.value("since", Expected.date) { CalendarDate($0) }
    return .coverage(person: person, on: day, expected: .covered(scheme, category, since: since))
  }

  private func readContribution(_ map: YAMLMapping) -> WorkedCase.Body? {
    let what = LocalizedText("缴费核定", "contribution")
    guard let node = yaml.mapping(map["contribution"], keys: ["on", "wage", "average_wage"], of: what),
      let day = day(node), node.required("wage") != nil,
      let wage = node.value("wage", Expected.money, { Money(yuan: $0) }),
      let expect = amounts(map.required("expect"), except: [])
    else { return nil }
    let average = node.value("average_wage", Expected.money) { Money(yuan: $0) }
    return .contribution(on: day, wage: wage, averageWage: average, expected: expect)
  }

  private func readFrame(_ map: YAMLMapping) -> WorkedCase.Body? {
    let keys = ["on", "scheme", "average_wage", "deductible", "pay_rate", "cap", "outpatient_rate"]
    guard let node = yaml.mapping(map["frame"], keys: keys, of: LocalizedText("省级框架", "frame")),
      let day = day(node), node.required("scheme") != nil, let scheme = scheme(node, "scheme"),
      node.required("average_wage") != nil,
      let income = node.value("average_wage", Expected.money, { Money(yuan: $0) }),
      let expect = yaml.mapping(map.required("expect"), keys: ["deviations"], of: LocalizedText("预期", "expect")),
      let list = yaml.elements(expect.required("deviations"), of: LocalizedText("偏离", "deviations"))
    else { return nil }
    var outline = ProvincialFrame.PlanOutline(yearlyIncome: income)
    outline.deductibles = byLevel(node.value("deductible"), Expected.money) { Money(yuan: $0) }
    outline.payRates = byLevel(node.value("pay_rate"), Expected.percent) { Rate(percent: $0) }
    outline.cap = node.value("cap", Expected.money) { Money(yuan: $0) }
    outline.outpatientRate = node.value("outpatient_rate", Expected.percent) { Rate(percent: $0) }
    return .frame(on: day, scheme, outline, expected: list.compactMap { yaml.text($0, "deviations") })
  }

  private func byLevel<Value>(_ node: YAMLNode?, _ expected: LocalizedText, _ read: (String) -> Value?)
    -> [InstitutionLevel: Value]
  {
    guard let node else { return [:] }
    let levels = InstitutionLevel.allCases.map(\.word)
    guard let map = yaml.mapping(node, keys: levels, of: LocalizedText("按级别", "by level")) else { return [:] }
    return InstitutionLevel.allCases.reduce(into: [:]) { found, level in
      found[level] = map.value(level.word, expected, read)
    }
  }

  /// Amounts by word, as `expect` states them.
  func amounts(_ node: YAMLNode?, except others: [String]) -> [String: Money]? {
    guard let pairs = yaml.pairs(node, of: LocalizedText("预期", "expect")) else { return nil }
    return pairs.filter { !others.contains($0.name) }.reduce(into: [:]) { found, pair in
      found[pair.name] = yaml.value(pair.value, pair.name, Expected.money) { Money(yuan: $0) }
    }
  }
}
