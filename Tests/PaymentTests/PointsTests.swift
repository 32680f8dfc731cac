import Payment
import Testing

@Suite struct PointsTests {
  @Test func `点数精确到百万分之一`() throws {
    #expect(try #require(Points("96.62")) + #require(Points("0.000001")) == Points(millionths: 96_620_001))
    #expect(Points("1.0000001") == nil)
    #expect("\(Points(millionths: 1_500_000_000))" == "1500")
  }
}
