import Grouping
import Testing

/// Small worlds in which every case is looked at.
struct ExhaustiveWorldTests {
  @Test(arguments: ToyEdition.manifests)
  func `各种规则写法和开关下的全部病例与逐条解释一致`(manifest: EditionManifest) throws {
    let loaded = try LoadedEdition(ToyEdition.tables(manifest))
    let grouper = Grouper(loaded.edition)
    var trace = CodedTrace()
    var count = 0
    ToyEdition.forEachCase { stated in
      let result = grouper.group(stated)
      let naive = loaded.naive.group(stated)
      let isSame = result.isSame(as: naive)
      if !isSame { Issue.record("\(stated): \(result) instead of \(naive)") }
      let recorded = grouper.group(loaded.edition.coded(stated), recording: &trace)
      if loaded.edition.result(of: recorded) != result { Issue.record("\(stated): the trace says \(recorded)") }
      count += 1
    }
    #expect(count == 90 * 17 * 8)
  }

  @Test func `小方案的每个状态和每个可及的组都出现`() throws {
    var reasons: Set<GroupingReason> = []
    var codes: Set<String> = []
    for manifest in ToyEdition.manifests {
      let grouper = Grouper(try LoadedEdition(ToyEdition.tables(manifest)).edition)
      ToyEdition.forEachCase { stated in
        let result = grouper.group(stated)
        reasons.insert(result.reason)
        codes.insert(result.code)
      }
    }
    #expect(reasons == Set(GroupingReason.allCases))
    let all = Set(ToyEdition.tables().groups.map(\.code))
    #expect(all.subtracting(codes) == ["PU1D"], "NL < 0 never holds")
  }

  /// More rows than one word of the candidates' bits holds.
  @Test func `上百个大类和核心组逐一可及`() throws {
    var tables = EditionTables(manifest: EditionManifest(identifier: "wide", name: "wide"))
    for number in 0..<260 {
      // The first 130 categories have one adjacent group each, the last has the others.
      let category = "MDC\(min(number, 130))"
      if number <= 130 {
        let rule = number < 130 ? "ZYZD in DI_\(number)" : "ZYSS in OP_ALL"
        tables.categories.append(
          EditionTables.CategoryRow(code: category, name: "", rule: rule, order: number, row: number + 2))
        tables.members.append(EditionTables.MemberRow(set: "DI_\(number)", code: "D\(number)", row: number + 2))
      }
      tables.adjacentGroups.append(
        EditionTables.AdjacentGroupRow(
          code: "G\(number)", name: "", rule: number < 130 ? "" : "ZYSS in OP_\(number)", category: category,
          order: number, row: number + 2))
      tables.groups.append(
        EditionTables.GroupRow(
          code: "G\(number)9", name: "", rule: "", adjacentGroup: "G\(number)", order: 1, row: number + 2))
      for set in ["OP_\(number)", "OP_ALL"] where number >= 130 {
        tables.members.append(EditionTables.MemberRow(set: set, code: "P\(number)", row: tables.members.count + 2))
      }
    }
    let grouper = Grouper(try LoadedEdition(tables).edition)
    for number in 0..<260 {
      let stated = GroupingCase(diagnoses: ["D\(number)"], procedures: ["P\(number)"])
      #expect(grouper.group(stated).code == "G\(number)9")
    }
  }

  @Test func `状态和原因的编号与词固定不变`() {
    #expect(GroupingStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4])
    #expect(
      GroupingStatus.allCases.map(\.word)
        == ["grouped", "ambiguous", "ungrouped", "adjacent_group_only", "invalid_input"])
    #expect(GroupingReason.allCases.map(\.rawValue) == [0, 1, 100, 200, 201, 202, 300, 400, 401])
    for reason in GroupingReason.allCases { #expect(reason.rawValue / 100 == UInt16(reason.status.rawValue)) }
  }
}

extension GroupingResult {
  func isSame(as naive: NaiveGrouper.Result) -> Bool {
    category ?? "" == naive.category && adjacentGroup ?? "" == naive.adjacentGroup && group ?? "" == naive.group
      && status == naive.status
  }
}
