/// How files and types may be called.
enum Names {
  /// Endings that say nothing about what a type is.
  static let emptyEndings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Core", "Data2"]

  static func duplicates(in files: [SourceFile]) -> [Blemish] {
    Dictionary(grouping: files) { "\($0.target)/\($0.name)" }.values
      .filter { $0.count > 1 }
      .flatMap { group in
        group.sorted { $0.path < $1.path }.dropFirst().map {
          $0.blemish(1, "another file of target \($0.target) is called \($0.name) too; the build needs them apart")
        }
      }
      .sorted { $0.path < $1.path }
  }

  static func badTypes(in file: SourceFile, modules: Set<String>) -> [Blemish] {
    TypeName.all(in: file).compactMap { type in
      if modules.contains(type.name) {
        return file.blemish(type.line, "\(type.name) is a module's name; qualified names would no longer work")
      }
      if let ending = emptyEndings.first(where: { type.name.hasSuffix($0) }) {
        return file.blemish(type.line, "\(type.name) ends in \(ending); say what it is")
      }
      return nil
    }
  }
}

/// A type that a file declares.
struct TypeName: Hashable {
  let name: String
  let line: Int
  let isPublic: Bool
  /// Whether it is declared inside another declaration.
  let isNested: Bool

  private static let keywords: Set<String> = ["struct", "class", "enum", "protocol", "actor", "typealias"]
  private static let modifiers: Set<String> = [
    "public", "internal", "private", "fileprivate", "package", "final", "indirect", "open", "nonisolated",
    "distributed", "frozen", "unchecked", "inlinable", "usableFromInline", "main", "MainActor", "available",
  ]

  static func all(in file: SourceFile) -> [TypeName] {
    var types: [TypeName] = []
    var depth = 0
    var line = 0
    for (index, word) in file.words.enumerated() {
      while line < word.line - 1 {
        depth += change(of: file.code[line][...])
        line += 1
      }
      guard keywords.contains(word.text), index + 1 < file.words.count else { continue }
      let name = file.words[index + 1]
      let prefix = file.words[..<index].reversed().prefix { $0.line == word.line }.map(\.text)
      guard name.line == word.line, prefix.allSatisfy(modifiers.contains), name.text.first?.isUppercase == true else {
        continue
      }
      let inside = depth + change(of: file.code[line][..<word.column])
      types.append(
        TypeName(
          name: name.text, line: word.line, isPublic: prefix.contains("public") || prefix.contains("open"),
          isNested: inside > 0))
    }
    return types
  }

  /// By how much a stretch of code goes deeper into braces.
  private static func change(of code: ArraySlice<UInt8>) -> Int {
    code.reduce(0) { $0 + ($1 == Ascii.openBrace ? 1 : $1 == Ascii.closeBrace ? -1 : 0) }
  }
}
