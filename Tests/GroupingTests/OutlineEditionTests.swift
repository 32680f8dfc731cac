import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// The edition that the product ships, compiled once.
private enum Outline {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let folder = root.appending(path: "Editions/chs-drg-outline").path
  static let reading = EditionFile(folder).read()
  static let tables = reading.value ?? EditionTables(manifest: EditionManifest(identifier: "", name: ""))
  static let compiled = Edition.compile(tables)
  static let members = Dictionary(grouping: tables.members, by: \.set).mapValues { $0.map(\.code) }

  /// `../shared/data/icd` beside the repository; the code tables of others are not part of it.
  static let codeTables: String? = {
    let path = root.deletingLastPathComponent().appending(path: "shared/data/icd").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  /// The sets of one kind that a rule asks a code to be in; those after `not in` are left out.
  static func sets(_ prefix: String, in rule: String) -> [String] {
    let words = rule.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    return words.indices.filter { index in
      words[index].hasPrefix(prefix) && !words[..<index].suffix(2).elementsEqual(["not", "in"])
    }.map { words[$0] }
  }
}

@Suite struct OutlineEditionTests {
  @Test func `提纲版读入和编译都没有错误或提示`() {
    #expect(Outline.reading.diagnostics.map { $0.text(.chinese) } == [])
    #expect(Outline.compiled.findings.map { $0.message.chinese } == [])
    #expect(Outline.compiled.edition != nil)
  }

  @Test func `提纲版写明仅供示范并按类目匹配`() {
    let manifest = Outline.tables.manifest
    #expect(manifest.codeMatching == .prefix && manifest.categoryFallThrough && !manifest.ambiguousGroup)
    #expect(manifest.name.contains("支付请导入官方分组方案") && manifest.name.contains("import the official workbook"))
  }

