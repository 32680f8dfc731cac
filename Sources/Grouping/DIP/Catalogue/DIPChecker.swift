public import Catalog
import Kernel

/// Says what is wrong with a DIP catalogue: cells that do not read, header rows taken for data, rows that say nothing,
/// rows that no case can reach, codes that the code standard does not have.
///
/// ```swift
/// let findings = DIPChecker(catalogue).check()
/// let isUsable = !findings.contains(where: \.isError)
/// ```
public struct DIPChecker {
  private let catalogue: DIPCatalogue
  private let diagnoses: Catalog.CodeTable?
  private let procedures: Catalog.CodeTable?

  /// Makes a checker.
  ///
  /// - Parameters:
  ///   - catalogue: what to check.
  ///   - diagnoses: the standard of diagnoses, when codes are to be looked up.
  ///   - procedures: the standard of procedures, when codes are to be looked up.
  public init(_ catalogue: DIPCatalogue, diagnoses: Catalog.CodeTable? = nil, procedures: Catalog.CodeTable? = nil) {
    self.catalogue = catalogue
    self.diagnoses = diagnoses
    self.procedures = procedures
  }

  /// Everything that is wrong, in order of tables and rows.
  public func check() -> [DIPFinding] {
    var sane = catalogue
    var findings = strangeRows(&sane)
    var compiler = DIPCompiler(sane)
    let (groups, _) = compiler.compile()
    var lists = DIPListReader(sane)
    lists.read()
    findings += compiler.findings + lists.findings
    let unusable = Set(findings.filter(\.isError).map { Place($0.layer, $0.row) })
    findings += repeated(sane)
    findings += DIPShadows(sane, groups, lists).findings.filter { !unusable.contains(Place($0.layer, $0.row)) }
    findings += DIPCodeUse(sane, diagnoses: diagnoses, procedures: procedures).findings
    let sheets = Dictionary(uniqueKeysWithValues: DIPSheet.allCases.enumerated().map { ($1, $0) })
    return findings.sorted {
      ($0.isError ? 0 : 1, sheets[$0.sheet] ?? 0, $0.row, $0.fault.rawValue)
        < ($1.isError ? 0 : 1, sheets[$1.sheet] ?? 0, $1.row, $1.fault.rawValue)
    }
  }

  private struct Place: Hashable {
    var layer: DIPLayer?
    var row: Int

    init(_ layer: DIPLayer?, _ row: Int) {
      self.layer = layer
      self.row = row
    }
  }

  /// Rows that are no groups: headers, empty ones, those without a code, those of layers that are not asked.
  ///
  /// They are taken out, so that they are reported once.
  private func strangeRows(_ sane: inout DIPCatalogue) -> [DIPFinding] {
    var findings: [DIPFinding] = []
    sane.groups.removeAll { row in
      guard let sheet = DIPSheet(row.layer) else { return true }
      let cells = [
        row.principal, row.diagnoses, row.otherDiagnoses, row.mainProcedure, row.relatedProcedures, row.procedures,
        row.ageDays, row.birthWeight, row.resistant,
      ]
      func report(_ fault: DIPFinding.Fault, _ column: DIPFinding.Column?, _ chinese: String, _ english: String) {
        findings.append(
          DIPFinding(
            fault, sheet, layer: row.layer, row: row.row, column, LocalizedText(chinese, english), excerpt: row.code))
      }
      if (cells + [row.code, row.name]).contains(where: DIPHeaderWords.isHeader) {
        report(.headerAsData, nil, "这是列名行，不是病种；请删除。", "this is a header, not a group; delete the row.")
        return true
      }
      if cells.allSatisfy(\.isEmpty) {
        report(.emptyRow, nil, "没有任何入组条件，会接收所有病例。", "the row has no condition; it would take every case.")
        return true
      }
      if row.code.isEmpty { report(.missingCode, .code, "病种编码为空。", "the code of the group is empty.") }
      if !catalogue.manifest.layers.contains(row.layer) {
        report(
          .layerNotInForce, nil, "方案说明 layers 未列入「\(row.layer.word)」，本行不起作用。",
          "the manifest's layers do not name \"\(row.layer.word)\"; the row has no effect.")
      }
      return row.code.isEmpty
    }
    return findings
  }

  /// Codes that stand twice in one list.
  private func repeated(_ sane: DIPCatalogue) -> [DIPFinding] {
    var findings: [DIPFinding] = []
    func scan(_ rows: [(code: String, row: Int)], _ sheet: DIPSheet) {
      var first: [String: Int] = [:]
      for (code, row) in rows where !code.isEmpty {
        guard let earlier = first.updateValue(row, forKey: DIPListReader.plain(code)) else { continue }
        first[DIPListReader.plain(code)] = earlier
        findings.append(
          DIPFinding(
            .duplicateCode, sheet, row: row, .code,
            LocalizedText("「\(code)」与第 \(earlier) 行重复。", "\"\(code)\" repeats row \(earlier)."), excerpt: code))
      }
    }
    scan(sane.rejects.map { ($0.code, $0.row) }, .rejects)
    scan(sane.restrictions.map { ($0.code, $0.row) }, .restrictions)
    scan(sane.resistant.map { ($0.code, $0.row) }, .resistant)
    scan(sane.classes.map { ($0.code, $0.row) }, .classes)
    for layer in DIPLayer.allCases {
      guard let sheet = DIPSheet(layer) else { continue }
      scan(sane.groups.filter { $0.layer == layer }.map { ($0.code, $0.row) }, sheet)
    }
    return findings
  }
}
