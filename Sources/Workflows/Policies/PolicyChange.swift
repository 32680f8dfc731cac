public import Kernel
public import Policy

/// A policy value whose content is another one in a second snapshot: of another day, or of another region.
public struct PolicyChange: Sendable {
  /// The value's identifier.
  public let identifier: String
  /// What holds in the first snapshot; `nil` when it states nothing.
  public let before: PolicySnapshot.Value?
  /// What holds in the second snapshot; `nil` when it states nothing.
  public let after: PolicySnapshot.Value?

  /// What differs between two snapshots, by identifier; documents alone make no difference.
  public static func between(_ before: PolicySnapshot, _ after: PolicySnapshot) -> [PolicyChange] {
    Set(before.values.keys).union(after.values.keys).sorted().compactMap { identifier in
      let (gone, come) = (before[identifier], after[identifier])
      guard gone?.node != come?.node || gone?.entry.dimensions != come?.entry.dimensions else { return nil }
      return PolicyChange(identifier: identifier, before: gone, after: come)
    }
  }

  /// What the value is called.
  public var title: LocalizedText {
    guard let entry = (after ?? before)?.entry else { return LocalizedText(identifier, identifier) }
    return entry.name
  }

  /// The lines of the content that the other side has not, in both directions.
  public func lines(_ words: PolicyWords) -> (before: [LocalizedText], after: [LocalizedText]) {
    let gone = before.map { words.lines($0.node, of: $0.entry).map(\.text) } ?? []
    let come = after.map { words.lines($0.node, of: $0.entry).map(\.text) } ?? []
    return (gone.filter { !come.contains($0) }, come.filter { !gone.contains($0) })
  }
}

extension PolicyEntry {
  /// What the value is called: the file's title, and the definition's in English.
  public var name: LocalizedText { LocalizedText(title, definition.title.english) }
}

extension SourceDocument.Trust {
  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .official: LocalizedText("官方原文", "official text")
    case .secondary: LocalizedText("转述", "press or professional text")
    case .unverified: LocalizedText("未核对", "unverified")
    case .sample: LocalizedText("示例", "sample")
    }
  }
}
