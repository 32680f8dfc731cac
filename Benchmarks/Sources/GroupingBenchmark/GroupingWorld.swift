import Grouping
import TabularFiles

/// The edition and the cases that are grouped.
struct GroupingWorld: Sendable {
  let name: String
  let tables: EditionTables
  let cases: [GroupingCase]

  /// CHS-DRG 1.1 and the 5,000 synthetic cases beside the repository; a made-up edition where they are missing.
  init(shared folder: String) {
    if let edition = try? Self.edition(folder + "/data/editions/chs_drg_11"),
      let read = try? Self.cases(folder + "/cases/grouping/synthetic-5000.csv")
    {
      (tables, cases) = (edition, read)
      name = "CHS-DRG 1.1, \(cases.count) synthetic cases of \(folder)"
    } else {
      let made = SampleEdition()
      (tables, cases) = (made.tables, made.cases(count: 5_000))
      name = "made-up edition with \(tables.members.count) set rows, \(cases.count) cases (\(folder) could not be read)"
    }
  }

  private static func rows(_ path: String, _ row: ([String: String], Int) -> Void) throws {
    var header: [String] = []
    try CSVReader(path: path).forEachRow { line in
      if header.isEmpty {
        header = line.strings
      } else {
        row(Dictionary(zip(header, line.strings)) { first, _ in first }, line.line)
      }
    }
  }

  private static func edition(_ folder: String) throws -> EditionTables {
    var tables = EditionTables(manifest: EditionManifest(identifier: "chs_drg_11", name: "CHS-DRG 1.1"))
    func text(_ row: [String: String], _ column: String) -> String { row[column] ?? "" }
    func order(_ row: [String: String]) -> Int { Int(text(row, "sort")) ?? 0 }
    try rows(folder + "/mdc.csv") { row, line in
      tables.categories.append(
        EditionTables.CategoryRow(
          code: text(row, "code"), name: text(row, "name"), rule: text(row, "rule"), order: order(row), row: line))
    }
    try rows(folder + "/adrg.csv") { row, line in
      tables.adjacentGroups.append(
        EditionTables.AdjacentGroupRow(
          code: text(row, "code"), name: text(row, "name"), rule: text(row, "rule"), category: text(row, "mdc"),
          order: order(row), row: line))
    }
    try rows(folder + "/drg.csv") { row, line in
      tables.groups.append(
        EditionTables.GroupRow(
          code: text(row, "code"), name: text(row, "name"), rule: text(row, "rule"), adjacentGroup: text(row, "adrg"),
          order: order(row), row: line))
    }
    try rows(folder + "/sets.csv") { row, line in
      tables.members.append(EditionTables.MemberRow(set: text(row, "set"), code: text(row, "code"), row: line))
    }
    try rows(folder + "/cc.csv") { row, line in
      tables.complications.append(
        EditionTables.ComplicationRow(
          code: text(row, "code"), level: text(row, "level"), exclusionTable: text(row, "exclusion_table"), row: line))
    }
    try rows(folder + "/exclusions.csv") { row, line in
      tables.exclusions.append(
        EditionTables.ExclusionRow(
          table: text(row, "exclusion_table"), principalDiagnosis: text(row, "principal_dx"), row: line))
    }
    return tables
  }

  private static func cases(_ path: String) throws -> [GroupingCase] {
    var cases: [GroupingCase] = []
    try rows(path) { row, _ in
      func number(_ column: String) -> Int? { Int(row[column] ?? "") }
      func codes(_ column: String) -> [String] { (row[column] ?? "").split(separator: "|").map(String.init) }
      cases.append(
        GroupingCase(
          id: row["id"] ?? "", sex: number("sex").flatMap { UInt8(exactly: $0) }.flatMap(PatientSex.init(rawValue:)),
          ageYears: number("age_years"), ageDays: number("age_days"), birthWeightGrams: number("birth_weight_g"),
          stayDays: number("stay_days"), dischargeKind: number("discharge_kind"), department: row["department"] ?? "",
          diagnoses: codes("diagnoses"), procedures: codes("procedures")))
    }
    return cases
  }
}

