import Grouping

/// A small edition with every shape of rule, and every case that can be made of a few codes and numbers.
enum ToyEdition {
  static func tables(_ manifest: EditionManifest = EditionManifest(identifier: "toy", name: "toy")) -> EditionTables {
    var tables = EditionTables(manifest: manifest)
    for (row, (code, rule)) in categories.enumerated() {
      tables.categories.append(
        EditionTables.CategoryRow(code: code, name: "大类 \(code)", rule: rule, order: row + 1, row: row + 2))
    }
    for (row, (code, category, rule)) in adjacentGroups.enumerated() {
      // The row for what no other takes stands first, as O00 does in the official workbook.
      tables.adjacentGroups.append(
        EditionTables.AdjacentGroupRow(
          code: code, name: "核心组 \(code)", rule: rule, category: category, order: code.hasSuffix("00") ? 0 : row + 1,
          row: row + 2))
    }
    for (row, (code, parent, rule)) in groups.enumerated() {
      tables.groups.append(
        EditionTables.GroupRow(
          code: code, name: "组 \(code)", rule: rule, adjacentGroup: parent, order: row + 1, row: row + 2))
    }
    for (set, codes) in sets {
      for code in codes {
        tables.members.append(EditionTables.MemberRow(set: set, code: code, row: tables.members.count + 2))
      }
    }
    tables.complications = [
      EditionTables.ComplicationRow(code: "B1", level: "MCC", exclusionTable: "表1", row: 2),
      EditionTables.ComplicationRow(code: "A", level: "CC", exclusionTable: "表2", row: 3),
      EditionTables.ComplicationRow(code: "A11", level: "CC", exclusionTable: "", row: 4),
    ]
    tables.exclusions = [
      EditionTables.ExclusionRow(table: "表1", principalDiagnosis: "A1", row: 2),
      EditionTables.ExclusionRow(table: "表2", principalDiagnosis: "B", row: 3),
      EditionTables.ExclusionRow(table: "表2", principalDiagnosis: "A11", row: 4),
    ]
    return tables
  }

  private static let categories = [
    ("MDCA", ""), ("MDCP", "(NL=0) AND (XSRTL<29)"),
    ("MDCZ", "((ZYZD in DI_Z01) and (QTZD in {DI_Z02, DI_Z03})) or ((ZYZD in DI_Z02) and (QTZD in DI_Z01))"),
    ("MDCY", "{ZYZD, QTZD} in DI_Y00"), ("MDCM", "(ZYZD in DI_M00) and (XB = 1)"), ("MDCB", "ZYZD in DI_B00"),
  ]

  private static let adjacentGroups = [
    ("AA1", "MDCA", "ZYSS in OP1_AA1 and {ZYSS, QTSS} in OP2_AA1"),
    ("AA2", "MDCA", "(ZYSS in OP1_AA2 and QTSS in OP2_AA2) or (ZYSS in OP2_AA2 and QTSS in OP1_AA2)"),
    ("PS1", "MDCP", "(XSRTZ >= 1500) and (XSRTZ < 2000)"), ("PU1", "MDCP", "XSRTZ > 2499"),
    ("ZB1", "MDCZ", "{ZYSS, QTSS} in OP_ALL"), ("ZZ1", "MDCZ", "{ZYSS, QTSS} not in OP_ALL"),
    ("YR1", "MDCY", "ZYZD not in DI_B00"), ("MB1", "MDCM", "ZYSS in {OP1_AA1, OP2_AA1}"),
    ("MQY", "MDCM", "ZYSS in OP_ALL"), ("MR1", "MDCM", "NL <= 5"), ("B00", "MDCB", ""),
    ("BB1", "MDCB", "(ZYZD in DI_BB1) and (ZYSS in OP_BB1)"), ("BQY", "MDCB", "{ZYSS, QTSS} in OP_ALL"),
    ("BR1", "MDCB", "(ZYZD in DI_BR1) and (ZYSS not in OP_BB1 or QTZD in DI_Y00)"), ("BR2", "MDCB", "ZYZD in DI_BB1"),
  ]

