import Grouping
import TabularFiles

/// Cases grouped by DIP catalogues: the outline that comes with the product, and the same among made-up rows until it
/// has the size of the national one.
struct DIPRuns: Sendable {
  let outline: DIPGrouper
  let national: DIPGrouper
  let typing: DIPTyping
  let cases: [GroupingCase]

  /// What cannot be read, in words.
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads the outline of a folder, and makes up a history.
  init(editions folder: String) throws {
    let path = folder + "/dip-outline"
    guard let tables = DIPCatalogueFolder.read(path).value, let rules = DIPTypingFolder.read(path + "/typing").value
    else { throw Missing(description: "\(path) cannot be read") }
    outline = try DIPGrouper(tables)
    national = try DIPGrouper(Self.padded(tables))
    typing = rules
    cases = DIPSampleHistory(cases: 200_000, seed: 1).map(\.unit)
  }

  /// Rows of basic groups, restricted procedures and rejected diagnoses as many as the national edition has.
  private static func padded(_ tables: DIPCatalogue) -> DIPCatalogue {
    var padded = tables
    func digits(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    for number in 0..<5_000 {
      let letter = String(Character(Unicode.Scalar(UInt8(65 + number % 26))))
      let diagnosis = "\(letter)\(digits(number / 26 % 100, 2)).\(number / 2_600 % 10)"
      var row = DIPCatalogue.GroupRow(layer: .basic, code: "M-\(number)", name: diagnosis, row: number + 2)
      row.principal = diagnosis
      row.mainProcedure = number % 3 == 0 ? "保守治疗" : "\(digits(number % 87, 2)).\(digits(number * 7 % 100, 2))00"
      padded.groups.append(row)
    }
    let known = Set(padded.restrictions.map(\.code))
    for number in 0..<4_100 {
      let code = "\(digits(88 + number % 11, 2)).\(digits(number / 11 % 100, 2))00x\(digits(number / 1_100 + 100, 3))"
      if known.contains(code) { continue }
      padded.restrictions.append(
        DIPCatalogue.RestrictionRow(code: code, name: "", rule: .conservative, scope: "", row: number + 2))
    }
    for number in 0..<4_700 {
      let letter = String(Character(Unicode.Scalar(UInt8(86 + number % 4))))
      let code = "\(letter)\(digits(number / 4 % 100, 2)).\(digits(number / 400, 3))"
      padded.rejects.append(DIPCatalogue.CodeRow(code: code, row: number + 2))
    }
    return padded
  }

  private func mark(_ grouping: DIPGrouping) -> UInt64 {
    UInt64(grouping.status.rawValue) &* 31 &+ UInt64(grouping.row ?? 999_999)
  }

  private func grouped(_ range: Range<Int>, by grouper: DIPGrouper) -> UInt64 {
    var workspace = DIPGrouper.Workspace()
    return range.reduce(0) { $0 &+ mark(grouper.group(cases[$1 % cases.count], using: &workspace)) }
  }

  func byOutline(_ range: Range<Int>) -> UInt64 { grouped(range, by: outline) }

  func byNational(_ range: Range<Int>) -> UInt64 { grouped(range, by: national) }

  func explained(_ range: Range<Int>) -> UInt64 {
    range.reduce(0) { sum, number in
      let explanation = outline.explain(cases[number % cases.count])
      return sum &+ UInt64(explanation.reason(outline.catalogue).chinese.utf8.count)
    }
  }

  func typed(_ range: Range<Int>) -> UInt64 {
    var workspace = DIPGrouper.Workspace()
    return range.reduce(0) { sum, number in
      let stated = cases[number % cases.count]
      let grouping = outline.group(stated, using: &workspace)
      let type = typing.type(stated, group: grouping.code)
      return sum &+ mark(grouping) &+ UInt64(type.index) &+ UInt64(type.factor?.millionths ?? 0)
    }
  }

  func measure(_ count: Int) async {
    print("DIP: outline of \(outline.catalogue.groups.count) groups, made up to \(national.catalogue.groups.count)")
    let one = await GroupingBenchmark.measure("DIP outline, 1 core", count, cores: 1) { byOutline($0) }
    let two = await GroupingBenchmark.measure("DIP outline, 2 cores", count, cores: 2) { byOutline($0) }
    _ = await GroupingBenchmark.measure("DIP national size, 1 core", count, cores: 1) { byNational($0) }
    _ = await GroupingBenchmark.measure("DIP national size, 2 cores", count, cores: 2) { byNational($0) }
    _ = await GroupingBenchmark.measure("DIP with typing, 1 core", count / 10, cores: 1) { typed($0) }
    _ = await GroupingBenchmark.measure("DIP explained, 1 core", count / 20, cores: 1) { explained($0) }
    print("ratio DIP 2 cores / 1 core \(GroupingBenchmark.ratio(two, one))")
  }
}

/// Cases whose codes are read by their version before they are grouped, as `--codes` does.
struct CodeRuns: Sendable {
  let versions: CodeVersions
  let grouper: Grouper
  let cases: [GroupingCase]

  /// Reads the code tables of a folder; `nil` when there are none.
  init?(codes folder: String, _ runs: Runs) {
    guard let versions = CodeVersionFolder.read(folder).value else { return nil }
    self.versions = versions
    (grouper, cases) = (runs.grouper, runs.cases)
  }

  private func sum(_ range: Range<Int>, _ review: (GroupingCase) -> ReviewedCase) -> UInt64 {
    range.reduce(0) { sum, number in
      let reviewed = review(cases[number % cases.count])
      let result = grouper.group(reviewed.groupingCase)
      return sum &+ UInt64(result.reason.rawValue) &+ UInt64(reviewed.findings.count &+ reviewed.changes.count)
    }
  }

  func checked(_ range: Range<Int>) -> UInt64 { sum(range) { versions.checked($0) } }

  func converted(_ range: Range<Int>) -> UInt64 { sum(range) { versions.converted($0) } }

  func measure(_ count: Int) async {
    _ = await GroupingBenchmark.measure("codes checked and grouped, 1 core", count, cores: 1) { checked($0) }
    _ = await GroupingBenchmark.measure("codes converted and grouped, 1 core", count, cores: 1) { converted($0) }
    _ = await GroupingBenchmark.measure("codes converted and grouped, 2 cores", count, cores: 2) { converted($0) }
  }
}
