import Testing

/// Names tell things apart.
struct NameTests {
  @Test func `file names are unique in a target`() {
    let blemishes = Names.duplicates(in: Repository.swift)
    expectTidy(blemishes)
  }

  @Test func `canary: two files of one name are found`() {
    let files = ["Sources/Kernel/A.swift", "Sources/Kernel/Steps/A.swift", "Sources/Policy/A.swift"]
      .map { SourceFile(path: $0, text: "") }
    #expect(Names.duplicates(in: files).map(\.path) == ["Sources/Kernel/Steps/A.swift"])
  }

  @Test func `types bear no module's name and no empty one`() {
    let modules = Set(Repository.swift.map(\.target))
    let blemishes = Repository.swift.flatMap { Names.badTypes(in: $0, modules: modules) }
    expectTidy(blemishes)
  }

  @Test(arguments: [
    "struct Kernel {}", "public enum Policy {}", "final class ClaimManager {}", "struct DateHelper {}",
    "enum Outer {\n  indirect enum SettlementCore {}\n}", "actor Data2 {}", "typealias MoneyUtils = Int",
  ])
  func `canary: a bad type name is found`(text: String) {
    let file = SourceFile(path: "Sources/Claims/Bad.swift", text: text)
    #expect(Names.badTypes(in: file, modules: ["Kernel", "Policy"]).count == 1)
  }
}