  private static let groups = [
    ("AA11", "AA1", "QTZD in MCC"), ("AA15", "AA1", ""), ("AA29", "AA2", ""), ("PS19", "PS1", ""),
    ("PU1D", "PU1", "NL < 0"),
    ("PU13", "PU1", "ZYTS >= 2"), ("ZB11", "ZB1", "QTZD in {MCC, CC}"), ("ZB13", "ZB1", "ZZJH = 1"),
    ("ZB15", "ZB1", "LYFS = 5"), ("ZZ19", "ZZ1", ""), ("YR11", "YR1", "QTZD not in CC"),
    ("YR15", "YR1", "QTSS in OP_BB1"),
    ("MB19", "MB1", ""), ("MR13", "MR1", "(QTZD in {MCC, DI_Y00})"), ("MR15", "MR1", ""), ("BB11", "BB1", "QTZD in CC"),
    ("BB13", "BB1", "QTZD in MCC"), ("BB1D", "BB1", "NL >= 5"), ("BQY", "BQY", ""), ("BR15", "BR1", ""),
    ("BR21", "BR2", "QTZD in CC"),
  ]

  private static let sets: [(String, [String])] = [
    ("DI_Z01", ["A1"]), ("DI_Z02", ["B1"]), ("DI_Z03", ["B"]), ("DI_Y00", ["C1"]), ("DI_M00", ["A11", "C"]),
    ("DI_B00", ["A", "A1", "B1"]), ("DI_BB1", ["A1", "B1"]), ("DI_BR1", ["A"]), ("OP1_AA1", ["1.1"]),
    ("OP2_AA1", ["1.10", "2.2"]), ("OP1_AA2", ["2.2"]), ("OP2_AA2", ["1.1"]), ("OP_ALL", ["1.1", "2.2"]),
    ("OP_BB1", ["1.10", "2"]),
  ]

  /// Every manifest with these switches.
  static var manifests: [EditionManifest] {
    var manifests: [EditionManifest] = []
    for bits in 0..<32 {
      let name = "toy \(bits)"
      manifests.append(
        EditionManifest(
          identifier: name, name: name, categoryFallThrough: bits & 1 == 0,
          groupMiss: bits & 2 == 0 ? .adjacentGroupOnly : .nextAdjacentGroup, ambiguousGroup: bits & 4 != 0,
          retriesOtherProcedures: bits & 8 != 0, codeMatching: bits & 16 == 0 ? .exact : .prefix))
    }
    return manifests
  }

  /// Calls the body with every case of up to three diagnoses and up to two procedures under eight sets of numbers.
  static func forEachCase(_ body: (GroupingCase) throws -> Void) rethrows {
    let diagnoses =
      lists(of: ["A1", "A11", "B1", "C1"], upTo: 3) + [[""], ["", "A1"], ["A1", ""], ["Q9"], ["A1", "Q9"]]
    let procedures =
      lists(of: ["1.1", "1.10", "2.2"], upTo: 2) + [[""], ["", "1.1"], ["9.9", "1.1"], ["9.9", "9.9", "2.2"]]
    let numbers = [
      GroupingCase(), GroupingCase(sex: .male, ageYears: 5), GroupingCase(sex: .female, ageYears: 6, stayDays: 2),
      GroupingCase(sex: .male, ageYears: 0, ageDays: 28, birthWeightGrams: 1_500),
      GroupingCase(ageYears: 0, ageDays: 3, birthWeightGrams: 2_500, stayDays: 2),
      GroupingCase(ageYears: 0, ageDays: 29, birthWeightGrams: 0, dischargeKind: 5),
      GroupingCase(sex: .male, ageYears: 4, stayDays: 1, dischargeKind: 5, department: "ICU"),
      GroupingCase(ageYears: -1),
    ]
    for stated in numbers {
      var stated = stated
      for codes in diagnoses {
        stated.diagnoses = codes
        for codes in procedures {
          stated.procedures = codes
          try body(stated)
        }
      }
    }
  }

  private static func lists(of codes: [String], upTo length: Int) -> [[String]] {
    if length == 0 { return [[]] }
    let shorter = lists(of: codes, upTo: length - 1)
    return shorter + shorter.filter { $0.count == length - 1 }.flatMap { list in codes.map { list + [$0] } }
  }
}
