import Crypto
public import Grouping
public import Kernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An edition of CHS-DRG in files: a folder of six CSV files with `manifest.json`, or the official workbook (`.xlsx`).
///
/// A folder's manifest may hold the SHA-256 of each table, which is then checked. A workbook has no manifest: it is
/// read with the switches of the national form, or with a manifest given beside it. Everything that is wrong is
/// reported with file, line and column, and the edition is refused as a whole.
///
/// ```swift
/// let tables = EditionFile("editions/chs_drg_11").read().value
/// ```
public struct EditionFile: Sendable {
  /// The folder or workbook.
  public let path: String
  /// A manifest that stands elsewhere; it takes the place of the folder's own.
  public let manifest: String?
  /// Switches that take the place of the manifest's.
  public let changes: EditionChanges

  /// Names an edition; nothing is read yet.
  public init(_ path: String, manifest: String? = nil, changes: EditionChanges = EditionChanges()) {
    self.path = path
    self.manifest = manifest
    self.changes = changes
  }

  /// Reads the six tables.
  public func read() -> FileReading<EditionTables> {
    isFolder ? readFolder() : readWorkbook()
  }

  /// The file that a table stands in, for diagnostics.
  public func place(of sheet: EditionSheet) -> String {
    isFolder ? "\(path)/\(EditionForm.file(sheet))" : Workbook.place(path, sheet.rawValue)
  }

  private var isFolder: Bool {
    var state = stat()
    return stat(path, &state) == 0 && state.st_mode & S_IFMT == S_IFDIR
  }

  private var manifestPath: String? { manifest ?? (isFolder ? "\(path)/\(EditionForm.manifestFile)" : nil) }

  private func readManifest(_ diagnostics: inout [Diagnostic]) -> ManifestFile? {
    guard let path = manifestPath else {
      let file = self.path.split(separator: "/").last.map(String.init) ?? self.path
      let identifier = file.split(separator: ".").first.map(String.init) ?? file
      return ManifestFile(manifest: EditionManifest(identifier: identifier, name: identifier, source: file))
    }
    do throws(Diagnostic) {
      let reading = ManifestFile.read(try FileBytes.read(path), name: path)
      diagnostics += reading.diagnostics
      return reading.value
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  private func readFolder() -> FileReading<EditionTables> {
    var diagnostics: [Diagnostic] = []
    guard let manifest = readManifest(&diagnostics) else { return .refused(diagnostics) }
    var rows = EditionRows(changes.applied(to: manifest.manifest))
    for sheet in EditionSheet.allCases {
      let place = place(of: sheet)
      do throws(Diagnostic) {
        let bytes = try FileBytes.read(place)
        rows.read(sheet, from: CSVReader(bytes: bytes, name: place))
        let expected = manifest.files[EditionForm.file(sheet)]?.sha256
        if let expected, expected != FileBytes.sha256(bytes) { rows.diagnostics.append(Self.changed(place)) }
      } catch {
        rows.diagnostics.append(error)
      }
    }
    return FileReading(rows.tables, diagnostics + rows.diagnostics)
  }

  private static func changed(_ place: String) -> Diagnostic {
    Diagnostic(
      .error,
      LocalizedText(
        "内容与清单中的 SHA-256 不符；若是有意修改，请从清单的 files 中删去此文件的条目，或重新导入。",
        "differs from the SHA-256 in the manifest; if the change is meant, take the file's entry out of \"files\" "
          + "in the manifest, or import again."),
      file: place)
  }

  private func readWorkbook() -> FileReading<EditionTables> {
    var diagnostics: [Diagnostic] = []
    guard let manifest = readManifest(&diagnostics) else { return .refused(diagnostics) }
    do throws(Diagnostic) {
      let workbook = try Workbook(path: path)
      var rows = EditionRows(changes.applied(to: manifest.manifest))
      for sheet in EditionSheet.allCases {
        if let name = workbook.sheetNames.first(where: { EditionForm.isSheet($0, sheet) }) {
          rows.read(sheet, from: WorkbookSheet(workbook, name))
        } else {
          let known = workbook.sheetNames.joined(separator: "、")
          diagnostics.append(
            Diagnostic(
              .error,
              LocalizedText(
                "缺少工作表「\(sheet.rawValue)」，现有：\(known)。",
                "the sheet \"\(sheet.rawValue)\" is missing; the workbook has: \(known)."), file: path))
        }
      }
      return FileReading(rows.tables, diagnostics + rows.diagnostics)
    } catch {
      return .refused(diagnostics + [error])
    }
  }

  /// A digest of everything that decides how cases are grouped: the tables' and the manifest's bytes and the changes.
  ///
  /// - Parameter salt: what else decides, such as the version of the compiled form.
  /// - Throws: a ``Kernel/Diagnostic`` when a file cannot be read.
  public func contentHash(salt: String) throws(Diagnostic) -> String {
    var digest = SHA256()
    func add(_ name: String, _ bytes: [UInt8]) {
      digest.update(data: Array("\(name) \(bytes.count)\n".utf8))
      digest.update(data: bytes)
    }
    add("salt", Array(salt.utf8))
    add("changes", Array(changes.text.utf8))
    if let manifestPath { add("manifest", try FileBytes.read(manifestPath)) }
    if isFolder {
      for sheet in EditionSheet.allCases { add(EditionForm.file(sheet), try FileBytes.read(place(of: sheet))) }
    } else {
      // The name counts: without a manifest it is the edition's identifier.
      add(manifestPath == nil ? path : "workbook", try FileBytes.read(path))
    }
    return FileBytes.hexadecimal(digest.finalize())
  }
}

/// Switches of an edition that a user sets beside its manifest; what is `nil` stays as it is.
public struct EditionChanges: Hashable, Sendable {
  /// The identifier.
  public var identifier: String?
  /// The name.
  public var name: String?
  /// The region.
  public var region: String?
  /// What happens when no group of an adjacent group fits.
  public var groupMiss: EditionManifest.GroupMiss?
  /// Whether grouping goes on with the next category.
  public var categoryFallThrough: Bool?
  /// Whether the rows `xQY` are evaluated.
  public var ambiguousGroup: Bool?
  /// Whether an ungrouped case is tried again with each other procedure.
  public var retriesOtherProcedures: Bool?
  /// How codes are looked up.
  public var codeMatching: EditionManifest.CodeMatching?

  /// Changes nothing.
  public init() {}

  func applied(to manifest: EditionManifest) -> EditionManifest {
    var changed = manifest
    changed.identifier = identifier ?? manifest.identifier
    changed.name = name ?? manifest.name
    changed.region = region ?? manifest.region
    changed.groupMiss = groupMiss ?? manifest.groupMiss
    changed.categoryFallThrough = categoryFallThrough ?? manifest.categoryFallThrough
    changed.ambiguousGroup = ambiguousGroup ?? manifest.ambiguousGroup
    changed.retriesOtherProcedures = retriesOtherProcedures ?? manifest.retriesOtherProcedures
    changed.codeMatching = codeMatching ?? manifest.codeMatching
    return changed
  }

  /// The changes as a text that differs when they do.
  var text: String {
    [
      identifier, name, region, groupMiss?.rawValue, categoryFallThrough.map { "\($0)" },
      ambiguousGroup.map { "\($0)" }, retriesOtherProcedures.map { "\($0)" }, codeMatching?.rawValue,
    ].map { $0.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: " ")
  }
}
