import Grouping
import Kernel
import Testing

/// The checker: what is found, where, and whether the edition is refused.
struct EditionCheckTests {
  /// The kinds found in the toy edition after a change, with their places, less those that it has anyway.
  private func found(
    in manifest: EditionManifest = EditionManifest(identifier: "toy", name: "toy", groupMiss: .nextAdjacentGroup),
    knownCodes: KnownCodes? = nil, after change: (inout EditionTables) -> Void
  ) -> (isRefused: Bool, findings: [EditionFinding]) {
    var tables = ToyEdition.tables(manifest)
    let usual = Set(Edition.compile(tables).findings)
    change(&tables)
    let (edition, findings) = Edition.compile(tables, knownCodes: knownCodes)
    return (edition == nil, findings.filter { !usual.contains($0) })
  }

  private func expect(
    _ kind: EditionFinding.Kind, _ sheet: EditionSheet, row: Int?, refused: Bool,
    _ result: (isRefused: Bool, findings: [EditionFinding]), sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let match = result.findings.first { $0.kind == kind }
    #expect(match?.sheet == sheet && match?.row == row, "\(result.findings)", sourceLocation: sourceLocation)
    #expect((match?.severity == .error) == refused, sourceLocation: sourceLocation)
    #expect(result.isRefused == refused, sourceLocation: sourceLocation)
    #expect(result.findings.count == 1, "\(result.findings)", sourceLocation: sourceLocation)
  }

  private func addAdjacentGroup(_ code: String, _ rule: String, to tables: inout EditionTables, order: Int = 90) {
    let category = code == "BX1" ? "MDCB" : "MDCM"
    tables.adjacentGroups.append(
      EditionTables.AdjacentGroupRow(code: code, name: "", rule: rule, category: category, order: order, row: 90))
    tables.groups.append(
      EditionTables.GroupRow(code: code + "9", name: "", rule: "", adjacentGroup: code, order: 1, row: 90))
  }

