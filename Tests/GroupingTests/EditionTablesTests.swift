import Grouping
import Testing

@Suite struct EditionTablesTests {
  @Test func `六张表按官方工作表命名`() {
    #expect(EditionSheet.allCases.map(\.rawValue) == ["MDC", "ADRG", "DRG", "集合", "CC", "排除表"])
  }
}
