import ArgumentParser
import Kernel
import Payment
import People
import Workflows

/// `yibao clear`: years, communities, adjustment funds, losses.
struct ClearCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clear", abstract: "清算：年度、医共体、省级调剂金、基金损失 / clear years, communities, funds, losses",
    subcommands: [
      ClearYearCommand.self, ClearCommunityCommand.self, ClearAdjustmentFundCommand.self, ClearFundLossCommand.self,
    ])
}

/// `yibao clear year`.
struct ClearYearCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "year", abstract: "年度清算：结余留用、超支分担、考核、保证金 / clear a year",
    discussion: """
      示例 / Examples:
        yibao pay sample-cases --count 600 --seed 1 -o /tmp/yibao-pay
        yibao clear year --region 990100 --year 2026 --inputs /tmp/yibao-pay
        yibao clear year --region 990100 --year 2026 --inputs /tmp/yibao-pay --out /tmp/yibao-out
        yibao clear year --region 990100 --year 2026 --inputs /tmp/yibao-pay --out /tmp/yibao-out --detail summary

      --out 的文件夹中每家机构有清算书：CSV、工作簿、可打印的网页。病例很多时工作簿不列病例，网页只列前若干例，CSV 总是齐全；
      每个病例的计算过程和依据用 --detail steps。
      The folder of --out gets a statement of every institution as CSV, workbook and page. With many cases workbooks
      list none and pages the first ones; CSV has all of them. --detail steps adds how each case came about.

      用 --store 时以已公布的各月拨付为准；用 --cases 时先在内存中逐月拨付，再清算（--without-months 时不拨付）。
      With --store the published months count; with --cases months are paid in memory first, unless --without-months.
      退出码 / exit code: 0 完成 done · 1 依据不足或被拒 refused · 2 有文件不能读写 a file is wrong · 64 用法有误 wrong usage
      """)

  @Option(help: "年度 / year")
  var year: Int

  @Flag(help: "用 --cases 时不先拨付各月 / with --cases, pay no months first")
  var withoutMonths = false

  @OptionGroup var paying: PayingCommandOptions

  func run() async throws {
    try await paying.forEachScheme(year: year) { office, scheme, output in
      if office.source.isInMemory, !withoutMonths { try await office.payMonths(scheme) }
      try await office.clear(scheme, in: office.source.store, &output)
    }
  }
}

extension PayingOffice {
  /// Pays the months of a year in a store in memory, so that its clearing has something to take off.
  func payMonths(_ scheme: InsuranceScheme) async throws {
    let terms = try terms(scheme)
    guard terms.clearing.advance != nil else { return }
    let desk = desk(source.store)
    for number in 1...12 {
      guard let month = YearMonth(year: year, month: number) else { continue }
      switch try await desk.payMonth(order(scheme, .month(month)), under: terms) {
      case .success(let paid): _ = try await desk.publish(paid.made, time: "", by: "")
      case .failure(.desk(.noCases, _)): continue
      case .failure(let refusal): throw PayingFailure.refused(refusal, language)
      }
    }
  }
}
