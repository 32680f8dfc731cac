public import ArgumentParser
import Kernel
import Payment
import TabularFiles
public import Workflows

extension StatementDetail: ExpressibleByArgument {}

/// Forms of statements as they are named on the command line: `csv,xlsx`.
struct StatementForms: ExpressibleByArgument {
  let forms: Set<StatementFolder.Form>

  init?(argument: String) {
    let words = argument.split(separator: ",", omittingEmptySubsequences: false)
    let forms = words.compactMap { StatementFolder.Form(rawValue: String($0)) }
    guard forms.count == words.count else { return nil }
    self.forms = Set(forms)
  }

  static let allValueStrings = StatementFolder.Form.allCases.map(\.rawValue)
}

/// How much statements say of cases.
struct StatementOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      拨付单、清算书写多细，缺省 cases：summary 只有金额和机构的计算过程，cases 另列每个病例，steps 再列每个病例的计算过程和依据 / \
      how much of each case statements say; cases when left out
      """, valueName: "summary|cases|steps"))
  var detail: StatementDetail?

  @Option(
    help: ArgumentHelp(
      """
      病例多于此数时工作簿不列病例，缺省 \(StatementFolder.usualSheetCases) / \
      workbooks with more cases than this list none; \(StatementFolder.usualSheetCases) when left out
      """, valueName: "n"))
  var sheetCases: Int?

  @Option(
    help: ArgumentHelp(
      """
      网页至多列出的病例数，缺省 \(StatementFolder.usualPageCases) / \
      most cases that a page lists; \(StatementFolder.usualPageCases) when left out
      """, valueName: "n"))
  var pageCases: Int?

  func validate() throws {
    let most = WorkbookWriter.rowLimit - 1
    if let sheetCases, !(0...most).contains(sheetCases) { throw ValidationError("--sheet-cases: 0 … \(most)") }
    if let pageCases, pageCases < 0 { throw ValidationError("--page-cases: 0 …") }
  }

  /// Refuses to say how statements look when none are written.
  func check(_ publishing: PublishingOptions) throws {
    if publishing.out == nil, detail != nil || sheetCases != nil || pageCases != nil {
      throw ValidationError(
        "--detail、--sheet-cases、--page-cases 须与 --out 同用 / --detail, --sheet-cases and --page-cases need --out")
    }
  }
}

/// What was written of statements, as people are told.
struct WrittenStatements {
  let folder: String
  /// What is not in them, and how to get it.
  let leftOut: [String]
}

extension PublishingOptions {
  /// Writes statements when asked.
  ///
  /// - Parameters:
  ///   - made: the run.
  ///   - statements: its statements; made only when they are wanted.
  ///   - options: how much they say of cases; `nil` where there are no cases.
  func write(
    _ made: MadeRun, _ options: StatementOptions? = nil, _ language: Language, _ statements: () -> [PaymentStatement]
  ) async throws -> WrittenStatements? {
    guard let out else { return nil }
    let folder = StatementFolder(
      path: out, language: language, forms: self.statements?.forms ?? Set(StatementFolder.Form.allCases),
      sheetCases: options?.sheetCases ?? StatementFolder.usualSheetCases,
      pageCases: options?.pageCases ?? StatementFolder.usualPageCases)
    let written = try await folder.write(made, statements())
    var notes = written.notes
    switch options.map({ $0.detail ?? .cases }) {
    case .summary:
      notes.append(LocalizedText("未列病例；要列出：--detail cases", "cases are not listed; to list them: --detail cases"))
    case .cases:
      notes.append(
        LocalizedText(
          "未写每个病例的计算过程和依据；要写出：--detail steps",
          "how each case came about is not written; to write it: --detail steps"))
    case .steps, nil: break
    }
    return WrittenStatements(folder: written.folder, leftOut: notes.map { $0[language] })
  }
}
