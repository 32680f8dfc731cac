/// Manifest, rules and tree as bytes.
extension Edition {
  func encode(_ manifest: EditionManifest, into writer: inout ByteWriter) {
    for text in [manifest.identifier, manifest.name, manifest.region, manifest.source, manifest.ungroupedCode] {
      writer.append(text)
    }
    writer.append(manifest.groupMiss.rawValue)
    writer.append(manifest.codeMatching.rawValue)
    for isOn in [manifest.categoryFallThrough, manifest.ambiguousGroup, manifest.retriesOtherProcedures] {
      writer.append(UInt8(isOn ? 1 : 0))
    }
    writer.append(manifest.intensiveCareDepartments)
  }

  static func manifest(from reader: inout ByteReader) throws(EditionCodingError) -> EditionManifest {
    var manifest = EditionManifest(identifier: try reader.text(), name: try reader.text())
    manifest.region = try reader.text()
    manifest.source = try reader.text()
    manifest.ungroupedCode = try reader.text()
    guard let groupMiss = EditionManifest.GroupMiss(rawValue: try reader.text()),
      let matching = EditionManifest.CodeMatching(rawValue: try reader.text())
    else { throw .damaged }
    manifest.groupMiss = groupMiss
    manifest.codeMatching = matching
    manifest.categoryFallThrough = try reader.number(UInt8.self) == 1
    manifest.ambiguousGroup = try reader.number(UInt8.self) == 1
    manifest.retriesOtherProcedures = try reader.number(UInt8.self) == 1
    manifest.intensiveCareDepartments = try reader.texts()
    return manifest
  }

  func encode(_ rules: RuleTable, into writer: inout ByteWriter) {
    writer.append(UInt32(rules.tests.count))
    for test in rules.tests {
      for small in [
        test.kind.rawValue, test.fields.rawValue, test.levels.rawValue, test.variable.rawValue,
        test.comparison.rawValue,
      ] { writer.append(small) }
      writer.append(test.setCount)
      writer.append(test.firstSet)
      writer.append(test.bound)
    }
    writer.append(rules.setLists)
    writer.append(UInt32(rules.steps.count))
    for step in rules.steps {
      writer.append(step.test)
      writer.append(step.onTrue)
      writer.append(step.onFalse)
      writer.append(step.firstCharacter)
      writer.append(step.endCharacter)
    }
    writer.append(rules.entries)
  }

  static func rules(from reader: inout ByteReader) throws(EditionCodingError) -> RuleTable {
    var tests: [CompiledTest] = []
    for _ in 0..<(try reader.number(UInt32.self)) {
      guard let kind = CompiledTest.Kind(rawValue: try reader.number(UInt8.self)) else { throw .damaged }
      var test = CompiledTest(kind: kind)
      test.fields = CodeFields(rawValue: try reader.number(UInt8.self))
      test.levels = ComplicationLevels(rawValue: try reader.number(UInt8.self))
      guard let variable = NumberVariable(rawValue: try reader.number(UInt8.self)),
        let comparison = NumberComparison(rawValue: try reader.number(UInt8.self))
      else { throw .damaged }
      test.variable = variable
      test.comparison = comparison
      test.setCount = try reader.number(UInt16.self)
      test.firstSet = try reader.number(UInt32.self)
      test.bound = try reader.number(Int32.self)
      tests.append(test)
    }
    let setLists = try reader.numbers(UInt16.self)
    var steps: [RuleStep] = []
    for _ in 0..<(try reader.number(UInt32.self)) {
      steps.append(
        RuleStep(
          test: try reader.number(UInt16.self), onTrue: try reader.number(Int32.self),
          onFalse: try reader.number(Int32.self), firstCharacter: try reader.number(UInt16.self),
          endCharacter: try reader.number(UInt16.self)))
    }
    return RuleTable(tests: tests, setLists: setLists, steps: steps, entries: try reader.numbers(Int32.self))
  }

  func encode(_ tree: GroupTree, into writer: inout ByteWriter) {
    writer.append(UInt32(tree.categories.count))
    for category in tree.categories {
      for text in [category.code, category.name, category.rule] { writer.append(text) }
      writer.append(UInt32(category.adjacentGroups.lowerBound))
      writer.append(UInt32(category.adjacentGroups.upperBound))
      writer.append(category.fallback.map { UInt32($0) } ?? .max)
    }
    writer.append(UInt32(tree.adjacentGroups.count))
    for adjacent in tree.adjacentGroups {
      for text in [adjacent.code, adjacent.name, adjacent.rule] { writer.append(text) }
      writer.append(UInt32(adjacent.category))
      writer.append(UInt32(adjacent.groups.lowerBound))
      writer.append(UInt32(adjacent.groups.upperBound))
      writer.append(UInt8(adjacent.isAmbiguous ? 1 : 0))
    }
    writer.append(UInt32(tree.groups.count))
    for group in tree.groups {
      for text in [group.code, group.name, group.rule] { writer.append(text) }
      writer.append(UInt32(group.adjacentGroup))
    }
  }

  static func tree(from reader: inout ByteReader) throws(EditionCodingError) -> GroupTree {
    var categories: [GroupTree.Category] = []
    for _ in 0..<(try reader.number(UInt32.self)) {
      let (code, name, rule) = (try reader.text(), try reader.text(), try reader.text())
      let range = try reader.range()
      let fallback = try reader.number(UInt32.self)
      categories.append(
        GroupTree.Category(
          code: code, name: name, rule: rule, adjacentGroups: range, fallback: fallback == .max ? nil : Int(fallback)))
    }
    var adjacentGroups: [GroupTree.AdjacentGroup] = []
    for _ in 0..<(try reader.number(UInt32.self)) {
      let (code, name, rule) = (try reader.text(), try reader.text(), try reader.text())
      let category = Int(try reader.number(UInt32.self))
      let range = try reader.range()
      let isAmbiguous = try reader.number(UInt8.self) == 1
      adjacentGroups.append(
        GroupTree.AdjacentGroup(
          code: code, name: name, rule: rule, category: category, groups: range, isAmbiguous: isAmbiguous))
    }
    var groups: [GroupTree.Group] = []
    for _ in 0..<(try reader.number(UInt32.self)) {
      let (code, name, rule) = (try reader.text(), try reader.text(), try reader.text())
      groups.append(
        GroupTree.Group(code: code, name: name, rule: rule, adjacentGroup: Int(try reader.number(UInt32.self))))
    }
    return GroupTree(categories: categories, adjacentGroups: adjacentGroups, groups: groups)
  }
}
