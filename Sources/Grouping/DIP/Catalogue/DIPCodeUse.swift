import Catalog
import Kernel

/// Looks the codes of a catalogue up in the code standards, and at the lengths that the manifest allows.
struct DIPCodeUse {
  private(set) var findings: [DIPFinding] = []
  private let catalogue: DIPCatalogue
  /// Every beginning of every diagnosis of the standard.
  private let diagnoses: Set<PackedCode>?
  private let procedures: Set<PackedCode>?

  init(_ catalogue: DIPCatalogue, diagnoses: Catalog.CodeTable?, procedures: Catalog.CodeTable?) {
    self.catalogue = catalogue
    self.diagnoses = diagnoses.map { table in
      var known: Set<PackedCode> = []
      for entry in table.entries {
        guard let code = PackedCode(entry.code, .diagnosis) else { continue }
        for length in 3...max(code.length, 3) { known.insert(code.prefix(length)) }
      }
      return known
    }
    self.procedures = procedures.map { Set($0.entries.compactMap { PackedCode($0.code, .procedure) }) }
    for row in catalogue.groups { look(at: row) }
    for row in catalogue.restrictions {
      look(up: row.code, .procedure, .restrictions, nil, row.row, .code)
    }
    for row in catalogue.rejects { look(up: row.code, .diagnosis, .rejects, nil, row.row, .code) }
    for row in catalogue.primaryCare {
      look(up: row.principal, .diagnosis, .primaryCare, nil, row.row, .principal)
      look(up: row.mainProcedure, .procedure, .primaryCare, nil, row.row, .mainProcedure)
    }
  }

  private mutating func look(at row: DIPCatalogue.GroupRow) {
    guard let sheet = DIPSheet(row.layer) else { return }
    for (text, column) in [
      (row.principal, DIPFinding.Column.principal), (row.diagnoses, .diagnoses),
      (row.otherDiagnoses, .otherDiagnoses),
    ] {
      look(up: text, .diagnosis, sheet, row.layer, row.row, column)
    }
    for (text, column) in [
      (row.mainProcedure, DIPFinding.Column.mainProcedure), (row.relatedProcedures, .relatedProcedures),
      (row.procedures, .procedures),
    ] {
      look(up: text, .procedure, sheet, row.layer, row.row, column)
    }
    checkLengths(row, sheet)
  }

  private mutating func checkLengths(_ row: DIPCatalogue.GroupRow, _ sheet: DIPSheet) {
    let allowed = catalogue.manifest.diagnosisLengths
    guard !allowed.isEmpty, let cell = try? DIPCell(row.principal, of: .diagnosis, comma: catalogue.manifest.comma)
    else { return }
    for term in cell.alternatives.flatMap({ $0.flatMap { $0 } }) {
      let length = term.first.length
      if length == 0 || allowed.contains(length) { continue }
      let code = term.first.text(.diagnosis)
      let lengths = allowed.map { "\($0)" }.joined(separator: ", ")
      findings.append(
        DIPFinding(
          .unusualLength, sheet, layer: row.layer, row: row.row, .principal,
          LocalizedText(
            "「\(code)」有 \(length) 位，方案说明只允许 \(lengths) 位（不计点号）。",
            "\"\(code)\" has \(length) characters; the manifest allows \(lengths), the point not counted."),
          excerpt: code))
    }
  }

  private mutating func look(
    up text: String, _ subject: DIPCell.Subject, _ sheet: DIPSheet, _ layer: DIPLayer?, _ row: Int,
    _ column: DIPFinding.Column
  ) {
    guard let known = subject == .diagnosis ? diagnoses : procedures,
      let cell = try? DIPCell(text, of: subject, comma: catalogue.manifest.comma)
    else { return }
    let form: PackedCode.Form = subject == .diagnosis ? .diagnosis : .procedure
    var missing: [String] = []
    for term in cell.alternatives.flatMap({ $0.flatMap { $0 } }) where term.first != .empty {
      if !term.prefixes.contains(where: known.contains) { missing.append(term.first.text(form)) }
    }
    guard !missing.isEmpty else { return }
    let codes = missing.prefix(5).joined(separator: " ")
    findings.append(
      DIPFinding(
        .unknownCode, sheet, layer: layer, row: row, column,
        LocalizedText(
          "编码标准中没有：\(codes)\(missing.count > 5 ? " 等 \(missing.count) 个" : "")。",
          "not in the code standard: \(codes)\(missing.count > 5 ? " and \(missing.count - 5) more" : "")."),
        excerpt: codes))
  }
}
