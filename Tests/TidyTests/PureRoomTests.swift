import Testing

/// Rooms that calculate do nothing else.
struct PureRoomTests {
  @Test func `pure rooms name nothing from outside and nothing inexact`() {
    let blemishes = Repository.pure.flatMap(Words.impurities)
    expectTidy(blemishes)
  }

  @Test(arguments: [
    ("import Foundation\n", 1), ("public import Dispatch\n", 1), ("import Synchronization\n", 1),
    ("\nlet share: Double = 1\n", 2), ("let now = Date()\n", 1), ("let day = Int.random(in: 0...9)\n", 1),
    ("func f() {\n  print(1)\n}\n", 2), ("let text = \"\\(Float(1))\"\n", 1), ("func f(_ clock: some Clock) {}\n", 1),
    ("let files = FileManager.default\n", 1), ("let log = Logger(label: \"x\")\n", 1), ("let d = Decimal(1)\n", 1),
    ("let s = URLSession.shared\n", 1), ("func print() { print(1) }\n", 1),
  ])
  func `canary: impure code is found at its line`(text: String, line: Int) {
    let found = Words.impurities(in: SourceFile(path: "Sources/Kernel/Bad.swift", text: text))
    #expect(found.map(\.line) == [line])
  }

  @Test func `prose, strings and methods called print are left alone`() {
    let text = """
      // No Double here, and no Foundation.
      /* Date() /* nested */ random */
      let a = "print(Double)"
      let b = #"a " Float "#
      let c = FixedPoint.print(1, decimals: 2)
      static func print(_ value: Int64) {}
      """
    #expect(Words.impurities(in: SourceFile(path: "Sources/Kernel/Good.swift", text: text)).isEmpty)
  }

  @Test func `no forced try and no unfinished work anywhere`() {
    let blemishes = Repository.swift.flatMap(Words.shortcuts)
    expectTidy(blemishes)
  }

  @Test(arguments: [
    "let x = try" + "! f()", "// TO" + "DO: later", "// FIX" + "ME", "/// XX" + "X",
    "fatalError(\"not " + "implemented\")",
  ])
  func `canary: a shortcut is found`(text: String) {
    #expect(Words.shortcuts(in: SourceFile(path: "Sources/Kernel/Bad.swift", text: "\n\(text)\n")).map(\.line) == [2])
  }
}
