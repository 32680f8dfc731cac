public import Grouping
public import Kernel

/// An edition or a catalogue as pages and commands ask it: the group of a case, the way to it, what else it could be.
public struct CaseGrouping: Sendable {
  /// What groups.
  public let engine: CaseGathering.Engine

  /// Wraps an engine.
  public init(_ engine: CaseGathering.Engine) { self.engine = engine }

  /// The edition's or catalogue's identifier.
  public var identifier: String {
    switch engine {
    case .drg(let grouper): grouper.edition.manifest.identifier
    case .dip(let grouper): grouper.catalogue.manifest.identifier
    }
  }

  /// What it is called.
  public var name: String {
    switch engine {
    case .drg(let grouper): grouper.edition.manifest.name
    case .dip(let grouper): grouper.catalogue.manifest.name
    }
  }

  /// Whether it is a catalogue of DIP; an edition of DRG otherwise.
  public var isDIP: Bool {
    switch engine {
    case .drg: false
    case .dip: true
    }
  }

  /// The group of a case.
  public struct Answer: Hashable, Sendable {
    /// The code as contracts name it; empty when no group took the case.
    public let code: String
    /// What the edition reports: the group, or what stands where it would.
    public let reported: String
    /// The group's name, where the edition states one.
    public let name: String
    /// What became of the case.
    public let status: LocalizedText
    /// The way to the group, one thing a line, in order.
    public let lines: [LocalizedText]
  }

  /// The group of a case, with the way to it.
  public func answer(_ unit: GroupingCase) -> Answer {
    switch engine {
    case .drg(let grouper):
      let trace = grouper.explain(unit)
      let (chinese, english) = (Self.lines(trace, .chinese), Self.lines(trace, .english))
      return Answer(
        code: Self.code(trace.result), reported: trace.result.code, name: trace.decisive.last?.name ?? "",
        status: trace.result.reason.text, lines: zip(chinese, english).map { LocalizedText($0, $1) })
    case .dip(let grouper):
      let explanation = grouper.explain(unit)
      let grouping = explanation.grouping
      return Answer(
        code: grouping.code, reported: grouping.code, name: grouping.name, status: grouping.status.message,
        lines: explanation.lines(grouper.catalogue))
    }
  }

  /// One change of a case and what it would make of the group.
  public struct Variation: Hashable, Sendable {
    /// What is changed.
    public let title: LocalizedText
    /// The case as changed.
    public let changed: GroupingCase
    /// What the edition reports for it.
    public let reported: String
    /// Whether that is another group than before.
    public let isOther: Bool
    /// Why.
    public let reason: LocalizedText
  }

  /// What another first code, or the loss of each code, would make of the group.
  public func variations(of unit: GroupingCase) -> [Variation] {
    switch engine {
    case .drg(let grouper):
      let stated = grouper.explain(unit)
      return unit.possibleChanges.map { change in
        let changed = unit.changed(by: change)
        let trace = grouper.explain(changed)
        return Variation(
          title: change.title, changed: changed, reported: trace.result.code,
          isOther: trace.result.difference(from: stated.result) != nil, reason: trace.reason(insteadOf: stated))
      }
    case .dip(let grouper):
      let stated = grouper.group(unit)
      return grouper.variations(of: unit).map { variation in
        Variation(
          title: variation.change.title, changed: variation.changed, reported: variation.grouping.code,
          isOther: variation.grouping.code != stated.code,
          reason: variation.grouping.code == stated.code
            ? LocalizedText("组不变", "the group stays")
            : grouper.explain(variation.changed).reason(grouper.catalogue))
      }
    }
  }

  /// The code that contracts know: groups and ambiguous groups; the adjacent group alone pays nothing.
  static func code(_ result: GroupingResult) -> String {
    switch result.status {
    case .grouped, .ambiguous: result.code
    case .ungrouped, .adjacentGroupOnly, .invalidInput: ""
    }
  }

  private static func lines(_ trace: GroupingTrace, _ language: Language) -> [String] {
    trace.text(language).split(separator: "\n").map(String.init)
  }
}

extension DIPVariation.Change {
  /// The change for people.
  public var title: LocalizedText {
    switch self {
    case .principal(let code): LocalizedText("主要诊断改为 \(code)", "principal diagnosis \(code)")
    case .mainProcedure(let code): LocalizedText("主要手术操作改为 \(code)", "main procedure \(code)")
    case .withoutDiagnosis(let code), .withoutProcedure(let code): LocalizedText("去掉 \(code)", "without \(code)")
    }
  }
}
