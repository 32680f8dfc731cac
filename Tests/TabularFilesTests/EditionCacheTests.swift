import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

@Suite struct EditionCacheTests {
  private func edition(_ scratch: Scratch) throws -> EditionFile {
    try EditionFolder.write(ToyEdition.tables, to: scratch.path("toy"))
    return EditionFile(scratch.path("toy"))
  }

  @Test func `编译一次后从缓存读取`() throws {
    let scratch = try Scratch()
    let file = try edition(scratch)
    let cache = EditionCache(folder: scratch.path("deep/cache"))
    let first = cache.open(file)
    let second = cache.open(file)
    #expect(!first.isFromCache && second.isFromCache)
    #expect(first.edition != nil && first.edition == second.edition && second.diagnostics.isEmpty)
    // Without a cache nothing is kept, and the edition is the same.
    let uncached = EditionCache(folder: nil).open(file)
    #expect(!uncached.isFromCache && uncached.edition == first.edition)
    // A switch or a table that changed gives another file.
    var changes = EditionChanges()
    changes.groupMiss = .nextAdjacentGroup
    #expect(!cache.open(EditionFile(file.path, changes: changes)).isFromCache)
    #expect(cache.open(EditionFile(file.path, changes: changes)).edition?.manifest.groupMiss == .nextAdjacentGroup)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("deep/cache")).count == 2)
    var tables = ToyEdition.tables
    tables.members[0].code = "33.6"
    try EditionFolder.write(tables, to: scratch.path("toy"))
    #expect(!cache.open(file).isFromCache)
  }

  @Test func `损坏的缓存提示后重新编译`() throws {
    let scratch = try Scratch()
    let file = try edition(scratch)
    let folder = scratch.path("cache")
    let cache = EditionCache(folder: folder)
    let whole = cache.open(file)
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let bytes = try scratch.bytes("cache/\(name)")
    var damages = [Array(bytes.dropLast(1)), [], bytes + [0]]
    for place in stride(from: 0, to: bytes.count, by: 29) {
      var damaged = bytes
      damaged[place] ^= 0x10
      damages.append(damaged)
    }
    for damaged in damages {
      try Data(damaged).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      let opened = cache.open(file)
      #expect(!opened.isFromCache && opened.edition == whole.edition)
      #expect(opened.diagnostics.contains { $0.severity == .warning && $0.file.hasSuffix(name) })
      #expect(try scratch.bytes("cache/\(name)") == bytes)
    }
  }

  @Test func `不能写缓存仍可使用`() throws {
    let scratch = try Scratch()
    let file = try edition(scratch)
    let opened = EditionCache(folder: try scratch.write("", to: "a-file") + "/below").open(file)
    #expect(opened.edition != nil && opened.diagnostics.contains { $0.severity == .warning })
    let missing = EditionCache(folder: scratch.path("cache")).open(EditionFile(scratch.path("none")))
    #expect(missing.edition == nil && missing.diagnostics.contains { $0.severity == .error })
  }
}
