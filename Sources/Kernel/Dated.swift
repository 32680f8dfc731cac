/// A value that changes over time: each version holds from its effective date until the next one begins.
///
/// `nil` as a version ends the value ("repealed"), which is not the same as a date before the first version
/// ("not covered").
public struct Dated<Value: Sendable>: Sendable {
  /// One version of the value.
  public struct Version: Sendable {
    /// The first day on which the version is in force.
    public let effective: CalendarDate
    /// The value, or `nil` when it is repealed from this day on.
    public let value: Value?

    /// Makes a version.
    public init(effective: CalendarDate, value: Value?) {
      self.effective = effective
      self.value = value
    }
  }

  /// What a dated value says of one day.
  public enum Lookup: Sendable {
    /// In force, by this version.
    case inForce(Version, Value)
    /// Repealed since this version.
    case repealed(Version)
    /// Earlier than the first version: nothing is known.
    case notCovered
  }

  /// The versions in order of time, no two on one day.
  public let versions: [Version]

  /// Makes a dated value, or `nil` when there is no version or two begin on the same day.
  public init?(_ versions: [Version]) {
    let sorted = versions.sorted { $0.effective < $1.effective }
    guard !sorted.isEmpty, zip(sorted, sorted.dropFirst()).allSatisfy({ $0.effective < $1.effective }) else {
      return nil
    }
    self.versions = sorted
  }

  /// What holds on a day.
  public func lookup(on day: CalendarDate) -> Lookup {
    guard let version = versions.last(where: { $0.effective <= day }) else { return .notCovered }
    guard let value = version.value else { return .repealed(version) }
    return .inForce(version, value)
  }
}