  @Test func `二十六个大类齐全，次序与官方方案一致`() {
    let letters = Outline.tables.categories.sorted { $0.order < $1.order }.compactMap(\.code.last)
    #expect(String(letters) == "APYZMNBCDEFGHIJKLOQRSTUVWX")
    #expect(Outline.tables.adjacentGroups.count == 367 && Outline.tables.groups.count == 580)
    for row in Outline.tables.adjacentGroups { #expect(row.code.first == row.category.last, "\(row.code)") }
    for row in Outline.tables.groups { #expect(row.code.dropLast() == row.adjacentGroup, "\(row.code)") }
  }

  @Test func `集合连续、升序，没有被上级类目包含的编码`() {
    let rows = Outline.tables.members.map { ($0.set, $0.code) }
    #expect(rows.map { "\($0.0) \($0.1)" } == rows.sorted { $0 < $1 }.map { "\($0.0) \($0.1)" })
    for (set, codes) in Outline.members {
      let all = Set(codes)
      let covered = codes.filter { code in code.indices.dropFirst().contains { all.contains(String(code[..<$0])) } }
      #expect(covered == [] && all.count == codes.count, "\(set)")
    }
  }

  @Test func `并发症和排除表的类目互不包含`() {
    for codes in [
      Outline.tables.complications.map(\.code), Outline.tables.exclusions.map(\.principalDiagnosis),
    ] {
      let all = Set(codes)
      let covered = codes.filter { code in code.indices.dropFirst().contains { all.contains(String(code[..<$0])) } }
      #expect(covered == [] && all.count == codes.count)
    }
  }

  @Test func `大类的每个诊断不做手术也能入组`() throws {
    let grouper = Grouper(try #require(Outline.compiled.edition))
    for category in Outline.tables.categories where !["MDCA", "MDCP", "MDCZ"].contains(category.code) {
      for diagnosis in Outline.sets("DI", in: category.rule).flatMap({ Outline.members[$0] ?? [] }) {
        let sex = category.code == "MDCM" ? PatientSex.male : .female
        let result = grouper.group(GroupingCase(sex: sex, ageYears: 40, diagnoses: [diagnosis]))
        #expect(result.category == category.code && result.group != nil, "\(diagnosis)")
      }
    }
  }

  @Test func `ADRG 的诊断都在所属大类之内`() {
    let rules = Dictionary(uniqueKeysWithValues: Outline.tables.categories.map { ($0.code, $0.rule) })
    for row in Outline.tables.adjacentGroups {
      let wide = Set(Outline.sets("DI", in: rules[row.category] ?? "").flatMap { Outline.members[$0] ?? [] })
      guard !wide.isEmpty else { continue }
      let outside = Outline.sets("DI", in: row.rule).flatMap { Outline.members[$0] ?? [] }.filter { code in
        !(code.indices.dropFirst() + [code.endIndex]).contains { wide.contains(String(code[..<$0])) }
      }
      #expect(outside == [], "\(row.code)")
    }
  }

  @Test func `每个 DRG 都有病例可以进入`() throws {
    let grouper = Grouper(try #require(Outline.compiled.edition))
    let rules = Dictionary(uniqueKeysWithValues: Outline.tables.categories.map { ($0.code, $0.rule) })
    let groups = Dictionary(grouping: Outline.tables.groups, by: \.adjacentGroup).mapValues { $0.map(\.code) }
    for row in Outline.tables.adjacentGroups {
      let wanted = Set(groups[row.code] ?? [])
      let missing = WitnessSearch(row, rules[row.category] ?? "").unreached(wanted) { grouper.group($0).code }
      #expect(missing == [], "\(row.code)")
    }
  }

  // The published code tables are not part of the repository: skipped when they do not lie beside it.
  @Test(.enabled(if: Outline.codeTables != nil, "../shared/data/icd is not there"))
  func `每个类目在国家编码表中都有编码`() throws {
    let folder = try #require(Outline.codeTables)
    let versions = try #require(CodeVersionFolder.read(folder).value)
    let rows = Outline.tables
    let diagnoses =
      rows.members.filter { $0.set.hasPrefix("DI") }.map(\.code) + rows.complications.map(\.code)
      + rows.exclusions.map(\.principalDiagnosis)
    let procedures = rows.members.filter { $0.set.hasPrefix("OP") }.map(\.code)
    #expect(Set(diagnoses).filter { versions.diagnoses.codes(beginningWith: $0, limit: 1).isEmpty } == [])
    #expect(Set(procedures).filter { versions.procedures.codes(beginningWith: $0, limit: 1).isEmpty } == [])
  }
}

/// Looks for cases of an adjacent group among the codes that its rule and its category's rule name.
private struct WitnessSearch {
  private let row: EditionTables.AdjacentGroupRow
  private let principals: [String]
  private let procedures: [[String]]
  private let complications: [[String]]
  private let weights: [Int?]

  init(_ row: EditionTables.AdjacentGroupRow, _ categoryRule: String) {
    self.row = row
    let own = Outline.sets("DI", in: row.rule)
    let asked = own.isEmpty ? Outline.sets("DI", in: categoryRule) : own
    principals = asked.isEmpty ? ["J18"] : Set(asked.flatMap { Outline.members[$0] ?? [] }).sorted()
    procedures = Self.procedures(Outline.sets("OP", in: row.rule))
    // Severe injuries need a second part of the body.
    let injuries = row.category == "MDCZ" ? [["S06.5"], ["S26"], ["S36"], ["S72"]] : [[]]
    complications = injuries.flatMap { injury in [injury] + Self.levels.map { injury + $0 } }
    weights = row.category == "MDCP" ? [1_200, 1_700, 2_200, 2_700] : [nil]
  }

  /// The groups to which no case leads; the search ends when every one is reached.
  func unreached(_ wanted: Set<String>, by group: (GroupingCase) -> String) -> Set<String> {
    var missing = wanted
    for principal in principals {
      for operations in procedures {
        for (others, weight) in complications.flatMap({ others in weights.map { (others, $0) } }) {
          missing.remove(group(newCase([principal] + others, operations, weight)))
          if missing.isEmpty { return [] }
        }
      }
    }
    return missing
  }

  private func newCase(_ diagnoses: [String], _ procedures: [String], _ weight: Int?) -> GroupingCase {
    let days = row.rule.contains(">= 29") ? 40 : 3
    return GroupingCase(
      sex: row.category == "MDCM" ? .male : .female, ageYears: weight == nil ? 40 : 0,
      ageDays: weight == nil ? nil : days, birthWeightGrams: weight, diagnoses: diagnoses, procedures: procedures)
  }

  /// Some codes of each level: the first, the last and one between, of different exclusion tables.
  private static let levels = ["MCC", "CC"].map { level in
    let codes = Outline.tables.complications.filter { $0.level == level }.map(\.code)
    return [codes.first, codes.last, codes.isEmpty ? nil : codes[codes.count / 2]].compactMap(\.self)
  }

  private static func procedures(_ sets: [String]) -> [[String]] {
    if sets.isEmpty { return [[]] }
    let single = Set(sets.flatMap { Outline.members[$0] ?? [] }).sorted().map { [$0] }
    guard sets.count > 1, let first = sets.first, let last = sets.last else { return single }
    return single + (Outline.members[first] ?? []).flatMap { one in (Outline.members[last] ?? []).map { [one, $0] } }
  }
}
