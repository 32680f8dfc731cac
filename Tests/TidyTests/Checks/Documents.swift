/// What has to be written down, and how.
enum Documents {
  /// Public types of pure rooms that the glossary has no row for; nested types are explained by the type around them.
  static func missing(fromGlossary glossary: String, in file: SourceFile) -> [Blemish] {
    let known = glossaryTerms(glossary)
    return TypeName.all(in: file).compactMap { type in
      guard type.isPublic, !type.isNested, !known.contains(type.name) else { return nil }
      return file.blemish(type.line, "\(type.name) has no row in Docs/GLOSSARY.md")
    }
  }

  /// The identifiers in the first column of the glossary's tables.
  static func glossaryTerms(_ glossary: String) -> Set<String> {
    var terms: Set<String> = []
    for line in glossary.split(separator: "\n") where line.hasPrefix("| `") {
      if let term = line.split(separator: "`").dropFirst().first { terms.insert(String(term)) }
    }
    return terms
  }

  /// Public declarations without a doc comment.
  static func undocumented(in file: SourceFile) -> [Blemish] {
    var found: [Blemish] = []
    for (index, word) in file.words.enumerated() where ["public", "open"].contains(word.text) {
      let next = index + 1 < file.words.count ? file.words[index + 1] : nil
      // The access of imports, extensions and setters documents nothing.
      if word.next == Ascii.open || ["import", "extension"].contains(next?.text) { continue }
      if !hasDocComment(above: word.line, in: file) {
        let line = file.lines[word.line - 1].drop { $0 == " " }
        found.append(file.blemish(word.line, "no doc comment: \(line.prefix(60))"))
      }
    }
    return found
  }

  private static func hasDocComment(above line: Int, in file: SourceFile) -> Bool {
    var index = line - 2
    while index >= 0 {
      let text = file.lines[index].drop { $0 == " " }
      if text.hasPrefix("///") { return true }
      guard text.hasPrefix("@") || text.hasPrefix("// swift-format-ignore") else { return false }
      index -= 1
    }
    return false
  }

  /// Markdown pages with no title, or more than one.
  static func titles(path: String, text: String) -> [Blemish] {
    var titles: [Int] = []
    var isInFence = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") { isInFence.toggle() }
      if !isInFence && line.hasPrefix("# ") { titles.append(index + 1) }
    }
    if titles.isEmpty { return [Blemish(path: path, line: 1, message: "no line that begins with one number sign")] }
    return titles.dropFirst().map { Blemish(path: path, line: $0, message: "a second title; use a deeper heading") }
  }

  /// Relative links of a Markdown page that lead nowhere; what stands in fences and code is left alone.
  static func deadLinks(path: String, text: String, exists: (String) -> Bool) -> [Blemish] {
    let folder = path.split(separator: "/").dropLast().map(String.init)
    var found: [Blemish] = []
    var isInFence = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") { isInFence.toggle() }
      guard !isInFence else { continue }
      for target in linkTargets(in: line) where !target.contains(":") && !target.hasPrefix("#") {
        var parts = folder
        for part in target.prefix(while: { $0 != "#" }).split(separator: "/") where part != "." {
          if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        if !exists(parts.joined(separator: "/")) {
          found.append(Blemish(path: path, line: index + 1, message: "the link to \(target) leads nowhere"))
        }
      }
    }
    return found
  }

  /// What stands between `](` and `)`, outside code.
  private static func linkTargets(in line: Substring) -> [Substring] {
    let prose = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset % 2 == 0 ? $0.element : "" }.joined(separator: "`")[...]
    return prose.split(separator: "](", omittingEmptySubsequences: false).dropFirst()
      .compactMap { rest in rest.firstIndex(of: ")").map { rest[..<$0] } }
  }

  /// Tabs, which YAML does not allow for indentation and editors hide.
  static func tabs(path: String, text: String) -> [Blemish] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
      line.contains("\t") ? Blemish(path: path, line: index + 1, message: "a tab; use blanks") : nil
    }
  }

  /// What builds leave behind and git must not take.
  static func notIgnored(by gitignore: String) -> [Blemish] {
    let lines = Set(gitignore.split(separator: "\n").map { $0.filter { $0 != " " } })
    let wanted = [[".build/", ".build", "/.build", "/.build/"], ["Package.resolved", "/Package.resolved"]]
    return wanted.compactMap { forms in
      lines.isDisjoint(with: forms)
        ? Blemish(path: ".gitignore", line: 1, message: "does not leave out \(forms[0])") : nil
    }
  }
}
