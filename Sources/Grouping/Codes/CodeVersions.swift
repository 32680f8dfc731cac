/// The code tables of both families, by which the codes of cases are checked and, when asked, converted.
///
/// A case goes through once: ``checked(_:)`` reads its codes by the national version and changes nothing,
/// ``converted(_:)`` reads them by the clinical version and puts the national counterparts in their places. Both give a
/// ``ReviewedCase``, which neither takes again: a code converted twice would be another disease.
///
/// ```swift
/// let coded = versions.converted(GroupingCase(diagnoses: ["A19.000x001"]))
/// print(coded.groupingCase.diagnoses, coded.changes.map(\.message.chinese))
/// ```
public struct CodeVersions: Sendable {
  /// Diagnoses.
  public let diagnoses: CodeVersionTable
  /// Procedures.
  public let procedures: CodeVersionTable

  /// Puts two tables together.
  public init(diagnoses: CodeVersionTable, procedures: CodeVersionTable) {
    precondition(diagnoses.family == .diagnosis && procedures.family == .procedure, "the tables are exchanged")
    self.diagnoses = diagnoses
    self.procedures = procedures
  }

  /// Whether the clinical version of either family is known, so that converting means something.
  public var knowsClinicalVersion: Bool { diagnoses.clinicalCount > 0 || procedures.clinicalCount > 0 }

  /// Reads a case by the national version; its codes stay as they are.
  public func checked(_ groupingCase: GroupingCase) -> ReviewedCase {
    var findings: [CodeFinding] = []
    check(groupingCase.diagnoses, in: diagnoses, &findings)
    check(groupingCase.procedures, in: procedures, &findings)
    return ReviewedCase(groupingCase: groupingCase, version: .national, findings: findings, changes: [])
  }

  /// Reads a case by the clinical version and replaces its codes by their national counterparts, all at once.
  ///
  /// A family whose clinical table is not known is read by the national version. Codes that come out alike stay, each
  /// in its place.
  public func converted(_ groupingCase: GroupingCase) -> ReviewedCase {
    var (result, findings, changes) = (groupingCase, [CodeFinding](), [CodeChange]())
    convert(&result.diagnoses, in: diagnoses, &findings, &changes)
    convert(&result.procedures, in: procedures, &findings, &changes)
    return ReviewedCase(groupingCase: result, version: .clinical, findings: findings, changes: changes)
  }

  private func check(_ codes: [String], in table: CodeVersionTable, _ findings: inout [CodeFinding]) {
    // An empty code says that the place is not filled, which is the grouper's business.
    for (position, code) in codes.enumerated() where !code.isEmpty {
      let marks = table.marks(of: code)
      if marks.contains(.national), marks.isDisjoint(with: [.grey, .moved]) { continue }
      let author = CodeFinding.Author(table: table, position: position, code: code)
      guard marks.contains(.national) else {
        findings.append(author.finding(marks.isEmpty ? .unknown : .clinicalOnly))
        continue
      }
      if marks.contains(.moved) { findings.append(author.finding(.meansSomethingElse)) }
      if marks.contains(.grey) { findings.append(author.finding(position == 0 ? .greyFirst : .grey)) }
    }
  }

  private func convert(
    _ codes: inout [String], in table: CodeVersionTable, _ findings: inout [CodeFinding],
    _ changes: inout [CodeChange]
  ) {
    if table.clinicalCount == 0 { return check(codes, in: table, &findings) }
    for (position, code) in codes.enumerated() where !code.isEmpty {
      let author = CodeFinding.Author(table: table, position: position, code: code)
      guard let standing = table[code] else {
        findings.append(author.finding(.unknown))
        continue
      }
      var grouped = author
      if standing.clinicalName == nil {
        findings.append(author.finding(.nationalOnly))
      } else if let counterpart = standing.counterpart {
        if counterpart.code != code {
          codes[position] = counterpart.code
          changes.append(CodeChange(standing, to: counterpart, table.family, at: position))
          grouped = CodeFinding.Author(table: table, position: position, code: counterpart.code)
        }
      } else {
        findings.append(author.finding(.withoutCounterpart))
      }
      if table.marks(of: grouped.code).contains(.grey) {
        findings.append(grouped.finding(position == 0 ? .greyFirst : .grey))
      }
    }
  }
}
