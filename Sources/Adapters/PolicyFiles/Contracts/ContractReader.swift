import Kernel
import Payment
import People
import Policy
import StrictYAML

/// Reads one contract; what is wrong is reported at its line, and reading goes on to find the rest.
struct ContractReader {
  let yaml: YAMLDocument
  let documents: Set<String>
  let interpretations: Set<String>
  /// What is wrong with tables that the contract names.
  private(set) var tableDiagnostics: [Diagnostic] = []
  private(set) var sources: [ContractSource] = []
  private var tables: [String: GroupTable] = [:]

  init(yaml: YAMLDocument, documents: Set<String>, interpretations: Set<String>) {
    self.yaml = yaml
    self.documents = documents
    self.interpretations = interpretations
  }

  private static let keys = [
    "identifier", "title", "region", "year", "schemes", "reviewed", "notes", "tables", "routes", "otherwise",
  ]

  mutating func read(
    region: String, table: (ContractFiles.TableRequest) -> (GroupTable?, [Diagnostic])
  ) -> PaymentContract? {
    let what = LocalizedText("付费政策文件", "a payment contract")
    guard let map = yaml.mapping(yaml.root, keys: Self.keys, of: what) else { return nil }
    readTables(map, table)
    let identifier = map.requiredText("identifier")
    let title = map.requiredText("title")
    let own = map.requiredText("region")
    if let own, own != region {
      yaml.report(
        LocalizedText(
          "文件在统筹区 \(region) 的目录中，写的却是 \(own)", "the file lies in the folder of \(region) but states \(own)"),
        at: map["region"])
    }
    let year = number(map, "year")
    let schemes = words(map, "schemes", InsuranceScheme.allCases.map(\.rawValue)) { InsuranceScheme(rawValue: $0) }
    if map.required("reviewed") != nil { _ = map.value("reviewed", Expected.date) { CalendarDate($0) } }
    let routes = (map.value("routes").flatMap { yaml.elements($0, of: LocalizedText("routes", "routes")) } ?? [])
      .enumerated().compactMap { readRoute($1, term: "routes.\($0 + 1)", isLast: false) }
    guard let last = map.required("otherwise"), let otherwise = readRoute(last, term: "otherwise", isLast: true),
      let identifier, let title, let own, let year, let schemes
    else { return nil }
    return PaymentContract(
      identifier: identifier, title: title, region: own, year: year, schemes: Set(schemes), routes: routes,
      otherwise: otherwise, sources: sources)
  }

  // MARK: Tables

  private mutating func readTables(
    _ map: YAMLMapping, _ table: (ContractFiles.TableRequest) -> (GroupTable?, [Diagnostic])
  ) {
    let what = LocalizedText("病组表", "a table of groups")
    for node in map.value("tables").flatMap({ yaml.elements($0, of: LocalizedText("tables", "tables")) }) ?? [] {
      let keys = ["name", "file", "edition", "groups", "place", "source"]
      guard let entry = yaml.mapping(node, keys: keys, of: what), let name = entry.requiredText("name"),
        let file = entry.requiredText("file"), let edition = entry.requiredText("edition")
      else { continue }
      _ = source(entry, term: "tables.\(name)")
      let groups = number(entry, "groups")
      let folder = yaml.file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      let path = folder.isEmpty ? file : folder + "/" + file
      let (read, diagnostics) = table(.init(path: path, edition: edition, place: entry.text("place")))
      tableDiagnostics += diagnostics
      guard let read else {
        if diagnostics.isEmpty { yaml.report(LocalizedText("读不到病组表", "the table cannot be read"), at: node) }
        continue
      }
      if let groups, groups != read.rows.count {
        yaml.report(
          LocalizedText(
            "病组表应有 \(groups) 个病组，文件有 \(read.rows.count) 个；请核对版本",
            "the table should have \(groups) groups, the file has \(read.rows.count); check the edition"),
          at: entry["groups"])
      }
      tables[name] = read
    }
  }

