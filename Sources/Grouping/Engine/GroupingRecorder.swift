/// Hears of every rule that is asked.
protocol GroupingRecorder {
  /// Whether rules that cannot hold are asked as well, so that the recorder hears why they do not.
  static var hearsEveryRule: Bool { get }

  /// Evaluation begins; again, when another procedure is taken as the only one.
  mutating func begin(onlyProcedure: Int?)

  /// A rule was followed to its end: ``RuleTable/accept`` or the step that rejected the case.
  mutating func followed(_ rule: Int, to end: Int32)
}

/// Hears nothing and costs nothing.
struct SilentRecorder: GroupingRecorder {
  static var hearsEveryRule: Bool { false }
  @inline(__always) mutating func begin(onlyProcedure: Int?) {}
  @inline(__always) mutating func followed(_ rule: Int, to end: Int32) {}
}
