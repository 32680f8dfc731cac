import ArgumentParser
import Console
import Grouping
import Kernel
import Payment
import TabularFiles
import Workflows

/// What the console's pages about payment need beside the store: terms, terms to compare with, editions.
struct PaymentOffer {
  private let terms: [PayingTerms]
  private let rivals: [RivalTerms]
  private let groupings: [CaseGrouping]

  /// Reads everything that is named.
  ///
  /// - Throws: `ExitCode` 2 after saying what cannot be used.
  init(policies: String, region: String, options: PaymentSiteOptions) throws {
    terms = try PayingPolicies(policies, .chinese).terms(region: region)
    rivals = try options.rivals.map { name, folder in
      RivalTerms(name: name, terms: try PayingPolicies(folder, .chinese).terms(region: region))
    }
    groupings = try options.edition.map { try Self.edition($0) } + options.catalogue.map { try Self.catalogue($0) }
  }

  /// Puts everything where the pages look for it.
  func join(_ sources: inout ConsoleSources) {
    sources.terms = terms
    sources.rivals = rivals
    sources.groupings = groupings
  }

  private static func edition(_ path: String) throws -> CaseGrouping {
    let opened = EditionCache(folder: EditionCache.usualFolder)
      .open(EditionFile(path, manifest: nil, changes: EditionChanges()))
    guard let edition = opened.edition else {
      Terminal.report(opened.diagnostics.filter { $0.severity == .error }, .chinese)
      throw ExitCode(2)
    }
    return CaseGrouping(.drg(Grouper(edition)))
  }

  private static func catalogue(_ path: String) throws -> CaseGrouping {
    let tables = try DIPCommandText.catalogue(path, .chinese)
    do throws(DIPGrouper.Refusal) {
      return CaseGrouping(.dip(try DIPGrouper(tables)))
    } catch {
      for finding in error.findings { Terminal.error("\(path): \(finding.message.chinese)") }
      throw ExitCode(2)
    }
  }
}

/// Options of the console's pages about payment.
struct PaymentSiteOptions: ParsableArguments {
  @Option(help: "DRG 分组方案（目录或 .xlsx），供病例页显示分组过程和试算，可重复 / an edition of CHS-DRG for the what-if; may repeat")
  var edition: [String] = []

  @Option(help: "DIP 目录所在的文件夹，用途同上，可重复 / a DIP catalogue for the what-if; may repeat")
  var catalogue: [String] = []

  @Option(help: "拟行的付费政策：名称=政策目录，供测算对比，可重复 / a policy to compare with: NAME=FOLDER; may repeat")
  var against: [String] = []

  /// Names and folders of the policies to compare with; a folder without a name is called by its last part.
  var rivals: [(name: String, folder: String)] {
    against.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2 { return (parts[0], parts[1]) }
      return (text.split(separator: "/").last.map(String.init) ?? text, text)
    }
  }

  func validate() throws {
    let names = rivals.map(\.name)
    guard names.allSatisfy({ !$0.isEmpty }), Set(names).count == names.count else {
      throw ValidationError("--against: 名称不能空，也不能重复 / every name once, none empty")
    }
  }
}
