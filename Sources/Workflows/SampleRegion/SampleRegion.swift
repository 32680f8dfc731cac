import Kernel
import People

/// A made-up pooling region of any size and one year of its life, the same for the same seed on every machine.
///
/// Persons, households, institutions and visits follow from their numbers alone, so that nothing has to be kept and ten
/// million people take no more memory than ten thousand. Frequencies and prices are plausible and nobody's.
///
/// ```swift
/// let region = SampleRegion(people: 20_000, year: 2025, seed: 1)
/// ```
public struct SampleRegion: Sendable {
  /// The fewest people that a region may have.
  public static let leastPeople = 100
  /// The most people: more would share certificate numbers.
  public static let mostPeople = 20_000_000

  /// How many people live there.
  public let people: Int
  /// The year.
  public let year: Int
  /// What everything is drawn from.
  public let seed: UInt64
  /// The institutions.
  public let institutions: SampleInstitutions

  /// Makes a region.
  ///
  /// - Precondition: ``leastPeople`` to ``mostPeople`` people.
  public init(people: Int, year: Int, seed: UInt64) {
    precondition((Self.leastPeople...Self.mostPeople).contains(people), "no sample region has \(people) people")
    (self.people, self.year, self.seed) = (people, year, seed)
    institutions = SampleInstitutions(people: people)
  }

  /// The code of the pooling region.
  public static let code = SampleRegister.region

  /// The year, whole.
  var days: DateRange {
    guard let days = DateRange(day(1, 1), day(12, 31)) else { preconditionFailure("a year ends before it begins") }
    return days
  }

  /// A day of the year; beyond the month's last it is the last.
  func day(_ month: Int, _ day: Int) -> CalendarDate {
    for last in [day, 30, 29, 28] {
      if let date = CalendarDate(year: year, month: month, day: min(day, last)) { return date }
    }
    preconditionFailure("\(year) has no month \(month)")
  }
}
