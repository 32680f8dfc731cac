import Kernel

/// Takes down the steps of a calculation, or does not.
protocol StepRecorder {
  /// Takes down a step.
  mutating func record(_ step: @autoclosure () -> TraceStep<StepCode>)
  /// Takes down how a line was split.
  mutating func record(line: Int, _ share: @autoclosure () -> LineShare)
}

/// Takes down everything.
struct TraceRecorder: StepRecorder {
  private(set) var steps: [TraceStep<StepCode>] = []
  private(set) var lineShares: [LineShare]

  init(lineCount: Int) {
    lineShares = Array(repeating: LineShare(), count: lineCount)
    steps.reserveCapacity(lineCount + 16)
  }

  mutating func record(_ step: @autoclosure () -> TraceStep<StepCode>) { steps.append(step()) }

  mutating func record(line: Int, _ share: @autoclosure () -> LineShare) { lineShares[line] = share() }
}

/// Takes down nothing, at no cost.
struct SilentRecorder: StepRecorder {
  @inline(__always)
  mutating func record(_ step: @autoclosure () -> TraceStep<StepCode>) {}

  @inline(__always)
  mutating func record(line: Int, _ share: @autoclosure () -> LineShare) {}
}
