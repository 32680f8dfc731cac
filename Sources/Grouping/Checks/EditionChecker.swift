/// Checks a draft: every finding about it, in the order of the sheets.
enum EditionChecker {
  static func findings(of draft: EditionDraft, knownCodes: KnownCodes?) -> [EditionFinding] {
    var findings = draft.findings + RowCheck.check(draft) + SetCheck.check(draft)
    // Rows that did not read would look unreachable or childless.
    if !draft.hasErrors { findings += ReachCheck.check(draft) }
    if let knownCodes { findings += StandardCheck.check(draft, against: knownCodes) }
    let sheets = EditionSheet.allCases
    func place(_ finding: EditionFinding) -> (Int, Int, Int) {
      (sheets.firstIndex(of: finding.sheet) ?? 0, finding.row ?? 0, finding.column ?? 0)
    }
    return findings.map { (place($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
