public import Grouping
import Kernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What a city's edition changes in its base, as a folder: `manifest.json` of the result, the rows that come or take
/// the place of others in any of the six tables, and `removed.csv` with what goes.
///
/// `removed.csv` has the columns `sheet` (MDC, ADRG, DRG, 集合, CC, 排除表), `key` (the code, the set or the exclusion
/// table) and `code` (one code of a set, one principal diagnosis of an exclusion table; empty for the whole of it).
///
/// ```swift
/// let city = OverlayFolder("editions/city-changes").read().value
/// ```
public struct OverlayFolder: Sendable {
  /// The folder.
  public let path: String

  /// Names the folder; nothing is read yet.
  public init(_ path: String) { self.path = path }

  /// The name of the file with removals.
  public static let removals = "removed.csv"

  private static let columns = [
    CSVColumn("sheet", "工作表", isRequired: true), CSVColumn("key", "编码", "集合编号", isRequired: true),
    CSVColumn("code", "ICD编码"),
  ]

  /// Reads it; everything that is wrong is reported, and the folder is refused as a whole.
  public func read() -> FileReading<EditionOverlay> {
    let place = "\(path)/\(EditionForm.manifestFile)"
    let manifest: FileReading<ManifestFile>
    do throws(Diagnostic) {
      manifest = ManifestFile.read(try FileBytes.read(place), name: place)
    } catch { return .refused([error]) }
    guard let file = manifest.value else { return .refused(manifest.diagnostics) }
    var rows = EditionRows(file.manifest)
    for sheet in EditionSheet.allCases {
      let table = "\(path)/\(EditionForm.file(sheet))"
      guard access(table, F_OK) == 0 else { continue }
      do throws(Diagnostic) {
        rows.read(sheet, from: CSVReader(bytes: try FileBytes.read(table), name: table))
      } catch { rows.diagnostics.append(error) }
    }
    var diagnostics = manifest.diagnostics + rows.diagnostics
    let removed = readRemovals(&diagnostics)
    return FileReading(EditionOverlay(manifest: file.manifest, removed: removed, put: rows.tables), diagnostics)
  }

  private func readRemovals(_ diagnostics: inout [Diagnostic]) -> [EditionOverlay.Key] {
    let place = "\(path)/\(Self.removals)"
    guard access(place, F_OK) == 0 else { return [] }
    var keys: [EditionOverlay.Key] = []
    do throws(Diagnostic) {
      let reader = CSVReader(bytes: try FileBytes.read(place), name: place)
      reader.forEachRecord(Self.columns, diagnostics: &diagnostics) { record, diagnostics in
        let (sheet, key, code) = (
          EditionForm.oneLine(record[0]), EditionForm.oneLine(record[1]), EditionForm.oneLine(record[2])
        )
        guard let removal = Self.key(sheet, key, code) else {
          return diagnostics.append(
            Diagnostic(
              .error,
              LocalizedText(
                "应写工作表（MDC、ADRG、DRG、集合、CC、排除表）和编码；只有集合和排除表可以再写其中一个编码。",
                "write a sheet (MDC, ADRG, DRG, 集合, CC, 排除表) and a code; only sets and exclusion tables take a code of "
                  + "theirs."), file: place, line: record.line, excerpt: "\(sheet) | \(key) | \(code)"))
        }
        keys.append(removal)
      }
    } catch { diagnostics.append(error) }
    return keys
  }

  private static func key(_ sheet: String, _ key: String, _ code: String) -> EditionOverlay.Key? {
    guard !key.isEmpty, let sheet = EditionSheet(rawValue: sheet) else { return nil }
    switch (sheet, code.isEmpty) {
    case (.categories, true): return .category(key)
    case (.adjacentGroups, true): return .adjacentGroup(key)
    case (.groups, true): return .group(key)
    case (.complications, true): return .complication(key)
    case (.members, true): return .set(key)
    case (.members, false): return .member(set: key, code: code)
    case (.exclusions, true): return .exclusionTable(key)
    case (.exclusions, false): return .exclusion(table: key, principalDiagnosis: code)
    default: return nil
    }
  }
}
