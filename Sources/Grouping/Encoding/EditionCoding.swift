public import Kernel

/// Why bytes are no compiled edition.
public enum EditionCodingError: Error, Hashable, Sendable {
  /// The bytes begin as no compiled edition does.
  case notAnEdition
  /// Written by another version of the program; compile the edition again.
  case otherFormat(UInt32)
  /// Cut off or changed since they were written; compile the edition again.
  case damaged

  /// What is wrong and what to do.
  public var text: LocalizedText {
    switch self {
    case .notAnEdition:
      LocalizedText("不是已编译的分组方案文件", "this is no compiled edition")
    case .otherFormat(let found):
      LocalizedText(
        "已编译分组方案的格式版本为 \(found)，本程序使用 \(Edition.format)；请重新编译",
        "the compiled edition has format \(found), this program uses \(Edition.format); compile it again")
    case .damaged:
      LocalizedText("已编译的分组方案文件不完整或已损坏；请重新编译", "the compiled edition is cut off or damaged; compile it again")
    }
  }
}

extension Edition {
  /// The version of the byte form; grows whenever the form or the meaning of what is compiled changes.
  public static let format: UInt32 = 1

  static let mark: [UInt8] = Array("YIBAODRG".utf8)

  /// The compiled edition as bytes, the same on every machine, to be kept and loaded instead of compiling again.
  public func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.bytes = Self.mark
    writer.append(Self.format)
    encode(manifest, into: &writer)
    writer.append(parts.codes.bytes)
    writer.append(parts.codes.ends)
    writer.append(parts.memberships.classOfCode)
    writer.append(UInt32(parts.memberships.wordsPerClass))
    writer.append(parts.memberships.bits)
    writer.append(parts.memberships.levels)
    writer.append(parts.memberships.exclusions)
    writer.append(parts.setNames)
    encode(parts.rules, into: &writer)
    encode(parts.tree, into: &writer)
    writer.append(parts.candidates.byPrincipalDiagnosis)
    writer.append(parts.candidates.byMainProcedure)
    writer.append(Checksum.of(writer.bytes.span))
    return writer.bytes
  }

  /// Reads a compiled edition.
  ///
  /// - Throws: ``EditionCodingError`` when the bytes are not what ``encoded()`` of this version wrote.
  public init(encoded: [UInt8]) throws(EditionCodingError) {
    guard encoded.starts(with: Self.mark) else { throw .notAnEdition }
    var reader = ByteReader(encoded, at: Self.mark.count)
    let format = try reader.number(UInt32.self)
    guard format == Self.format else { throw .otherFormat(format) }
    guard encoded.count >= 20 else { throw .damaged }
    let body = encoded.count - 8
    var tail = ByteReader(encoded, at: body)
    guard try tail.number(UInt64.self) == Checksum.of(encoded.span.extracting(0..<body)) else { throw .damaged }
    self = try Edition(reading: &reader)
    guard reader.position == body else { throw .damaged }
  }

  private init(reading reader: inout ByteReader) throws(EditionCodingError) {
    let manifest = try Self.manifest(from: &reader)
    let bytes = try reader.numbers(UInt8.self)
    let ends = try reader.numbers(UInt32.self)
    guard let codes = CodeIndex(bytes: bytes, ends: ends, matching: manifest.codeMatching) else { throw .damaged }
    let classOfCode = try reader.numbers(UInt32.self)
    let words = Int(try reader.number(UInt32.self))
    let memberships = MembershipTable(
      classOfCode: classOfCode, wordsPerClass: words, bits: try reader.numbers(UInt64.self),
      levels: try reader.numbers(UInt8.self), exclusions: try reader.numbers(UInt16.self))
    let setNames = try reader.texts()
    let rules = try Self.rules(from: &reader)
    let tree = try Self.tree(from: &reader)
    let candidates = CandidateIndex(
      categoryCount: tree.categories.count, adjacentCount: tree.adjacentGroups.count,
      byPrincipalDiagnosis: try reader.numbers(UInt64.self), byMainProcedure: try reader.numbers(UInt64.self))
    parts = EditionParts(
      manifest: manifest, codes: codes, memberships: memberships, setNames: setNames, rules: rules, tree: tree,
      candidates: candidates)
    guard parts.isCoherent else { throw .damaged }
  }
}

extension EditionParts {
  /// Whether every place that a table names exists, so that no case can lead outside.
  fileprivate var isCoherent: Bool {
    memberships.isCoherent(codes: codes.count, sets: setNames.count)
      && rules.isCoherent(sets: setNames.count, rules: tree.ruleCount) && tree.isCoherent
      && candidates.byPrincipalDiagnosis.count == candidates.wordsPerClass * memberships.classCount
      && candidates.byMainProcedure.count == candidates.wordsPerClass * memberships.classCount
  }
}

extension MembershipTable {
  fileprivate func isCoherent(codes: Int, sets: Int) -> Bool {
    let words = wordsPerClass
    return classOfCode.count == codes + CodeIndex.reserved && words > 0 && words * 64 >= sets
      && levels.count == exclusions.count && classCount > 0 && bits.count == classCount * words
      && classOfCode.allSatisfy { $0 < classCount }
      && exclusions.allSatisfy { $0 == Self.noTable || $0 < sets }
  }
}

extension RuleTable {
  fileprivate func isCoherent(sets: Int, rules: Int) -> Bool {
    let isForward = steps.enumerated().allSatisfy { place, step in
      [step.onTrue, step.onFalse].allSatisfy {
        $0 == Self.accept || $0 == Self.reject || $0 > place && $0 < steps.count
      }
    }
    return isForward && steps.allSatisfy { $0.test < tests.count && $0.firstCharacter <= $0.endCharacter }
      && entries.count == rules && entries.allSatisfy { $0 == Self.accept || $0 >= 0 && $0 < steps.count }
      && setLists.allSatisfy { $0 < sets }
      && tests.allSatisfy { Int($0.firstSet) + Int($0.setCount) <= setLists.count }
  }
}

extension GroupTree {
  /// Whether the ranges lie inside and the parents are those that name them.
  fileprivate var isCoherent: Bool {
    categories.allSatisfy { category in
      category.adjacentGroups.upperBound <= adjacentGroups.count
        && category.fallback.map { $0 < adjacentGroups.count } ?? true
    }
      && adjacentGroups.allSatisfy { $0.category < categories.count && $0.groups.upperBound <= groups.count }
      && groups.allSatisfy { $0.adjacentGroup < adjacentGroups.count }
  }
}
