import Kernel

/// Whether the codes of an edition stand in a code standard.
enum StandardCheck {
  static func check(_ draft: EditionDraft, against known: KnownCodes) -> [EditionFinding] {
    var findings: [EditionFinding] = []
    for member in draft.members {
      let isKnown =
        if member.set.hasPrefix("DI") {
          known.diagnoses.contains(member.code)
        } else if member.set.hasPrefix("OP") {
          known.procedures.contains(member.code)
        } else {
          known.diagnoses.contains(member.code) || known.procedures.contains(member.code)
        }
      if !isKnown { findings.append(unknown(.members, member.row, "\(member.set) \(member.code)")) }
    }
    for row in draft.complications where !known.diagnoses.contains(row.code) {
      findings.append(unknown(.complications, row.row, row.code))
    }
    for row in draft.exclusions where !known.diagnoses.contains(row.principalDiagnosis) {
      findings.append(unknown(.exclusions, row.row, "\(row.table) \(row.principalDiagnosis)"))
    }
    return findings
  }

  private static func unknown(_ sheet: EditionSheet, _ row: Int, _ code: String) -> EditionFinding {
    EditionFinding(
      .warning, .codeNotInStandard, sheet, row: row, excerpt: code,
      LocalizedText("编码标准中没有：\(code)；请核对编码及其版本。", "not in the code standard: \(code); check the code and its version."))
  }
}
