import Testing

/// Lines, files and functions stay small enough to read.
struct SizeTests {
  private func file(_ text: String) -> SourceFile { SourceFile(path: "Sources/Kernel/Long.swift", text: text) }

  @Test func `lines have at most 120 characters`() {
    let blemishes = Repository.swift.flatMap(Sizes.longLines)
    expectTidy(blemishes)
  }

  @Test func `canary: a long line is found and Chinese counts by characters`() {
    let chinese = String(repeating: "医", count: 120)
    let long = String(repeating: "x", count: 121)
    #expect(Sizes.longLines(in: file("\(chinese)\n\(long)\n")).map(\.line) == [2])
  }

  @Test func `files have at most 300 lines, or a reason, and never more than 600`() {
    let blemishes =
      Repository.swift.flatMap { Sizes.longFile($0) } + Sizes.staleReasons(Sizes.longFiles, files: Repository.swift)
    expectTidy(blemishes)
  }

  @Test func `canary: a long file is found, also when its reason does not cover it`() {
    let long = file(String(repeating: "let x = 1\n", count: 301))
    let endless = file(String(repeating: "let x = 1\n", count: 601))
    let reasons = [long.path: "a table"]
    #expect(Sizes.longFile(long).count == 1)
    #expect(Sizes.longFile(long, allowed: reasons).isEmpty)
    #expect(Sizes.longFile(endless, allowed: reasons).count == 1)
    #expect(Sizes.staleReasons(reasons, files: [file("let x = 1\n")]).count == 1)
  }

  @Test func `functions have at most 70 lines`() {
    let blemishes = Repository.swift.flatMap(Sizes.longFunctions)
    expectTidy(blemishes)
  }

  @Test func `canary: a long function is found whatever its signature looks like`() {
    let body = String(repeating: "  g(\"}\")  // }\n", count: 68)
    for head in ["func f()", "init(a: () -> Void = { })", "func f(\n  a: Int\n) -> Int", "subscript(i: Int) -> Int"] {
      #expect(Sizes.longFunctions(in: file("\(head) {\n\(body)}\n")).count == (head.contains("\n") ? 1 : 0))
      #expect(Sizes.longFunctions(in: file("\n\(head) {\n\(body)\n}\n")).map(\.line) == [2])
    }
  }

  @Test func `spans of functions are exact`() {
    let text = """
      protocol P {
        func a() -> Int
        init(b: Int)
      }
      struct S {
        init() { self.init(1) }
        func c(
          d: Int
        ) {
          let e = "\\(f { 1 })"
        }
      }
      """
    #expect(
      FunctionSpan.all(in: file(text)) == [
        FunctionSpan(keyword: "init", first: 6, last: 6), FunctionSpan(keyword: "func", first: 7, last: 11),
      ])
  }
}
