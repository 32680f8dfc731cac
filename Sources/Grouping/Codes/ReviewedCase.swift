public import Kernel

/// A case whose codes have been read by one of the versions, once; its codes are those to group by.
///
/// Only ``CodeVersions`` makes it, and takes none: this is how "applied once" is kept.
public struct ReviewedCase: Hashable, Sendable {
  /// The case with the codes to group by.
  public let groupingCase: GroupingCase
  /// The version by which the codes were read.
  public let version: CodeVersion
  /// What there is to know about the codes, diagnoses first, in order of their places.
  public let findings: [CodeFinding]
  /// What was changed, in the same order; empty when the case was read by the national version.
  public let changes: [CodeChange]

  init(groupingCase: GroupingCase, version: CodeVersion, findings: [CodeFinding], changes: [CodeChange]) {
    self.groupingCase = groupingCase
    self.version = version
    self.findings = findings
    self.changes = changes
  }
}

/// A code that was replaced by its national counterpart.
public struct CodeChange: Hashable, Sendable {
  /// Diagnosis or procedure.
  public let family: CodeFamily
  /// The place in the list of the case, from 0.
  public let position: Int
  /// The clinical code, with its name in the clinical version.
  public let from: NamedCode
  /// The national code, with its name in the national version.
  public let to: NamedCode
  /// What the old code means in the national version; `nil` when that version does not have it.
  public let oldCodeInNationalVersion: String?

  init(_ standing: CodeStanding, to target: NamedCode, _ family: CodeFamily, at position: Int) {
    self.family = family
    self.position = position
    from = NamedCode(standing.code, standing.clinicalName ?? "")
    to = target
    oldCodeInNationalVersion = standing.nationalName
  }

  /// The change in words.
  public var message: LocalizedText {
    let other = oldCodeInNationalVersion
    let (chinese, english) = (
      other.map { "（医保版的 \(from.code) 是「\($0)」）" } ?? "",
      other.map { " (in the national version \(from.code) is \"\($0)\")" } ?? ""
    )
    return LocalizedText(
      "\(family.name.chinese)由临床版 \(from.text) 转为医保版 \(to.text)\(chinese)。",
      "The \(family.name.english) \(from.text) of the clinical version became \(to.text)\(english).")
  }
}
