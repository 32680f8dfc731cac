/// Which sets each code is in.
///
/// Many codes are in the same sets; each such family is a class with one row of bits, so that the rows of an edition
/// with 40,000 codes and 1,000 sets fit a processor's cache. Exclusion tables are sets like the others: their members
/// are principal diagnoses.
struct MembershipTable: Hashable, Sendable {
  /// The class of codes that are in no set.
  static let outsider = 0
  /// The place that stands for no exclusion table.
  static let noTable = UInt16.max

  /// The class of each code number.
  let classOfCode: [UInt32]
  /// Words of 64 bits in a class's row.
  let wordsPerClass: Int
  /// The rows, one bit a set.
  let bits: [UInt64]
  /// The level of complication of each class, 0 for none.
  let levels: [UInt8]
  /// The exclusion table of each class's complication, or ``noTable``.
  let exclusions: [UInt16]

  var classCount: Int { levels.count }

  @inline(__always)
  func classNumber(of code: CodeNumber) -> Int { Int(classOfCode[Int(code.raw)]) }

  /// Whether the codes of a class are in a set.
  @inline(__always)
  func contains(_ classNumber: Int, in set: UInt16) -> Bool {
    bits[classNumber &* wordsPerClass &+ Int(set >> 6)] & (1 << UInt64(set & 63)) != 0
  }

  /// Whether a code is in a set.
  @inline(__always)
  func contains(_ code: CodeNumber, in set: UInt16) -> Bool { contains(classNumber(of: code), in: set) }
}
