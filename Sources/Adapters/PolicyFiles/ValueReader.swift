import Kernel
import Policy
import StrictYAML

/// Reads one policy value with all its versions.
struct ValueReader {
  let yaml: YAMLDocument
  let definitions: [String: PolicyValueDefinition]
  let documents: Set<String>
  /// The readings that may be cited; `nil` when their file has an error of its own.
  let interpretations: Set<String>?

  private static let keys = [
    "title", "identifier", "unit", "by", "values", "applies_on", "covered_since", "reviewed", "notes",
  ]

  private struct Versions {
    var list: [Dated<PolicyEntry.Content>.Version] = []
    var repeals: [CalendarDate: Citation] = [:]
    var nodes: [CalendarDate: YAMLNode] = [:]
  }

  /// Reads the file; `nil` when it cannot be used.
  mutating func read(covered: DateRange) -> PolicyEntry? {
    guard let map = yaml.mapping(yaml.root, keys: Self.keys, of: LocalizedText("政策值文件", "a policy value")) else {
      return nil
    }
    guard let definition = readDefinition(map) else { return nil }
    checkUnit(map, definition)
    let dimensions = readDimensions(map, definition)
    let contents = NodeReader(yaml: yaml, definition: definition, dimensions: dimensions)
    let versions = readVersions(map, contents)
    let events = PolicyValueDefinition.EventDate.allCases.map(\.rawValue)
    let appliesOn = map.required("applies_on").flatMap { _ in
      map.value("applies_on", Expected.word(events)) { PolicyValueDefinition.EventDate(rawValue: $0) }
    }
    let since = map.required("covered_since").flatMap { _ in
      map.value("covered_since", Expected.date) { CalendarDate($0) }
    }
    let reviewed = map.required("reviewed").flatMap { _ in
      map.value("reviewed", Expected.date) { CalendarDate($0) }
    }
    let title = map.requiredText("title")
    guard let appliesOn, let since, let reviewed, let title, let dated = Dated(versions.list) else { return nil }
    checkGaps(map, dated, since: since, covered: covered, versions)
    guard yaml.isSound else { return nil }
    return PolicyEntry(
      definition: definition, title: title, dimensions: dimensions.map(\.name), versions: dated,
      repeals: versions.repeals, appliesOn: appliesOn, coveredSince: since, reviewed: reviewed,
      notes: map.text("notes"), file: yaml.file)
  }

  // MARK: What the value is

  private func readDefinition(_ map: YAMLMapping) -> PolicyValueDefinition? {
    guard let identifier = map.requiredText("identifier") else { return nil }
    if let definition = definitions[identifier] { return definition }
    let guess = YAMLDocument.guess(identifier, among: definitions.keys, within: 6)
    let list = "Docs/Reference/policy-values.md"
    yaml.report(
      LocalizedText(
        "没有任何模块读取“\(identifier)”\(guess.chinese)全部标识见 \(list)",
        "nothing reads \"\(identifier)\"\(guess.english)all identifiers: \(list)"),
      at: map["identifier"])
    return nil
  }

  private func checkUnit(_ map: YAMLMapping, _ definition: PolicyValueDefinition) {
    guard let unit = map.requiredText("unit"), unit != definition.unit.word else { return }
    yaml.report(
      LocalizedText(
        "\(definition.identifier) 的单位应为 \(definition.unit.word)，文件写的是“\(unit)”",
        "the unit of \(definition.identifier) is \(definition.unit.word), not \"\(unit)\""),
      at: map["unit"])
  }

  private func readDimensions(_ map: YAMLMapping, _ definition: PolicyValueDefinition) -> [PolicyDimension] {
    guard let node = map.value("by"), let list = yaml.elements(node, of: LocalizedText("by", "by")) else { return [] }
    let allowed = definition.dimensions
    var found: [PolicyDimension] = []
    for element in list {
      guard let name = yaml.text(element, "by") else { continue }
      guard let place = allowed.firstIndex(where: { $0.name == name }) else {
        yaml.reportUnknown(name, at: element, keys: allowed.map(\.name), of: LocalizedText("by", "by"))
        continue
      }
      if let last = found.last, let before = allowed.firstIndex(of: last), before >= place {
        yaml.report(
          LocalizedText(
            "by 的顺序应为：\(allowed.map(\.name).joined(separator: ", "))",
            "the order of by must be: \(allowed.map(\.name).joined(separator: ", "))"),
          at: element)
      }
      found.append(allowed[place])
    }
    return found
  }

  // MARK: Versions

  private var citations: CitationReader {
    CitationReader(yaml: yaml, documents: documents, interpretations: interpretations)
  }

  private func readVersions(_ map: YAMLMapping, _ contents: NodeReader) -> Versions {
    var versions = Versions()
    let pairs = yaml.pairs(map.required("values"), of: LocalizedText("values", "values")) ?? []
    for pair in pairs {
      guard let day = CalendarDate(pair.name) else {
        yaml.report(
          LocalizedText(
            "生效日期“\(pair.name)”不对，应为\(Expected.date.chinese)",
            "the effective date \"\(pair.name)\" is wrong; expected \(Expected.date.english)"),
          at: pair.key)
        continue
      }
      versions.nodes[day] = pair.key
      guard let version = yaml.mapping(pair.value, keys: ["value", "source"], of: LocalizedText("一个版本", "a version")),
        let value = version.required("value"), let citation = citations.read(version)
      else { continue }
      if value.isNull {
        versions.repeals[day] = citation
        versions.list.append(.init(effective: day, value: nil))
      } else if let node = contents.read(value) {
        versions.list.append(.init(effective: day, value: .init(node: node, citation: citation)))
      }
    }
    if pairs.isEmpty { yaml.report(LocalizedText("没有任何版本", "there is no version"), at: map["values"]) }
    return versions
  }

  // MARK: Gaps

  private func checkGaps(
    _ map: YAMLMapping, _ dated: Dated<PolicyEntry.Content>, since: CalendarDate, covered: DateRange,
    _ versions: Versions
  ) {
    guard let first = dated.versions.first else { return }
    if since != first.effective {
      yaml.report(
        LocalizedText(
          "covered_since 为 \(since)，而第一个版本自 \(first.effective) 起：其间没有值，不得留空档",
          "covered_since is \(since), but the first version begins on \(first.effective): nothing is known in between"),
        at: map["covered_since"])
    }
    if since > covered.first && map.text("notes") == nil {
      yaml.report(
        LocalizedText(
          "本统筹区自 \(covered.first) 起覆盖，本值自 \(since) 才有；请补早期版本，或在 notes 中说明此前确无此项",
          "the region is covered from \(covered.first), this value from \(since): add the earlier version, or say why"
        ),
        at: map["covered_since"])
    }
    for (earlier, later) in zip(dated.versions, dated.versions.dropFirst()) {
      guard let before = earlier.value?.node, let after = later.value?.node else { continue }
      for missing in NodeReader.missingKeys(from: before, in: after) {
        yaml.report(
          LocalizedText(
            "自 \(later.effective) 起的版本缺少“\(missing)”，而前一版本有；取消的请写明 null，否则请补上",
            "the version of \(later.effective) lacks \"\(missing)\" of the one before; add it, or state null"
          ),
          at: versions.nodes[later.effective])
      }
    }
  }
}
