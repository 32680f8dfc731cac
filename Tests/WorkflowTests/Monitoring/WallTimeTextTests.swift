import Testing

@testable import Workflows

/// Times that compare as text.
@Suite struct WallTimeTextTests {
  @Test func `时间往前推`() {
    #expect(WallTimeText.earlier("2026-03-01 00:01:30", bySeconds: 120) == "2026-02-28 23:59:30")
    #expect(WallTimeText.earlier("2026-03-01 10:05:00", bySeconds: 120) == "2026-03-01 10:03:00")
    #expect(WallTimeText.earlier("nonsense", bySeconds: 120) == "nonsense")
  }
}
