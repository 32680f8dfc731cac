/// Every rule that was asked of one case and how it ended, four bytes each; to be filled again and again.
///
/// Text is made of it only when somebody wants to read it: ``Grouper/trace(_:of:)``.
public struct CodedTrace: Sendable {
  struct Step: Hashable, Sendable {
    /// The end of a rule that held.
    static let held = UInt16.max

    var rule: UInt16
    /// The step of the rule that rejected the case, or ``held``.
    var end: UInt16
  }

  struct Attempt: Hashable, Sendable {
    /// The place of the procedure that was taken as the only one; `nil` for the case as stated.
    var onlyProcedure: Int?
    var firstStep: Int
  }

  /// The result.
  public internal(set) var result = CodedResult(.noPrincipalDiagnosis)
  private(set) var steps: [Step] = []
  private(set) var attempts: [Attempt] = []

  /// Makes an empty trace.
  public init() {}

  /// How many rules were asked.
  public var ruleCount: Int { steps.count }

  mutating func clear() {
    steps.removeAll(keepingCapacity: true)
    attempts.removeAll(keepingCapacity: true)
  }

  func steps(of attempt: Int) -> ArraySlice<Step> {
    let end = attempt + 1 < attempts.count ? attempts[attempt + 1].firstStep : steps.count
    return steps[attempts[attempt].firstStep..<end]
  }
}

extension CodedTrace: GroupingRecorder {
  static var hearsEveryRule: Bool { true }

  mutating func begin(onlyProcedure: Int?) {
    attempts.append(Attempt(onlyProcedure: onlyProcedure, firstStep: steps.count))
  }

  @inline(__always)
  mutating func followed(_ rule: Int, to end: Int32) {
    let end = end == RuleTable.accept ? Step.held : UInt16(truncatingIfNeeded: end)
    steps.append(Step(rule: UInt16(truncatingIfNeeded: rule), end: end))
  }
}

extension Grouper {
  /// Groups a case in numbers and records every rule that was asked, those that could not hold included.
  public func group(_ coded: CodedCase, recording trace: inout CodedTrace) -> CodedResult {
    trace.clear()
    trace.result = evaluate(coded, &trace)
    return trace.result
  }

  /// Groups a case and explains the result.
  public func explain(_ groupingCase: GroupingCase) -> GroupingTrace {
    var trace = CodedTrace()
    _ = group(edition.coded(groupingCase), recording: &trace)
    return self.trace(trace, of: groupingCase)
  }

  /// The recorded trace of a case in words that can be read.
  public func trace(_ trace: CodedTrace, of groupingCase: GroupingCase) -> GroupingTrace {
    TraceReading(edition, groupingCase).trace(trace)
  }
}