  mutating func groupTable(_ map: YAMLMapping) -> GroupTable? {
    guard let name = map.requiredText("table") else { return nil }
    if let table = tables[name] { return table }
    yaml.reportUnknown(
      name, at: map["table"] ?? map.node, keys: tables.keys.sorted(), of: LocalizedText("tables", "tables"))
    return nil
  }

  // MARK: Routes

  private mutating func readRoute(_ node: YAMLNode, term: String, isLast: Bool) -> PaymentRoute? {
    let what = LocalizedText("支付路径", "a route")
    let methods = PaymentMethod.allCases.map(\.rawValue)
    let common = ["name", "when", "method", "source"]
    guard let method = ContractReader.method(of: node),
      let map = yaml.mapping(node, keys: common + Self.methodKeys(method), of: what)
    else {
      if let map = yaml.mapping(node, keys: common + Self.everyKey, of: what), map.required("method") != nil {
        _ = map.value("method", Expected.word(methods)) { PaymentMethod(rawValue: $0) }
      }
      return nil
    }
    let name = map.requiredText("name")
    let place = source(map, term: term)
    var conditions: [CareCondition] = []
    if isLast {
      if map.value("when") != nil {
        yaml.report(LocalizedText("otherwise 不能有 when", "otherwise cannot have conditions"), at: map["when"])
      }
    } else if let list = map.required("when").flatMap({ yaml.elements($0, of: LocalizedText("when", "when")) }) {
      conditions = list.compactMap(condition)
    }
    guard let terms = terms(method, map, term), let name, let place else { return nil }
    return PaymentRoute(name, when: conditions, terms, source: place)
  }

  private static func method(of node: YAMLNode) -> PaymentMethod? {
    guard case .mapping(let pairs) = node.content else { return nil }
    return pairs.first { $0.key.text == "method" }?.value.text.flatMap { PaymentMethod(rawValue: $0) }
  }

  private static let grouped = [
    "table", "coefficients", "base_groups", "chinese_medicine", "deviation", "special", "without_group", "rounding",
  ]
  private static let byPoints = ["auxiliary", "assessment", "blank_group", "point_value"]

  private static func methodKeys(_ method: PaymentMethod) -> [String] {
    switch method {
    case .drgRate: grouped + ["rates", "standards"]
    case .drgPoints: grouped + byPoints + ["scale"]
    case .dip: grouped + byPoints
    case .perDisease: ["amounts"]
    case .perDiem: ["per_day", "rounding"]
    case .perCapita, .perItem: []
    }
  }

  private static let everyKey = PaymentMethod.allCases.flatMap(methodKeys)

  private func condition(_ node: YAMLNode) -> CareCondition? {
    let keys = ["marks", "stay_at_most", "stay_above", "groups", "levels", "institutions", "departments"]
    let what = LocalizedText("适用条件", "a condition")
    guard let map = yaml.mapping(node, keys: keys, of: what) else { return nil }
    if keys.allSatisfy({ map.value($0) == nil }) {
      yaml.report(LocalizedText("适用条件是空的", "the condition is empty"), at: node)
      return nil
    }
    return CareCondition(
      marks: Set(
        words(map, "marks", PaymentMark.allCases.map(\.rawValue)) { PaymentMark(rawValue: $0) } ?? []),
      stayAtMost: map.value("stay_at_most", Expected.number) { Words.number($0) },
      stayAbove: map.value("stay_above", Expected.number) { Words.number($0) }, groups: patterns(map, "groups"),
      levels: Set(words(map, "levels", ContractWords.levels) { ContractWords.level($0) } ?? []),
      institutions: Set(texts(map, "institutions")), departments: Set(texts(map, "departments")))
  }

  // MARK: Parts that every reader needs

