import Testing

/// Dependencies point one way.
struct ArrowTests {
  private let declared = Manifest.targets(
    in: SourceFile(path: "Package.swift", text: Repository.text("Package.swift")))

  @Test func `the walk finds the rooms`() {
    #expect(Set(Repository.sources.map(\.target)).isSuperset(of: ["Kernel", "Settlement", "StrictYAML", "yibao"]))
    #expect(declared["Settlement"] == ["Kernel", "Policy", "Ledger", "People", "Catalog", "Claims"])
    #expect(declared["StrictYAML"]?.isSuperset(of: ["Kernel", "Yams"]) == true)
  }

  @Test func `imports follow the table of arrows`() {
    let targets = Set(declared.keys)
    let blemishes = Repository.sources.flatMap { Arrows.crossings(in: $0, targets: targets) }
    expectTidy(blemishes)
  }

  @Test(arguments: [
    ("Sources/Kernel/Bad.swift", "import Policy"), ("Sources/People/Bad.swift", "public import Claims"),
    ("Sources/Settlement/Bad.swift", "import struct Grouping.Group"), ("Sources/Ledger/Bad.swift", "import Yams"),
    ("Sources/Workflows/Bad.swift", "import PolicyFiles"), ("Sources/Nowhere/Bad.swift", "import Kernel"),
    ("Sources/Adapters/CaseFiles/Bad.swift", "import PolicyFiles"),
    ("Sources/Adapters/StrictYAML/Bad.swift", "import Policy"),
  ])
  func `canary: an import against the table is found`(path: String, text: String) {
    let targets = Set(declared.keys).union(["Grouping"])
    #expect(Arrows.crossings(in: SourceFile(path: path, text: text), targets: targets).count == 1)
  }

  @Test func `adapters may import packages and the leaf below them`() {
    let file = SourceFile(
      path: "Sources/Adapters/CaseFiles/Good.swift", text: "import Foundation\nimport Settlement\nimport StrictYAML\n")
    #expect(Arrows.crossings(in: file, targets: Set(declared.keys)).isEmpty)
  }

  @Test func `Package.swift declares every import and nothing against the table`() {
    let blemishes =
      Repository.swift.flatMap { Arrows.undeclared(in: $0, declared: declared) } + Arrows.declaredCrossings(declared)
    expectTidy(blemishes)
  }

  @Test func `canary: an undeclared import and a declared crossing are found`() {
    let manifest = SourceFile(
      path: "Package.swift",
      text: """
        // room("Ghost", [])
        room("Kernel"), room("Policy", ["Kernel", "Claims"]), room("Claims", ["Kernel", .product(name: "Yams")]),
        """)
    let declared = Manifest.targets(in: manifest)
    #expect(declared == ["Kernel": [], "Policy": ["Kernel", "Claims"], "Claims": ["Kernel", "Yams"]])
    #expect(Arrows.declaredCrossings(declared).count == 2)
    let file = SourceFile(path: "Sources/Claims/Bad.swift", text: "import Kernel\nimport Policy\n")
    #expect(Arrows.undeclared(in: file, declared: declared).map(\.line) == [2])
    let stray = SourceFile(path: "Sources/Stray/A.swift", text: "")
    #expect(Arrows.undeclared(in: stray, declared: declared).count == 1)
  }
}
