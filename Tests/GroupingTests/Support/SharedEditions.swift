import Foundation
import Grouping
import Synchronization
import TabularFiles

/// The editions and cases under `../shared`, beside the repository; they are not part of it.
enum Shared {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared")

  /// Whether the data are there; tests that need them are skipped otherwise.
  static let isThere = FileManager.default.fileExists(atPath: folder.appending(path: "data/editions").path)

  /// Every edition of the folder.
  static let editions = [
    "chs_drg_10", "chs_drg_11", "corrected/chs_drg_11", "beijing_2022", "wuhan_2022", "zhejiang_2022", "chongqing_2022",
    "suzhou_2023",
  ]

  /// The rows of a CSV file under the folder as dictionaries by column, with the line each began on.
  static func rows(_ path: String) throws -> [(line: Int, cells: [String: String])] {
    var header: [String] = []
    var rows: [(line: Int, cells: [String: String])] = []
    try CSVReader(path: folder.appending(path: path).path).forEachRow { row in
      if header.isEmpty {
        header = row.strings
      } else {
        rows.append((row.line, Dictionary(zip(header, row.strings)) { first, _ in first }))
      }
    }
    return rows
  }

  static func json(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appending(path: path))
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }
}

/// An edition with its tables, compiled, and the naive interpreter of the same tables.
struct LoadedEdition: Sendable {
  let tables: EditionTables
  let edition: Edition
  let findings: [EditionFinding]
  let naive: NaiveGrouper

  struct Refused: Error {
    var findings: [EditionFinding]
  }

  private static let cache = Mutex<[String: LoadedEdition]>([:])

  /// The edition in a folder under `data/editions`, read and compiled once.
  static func named(_ name: String, ambiguous: Bool? = nil) throws -> LoadedEdition {
    let key = name + (ambiguous.map { "\($0)" } ?? "")
    if let known = cache.withLock({ $0[key] }) { return known }
    var tables = try EditionTables(shared: name)
    if let ambiguous { tables.manifest.ambiguousGroup = ambiguous }
    let loaded = try LoadedEdition(tables)
    cache.withLock { $0[key] = loaded }
    return loaded
  }

  init(_ tables: EditionTables) throws {
    let compiled = Edition.compile(tables)
    guard let edition = compiled.edition else { throw Refused(findings: compiled.findings) }
    self.tables = tables
    self.edition = edition
    findings = compiled.findings
    naive = try NaiveGrouper(tables)
  }
}

extension EditionTables {
  /// Reads a folder under `data/editions`.
  init(shared name: String) throws {
    let folder = "data/editions/\(name)"
    self.init(manifest: try EditionManifest(shared: name))
    categories = try Shared.rows("\(folder)/mdc.csv").map { line, row in
      CategoryRow(
        code: row["code"] ?? "", name: row["name"] ?? "", rule: row["rule"] ?? "", order: Int(row["sort"] ?? "") ?? 0,
        row: line)
    }
    adjacentGroups = try Shared.rows("\(folder)/adrg.csv").map { line, row in
      AdjacentGroupRow(
        code: row["code"] ?? "", name: row["name"] ?? "", rule: row["rule"] ?? "", category: row["mdc"] ?? "",
        order: Int(row["sort"] ?? "") ?? 0, row: line)
    }
    groups = try Shared.rows("\(folder)/drg.csv").map { line, row in
      GroupRow(
        code: row["code"] ?? "", name: row["name"] ?? "", rule: row["rule"] ?? "", adjacentGroup: row["adrg"] ?? "",
        order: Int(row["sort"] ?? "") ?? 0, row: line)
    }
    members = try Shared.rows("\(folder)/sets.csv").map { line, row in
      MemberRow(set: row["set"] ?? "", code: row["code"] ?? "", row: line)
    }
    complications = try Shared.rows("\(folder)/cc.csv").map { line, row in
      ComplicationRow(
        code: row["code"] ?? "", level: row["level"] ?? "", exclusionTable: row["exclusion_table"] ?? "", row: line)
    }
    exclusions = try Shared.rows("\(folder)/exclusions.csv").map { line, row in
      ExclusionRow(table: row["exclusion_table"] ?? "", principalDiagnosis: row["principal_dx"] ?? "", row: line)
    }
  }
}

extension EditionManifest {
  /// Reads the switches of a manifest under `data/editions`.
  init(shared name: String) throws {
    let manifest = try Shared.json("data/editions/\(name)/manifest.json")
    let evaluation = manifest["evaluation"] as? [String: Any] ?? [:]
    self.init(
      identifier: manifest["edition"] as? String ?? "", name: manifest["name"] as? String ?? "",
      region: manifest["region"] as? String ?? "",
      categoryFallThrough: evaluation["mdc_fall_through"] as? Bool ?? true,
      groupMiss: GroupMiss(rawValue: evaluation["drg_miss"] as? String ?? "") ?? .adjacentGroupOnly,
      ambiguousGroup: (evaluation["ambiguous_group"] as? [String: Any])?["default"] as? Bool ?? false,
      retriesOtherProcedures: evaluation["retry_ungrouped_with_each_other_procedure"] as? Bool ?? false,
      ungroupedCode: evaluation["ungrouped_code"] as? String ?? "0000")
  }
}

extension GroupingCase {
  private static func sex(_ text: String?) -> PatientSex? {
    UInt8(text ?? "").flatMap(PatientSex.init(rawValue:))
  }

  private static func codes(_ text: String?) -> [String] { (text ?? "").split(separator: "|").map(String.init) }

  /// A row of `synthetic-5000.csv`.
  init(row: [String: String]) {
    self.init(
      id: row["id"] ?? "", sex: Self.sex(row["sex"]), ageYears: Int(row["age_years"] ?? ""),
      ageDays: Int(row["age_days"] ?? ""), birthWeightGrams: Int(row["birth_weight_g"] ?? ""),
      stayDays: Int(row["stay_days"] ?? ""), dischargeKind: Int(row["discharge_kind"] ?? ""),
      department: row["department"] ?? "", diagnoses: Self.codes(row["diagnoses"]),
      procedures: Self.codes(row["procedures"]))
  }

  /// A row of `opendrg_input30_labelled.csv`.
  init(labelled row: [String: String]) {
    self.init(
      id: row["Index"] ?? "", sex: Self.sex(row["gender"]), ageYears: Int(row["age"] ?? ""),
      ageDays: Int(row["ageDay"] ?? ""), birthWeightGrams: Int(row["weight"] ?? ""),
      stayDays: Int(row["inHospitalTime"] ?? ""), dischargeKind: Int(row["leavingType"] ?? ""),
      diagnoses: Self.codes(row["zdList"]), procedures: Self.codes(row["ssList"]))
  }

  /// A row of `hongshan_30_expected.csv`.
  init(hongshan row: [String: String]) {
    self.init(
      sex: Self.sex(row["sex"]), ageYears: Int(row["age"] ?? ""), ageDays: Int(row["age_day"] ?? ""),
      birthWeightGrams: Int(row["birth_weight"] ?? ""), stayDays: Int(row["los"] ?? ""),
      dischargeKind: Int(row["out_type"] ?? ""), diagnoses: Self.codes(row["zdList"]),
      procedures: Self.codes(row["ssList"]))
  }
}
