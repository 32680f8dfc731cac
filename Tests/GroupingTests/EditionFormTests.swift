import Grouping
import Kernel
import Testing

/// Compiled editions as bytes, overlays and differences.
struct EditionFormTests {
  @Test(arguments: ToyEdition.manifests)
  func `编译结果写出再读入完全相同`(manifest: EditionManifest) throws {
    let edition = try LoadedEdition(ToyEdition.tables(manifest)).edition
    let bytes = edition.encoded()
    let decoded = try Edition(encoded: bytes)
    #expect(decoded == edition)
    #expect(decoded.encoded() == bytes)
    #expect(decoded.manifest == manifest)
  }

  @Test func `任何一个字节被改或文件被截断都拒绝`() throws {
    let bytes = try LoadedEdition(ToyEdition.tables()).edition.encoded()
    for place in bytes.indices {
      for bit in [0, 7] {
        var damaged = bytes
        damaged[place] ^= 1 << UInt8(bit)
        #expect(throws: EditionCodingError.self) { try Edition(encoded: damaged) }
      }
    }
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: EditionCodingError.self) { try Edition(encoded: Array(bytes.prefix(length))) }
    }
    #expect(throws: EditionCodingError.damaged) { try Edition(encoded: bytes + [0]) }
    #expect(throws: EditionCodingError.notAnEdition) { try Edition(encoded: Array("id,sex\n".utf8)) }
    var newer = bytes
    newer[8] = 99
    #expect(throws: EditionCodingError.otherFormat(99)) { try Edition(encoded: newer) }
  }

  @Test func `地方方案按键替换、增加、删除`() throws {
    let base = ToyEdition.tables()
    var put = EditionTables(manifest: base.manifest)
    put.groups = [
      EditionTables.GroupRow(code: "MR15", name: "改名", rule: "NL = 3", adjacentGroup: "MR1", order: 1, row: 2),
      EditionTables.GroupRow(code: "MR19", name: "新增", rule: "", adjacentGroup: "MR1", order: 9, row: 3),
    ]
    put.members = [EditionTables.MemberRow(set: "DI_Y00", code: "C2", row: 2)]
    put.complications = [EditionTables.ComplicationRow(code: "B1", level: "CC", exclusionTable: "", row: 2)]
    let city = EditionManifest(identifier: "city", name: "市", groupMiss: .nextAdjacentGroup)
    let overlay = EditionOverlay(
      manifest: city,
      removed: [
        .group("MR13"), .set("DI_Y00"), .member(set: "DI_B00", code: "A"), .exclusionTable("表2"), .group("没有"),
      ],
      put: put)
    let (tables, findings) = base.overlaid(by: overlay)
    #expect(tables.manifest == city)
    #expect(tables.groups.filter { $0.adjacentGroup == "MR1" }.map(\.code) == ["MR15", "MR19"])
    #expect(tables.groups.count == base.groups.count)
    #expect(tables.members.filter { $0.set == "DI_Y00" }.map(\.code) == ["C2"])
    #expect(!tables.members.contains { $0.set == "DI_B00" && $0.code == "A" })
    #expect(tables.complications.first { $0.code == "B1" }?.level == "CC")
    #expect(Set(tables.exclusions.map(\.table)) == ["表1"])
    #expect(findings.map(\.kind) == [.overlayMiss])
    #expect(findings[0].message.chinese == "要删除的 没有 在基础方案中不存在；请核对基础方案的版本。")
  }

  @Test func `差异列出开关、行、集合和并发症`() {
    let before = ToyEdition.tables()
    var after = before
    after.manifest.groupMiss = .nextAdjacentGroup
    after.groups.removeAll { $0.code == "MR13" }
    after.adjacentGroups[0].rule = "ZYSS in OP1_AA1"
    after.members.append(EditionTables.MemberRow(set: "DI_Y00", code: "C2", row: 999))
    after.members.removeAll { $0.set == "DI_Z03" }
    after.complications[0].level = "CC"
    let difference = EditionDifference(from: before, to: after)
    #expect(difference.switches.map { [$0.name, $0.before, $0.after] } == [["group_miss", "adrg_only", "next_adrg"]])
    #expect(difference.rows.map(\.code) == ["AA1", "MR13"])
    #expect(difference.rows[0].after?.rule == "ZYSS in OP1_AA1" && difference.rows[1].after == nil)
    #expect(difference.sets.map(\.name) == ["DI_Y00", "DI_Z03"])
    #expect(difference.sets.map(\.added) == [["C2"], []] && difference.sets.map(\.removed) == [[], ["B"]])
    #expect(difference.complications.map(\.before) == ["MCC 表1"] && difference.complications.map(\.after) == ["CC 表1"])
    #expect(EditionDifference(from: before, to: before).isEmpty)
  }

  @Test func `次序变动只列出移动的行`() {
    let before = ToyEdition.tables()
    var after = before
    // The last category moves to the front; the others keep their order.
    after.categories[5].order = 0
    // A new first adjacent group shifts its siblings, but none of them moved.
    after.adjacentGroups.append(
      EditionTables.AdjacentGroupRow(code: "AA0", name: "", rule: "NL = 1", category: "MDCA", order: 0, row: 99))
    let difference = EditionDifference(from: before, to: after)
    #expect(difference.rows.map(\.code) == ["MDCB", "AA0"])
    #expect(difference.rows[0].before?.place == 6 && difference.rows[0].after?.place == 1)
  }
}

/// The same for whole editions under `../shared`.
@Suite(.enabled(if: Shared.isThere, "needs ../shared/data/editions"))
struct SharedEditionFormTests {
  @Test(arguments: Shared.editions)
  func `整版方案写出再读入分组相同`(name: String) throws {
    let loaded = try LoadedEdition.named(name)
    let bytes = loaded.edition.encoded()
    let decoded = try Edition(encoded: bytes)
    #expect(decoded == loaded.edition)
    for place in stride(from: 8, to: bytes.count, by: bytes.count / 40) {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(throws: EditionCodingError.self) { try Edition(encoded: damaged) }
    }
  }

  @Test(arguments: ["beijing_2022", "suzhou_2023", "zhejiang_2022"])
  func `地方方案可以写成国家方案之上的变动`(name: String) throws {
    let base = try LoadedEdition.named("chs_drg_11").tables
    let city = try LoadedEdition.named(name)
    let overlay = EditionOverlay(turning: base, into: city.tables)
    let (tables, findings) = base.overlaid(by: overlay)
    #expect(findings.isEmpty)
    let difference = EditionDifference(from: tables, to: city.tables)
    #expect(difference.isEmpty, "\(difference.rows.prefix(3))")
    #expect(Edition.compile(tables).edition == city.edition)
    #expect(overlay.put.members.count < city.tables.members.count / 3)
  }
}
