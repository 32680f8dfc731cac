/// Which target may import which: the table of ARCHITECTURE.md as data.
enum Arrows {
  static let sharedRooms: Set<String> = ["Policy", "Ledger", "People", "Catalog"]

  static let rooms: [String: Set<String>] = [
    "Kernel": [],
    "Policy": ["Kernel"],
    "Ledger": ["Kernel"],
    "People": ["Kernel"],
    "Catalog": ["Kernel"],
    "Claims": ["Kernel", "People", "Catalog"],
    "Settlement": ["Kernel", "Policy", "Ledger", "People", "Catalog", "Claims"],
    "Grouping": ["Kernel", "Policy", "Catalog", "Claims"],
    "Supervision": ["Kernel", "Policy", "People", "Catalog", "Claims"],
    "Procurement": ["Kernel", "Policy", "Ledger", "People", "Catalog"],
    "Payment": ["Kernel", "Policy", "Ledger", "People", "Claims", "Settlement", "Grouping"],
    "Hospital": [
      "Kernel", "Policy", "Ledger", "People", "Catalog", "Claims", "Grouping", "Payment", "Procurement",
    ],
    "Records": ["Kernel", "Policy", "Ledger", "People", "Catalog", "Claims"],
    "Handling": ["Kernel", "Policy", "Ledger", "People", "Catalog", "Claims"],
  ]

  /// Adapters see Workflows, the rooms, and the leaves below them (decisions 0004 and 0011), never each other.
  static let adapters: Set<String> = [
    "PolicyFiles", "CaseFiles", "TabularFiles", "NationalInterface", "StoreSQLite", "StorePostgres", "WebService",
    "ZipFiles", "Console",
  ]
  /// The leaf below the adapters that read YAML; it knows no room but Kernel.
  static let leaf = "StrictYAML"
  /// The leaf below the stores: the text of records and the links between them.
  static let storeLeaf = "StoreRecords"
  static let stores: Set<String> = ["StoreSQLite", "StorePostgres"]
  /// The system's libraries below an adapter; they are C and know nothing of ours.
  static let systemLibraries: [String: Set<String>] = [
    "ZipFiles": ["CLibZip"], "StorePostgres": ["CLibPQ"], "TabularFiles": ["CLibZip", "CLibExpat", "CLibXlsxWriter"],
  ]
  static let tools: Set<String> = ["yibao", "StoreTrial"]

  /// What a target may import of this package, or `nil` when the table does not know the target.
  static func allowed(for target: String) -> Set<String>? {
    if let room = rooms[target] { return room }
    if target == "Workflows" { return Set(rooms.keys) }
    if target == leaf { return ["Kernel"] }
    if target == storeLeaf { return Set(rooms.keys).union(["Workflows"]) }
    if stores.contains(target) {
      return Set(rooms.keys).union(["Workflows", storeLeaf]).union(systemLibraries[target] ?? [])
    }
    if systemLibraries.values.contains(where: { $0.contains(target) }) { return [] }
    if adapters.contains(target) {
      return Set(rooms.keys).union(["Workflows", leaf]).union(systemLibraries[target] ?? [])
    }
    if tools.contains(target) { return Set(rooms.keys).union(adapters).union(["Workflows"]) }
    return nil
  }

  /// Imports that the table does not allow; a pure room imports nothing from outside the package either.
  static func crossings(in file: SourceFile, targets: Set<String>) -> [Blemish] {
    guard let allowed = allowed(for: file.target) else {
      return [file.blemish(1, "the table of arrows does not know \(file.target); add it with what it may import")]
    }
    return Import.all(in: file).compactMap { item in
      if allowed.contains(item.module) || (!file.isPure && !targets.contains(item.module)) { return nil }
      return file.blemish(item.line, "\(file.target) may not import \(item.module)")
    }
  }

  /// Imports of this package's targets that `Package.swift` does not declare.
  static func undeclared(in file: SourceFile, declared: [String: Set<String>]) -> [Blemish] {
    guard let own = declared[file.target] else {
      return [file.blemish(1, "Package.swift declares no target \(file.target)")]
    }
    return Import.all(in: file).compactMap { item in
      guard declared[item.module] != nil, !own.contains(item.module) else { return nil }
      return file.blemish(item.line, "Package.swift does not declare that \(file.target) depends on \(item.module)")
    }
  }

  /// Dependencies that `Package.swift` declares against the table.
  static func declaredCrossings(_ declared: [String: Set<String>]) -> [Blemish] {
    declared.keys.sorted().filter { !$0.hasSuffix("Tests") }.flatMap { target -> [Blemish] in
      guard let allowed = allowed(for: target) else {
        return [Blemish(path: "Package.swift", line: 1, message: "the table of arrows does not know \(target)")]
      }
      let isPure = rooms[target] != nil
      return (declared[target] ?? []).sorted().compactMap { name in
        if allowed.contains(name) || (!isPure && declared[name] == nil) { return nil }
        return Blemish(path: "Package.swift", line: 1, message: "\(target) may not depend on \(name)")
      }
    }
  }
}

/// One import of a file.
struct Import: Hashable {
  let module: String
  let line: Int

  private static let kinds: Set<String> = ["struct", "class", "enum", "protocol", "typealias", "func", "var", "let"]

  static func all(in file: SourceFile) -> [Import] {
    file.words.enumerated().compactMap { index, word in
      guard word.text == "import" else { return nil }
      let rest = file.words[(index + 1)...].prefix { $0.line == word.line }.map(\.text)
      guard let module = rest.first(where: { !kinds.contains($0) }) else { return nil }
      return Import(module: module, line: word.line)
    }
  }
}

/// The targets of a manifest with every name their dependencies mention.
enum Manifest {
  /// Reads calls of `room`, `adapter`, `tests`, `.target`, `.testTarget` and `.executableTarget`: the first string is
  /// the name, every further one a dependency, a product or a path.
  static func targets(in manifest: SourceFile) -> [String: Set<String>] {
    let text = Array(manifest.uncommented.utf8)
    var targets: [String: Set<String>] = [:]
    for call in ["room(", "adapter(", "tests(", ".target(", ".testTarget(", ".executableTarget(", ".systemLibrary("] {
      for start in positions(of: Array(call.utf8), in: text) {
        let strings = strings(in: text, from: start + call.utf8.count)
        guard let name = strings.first, !name.contains("\\") else { continue }
        targets[name, default: []].formUnion(strings.dropFirst())
      }
    }
    return targets
  }

  private static func positions(of wanted: [UInt8], in text: [UInt8]) -> [Int] {
    guard text.count >= wanted.count else { return [] }
    return (0...(text.count - wanted.count)).filter { start in
      text[start] == wanted[0] && text[start..<(start + wanted.count)].elementsEqual(wanted)
        && (start == 0 || !Ascii.isWord(text[start - 1]))
    }
  }

  /// The strings up to the parenthesis that closes the call.
  private static func strings(in text: [UInt8], from start: Int) -> [String] {
    var found: [String] = []
    var depth = 1
    var index = start
    while index < text.count && depth > 0 {
      switch text[index] {
      case Ascii.open: depth += 1
      case Ascii.close: depth -= 1
      case Ascii.quote:
        let end = text[(index + 1)...].firstIndex(of: Ascii.quote) ?? text.count
        found.append(String(decoding: text[(index + 1)..<end], as: UTF8.self))
        index = end
      default: break
      }
      index += 1
    }
    return found
  }
}
