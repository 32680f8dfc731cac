public import Kernel

extension GroupingResult {
  /// The highest level on which two results differ: the category, else the adjacent group, else the group; `nil` when
  /// they are the same.
  ///
  /// Whether a case is ungrouped for one reason or another makes no difference, nor does the code that an edition has
  /// for cases without a group.
  ///
  /// ```swift
  /// grouper.group(changed).difference(from: grouper.group(stated))   // .group: ER11 became ER15
  /// ```
  public func difference(from other: GroupingResult) -> GroupingTrace.Level? {
    if category != other.category { return .category }
    if adjacentGroup != other.adjacentGroup { return .adjacentGroup }
    return group == other.group ? nil : .group
  }
}

extension GroupingTrace.Level {
  /// The level as a word of files and JSON.
  public var word: String { rawValue.lowercased() }
}

extension GroupingTrace.Level: Comparable {
  /// Higher levels first: categories before adjacent groups before groups.
  public static func < (left: GroupingTrace.Level, right: GroupingTrace.Level) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .category: 0
    case .adjacentGroup: 1
    case .group: 2
    }
  }
}

extension GroupingTrace {
  /// Why a changed case has another group than before: the first rule on the way to the former group that holds no
  /// longer, and what decides now.
  ///
  /// - Parameter before: the trace of the case as stated, under the same edition.
  public func reason(insteadOf before: GroupingTrace) -> LocalizedText {
    guard result.difference(from: before.result) != nil else {
      return result.reason == before.result.reason
        ? LocalizedText("组不变", "the group stays") : result.reason.text
    }
    let parts = [lostRule(of: before), decidingRule].compactMap { $0 }
    if parts.isEmpty { return result.reason.text }
    return LocalizedText(
      parts.map(\.chinese).joined(separator: "；"), parts.map(\.english).joined(separator: "; "))
  }

  /// The rule for people that holds no longer; `nil` when an earlier rule takes the case before it is asked.
  private func lostRule(of before: GroupingTrace) -> LocalizedText? {
    let steps = attempts.last?.steps ?? []
    for known in before.decisive {
      guard let step = steps.first(where: { $0.level == known.level && $0.code == known.code }) else { return nil }
      if !step.held { return step.text("不再成立", "holds no longer") }
    }
    return nil
  }

  /// The narrowest rule with a condition that took the case, for people; why none did, when none did.
  private var decidingRule: LocalizedText? {
    guard result.status == .grouped || result.status == .ambiguous else { return result.reason.text }
    return decisive.last { !$0.conditions.isEmpty }?.text("成立", "holds")
  }
}

extension GroupingTrace.Step {
  /// The rule with what the case has of its conditions.
  func text(_ chinese: String, _ english: String) -> LocalizedText {
    let notes = (
      conditions.map { "\($0.rule)（\($0.note.chinese)）" }.joined(separator: "，"),
      conditions.map { "\($0.rule) (\($0.note.english))" }.joined(separator: ", ")
    )
    return LocalizedText("\(code) \(chinese)：\(notes.0)", "\(code) \(english): \(notes.1)")
  }
}
