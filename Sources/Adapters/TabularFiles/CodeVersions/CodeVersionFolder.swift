public import Grouping
import Kernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads the code tables of both families from a folder.
///
/// Files are known by their names, `.dat` or `.csv`; others are left alone:
///
/// | file | holds |
/// |---|---|
/// | `icd10-nhsa-2.0`, `icd9cm3-nhsa-2.0` | the national version; needed |
/// | `icd10-nhsa-2.0-grey`, … | its grey codes |
/// | `icd10-clinical-2.0`, `icd9cm3-clinical-3.0` | the clinical version |
/// | `icd10-clinical-2.0-to-nhsa-2.0`, … | clinical code → national code; needed with the clinical version |
public enum CodeVersionFolder {
  /// Reads a folder.
  ///
  /// - Parameter path: the folder.
  /// - Returns: the tables, or everything that keeps them from being used; oddities that do not are warnings.
  public static func read(_ path: String) -> FileReading<CodeVersions> {
    guard let names = fileNames(path) else {
      return .refused([systemDiagnostic("打不开文件夹", "cannot open the folder", path: path)])
    }
    var diagnostics: [Diagnostic] = []
    let tables = CodeFamily.allCases.map { family in
      table(family, Files(family, names, path, &diagnostics), path, &diagnostics)
    }
    if diagnostics.contains(where: { $0.severity == .error }) { return .refused(diagnostics) }
    return .accepted(CodeVersions(diagnoses: tables[0], procedures: tables[1]), warnings: diagnostics)
  }

  private static func table(
    _ family: CodeFamily, _ files: Files, _ folder: String, _ diagnostics: inout [Diagnostic]
  ) -> CodeVersionTable {
    guard let nationalPath = files[.national] else {
      diagnostics.append(
        CodeVersionFile.report(
          "缺少医保版\(family.name.chinese)编码表，文件名应如 \(Files.prefix(family))-nhsa-2.0.dat。",
          "the table of national \(family.name.english) codes is missing; its name is like "
            + "\(Files.prefix(family))-nhsa-2.0.dat.", folder))
      return CodeVersionTable(family, national: [])
    }
    let national = values(CodeVersionFile.codes(nationalPath), &diagnostics)
    let clinical = files[.clinical].map { values(CodeVersionFile.codes($0), &diagnostics) } ?? []
    let nationalCodes = Set(national.map(\.value.code))
    var counterparts: [String: String] = [:]
    switch (files[.clinical], files[.mapping]) {
    case (nil, nil): break
    case (.some, .some(let path)):
      let pairs = values(CodeVersionFile.pairs(path), &diagnostics)
      counterparts = kept(pairs, clinical, nationalCodes, path, &diagnostics)
    case (.some(let path), nil), (nil, .some(let path)):
      diagnostics.append(
        CodeVersionFile.report(
          "临床版编码表和对照表须一起给出，缺少另一个。",
          "the clinical version and its mapping belong together; the other one is missing.", path))
    }
    var grey: [String] = []
    if let path = files[.grey] {
      let read = values(CodeVersionFile.greyCodes(path), &diagnostics)
      let strange = read.filter { !nationalCodes.contains($0.value) }
      warn(
        strange.map { ($0.value, $0.line) }, "灰码不在医保版编码表中", "grey codes are not in the national version", path,
        &diagnostics)
      grey = read.map(\.value)
    }
    return CodeVersionTable(
      family, national: national.map(\.value), clinical: clinical.map(\.value), counterparts: counterparts, grey: grey)
  }

  /// The pairs that can be used; those that cannot are told with the first of each kind.
  private static func kept(
    _ pairs: [CodeVersionFile.Entry<CodeVersionFile.Pair>], _ clinical: [CodeVersionFile.Entry<NamedCode>],
    _ national: Set<String>, _ path: String, _ diagnostics: inout [Diagnostic]
  ) -> [String: String] {
    let known = Set(clinical.map(\.value.code))
    var counterparts: [String: String] = [:]
    var (strangers, missing) = ([(String, Int)](), [(String, Int)]())
    for pair in pairs {
      if !known.contains(pair.value.clinical) {
        strangers.append((pair.value.clinical, pair.line))
      } else if national.contains(pair.value.national) {
        counterparts[pair.value.clinical] = pair.value.national
      } else if !pair.value.national.isEmpty {
        missing.append(("\(pair.value.clinical) → \(pair.value.national)", pair.line))
      }
    }
    let mapped = Set(pairs.map(\.value.clinical))
    let unmapped = clinical.filter { !mapped.contains($0.value.code) }.map { ($0.value.code, $0.line) }
    warn(
      strangers, "对照行的临床版编码不在临床版编码表中", "mapped codes are not in the clinical version", path, &diagnostics)
    warn(missing, "对照行的医保版编码不在医保版编码表中", "counterparts are not in the national version", path, &diagnostics)
    warn(unmapped, "临床版编码没有对照行", "clinical codes are not mapped", path, line: false, &diagnostics)
    return counterparts
  }

  private static func warn(
    _ found: [(text: String, line: Int)], _ chinese: String, _ english: String, _ path: String, line: Bool = true,
    _ diagnostics: inout [Diagnostic]
  ) {
    guard let first = found.first else { return }
    let text = LocalizedText(
      "\(found.count) 个\(chinese)，不予采用，如「\(first.text)」。",
      "\(found.count) \(english) and not used, as \"\(first.text)\".")
    diagnostics.append(Diagnostic(.warning, text, file: path, line: line ? first.line : nil))
  }

  private static func values<Value>(
    _ reading: FileReading<[CodeVersionFile.Entry<Value>]>, _ diagnostics: inout [Diagnostic]
  ) -> [CodeVersionFile.Entry<Value>] {
    diagnostics += reading.diagnostics
    return reading.value ?? []
  }

  private static func fileNames(_ path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { String(decodingCString: $0, as: UTF8.self) }
      }
      names.append(name)
    }
    return names.sorted()
  }
}

/// Which file of a folder holds what, for one family.
private struct Files {
  enum Role: CaseIterable {
    case national, clinical, mapping, grey
  }

  private var paths: [Role: String] = [:]

  init(_ family: CodeFamily, _ names: [String], _ folder: String, _ diagnostics: inout [Diagnostic]) {
    for name in names {
      guard let role = Self.role(of: name, family) else { continue }
      let path = "\(folder)/\(name)"
      if let other = paths[role] {
        diagnostics.append(
          CodeVersionFile.report(
            "与 \(other) 用途相同，文件夹里只能有一个。", "does the same as \(other); the folder may hold one of them.", path))
      }
      paths[role] = path
    }
  }

  subscript(role: Role) -> String? { paths[role] }

  static func prefix(_ family: CodeFamily) -> String {
    switch family {
    case .diagnosis: "icd10"
    case .procedure: "icd9cm3"
    }
  }

  private static func role(of name: String, _ family: CodeFamily) -> Role? {
    let lower = name.lowercased()
    let start = "\(prefix(family))-"
    guard lower.hasPrefix(start), lower.hasSuffix(".dat") || lower.hasSuffix(".csv") else { return nil }
    let words = lower.dropFirst(start.count).dropLast(4).split(separator: "-")
    switch (words.first, words.count) {
    case ("nhsa", 2): return .national
    case ("nhsa", 3) where words[2] == "grey": return .grey
    case ("clinical", 2): return .clinical
    case ("clinical", 5) where words[2] == "to" && words[3] == "nhsa": return .mapping
    default: return nil
    }
  }
}
