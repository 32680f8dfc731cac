import Testing

/// What people have to look up is written down.
struct DocumentTests {
  @Test func `every public type of the pure rooms is in the glossary`() {
    let glossary = Repository.text("Docs/GLOSSARY.md")
    #expect(Documents.glossaryTerms(glossary).contains("Money"))
    let blemishes = Repository.pure.flatMap { Documents.missing(fromGlossary: glossary, in: $0) }
    expectTidy(blemishes)
  }

  @Test func `canary: a type without a row is found, nested and internal ones are not asked for`() {
    let file = SourceFile(
      path: "Sources/Claims/New.swift",
      text: """
        struct Hidden {}
        public struct Known { public enum Nested {} }
        @frozen public enum Missing {
          public struct Inner {}
        }
        """)
    let found = Documents.missing(fromGlossary: "| `Known` | 已知 |\ntext `Missing`\n", in: file)
    #expect(found.map(\.line) == [3])
  }

  @Test func `every public declaration of the pure rooms has a doc comment`() {
    let blemishes = Repository.pure.flatMap(Documents.undocumented)
    expectTidy(blemishes)
  }

  @Test func `canary: a public declaration without doc comment is found`() {
    let text = """
      public import Kernel
      /// Fine.
      public struct A {
        /// Fine.
        @inlinable
        public var b: Int
        public private(set) var c: Int

        public func d() {}
        /// Fine.
        public private(set) var e: Int
        // Not a doc comment.
        public static func f() {}
      }
      public extension A {}
      """
    let found = Documents.undocumented(in: SourceFile(path: "Sources/Claims/New.swift", text: text))
    #expect(found.map(\.line) == [7, 9, 13])
  }

  @Test func `every Markdown page has one title`() {
    let pages = Repository.files(below: [""], ending: ".md")
    #expect(pages.contains { $0.path == "README.md" })
    let blemishes = pages.flatMap { Documents.titles(path: $0.path, text: $0.text) }
    expectTidy(blemishes)
  }

  @Test func `canary: no title and two titles are found`() {
    #expect(Documents.titles(path: "A.md", text: "## Only\n").map(\.line) == [1])
    #expect(Documents.titles(path: "A.md", text: "# One\n\n```sh\n# comment\n```\n# Two\n").map(\.line) == [6])
  }

  @Test func `links between pages lead somewhere`() {
    expectTidy(
      Repository.files(below: [""], ending: ".md").flatMap {
        Documents.deadLinks(path: $0.path, text: $0.text, exists: Repository.exists)
      })
  }

  @Test func `canary: a dead link is found, in its folder and with its anchor`() {
    let text = "[a](A.md) [up](../B.md#x) [web](https://example.org) [here](#y) `[code](no.md)`\n[gone](C.md)\n"
    let found = Documents.deadLinks(path: "Docs/D.md", text: text) { ["Docs/A.md", "B.md"].contains($0) }
    #expect(found.map(\.line) == [2])
    #expect(Documents.deadLinks(path: "Docs/D.md", text: text) { _ in false }.count == 3)
  }

  @Test func `policy data and cases contain no tabs`() {
    let files = Repository.files(below: ["Policies/", "Cases/"], ending: ".yaml")
    #expect(!files.isEmpty)
    let blemishes = files.flatMap { Documents.tabs(path: $0.path, text: $0.text) }
    expectTidy(blemishes)
  }

  @Test func `canary: a tab is found`() {
    #expect(Documents.tabs(path: "a.yaml", text: "a: 1\n\tb: 2\n").map(\.line) == [2])
  }

  @Test func `git leaves out what builds leave behind`() {
    let blemishes = Documents.notIgnored(by: Repository.text(".gitignore"))
    expectTidy(blemishes)
  }

  @Test func `canary: a missing rule of .gitignore is found`() {
    #expect(Documents.notIgnored(by: ".build/\n# Package.resolved\n").count == 1)
    #expect(Documents.notIgnored(by: "").count == 2)
  }
}