  /// The source of a block of terms as a place in the list; a missing one is reported.
  mutating func source(_ map: YAMLMapping, term: String) -> Int? {
    guard let node = map["source"], !node.isNull else {
      yaml.report(
        LocalizedText(
          "缺少出处 source：写明文件和条款，或释义", "the source is missing: name document and clause, or an interpretation"),
        at: map.node)
      return nil
    }
    guard let citation = citation(node) else { return nil }
    sources.append(ContractSource(term: term, citation: citation, file: yaml.file, line: node.line))
    return sources.count - 1
  }

  private func citation(_ node: YAMLNode) -> Citation? {
    let what = LocalizedText("出处", "a source")
    guard let map = yaml.mapping(node, keys: ["document", "clause", "interpretation"], of: what) else { return nil }
    if let name = map.text("interpretation") {
      if interpretations.contains(name) { return .interpretation(name) }
      let guess = YAMLDocument.guess(name, among: interpretations, within: 6)
      yaml.report(
        LocalizedText(
          "interpretations.yaml 中没有“\(name)”\(guess.chinese)请先写明该释义",
          "interpretations.yaml has no \"\(name)\"\(guess.english)write it down first"),
        at: map["interpretation"])
      return nil
    }
    guard let name = map.requiredText("document"), let clause = map.requiredText("clause") else { return nil }
    if documents.contains(name) { return .document(name, clause: clause) }
    let guess = YAMLDocument.guess(name, among: documents, within: 6)
    yaml.report(
      LocalizedText(
        "documents/ 中没有“\(name)”\(guess.chinese)请先登记该文件",
        "documents/ has no \"\(name)\"\(guess.english)register it first"),
      at: map["document"])
    return nil
  }

  func number(_ map: YAMLMapping, _ key: String) -> Int? {
    map.required(key).flatMap { yaml.value($0, key, Expected.number) { Words.number($0) } }
  }

  func words<Value>(_ map: YAMLMapping, _ key: String, _ words: [String], _ read: (String) -> Value?) -> [Value]? {
    guard let node = map.value(key), let list = yaml.elements(node, of: LocalizedText(key, key)) else { return nil }
    return list.compactMap { yaml.value($0, key, Expected.word(words), read) }
  }

  func texts(_ map: YAMLMapping, _ key: String) -> [String] {
    guard let node = map.value(key), let list = yaml.elements(node, of: LocalizedText(key, key)) else { return [] }
    return list.compactMap { yaml.text($0, key) }
  }

  func patterns(_ map: YAMLMapping, _ key: String) -> [GroupPattern] {
    guard let node = map.value(key), let list = yaml.elements(node, of: LocalizedText(key, key)) else { return [] }
    return list.compactMap { yaml.value($0, key, ContractWords.pattern) { GroupPattern($0) } }
  }
}

/// Words and forms that contracts use.
enum ContractWords {
  static let levels = InstitutionLevel.allCases.map(\.word)
  static func level(_ word: String) -> InstitutionLevel? { InstitutionLevel.allCases.first { $0.word == word } }

  static let pattern = LocalizedText(
    "病组编码，首或尾可有一个 *，如 \"*QY\"", "a group's code with at most one * at an end, such as \"*QY\"")
  static let factor = LocalizedText(
    "不小于 0、至多六位小数的数，如 \"0.9662\"", "a number of 0 or more with at most six decimals, such as \"0.9662\"")
  static let price = LocalizedText(
    "元，不小于 0、至多六位小数，如 \"52.8094\"", "yuan of 0 or more with at most six decimals, such as \"52.8094\"")

  static func factor(_ text: String) -> Factor? { text.hasPrefix("-") ? nil : Factor(text) }
  static func price(_ text: String) -> UnitPrice? { text.hasPrefix("-") ? nil : UnitPrice(yuan: text) }
  static func money(_ text: String) -> Money? { text.hasPrefix("-") ? nil : Money(yuan: text) }
}
