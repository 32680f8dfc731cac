import Foundation

/// The folder `shared` beside the repository, which holds tables that are not part of it.
enum SharedFolder {
  static let root: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared")

  /// Whether a file is there; tests that need it are skipped without.
  static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  static func data(_ path: String) throws -> Data { try Data(contentsOf: root.appending(path: path)) }
}
