public import Grouping
import Kernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Writes an edition as a folder of six CSV files and a manifest with their SHA-256.
///
/// The same tables give the same bytes.
public enum EditionFolder {
  /// Writes the folder, which is made when it is not there; each file replaces its former self only when it is
  /// complete, the manifest last.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when a file cannot be written.
  public static func write(_ tables: EditionTables, to path: String) throws {
    if mkdir(path, 0o755) != 0, errno != EEXIST {
      throw systemDiagnostic("不能建立目录", "cannot make the folder", path: path)
    }
    var file = ManifestFile(manifest: tables.manifest)
    for sheet in EditionSheet.allCases {
      let name = EditionForm.file(sheet)
      let rows = rows(of: sheet, in: tables)
      let titles = EditionForm.columns(sheet).map { $0.names[0] }
      let bytes = CSVWriter.bytes(of: [titles] + rows)
      try FileBytes.write(bytes, to: "\(path)/\(name)")
      file.files[name] = ManifestFile.TableDigest(rows: rows.count, sha256: FileBytes.sha256(bytes))
    }
    try FileBytes.write(file.encoded(), to: "\(path)/\(EditionForm.manifestFile)")
  }

  /// The cells of a table in the order of its columns.
  private static func rows(of sheet: EditionSheet, in tables: EditionTables) -> [[String]] {
    switch sheet {
    case .categories: tables.categories.map { [$0.code, $0.name, $0.rule, "\($0.order)"] }
    case .adjacentGroups: tables.adjacentGroups.map { [$0.code, $0.name, $0.rule, $0.category, "\($0.order)"] }
    case .groups: tables.groups.map { [$0.code, $0.name, $0.adjacentGroup, $0.rule, "\($0.order)"] }
    case .members: tables.members.map { [$0.set, $0.code] }
    case .complications: tables.complications.map { [$0.code, $0.level, $0.exclusionTable] }
    case .exclusions: tables.exclusions.map { [$0.principalDiagnosis, $0.table] }
    }
  }
}
