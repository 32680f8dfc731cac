import Foundation

/// The repository that the tests stand in.
enum Repository {
  static let root: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The files of the repository, by path from its root, ascending; what git ignores by folder is left out.
  static let paths: [String] = {
    let ignored: Set<String> = [".build", ".git", ".swiftpm", "DerivedData", "out", "__pycache__"]
    var paths: [String] = []
    func walk(_ folder: String) {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
      for name in names where !ignored.contains(name) {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isFolder) else {
          continue
        }
        if isFolder.boolValue { walk(path) } else { paths.append(path) }
      }
    }
    walk("")
    return paths.sorted()
  }()

  /// Every Swift file below Sources and Tests.
  static let swift: [SourceFile] = files(below: ["Sources/", "Tests/"], ending: ".swift").map(SourceFile.init)

  static let sources = swift.filter { $0.path.hasPrefix("Sources/") }
  static let pure = swift.filter(\.isPure)

  static func files(below folders: [String], ending suffix: String) -> [(path: String, text: String)] {
    paths.filter { path in path.hasSuffix(suffix) && folders.contains { path.hasPrefix($0) } }
      .map { ($0, text($0)) }
  }

  /// Whether there is a file or folder.
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// The content of a file; empty when it does not exist, which the checks then report.
  static func text(_ path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
  }
}
