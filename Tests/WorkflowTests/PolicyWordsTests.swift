import Claims
import Kernel
import Policy
import Settlement
import Testing
import Workflows

/// Policy values in words.
@Suite struct PolicyWordsTests {
  private static func isChinese(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  @Test func `词表中每个选项、维度、键都有中文名称`() {
    for definition in SettlementVocabulary.definitions {
      let words: [String] =
        switch definition.unit {
        case .choice(let words), .choices(let words): words
        default: []
        }
      for word in words {
        #expect(Self.isChinese(PolicyKeys.choice(word).chinese), "\(definition.identifier): \(word)")
        // Kinds of care are words of English already.
        #expect(PolicyKeys.choice(word).english != word || CareCategory(word: word) != nil, "\(word)")
      }
      for dimension in definition.dimensions {
        #expect(Self.isChinese(PolicyKeys.dimension(dimension.name).chinese))
        for key in (dimension.keys ?? []) + [PolicyDimension.any] {
          #expect(Self.isChinese(PolicyKeys.title(key, of: dimension.name).chinese), "\(dimension.name): \(key)")
        }
      }
    }
  }

  @Test func `每个政策值都归入一个主题`() {
    for definition in SettlementVocabulary.definitions {
      let topic = PolicyTopic.of(definition.identifier)
      #expect(PolicyTopic.all.contains(topic), "\(definition.identifier)")
      #expect(definition.identifier.hasPrefix(topic.word))
    }
    #expect(PolicyTopic.of("settlement.employee.inpatient.pay_rate").word == "settlement.employee.inpatient")
    #expect(PolicyTopic.of("settlement.employee.account.scope").word == "settlement.employee")
    #expect(PolicyTopic.of("settlement.layer_order").word == "settlement")
  }

  private func entry(_ identifier: String, _ dimensions: [String]) throws -> PolicyEntry {
    let definition = try #require(SettlementVocabulary.definitions.first { $0.identifier == identifier })
    let day = try #require(CalendarDate("2026-01-01"))
    let versions = Dated<PolicyEntry.Content>([.init(effective: day, value: nil)])
    return PolicyEntry(
      definition: definition, title: "标题", dimensions: dimensions, versions: try #require(versions), repeals: [:],
      appliesOn: .discharge, coveredSince: day, reviewed: day, notes: nil, file: "f")
  }

  @Test func `分段比例、按等级列出的内容逐行写出，文件写法与口语写法各一`() throws {
    let entry = try entry("settlement.employee.inpatient.pay_rate", ["institution_level"])
    func rate(_ percent: Int64) -> Rate { Rate(millionths: percent * 10_000) }
    let node = PolicyNode.table([
      "tertiary": .bands([Band(above: .zero, rate: rate(80)), Band(above: Money(fen: 1_000_000), rate: rate(85))]),
      "any": .bands([Band(above: .zero, rate: rate(90))]),
    ])
    let written = PolicyWords(.asWritten).lines(node, of: entry).map(\.text.chinese)
    #expect(written == ["tertiary: >0.00 80%  >10000.00 85%", "any: 90%"])
    let spoken = PolicyWords(.inWords).lines(node, of: entry).map(\.text.chinese)
    #expect(spoken == ["三级医院：10000 元及以下 80%，10000 元以上 85%", "其他：90%"])
    let one = PolicyNode.table(["any": .bands([Band(above: .zero, rate: rate(90))])])
    #expect(PolicyWords(.inWords).text(one, of: entry) == LocalizedText("90%", "90%"))
  }

  @Test func `每个结算步骤都有名称，缴费和框架不对应步骤`() {
    for step in StepCode.allCases { #expect(Self.isChinese(step.title.chinese), "\(step.word)") }
    #expect(SettlementVocabulary.steps(deciding: "frame.pay_rate").isEmpty)
    #expect(
      SettlementVocabulary.steps(deciding: "settlement.employee.inpatient.deductible").contains(.deductibleStandard))
  }
}
