import ArgumentParser
import Catalog
import Foundation
import Kernel
import TabularFiles
import Workflows

/// Enters a national coding standard into the store, so that institutions can download it.
struct CatalogLoadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load", abstract: "把编码标准装入存储，供机构下载 · Enter a coding standard for institutions to download",
    discussion: """
      示例 Example:
        yibao catalog load diagnoses.csv --list diagnoses --from 2026-01-01 --store sqlite:yibao.sqlite

      列 Columns: 编码/code, 名称/name, 生效日期/valid_from, 失效日期/valid_until

      同一编码同一生效日期的条目被替换；文件中没有的条目不变。
      An entry of the same code and first day is replaced; entries that the file does not have stay.

      退出码 Exit codes: 0 已装入 entered · 2 文件不能读或存储不可用 the file cannot be read or the store cannot be used
      """)

  @Argument(help: "编码表（CSV 或 .xlsx） · The codes")
  var file: String

  @Option(help: "目录 · The list: \(Self.lists.map(\.rawValue).joined(separator: ", "))")
  var list: String

  @Option(help: "未写生效日期的行自此日起有效 · The first day of rows that name none (yyyy-mm-dd)")
  var from: String

  @Option(help: "存储 · The store: sqlite:PATH")
  var store: String

  /// Lists of codes alone; items with prices come with the region's catalogue.
  private static let lists = CatalogueList.allCases.filter { $0.listType == nil }

  func validate() throws {
    if Self.lists.first(where: { $0.rawValue == list }) == nil {
      let words = Self.lists.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("不认识目录「\(list)」，可用 / unknown list; allowed: \(words)")
    }
    if CalendarDate(from) == nil { throw ValidationError("「\(from)」不是日期，请写成 2026-01-01 / is not a date") }
  }

  func run() throws {
    guard let list = CatalogueList(rawValue: list), let from = CalendarDate(from) else { throw ExitCode(2) }
    let reading = CodeTableFile.read(TableReader(path: file))
    for diagnostic in reading.diagnostics {
      FileHandle.standardError.write(Data((diagnostic.text(.chinese) + "\n").utf8))
    }
    guard let table = reading.value else { throw ExitCode(2) }
    var entries: [CodedEntry] = []
    for entry in table.entries {
      guard let period = DateRange(entry.period.from ?? from, entry.period.until) else {
        Terminal.error("\(entry.code): 失效日期早于生效日期 / it ends before it begins")
        throw ExitCode(2)
      }
      entries.append(CodedEntry(list: list, code: entry.code, name: entry.name, period: period))
    }
    let open = try OpenStore(store)
    try Waiting.orExit { [entries] () async throws in
      for start in stride(from: 0, to: entries.count, by: 1_000) {
        let batch = entries[start..<min(start + 1_000, entries.count)]
        try await open.payer.write { transaction throws(StoreError) in
          for entry in batch { try transaction.put(entry) }
        }
      }
      await open.close()
    }
    print("已装入 \(entries.count) 条 / \(entries.count) entries")
  }
}
