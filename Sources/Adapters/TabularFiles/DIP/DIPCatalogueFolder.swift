public import Grouping
public import Kernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A DIP catalogue as a folder: `manifest.csv` with the switches, and one CSV file for each table that it has.
///
/// Columns may bear the names of the published sheets (主要诊断编码, 主要手术操作编码, 说明, …) or English ones. A folder
/// is read as a whole or refused with everything that is wrong, each with its file and line.
public enum DIPCatalogueFolder {
  /// The file of the switches.
  public static let manifestName = "manifest.csv"

  /// Reads a folder.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - isChecked: whether what ``Grouping/DIPChecker`` finds is among the diagnostics; its errors refuse the folder.
  public static func read(_ path: String, isChecked: Bool = true) -> FileReading<DIPCatalogue> {
    var diagnostics: [Diagnostic] = []
    guard let manifest = DIPManifestFile.read(CSVReader(path: "\(path)/\(manifestName)"), &diagnostics) else {
      return .refused(diagnostics)
    }
    var catalogue = DIPCatalogue(manifest: manifest)
    for table in DIPTable.allCases where access("\(path)/\(table.fileName)", F_OK) == 0 {
      let reader = CSVReader(path: "\(path)/\(table.fileName)")
      if let layer = table.layer {
        catalogue.groups += DIPGroupFile.read(reader, layer, &diagnostics)
      } else {
        DIPListFile.read(reader, table, into: &catalogue, &diagnostics)
      }
    }
    if isChecked, !diagnostics.contains(where: { $0.severity == .error }) {
      diagnostics += DIPChecker(catalogue).check().map { diagnostic($0, in: path) }
    }
    return FileReading(catalogue, diagnostics)
  }

  /// A finding about a catalogue as a diagnostic about its folder.
  public static func diagnostic(_ finding: DIPFinding, in path: String) -> Diagnostic {
    let column = finding.column?.title
    let message = LocalizedText(
      (column.map { "\($0.chinese)：" } ?? "") + finding.message.chinese,
      (column.map { "\($0.english): " } ?? "") + finding.message.english)
    return Diagnostic(
      finding.isError ? .error : .warning, message,
      file: "\(path)/\(DIPTable(finding)?.fileName ?? manifestName)", line: finding.row > 0 ? finding.row : nil,
      excerpt: finding.excerpt.isEmpty ? nil : finding.excerpt)
  }

  /// Writes a folder, which is made when it is not there; tables that the catalogue does not have are taken away.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when a file cannot be written.
  public static func write(_ catalogue: DIPCatalogue, to path: String) throws {
    if mkdir(path, 0o755) != 0, errno != EEXIST {
      throw systemDiagnostic("不能建目录", "cannot make the folder", path: path)
    }
    try CSVWriter.write(to: "\(path)/\(manifestName)") { writer in
      for row in DIPManifestFile.rows(catalogue.manifest) { try writer.append(row) }
    }
    for table in DIPTable.allCases {
      let file = "\(path)/\(table.fileName)"
      let rows =
        table.layer.map { DIPGroupFile.rows(catalogue, $0) } ?? DIPListFile.rows(catalogue, table)
      guard rows.count > 1 else {
        if unlink(file) != 0, errno != ENOENT { throw systemDiagnostic("不能删文件", "cannot remove", path: file) }
        continue
      }
      try CSVWriter.write(to: file) { writer in
        for row in rows { try writer.append(row) }
      }
    }
  }
}
