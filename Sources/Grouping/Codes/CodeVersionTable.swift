/// The codes of one family in both versions: what a code means in each, its counterpart, and whether it is grey.
///
/// Looking a code up is one search in a hash table; everything else is read by position.
public struct CodeVersionTable: Sendable {
  /// The family.
  public let family: CodeFamily
  /// How many codes the national version has.
  public let nationalCount: Int
  /// How many codes the clinical version has; 0 when its table was not given.
  public let clinicalCount: Int

  private var positions: [String: UInt32] = [:]
  private var codes: [String] = []
  private var marks: [Marks] = []
  private var nationalNames: [String] = []
  private var clinicalNames: [String] = []
  private var counterparts: [UInt32] = []
  /// Positions in the order of the codes' bytes, to find the codes that begin with a text.
  private var sorted: [UInt32] = []

  private static let none = UInt32.max

  /// What is known of a code, as bits.
  struct Marks: OptionSet {
    let rawValue: UInt8
    static let national = Marks(rawValue: 1)
    static let clinical = Marks(rawValue: 2)
    static let grey = Marks(rawValue: 4)
    /// The clinical version's code has another counterpart than itself.
    static let moved = Marks(rawValue: 8)
  }

  /// Makes a table.
  ///
  /// A code given twice keeps its first name. Counterparts are kept only from a clinical to a national code, and
  /// grey marks only on national codes; whoever reads files reports the others.
  ///
  /// - Parameters:
  ///   - family: diagnoses or procedures.
  ///   - national: the national version.
  ///   - clinical: the clinical version.
  ///   - counterparts: clinical code → national code.
  ///   - grey: national codes that cannot stand first (灰码).
  public init(
    _ family: CodeFamily, national: [NamedCode], clinical: [NamedCode] = [], counterparts: [String: String] = [:],
    grey: [String] = []
  ) {
    self.family = family
    nationalCount = Set(national.map(\.code)).count
    clinicalCount = Set(clinical.map(\.code)).count
    positions.reserveCapacity(national.count + clinical.count / 8)
    for entry in national { place(entry, .national) }
    for entry in clinical { place(entry, .clinical) }
    for code in grey {
      if let position = positions[code], marks[Int(position)].contains(.national) {
        marks[Int(position)].insert(.grey)
      }
    }
    for (code, target) in counterparts {
      guard let from = positions[code], marks[Int(from)].contains(.clinical), let to = positions[target],
        marks[Int(to)].contains(.national)
      else { continue }
      counterpart(of: from, is: to)
    }
    sorted = codes.indices.map { UInt32($0) }
    let codes = self.codes
    sorted.sort { codes[Int($0)].utf8.lexicographicallyPrecedes(codes[Int($1)].utf8) }
  }

  /// What is known of a code, compared as written; `nil` when neither version has it.
  public subscript(code: String) -> CodeStanding? {
    positions[code].map { standing(at: $0) }
  }

  /// The codes of both versions that begin with a text, in order; at most `limit`, none when the text is empty.
  public func codes(beginningWith text: String, limit: Int) -> [CodeStanding] {
    if text.isEmpty { return [] }
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      let precedes = codes[Int(sorted[middle])].utf8.lexicographicallyPrecedes(text.utf8)
      (low, high) = precedes ? (middle + 1, high) : (low, middle)
    }
    let found = sorted[low...].prefix { codes[Int($0)].utf8.starts(with: text.utf8) }.prefix(limit)
    return found.map { standing(at: $0) }
  }

  /// Every code of either version, in order.
  public var all: some Sequence<CodeStanding> { sorted.lazy.map { self.standing(at: $0) } }

  /// The bits of a code; empty when neither version has it.
  func marks(of code: String) -> Marks { positions[code].map { marks[Int($0)] } ?? [] }

  private mutating func place(_ entry: NamedCode, _ version: Marks) {
    let next = UInt32(codes.count)
    let position = Int(positions[entry.code] ?? next)
    if position == codes.count {
      positions[entry.code] = next
      codes.append(entry.code)
      marks.append([])
      nationalNames.append("")
      clinicalNames.append("")
      counterparts.append(Self.none)
    }
    if marks[position].contains(version) { return }
    marks[position].insert(version)
    if version == .national { nationalNames[position] = entry.name } else { clinicalNames[position] = entry.name }
  }

  private mutating func counterpart(of from: UInt32, is target: UInt32) {
    counterparts[Int(from)] = target
    if from != target { marks[Int(from)].insert(.moved) }
  }

  private func standing(at index: UInt32) -> CodeStanding {
    let position = Int(index)
    let (mark, target) = (marks[position], counterparts[position])
    return CodeStanding(
      code: codes[position],
      nationalName: mark.contains(.national) ? nationalNames[position] : nil,
      clinicalName: mark.contains(.clinical) ? clinicalNames[position] : nil,
      counterpart: target == Self.none ? nil : NamedCode(codes[Int(target)], nationalNames[Int(target)]),
      isGrey: mark.contains(.grey))
  }
}

/// What is known of a code.
public struct CodeStanding: Hashable, Sendable {
  /// The code.
  public let code: String
  /// Its name in the national version; `nil` when that version does not have it.
  public let nationalName: String?
  /// Its name in the clinical version; `nil` when that version does not have it.
  public let clinicalName: String?
  /// The national code that stands for it when it was written by the clinical version.
  public let counterpart: NamedCode?
  /// Whether it is a grey code (灰码): valid, but never first.
  public let isGrey: Bool

  /// Whether both versions have the code and the clinical one means another national code by it.
  public var meansSomethingElse: Bool {
    guard nationalName != nil, let counterpart else { return false }
    return counterpart.code != code
  }
}