  @Test func `小方案自身只有三处提示`() {
    let findings = Edition.compile(ToyEdition.tables()).findings
    #expect(findings.allSatisfy { $0.severity == .warning })
    #expect(
      Set(findings.map(\.kind)).isSubset(of: [.neverTrue, .noUnconditionalGroup, .unreachable, .keptOutByCategory]))
    #expect(findings.first { $0.kind == .neverTrue }?.message.chinese.hasPrefix("PU1D ") == true)
  }

  @Test func `规则写错则拒收`() {
    expect(
      .ruleSyntax, .adjacentGroups, row: 90, refused: true, found { addAdjacentGroup("BX1", "ZYZD on X", to: &$0) })
  }

  @Test func `集合不存在则拒收，集合无编码则提示`() {
    expect(
      .unknownSet, .adjacentGroups, row: 90, refused: true, found { addAdjacentGroup("BX1", "ZYZD in DI_XX9", to: &$0) }
    )
    let empty = found { tables in
      addAdjacentGroup("BX1", "ZYZD in DI_EMPTY or NL = 1", to: &tables)
      tables.members.append(EditionTables.MemberRow(set: "DI_EMPTY", code: " ", row: 99))
    }
    #expect(!empty.isRefused)
    #expect(empty.findings.map(\.kind) == [.emptySet, .missingCode])
  }

  @Test func `规则未用到的集合`() {
    expect(
      .unusedSet, .members, row: 99, refused: false,
      found { $0.members.append(EditionTables.MemberRow(set: "DI_UNUSED", code: "A1", row: 99)) })
  }

  @Test func `以诊断对照手术操作集合`() {
    expect(
      .foreignSet, .adjacentGroups, row: 90, refused: false,
      found { addAdjacentGroup("BX1", "NL = 1 or ZYZD in OP_BB1", to: &$0) })
  }

  @Test func `无条件行之后的行永远不会入组`() {
    let behind = found { tables in
      addAdjacentGroup("BX1", "", to: &tables)
      tables.adjacentGroups.append(
        EditionTables.AdjacentGroupRow(
          code: "BX2", name: "", rule: "NL = 1", category: "MDCB", order: 91, row: 91))
      tables.groups.append(
        EditionTables.GroupRow(code: "BX29", name: "", rule: "", adjacentGroup: "BX2", order: 1, row: 91))
    }
    expect(.unreachable, .adjacentGroups, row: 91, refused: false, behind)
    #expect(behind.findings[0].message.english.contains("stands behind BX1 (row 90), which has no rule"))
    expect(
      .unreachable, .groups, row: 99, refused: false,
      found {
        $0.groups.append(
          EditionTables.GroupRow(code: "AA1D", name: "", rule: "NL = 1", adjacentGroup: "AA1", order: 99, row: 99))
      })
  }

  @Test(arguments: [
    ("ZYZD in DI_BB1", true), ("NL = 5 and ZYZD in DI_BB1", true), ("(ZYZD in DI_BB1)", true),
    ("{ZYZD, QTZD} in DI_BB1", false), ("ZYZD in {DI_BB1, DI_BR1}", false), ("NL = 5", false),
  ])
  func `前面的规则更宽则后面的组不可及`(rule: String, isUnreachable: Bool) {
    // BR2, which takes ZYZD in DI_BB1, has one conditional group; with an unconditional one it takes a case for good.
    let result = found { tables in
      tables.groups.append(
        EditionTables.GroupRow(code: "BR25", name: "", rule: "", adjacentGroup: "BR2", order: 99, row: 99))
      addAdjacentGroup("BX1", rule, to: &tables)
    }
    #expect(result.findings.contains { $0.kind == .unreachable && $0.row == 90 } == isUnreachable)
  }

  @Test(arguments: [
    "NL < 0", "NL > 5 and NL < 6", "(XSRTL >= 29) and (XSRTL < 29)", "XB = 3", "ZZJH > 1",
    "(NL = 1 or NL = 2) and NL >= 3", "ZYZD in DI_BB1 and (NL < 0 or XB < 1)",
  ])
  func `恒不成立的规则`(rule: String) {
    expect(.neverTrue, .adjacentGroups, row: 90, refused: false, found { addAdjacentGroup("BX1", rule, to: &$0) })
  }

  @Test(arguments: ["NL >= 0", "NL > 5 and NL <= 6", "NL = 1 or NL < 0", "XB = 2", "(NL = 1 or NL = 4) and NL >= 3"])
  func `可以成立的规则不报`(rule: String) {
    #expect(found { addAdjacentGroup("BX1", rule, to: &$0) }.findings.isEmpty)
  }

  @Test func `大类规则挡住的编码`() {
    let result = found { tables in
      tables.categories[0].rule = "ZYSS in OP_ALL"
      tables.members.append(EditionTables.MemberRow(set: "OP1_AA1", code: "41.0000", row: 99))
    }
    let kept = result.findings.filter { $0.kind == .keptOutByCategory }
    #expect(kept.map(\.excerpt) == ["41.0000"])
    #expect(kept.first?.row == 2 && kept.first?.sheet == .adjacentGroups && !result.isRefused)
  }

  @Test func `上级编码缺失或不存在则拒收`() {
    expect(
      .danglingParent, .groups, row: 99, refused: true,
      found {
        $0.groups.append(EditionTables.GroupRow(code: "X", name: "", rule: "", adjacentGroup: "BR9", order: 1, row: 99))
      })
    expect(
      .danglingParent, .groups, row: 99, refused: true,
      found {
        $0.groups.append(EditionTables.GroupRow(code: "X", name: "", rule: "", adjacentGroup: "", order: 1, row: 99))
      })
  }

  @Test func `重复的组拒收，重复的集合成员和排除行提示`() {
    expect(
      .duplicate, .groups, row: 99, refused: true,
      found {
        $0.groups.append(
          EditionTables.GroupRow(code: "PS19", name: "", rule: "XB = 1", adjacentGroup: "PS1", order: 0, row: 99))
      })
    expect(
      .duplicate, .members, row: 99, refused: false,
      found { $0.members.append(EditionTables.MemberRow(set: "DI_Z01", code: "A1", row: 99)) })
    expect(
      .duplicate, .exclusions, row: 99, refused: false,
      found { $0.exclusions.append(EditionTables.ExclusionRow(table: "表1", principalDiagnosis: "A1", row: 99)) })
  }

  @Test func `同一编码既是MCC又是CC则拒收`() {
    expect(
      .contradiction, .complications, row: 99, refused: true,
      found {
        $0.complications.append(EditionTables.ComplicationRow(code: "B1", level: "CC", exclusionTable: "表1", row: 99))
      })
    expect(
      .unknownLevel, .complications, row: 99, refused: true,
      found {
        $0.complications.append(EditionTables.ComplicationRow(code: "Z1", level: "重度", exclusionTable: "", row: 99))
      })
  }

  @Test func `排除表缺失和无人引用`() {
    expect(
      .unknownExclusionTable, .complications, row: 99, refused: false,
      found {
        $0.complications.append(EditionTables.ComplicationRow(code: "Z1", level: "CC", exclusionTable: "表9", row: 99))
      })
    expect(
      .unusedExclusionTable, .exclusions, row: 99, refused: false,
      found {
        $0.exclusions.append(EditionTables.ExclusionRow(table: "表9", principalDiagnosis: "A1", row: 99))
      })
    expect(
      .missingCode, .exclusions, row: 99, refused: false,
      found {
        $0.exclusions.append(EditionTables.ExclusionRow(table: "表1", principalDiagnosis: "", row: 99))
      })
  }

  @Test func `混入数据行的表头略过并提示`() {
    let result = found { tables in
      tables.categories.append(
        EditionTables.CategoryRow(code: "MDC编码", name: "MDC名称", rule: "MDC规则", order: 0, row: 97))
      tables.members.append(EditionTables.MemberRow(set: "集合编号", code: "ICD编码", row: 98))
      tables.exclusions.append(EditionTables.ExclusionRow(table: "集合编号", principalDiagnosis: "ICD编码", row: 99))
    }
    #expect(result.findings.map(\.kind) == [.headerAmongRows, .headerAmongRows, .headerAmongRows])
    #expect(!result.isRefused)
  }

  @Test func `与编码标准对照`() {
    var known = KnownCodes(diagnoses: [], procedures: [])
    for row in ToyEdition.tables().members {
      if row.set.hasPrefix("DI") { known.diagnoses.insert(row.code) } else { known.procedures.insert(row.code) }
    }
    known.procedures.remove("2")
    let result = found(knownCodes: known) { _ in }
    #expect(result.findings.map(\.excerpt) == ["OP_BB1 2"])
    #expect(result.findings.map(\.kind) == [.codeNotInStandard])
  }

  @Test func `空方案不拒收，什么也不入`() throws {
    let (edition, findings) = Edition.compile(EditionTables(manifest: EditionManifest(identifier: "", name: "")))
    #expect(findings.isEmpty)
    let result = Grouper(try #require(edition)).group(GroupingCase(diagnoses: ["A1"], procedures: ["1"]))
    #expect(result.code == "0000" && result.reason == .unknownPrincipalDiagnosis)
  }

  @Test func `未入组编码行不是数据`() throws {
    let result = found { tables in
      tables.adjacentGroups.append(
        EditionTables.AdjacentGroupRow(code: "0000", name: "", rule: "", category: "", order: 999, row: 98))
      tables.groups.append(
        EditionTables.GroupRow(code: "0000", name: "", rule: "", adjacentGroup: "", order: 1, row: 99))
    }
    #expect(result.findings.isEmpty && !result.isRefused)
  }
}
