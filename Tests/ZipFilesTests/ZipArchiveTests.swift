import Foundation
import Testing
import Workflows
import ZipFiles

/// Archives that other tools read, that are the same each time, and that cannot be used to fill the memory.
struct ZipArchiveTests {
  private let archive = ZipArchive()
  private let files = [
    ArchivedFile(name: "1301.txt", bytes: Array("XA001\t示例药品1号\tnull\n".utf8)),
    ArchivedFile(name: "目录.txt", bytes: Array(repeating: UInt8(ascii: "a"), count: 300_000)),
    ArchivedFile(name: "空.txt", bytes: []),
  ]

  /// Runs a program over an archive in a file, and gives what it prints.
  static func run(_ program: String, _ arguments: [String], over bytes: [UInt8]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "archive-\(UInt64.random(in: 1...UInt64.max)).zip")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments.map { $0 == "ARCHIVE" ? file.path : $0 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return printed
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/unzip"), "skipped: there is no unzip"))
  func `unzip finds every file whole and nothing wrong`() throws {
    let packed = try archive.pack(files)
    #expect(packed.count < 3_000)
    _ = try Self.run("/usr/bin/unzip", ["-tq", "ARCHIVE"], over: packed)
    for file in files.prefix(2) {
      #expect(try Self.run("/usr/bin/unzip", ["-p", "ARCHIVE", file.name], over: packed) == file.bytes)
    }
  }

  @Test func `what was packed is unpacked, in order`() throws {
    #expect(try archive.unpack(try archive.pack(files), limit: 400_000) == files)
  }

  @Test func `the same files give the same bytes`() throws {
    let first = try archive.pack(files)
    // Times in the format have two seconds; a clock that crept in would show.
    Thread.sleep(forTimeInterval: 2.1)
    #expect(try archive.pack(files) == first)
  }

  @Test func `a file larger than allowed is refused, whatever it claims`() throws {
    let packed = try archive.pack(files)
    #expect(throws: ArchiveFault.tooLarge(limit: 300_000)) { try archive.unpack(packed, limit: 300_000) }
    let bomb = try archive.pack([ArchivedFile(name: "a", bytes: Array(repeating: 0, count: 50_000_000))])
    #expect(bomb.count < 100_000)
    #expect(throws: ArchiveFault.tooLarge(limit: 1_000_000)) { try archive.unpack(bomb, limit: 1_000_000) }
  }

  @Test func `what is no archive, or damaged, is refused`() throws {
    let packed = try archive.pack(files)
    for bytes in [[], Array("no archive".utf8), Array(packed.dropLast(10)), Array(packed.dropFirst(3))] {
      #expect(throws: ArchiveFault.self) { try archive.unpack(bytes, limit: 1_000_000) }
    }
    var damaged = packed
    damaged[60] ^= 0xFF
    #expect(throws: ArchiveFault.self) { try archive.unpack(damaged, limit: 1_000_000) }
  }

  @Test func `whatever bytes are flipped, unpacking ends in files or a fault`() throws {
    let packed = try archive.pack(Array(files.prefix(1)))
    for place in packed.indices {
      for bit in 0..<8 {
        var damaged = packed
        damaged[place] ^= 1 << bit
        let found = try? archive.unpack(damaged, limit: 10_000)
        #expect((found ?? []).allSatisfy { $0.bytes.count <= 10_000 })
      }
    }
  }
}
