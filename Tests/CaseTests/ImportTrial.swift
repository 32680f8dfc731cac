import Foundation
import Kernel
import TabularFiles
import Testing

/// A folder to import and one for what comes of it.
final class ImportTrial {
  static let engines = ["--edition", "Editions/chs-drg-outline", "--catalogue", "Editions/dip-outline"]
  /// Compiled once for all the runs; the system's folder of temporary files is cleaned by others.
  static let cache = FileManager.default.temporaryDirectory.appending(path: "import-editions").path

  let url = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID())")
  var folder: String { url.appending(path: "in").path }
  var out: String { url.appending(path: "out").path }
  var store: String { "sqlite:" + url.appending(path: "store.sqlite").path }

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: url) }

  func write(_ text: String, _ name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  func empty() throws {
    try FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// Imports the folder, or another.
  func run(_ further: [String] = [], from folder: String? = nil) throws -> CommandRun {
    try CommandRun(
      ["import", folder ?? self.folder, "--region", "990100", "--out", out, "--lang", "en", "--json"]
        + Self.engines + further, cache: Self.cache)
  }

  /// The rows of `unusable.csv` without its header: file, sheet, row, field, value, rule, four texts.
  func unusable() throws -> [[String]] { Array(try CSVReader(path: out + "/unusable.csv").rows().dropFirst()) }

  static func answer(_ run: CommandRun) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any], "\(run.errors)")
  }

  static func tally(_ run: CommandRun, _ kind: String = "lists") throws -> [String: Int] {
    try #require(try answer(run)[kind] as? [String: Int])
  }

  // MARK: Forms of lists

  static let columns = [
    "setl_id", "fixmedins_code", "psn_name", "gend", "brdy", "insutype", "adm_time", "dscg_time", "dscg_way",
    "dscg_caty", "chfpdr_code", "diagnoses", "procedures", "setl_end_date", "fee_09", "fee_10", "hifp_pay",
  ]

  static func lists(_ count: Int) -> [[String]] {
    (0..<count).map { number in
      let month = "2026-0\(number % 3 + 1)"
      return [
        "T\(100 + number)", "H99010000071", "示例𬱖\(number)", "\(number % 2 + 1)",
        "19\(60 + number % 30)-05-0\(number % 9 + 1)",
        number % 3 == 0 ? "390" : "310", "\(month)-02 09:00:00", "\(month)-09 10:00:00", number % 4 == 0 ? "2" : "1",
        "普通外科", "D\(number % 5)",
        ["K35.800", "I21.000|I10.x00", "J18.900|J96.000", "K40.900|E11.900"][number % 4],
        ["47.0901", "36.0700|88.5500", "", "53.0000"][number % 4], "\(month)-09", "\(3_000 + number * 7).50", "200.00",
        "\(2_000 + number * 3).25",
      ]
    }
  }

  static func message(_ row: [String]) throws -> String {
    let value = Dictionary(uniqueKeysWithValues: zip(columns, row))
    func text(_ name: String) -> String { value[name] ?? "" }
    func codes(_ name: String) -> [String] { text(name).split(separator: "|").map(String.init) }
    let head = ["diagnoses", "procedures", "fee_09", "fee_10", "hifp_pay"]
    let input: [String: Any] = [
      "setlinfo": value.filter { !head.contains($0.key) },
      "diseinfo": codes("diagnoses").enumerated().map { place, code in
        ["diag_type": "1", "diag_code": code, "diag_name": "名称", "maindiag_flag": place == 0 ? "1" : "0"]
      },
      "oprninfo": codes("procedures").enumerated().map { place, code in
        ["oprn_oprt_type": place == 0 ? "1" : "2", "oprn_oprt_code": code, "oprn_oprt_name": "名称"]
      },
      "iteminfo": ["09", "10"].map {
        ["med_chrgitm": $0, "amt": text("fee_\($0)"), "claa_sumfee": text("fee_\($0)"), "clab_amt": "0"]
      },
      "payinfo": [["fund_pay_type": text("insutype") == "310" ? "310100" : "390100", "fund_payamt": text("hifp_pay")]],
    ]
    let data = try JSONSerialization.data(withJSONObject: ["input": input], options: .sortedKeys)
    return String(decoding: data, as: UTF8.self)
  }

  /// Writes lists in one of the forms that a hospital may have.
  static func write(_ rows: [[String]], _ form: String, to place: ImportTrial) throws {
    try place.empty()
    try place.write("机构编码,机构名称,级别\nH99010000071,示例医院,三级\n", "institutions.csv")
    let budget = ["employee", "resident"].map { "\($0),2026,900000.00,x\n" }.joined()
    try place.write("scheme,period,amount,basis\n" + budget, "budget.csv")
    switch form {
    case "csv", "gbk":
      let text = ([columns] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n")
      try place.write(text, form == "csv" ? "lists.csv" : "utf8.md")
      if form == "csv" { return }
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "cd '\(place.folder)' && iconv -f UTF-8 -t GB18030 utf8.md > lists.csv"]
      try process.run()
      process.waitUntilExit()
    case "xlsx":
      try WorkbookWriter.write(to: place.folder + "/lists.xlsx") { book in
        try book.startSheet("清单", columns: columns.map { SheetColumn($0) })
        for row in rows { try book.append(row.map { .text($0) }) }
      }
    case "lines": try place.write(try rows.map(message).joined(separator: "\n"), "lists.jsonl")
    case "array": try place.write("[\n" + rows.map(message).joined(separator: ",\n") + "\n]", "lists.json")
    default: for row in rows { try place.write(try message(row), "list-\(row[0]).json") }
    }
  }
}
