import ArgumentParser
import Kernel
import Policy
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
      Row(
        identifier: identifier, title: value.entry.name[language],
        content: Self.words.lines(value.node, of: value.entry).map { $0.text[language] },
        effective: "\(value.effective)", region: value.region, source: source(value),
        trust: sources.trust(value.citation)?.rawValue, file: value.entry.file)
    }
  }

  private func source(_ value: PolicySnapshot.Value) -> String {
    let since = Terminal.say(language, "自 \(value.effective) 起", "since \(value.effective)")
    return "\(CitationWords(book).text(value.citation)[language]) · \(since) · \(value.region)"
  }

  private static let words = PolicyWords(.asWritten)

  /// What differs between two snapshots.
  func changes(_ before: PolicySnapshot, _ after: PolicySnapshot) -> [Change] {
    PolicyChange.between(before, after).map { change in
      let lines = change.lines(Self.words)
      return Change(
        identifier: change.identifier, title: change.title[language], before: lines.before.map { $0[language] },
        after: lines.after.map { $0[language] }, source: change.after.map(source))
    }
  }
}