/// An edition of the size of a national one, made of nothing: 25 categories, 400 adjacent groups, 100,000 set rows.
struct SampleEdition {
  private static let categoryCount = 25
  private static let operations = 9
  private static let medical = 7

  var tables: EditionTables {
    var tables = EditionTables(manifest: EditionManifest(identifier: "sample", name: "made up"))
    for category in 0..<Self.categoryCount {
      let letter = Self.letter(category)
      tables.categories.append(
        EditionTables.CategoryRow(
          code: "MDC\(letter)", name: letter, rule: "ZYZD in DI_\(letter)00", order: category, row: category + 2))
      for number in 0..<(Self.operations + Self.medical) {
        let code = "\(letter)\(number < Self.operations ? "B" : "R")\(number % 9 + 1)"
        let rule =
          number >= Self.operations
          ? "ZYZD in DI_\(code)"
          : number % 3 == 0 ? "(ZYSS in OP_\(code)) and ({ZYSS, QTSS} in OP2_\(code))" : "ZYSS in OP_\(code)"
        tables.adjacentGroups.append(
          EditionTables.AdjacentGroupRow(
            code: code, name: code, rule: rule, category: "MDC\(letter)", order: number,
            row: tables.adjacentGroups.count + 2))
        for (place, split) in [("1", "QTZD in MCC"), ("3", "QTZD in {MCC, CC}"), ("5", "")].enumerated() {
          tables.groups.append(
            EditionTables.GroupRow(
              code: code + split.0, name: code, rule: split.1, adjacentGroup: code, order: place,
              row: tables.groups.count + 2))
        }
        addMembers(category, number, code, &tables)
      }
    }
    for code in stride(from: 0, to: 30_000, by: 3) {
      tables.complications.append(
        EditionTables.ComplicationRow(
          code: Self.diagnosis(code), level: code % 4 == 0 ? "MCC" : "CC", exclusionTable: "T\(code % 200)",
          row: tables.complications.count + 2))
      tables.exclusions.append(
        EditionTables.ExclusionRow(
          table: "T\(code % 200)", principalDiagnosis: Self.diagnosis(code + 1), row: tables.exclusions.count + 2))
    }
    return tables
  }

  private func addMembers(_ category: Int, _ number: Int, _ code: String, _ tables: inout EditionTables) {
    func add(_ set: String, _ code: String) {
      tables.members.append(EditionTables.MemberRow(set: set, code: code, row: tables.members.count + 2))
    }
    let letter = Self.letter(category)
    for place in 0..<170 where number >= Self.operations {
      let diagnosis = Self.diagnosis(category * 1_200 + (number - Self.operations) * 170 + place)
      add("DI_\(code)", diagnosis)
      add("DI_\(letter)00", diagnosis)
    }
    for place in 0..<120 where number < Self.operations {
      add("OP_\(code)", Self.procedure((category * 7 + number) * 40 + place))
      if number % 3 == 0 { add("OP2_\(code)", Self.procedure((category * 11 + number) * 40 + place)) }
    }
  }

  /// Cases drawn by a fixed rule: two in five with procedures, up to nine other diagnoses.
  func cases(count: Int) -> [GroupingCase] {
    (0..<count).map { number in
      let diagnoses = (0...(number % 10)).map { Self.diagnosis((number * 7_919 + $0 * 104_729) % 30_000) }
      let procedures =
        number % 5 < 2 ? (0...(number % 4)).map { Self.procedure((number * 6_151 + $0 * 7_907) % 9_000) } : []
      return GroupingCase(
        id: "\(number)", sex: number % 2 == 0 ? .male : .female, ageYears: number % 90, stayDays: number % 30,
        diagnoses: diagnoses, procedures: procedures)
    }
  }

  private static func letter(_ number: Int) -> String { String(Character(Unicode.Scalar(UInt8(65 + number)))) }

  private static func diagnosis(_ number: Int) -> String {
    let digits = String(number % 1_000)
    return
      "\(letter(number / 1_000 % 26))\(number / 26_000)\(String(repeating: "0", count: 3 - digits.count))\(digits).x00"
  }

  private static func procedure(_ number: Int) -> String {
    let digits = String(number)
    return "\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits).00"
  }
}
