import Grouping
import Kernel
import Testing

/// The rules of the official 3.0 form that are known: an extract of 26 categories and 17 adjacent groups, without sets.
///
/// The members of the sets are those that the witness cases themselves state (`AA19` by `33.6x00`, so `OP_AA1` holds
/// it); what is shown is that the rules read as published and that rules, order and switches lead each case to its
/// group.
@Suite(.enabled(if: Shared.isThere, "needs ../shared/data/grouping"))
struct OfficialFormTests {
  private static let sets: [String: [String]] = [
    "OP_AA1": ["33.6x00"], "OP_AA2": ["33.5000"], "OP1_AC1": ["52.8000"], "OP2_AC1": ["55.6100"],
    "OP1_AH2": ["96.7201"],
    "OP2_AH2": ["39.9500x007"], "OP_AH3": ["96.7201"], "OP1_BB1": ["39.5304"], "OP2_BB1": ["39.7203"],
    "DI_BB2": ["I61.003"], "OP_BB2": ["38.4000"], "OP_BB5": ["01.0900x009"], "DI_BP1": ["G61.003"],
    "OP_BP1": ["00.1801"],
    "DI_BR1": ["I63.206"], "DI_B00": ["D33.404", "I61.003", "G61.003", "I63.206"],
    "OP_ALL": ["43.3x00x003", "33.6x00", "38.4000", "00.1801"],
  ]

  private static func tables(ambiguous: Bool) throws -> EditionTables {
    let sample = try Shared.json("data/grouping/drg30_rule_dsl_sample.json")
    var manifest = EditionManifest(identifier: "chs_drg_30_sample", name: "CHS-DRG 3.0（摘录）")
    manifest.ambiguousGroup = ambiguous
    var tables = EditionTables(manifest: manifest)
    func rows(_ key: String) -> [[String: Any]] { sample[key] as? [[String: Any]] ?? [] }
    func text(_ row: [String: Any], _ key: String) -> String { row[key] as? String ?? "" }
    for (place, row) in rows("mdc").enumerated() {
      tables.categories.append(
        EditionTables.CategoryRow(
          code: text(row, "code"), name: text(row, "name"), rule: text(row, "rule"), order: row["sort"] as? Int ?? 0,
          row: place + 3))
    }
    for (place, row) in rows("adrg").enumerated() {
      tables.adjacentGroups.append(
        EditionTables.AdjacentGroupRow(
          code: text(row, "code"), name: text(row, "name"), rule: text(row, "rule"), category: text(row, "mdc"),
          order: row["sort"] as? Int ?? 0, row: place + 2))
    }
    // The groups of the adjacent groups that the witnesses reach, with the rules that the extract's note lists.
    for code in [
      "AA19", "AA29", "AC19", "AH29", "AH39", "BB19", "BB21", "BB23", "BB25", "BB51", "BB55", "BP19", "BR11", "BR13",
      "BR15", "BQY",
    ] {
      let rule = code.hasSuffix("1") ? "QTZD in MCC" : code.hasSuffix("3") ? "QTZD in {MCC, CC}" : ""
      tables.groups.append(
        EditionTables.GroupRow(
          code: code, name: "", rule: rule, adjacentGroup: String(code.prefix(3)), order: tables.groups.count,
          row: tables.groups.count + 2))
    }
    tables.members = members(tables)
    tables.complications = [
      EditionTables.ComplicationRow(code: "A19.000x012", level: "MCC", exclusionTable: "", row: 2),
      EditionTables.ComplicationRow(code: "B05.801", level: "CC", exclusionTable: "", row: 3),
    ]
    return tables
  }

  /// The witnesses' members, and a code that no case has for every other set that a rule names.
  private static func members(_ tables: EditionTables) -> [EditionTables.MemberRow] {
    let rules = tables.categories.map(\.rule) + tables.adjacentGroups.map(\.rule)
    let names = rules.flatMap { $0.split { !($0.isLetter || $0.isNumber || $0 == "_") } }.map(String.init)
    let wanted = Set(names.filter { $0.hasPrefix("DI_") || $0.hasPrefix("OP") }).union(sets.keys)
    return wanted.sorted().flatMap { name in (sets[name] ?? ["-"]).map { (name, $0) } }.enumerated().map {
      place, member in
      EditionTables.MemberRow(set: member.0, code: member.1, row: place + 2)
    }
  }

  @Test func `官方规则原文全部可读`() throws {
    let tables = try Self.tables(ambiguous: true)
    #expect(tables.categories.count == 26 && tables.adjacentGroups.count == 17)
    let (edition, findings) = Edition.compile(tables)
    #expect(edition != nil, "\(findings.filter { $0.severity == .error })")
  }

  @Test func `摘录规则能判定的十五个见证病例全部一致`() throws {
    let tables = try Self.tables(ambiguous: true)
    let grouper = Grouper(try LoadedEdition(tables).edition)
    let known = Set(tables.groups.map(\.code))
    let rows = try Shared.rows("cases/grouping/drgx_witness_sample_chs30_20260909.csv").map(\.cells)
    #expect(rows.count == 76)
    let decidable = rows.filter { known.contains($0["target"] ?? "") }
    #expect(decidable.count == 15)
    for row in decidable {
      let result = grouper.group(GroupingCase(witness: row))
      #expect(result.code == row["target"])
      #expect(result.status == (row["status"] == "Ambiguous" ? .ambiguous : .grouped))
    }
  }

  @Test func `关闭歧义组后落到大类的末行`() throws {
    let grouper = Grouper(try LoadedEdition(Self.tables(ambiguous: false)).edition)
    let result = grouper.group(GroupingCase(sex: .male, diagnoses: ["D33.404"], procedures: ["43.3x00x003"]))
    #expect(result.code == "B00" && result.status == .ungrouped && result.category == "MDCB")
  }
}

extension GroupingCase {
  /// A row of `drgx_witness_sample_chs30_20260909.csv`.
  fileprivate init(witness row: [String: String]) {
    self.init(
      sex: UInt8(row["gender"] ?? "").flatMap(PatientSex.init(rawValue:)), ageYears: Int(row["age"] ?? ""),
      ageDays: Int(row["ageDay"] ?? ""), diagnoses: (row["diagnoses"] ?? "").split(separator: "|").map(String.init),
      procedures: (row["procedures"] ?? "").split(separator: "|").map(String.init))
  }
}
