import ArgumentParser
import Kernel
import Policy
import PolicyFiles

/// The files that a check looks at: all, or those of one region with what it extends.
struct CheckScope {
  /// Folders with a slash at the end; `nil` for every file.
  private let folders: [String]?

  /// Makes a scope; a region that no folder states is printed and ends the command with code 1.
  init(_ loaded: PolicyFolder.Loaded, region: String?, policies: String, language: Language) throws {
    guard let region else {
      folders = nil
      return
    }
    guard let own = loaded.folders[region] ?? Self.folder(region, named: loaded) else {
      Terminal.error(PolicyRefusal.unknownRegion(region).message[language])
      throw ExitCode(1)
    }
    // What a region extends is known when everything could be read; else only the nation is certain.
    let parents = loaded.book.flatMap { book in book.regions[region].map { book.lineage(of: $0).map(\.code) } }
    let lent = (parents ?? ["national"]).compactMap { loaded.folders[$0] }
    folders = ([own, "\(policies)/documents"] + lent).map { $0 + "/" }
  }

  /// The folder of a region whose header has an error, by its name.
  private static func folder(_ region: String, named loaded: PolicyFolder.Loaded) -> String? {
    for diagnostic in loaded.diagnostics {
      let parts = diagnostic.file.split(separator: "/", omittingEmptySubsequences: false)
      if let place = parts.firstIndex(where: { $0 == region || $0.hasPrefix("\(region)-") }) {
        return parts[...place].joined(separator: "/")
      }
    }
    return nil
  }

  /// Whether something found is of the scope.
  func contains(_ diagnostic: Diagnostic) -> Bool {
    guard let folders else { return true }
    return folders.contains { diagnostic.file.hasPrefix($0) || diagnostic.file + "/" == $0 }
  }
}

/// The result of a policy check as JSON.
struct CheckJSON: Encodable {
  struct Finding: Encodable {
    let file: String
    let line: Int?
    let severity: String
    let message: String
  }

  let regions: Int?
  let values: Int?
  let findings: [Finding]

  init(_ book: PolicyBook?, _ findings: [Diagnostic], _ language: Language) {
    regions = book?.regions.count
    values = book?.regions.values.reduce(0) { $0 + $1.entries.count }
    self.findings = findings.map {
      Finding(file: $0.file, line: $0.line, severity: $0.severity.rawValue, message: $0.message[language])
    }
  }
}
