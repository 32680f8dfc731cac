/// One way in which a row takes a case: every clause must hold.
///
/// A row whose cells have alternatives has several.
struct DIPArm: Sendable {
  /// The position of the row in the catalogue's list of groups.
  var row: Int32
  var layer: DIPLayer
  /// The kind of treatment that the case must have, for composite groups.
  var treatment: DIPTreatment?
  /// Whether the case must have no procedure that counts.
  var isConservative = false
  /// Whether the tuberculosis must be resistant, or must not be.
  var resistant: Bool?
  var hasAgeDays = false
  var hasBirthWeight = false
  var ageDays = Bounds()
  var birthWeight = Bounds()
  /// One of these bits must be among the bits of the case's procedures; all ones when no procedure is asked for.
  var bits: UInt64 = .max
  /// The clauses, as positions in the index.
  var clauses: Range<Int32> = 0..<0
  /// How many procedures the case must have.
  var procedureCount: Int32 = 0

  struct Bounds: Hashable, Sendable {
    var lower = Int32.min
    var upper = Int32.max

    init() {}

    init(_ range: DIPNumberRange) {
      lower = range.lower.map { Int32(clamping: $0) } ?? .min
      upper = range.upper.map { Int32(clamping: $0) } ?? .max
    }

    @inline(__always)
    func contains(_ number: Int?) -> Bool {
      guard let number else { return false }
      return number >= Int(lower) && number <= Int(upper)
    }

    func covers(_ other: Bounds) -> Bool { lower <= other.lower && other.upper <= upper }
  }

  /// Where a clause looks for one of its codes.
  enum Place: UInt8, Hashable, Sendable {
    case mainProcedure, relatedProcedures, procedures, otherDiagnoses, diagnoses
  }

  /// One of several codes at one place.
  struct Clause: Hashable, Sendable {
    var place: Place
    /// The codes, as positions in the index; for diagnoses they are beginnings.
    var keys: Range<Int32>
  }
}

/// Why a row does not take a case whose principal diagnosis it names; numbers never change.
public enum DIPMiss: UInt8, Hashable, Sendable, CaseIterable, Codable {
  /// It takes the case.
  case none = 0
  /// The kind of treatment is another one.
  case treatment = 1
  /// The row is for conservative cases, and the case has a procedure that counts.
  case hasProcedure = 2
  /// The main procedure is none of the row's.
  case mainProcedure = 3
  /// None of the other procedures is one of the row's.
  case relatedProcedures = 4
  /// A procedure that the row asks for is not among the case's.
  case procedures = 5
  /// None of the other diagnoses is one of the row's.
  case otherDiagnoses = 6
  /// None of the diagnoses is one of the row's.
  case diagnoses = 7
  /// The age in days is outside the row's range, or not stated.
  case ageDays = 8
  /// The birth weight is outside the row's range, or not stated.
  case birthWeight = 9
  /// The row is for resistant tuberculosis.
  case notResistant = 10
  /// The row is for tuberculosis that is not resistant.
  case isResistant = 11
}
