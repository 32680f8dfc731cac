import ArgumentParser
import Kernel
import Policy
import Settlement

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
    snapshot.values.sorted { $0.key < $1.key }.map { identifier, value in
      Row(
        identifier: identifier, title: value.entry.title, content: Self.lines(value.node, value.entry.definition.unit),
        effective: "\(value.effective)", region: value.region, source: source(value))
    }
  }

  private func source(_ value: PolicySnapshot.Value) -> String {
    let since = Terminal.say(language, "自 \(value.effective) 起", "since \(value.effective)")
    switch value.citation {
    case .document(let name, let clause):
      return "\(book.documents[name]?.title ?? name) \(clause) · \(since) · \(value.region)"
    case .interpretation(let name):
      return Terminal.say(language, "释义 \(name)", "interpretation \(name)") + " · \(since) · \(value.region)"
    }
  }

  /// A content as one line for each key.
  static func lines(_ node: PolicyNode, _ unit: PolicyUnit, path: String = "") -> [String] {
    guard case .table(let table) = node else { return [path + text(node, unit)] }
    return table.sorted { $0.key < $1.key }.flatMap { key, content in
      lines(content, unit, path: path.isEmpty ? "\(key): " : "\(path.dropLast(2)) · \(key): ")
    }
  }

  private static func text(_ node: PolicyNode, _ unit: PolicyUnit) -> String {
    switch node {
    case .amount(let amount): "\(amount.yuan) 元"
    case .rate(let rate): rate.percent
    case .number(let number): "\(number) \(unit.word)"
    case .flag(let flag): flag ? "yes" : "no"
    case .choice(let word): word
    case .choices(let words): words.joined(separator: ", ")
    case .monthDay(let day): "\(day.month)-\(day.day)"
    case .bands(let bands):
      bands.count == 1
        ? bands[0].rate.percent : bands.map { ">\($0.above.yuan) \($0.rate.percent)" }.joined(separator: "  ")
    case .table: ""
    }
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
