import ArgumentParser
import Kernel
import Policy
import Settlement
import Workflows

/// Policy values as text.
struct PolicyPrinter {
  /// One value in force.
  struct Row: Encodable {
    let identifier: String
    let title: String
    let content: [String]
    let effective: String
    let region: String
    let source: String
    let trust: String?
    let file: String
  }

  /// One difference.
  struct Change: Encodable {
    let identifier: String
    let title: String
    let before: [String]
    let after: [String]
    let source: String?
  }

  let language: Language
  let book: PolicyBook

  /// The policy of a day; a refusal is printed and ends the command with code 1.
  func snapshot(region: String, on day: CalendarDate) throws -> PolicySnapshot {
    do throws(PolicyRefusal) {
      return try book.snapshot(region: region, dates: EventDates(on: day))
    } catch {
      Terminal.error(error.message[language])
      throw ExitCode(1)
    }
  }

  /// All values of a snapshot, by identifier.
  func rows(_ snapshot: PolicySnapshot) -> [Row] {
    let sources = CitationWords(book)
    return snapshot.values.sorted { $0.key < $1.key }.map { identifier, value in
      let definition = value.entry.definition
      let since = Terminal.say(language, "自 \(value.effective) 起", "since \(value.effective)")
      return Row(
        identifier: identifier,
        title: Terminal.say(language, value.entry.title, definition.title.english),
        content: lines(value.node, definition), effective: "\(value.effective)", region: value.region,
        source: "\(sources.text(value.citation)[language]) · \(since) · \(value.region)",
        trust: sources.trust(value.citation)?.rawValue, file: value.entry.file)
    }
  }

  /// A content as one line for each key; keys stand as files write them.
  private func lines(_ node: PolicyNode, _ definition: PolicyValueDefinition, path: String = "") -> [String] {
    guard case .table(let table) = node else { return [path + text(node, definition)] }
    return table.sorted { $0.key < $1.key }.flatMap { key, content in
      lines(content, definition, path: path.isEmpty ? "\(key): " : "\(path.dropLast(2)) · \(key): ")
    }
  }

  private func text(_ node: PolicyNode, _ definition: PolicyValueDefinition) -> String {
    switch node {
    case .amount(let amount): amount.yuan + Terminal.say(language, " 元", " yuan")
    case .rate(let rate): definition.unit == .points ? points(rate, definition) : rate.percent
    case .number(let number): "\(number) \(unit(definition.unit.word))"
    case .flag(let flag): Terminal.say(language, flag ? "是" : "否", flag ? "yes" : "no")
    case .choice(let word): word
    case .choices(let words): words.joined(separator: ", ")
    case .monthDay(let day): "\(day.month)-\(day.day)"
    case .bands(let bands):
      bands.count == 1
        ? bands[0].rate.percent : bands.map { ">\($0.above.yuan) \($0.rate.percent)" }.joined(separator: "  ")
    case .table: ""
    }
  }

  /// Percentage points; those that are added to a rate carry their sign, a reduction or a gap has none.
  private func points(_ rate: Rate, _ definition: PolicyValueDefinition) -> String {
    let isAdded = definition.identifier.hasSuffix("_points") && rate > .zero
    let number = (isAdded ? "+" : "") + rate.percent.dropLast()
    return number + Terminal.say(language, " 个百分点", " percentage points")
  }

  private func unit(_ word: String) -> String {
    guard language == .chinese else { return word }
    return ["months": "个月", "days": "天", "years": "年", "times": "倍"][word] ?? word
  }

  /// What differs between two lists of values.
  static func changes(_ before: [Row], _ after: [Row]) -> [Change] {
    let old = Dictionary(before.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
    let new = Dictionary(after.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
    return Set(old.keys).union(new.keys).sorted().compactMap { identifier in
      let (earlier, later) = (old[identifier], new[identifier])
      let (gone, come) = (earlier?.content ?? [], later?.content ?? [])
      guard gone != come else { return nil }
      return Change(
        identifier: identifier, title: later?.title ?? earlier?.title ?? "",
        before: gone.filter { !come.contains($0) }, after: come.filter { !gone.contains($0) },
        source: later?.source)
    }
  }
}
