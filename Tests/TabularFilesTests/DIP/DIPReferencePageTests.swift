import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// `Docs/Reference/dip.md` says what the code has.
@Suite struct DIPReferencePageTests {
  private let page: String

  init() throws {
    page = try String(contentsOf: DIPOutlineTests.root.appending(path: "Docs/Reference/dip.md"), encoding: .utf8)
  }

  @Test func `每个层次状态和检查编号都在参考页`() {
    for status in DIPStatus.allCases { #expect(page.contains("\n| \(status.rawValue) | `\(status.word)` | ")) }
    for layer in DIPLayer.allCases { #expect(page.contains("\n| \(layer.rawValue) | `\(layer.word)` | ")) }
    let checking = page.components(separatedBy: "## Checking")[1].components(separatedBy: "## Building")[0]
    for fault in DIPFinding.Fault.allCases {
      let line = checking.split(separator: "\n").first { $0.hasPrefix("| \(fault.rawValue) | ") }
      #expect(line?.hasSuffix(fault.isError ? "| error |" : "| warning |") == true, "\(fault)")
    }
  }

  @Test func `方案说明认得的每个项目都在参考页`() throws {
    let bytes = "key,value\nunheard,1\n".utf8
    let folder = FileManager.default.temporaryDirectory.appending(path: "dip-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(bytes).write(to: folder.appending(path: "manifest.csv"))
    let message = try #require(DIPCatalogueFolder.read(folder.path).diagnostics.first?.message.english)
    let keys = message.components(separatedBy: "allowed: ")[1].dropLast().components(separatedBy: ", ")
    #expect(keys.count > 20)
    for key in keys {
      let stated = key.split(separator: ".").count == 2 ? key.split(separator: ".")[0] + ".<layer>" : key
      #expect(page.contains("`\(stated)`"), "\(key)")
    }
  }
}
