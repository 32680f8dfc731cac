import ArgumentParser
import Foundation
import Kernel
import Payment
import People
import TabularFiles
import Workflows

/// `yibao pay`: months, years, and what was published.
struct PayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pay", abstract: "支付定点机构：病例、月度拨付、结果查询 / pay institutions: cases, months, runs",
    subcommands: [
      PayMonthCommand.self, PayYearCommand.self, PayRunsCommand.self, PayShowCommand.self, PayDiffCommand.self,
      PayLoadCommand.self, PayGatherCommand.self, PaySampleCommand.self,
    ])
}

/// `yibao pay month`.
struct PayMonthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "month", abstract: "拨付一个月：病例、点数、扣款、保证金、预付 / pay a month",
    discussion: """
      示例 / Examples:
        yibao pay sample-cases --count 600 --seed 1 -o /tmp/yibao-pay
        yibao pay month --region 990100 --month 2026-03 --inputs /tmp/yibao-pay
        yibao pay month --region 990100 --month 2026-03 --inputs /tmp/yibao-pay --json

        yibao pay month --region 990100 --month 2026-03 --inputs /tmp/yibao-pay --out /tmp/yibao-out --detail steps

      --out 的文件夹中每家机构有拨付单：CSV、工作簿、可打印的网页；--statements 选形式，--detail 选多细。
      The folder of --out gets a statement of every institution as CSV, workbook and page; --statements says which of
      them, --detail how much of each case.

      不写 --publish 时只试算。已公布的结果不再改变：输入不同的再次公布须加 --correct，并列出差异。
      Without --publish nothing is kept. What was published stays; publishing other inputs needs --correct and lists
      the differences.
      退出码 / exit code: 0 完成 done · 1 依据不足或被拒 refused · 2 有文件不能读写 a file is wrong · 64 用法有误 wrong usage
      """)

  @Option(help: "月份 / month: 2026-03")
  var month: YearMonth

  @OptionGroup var paying: PayingCommandOptions

  func run() async throws {
    try await paying.forEachScheme(year: month.year) { office, scheme, output in
      try await office.pay(month, scheme, in: office.source.store, &output)
    }
  }
}

/// `yibao pay year`.
struct PayYearCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "year", abstract: "逐月拨付全年 / pay every month of a year, one after another",
    discussion: """
      示例 / Examples:
        yibao pay sample-cases --count 600 --seed 1 -o /tmp/yibao-pay
        yibao pay year --region 990100 --year 2026 --inputs /tmp/yibao-pay
        yibao pay year --region 990100 --year 2026 --inputs /tmp/yibao-pay --out /tmp/yibao-out --statements csv,html

      本月不足扣减的金额结转下月。没有病例的月份跳过。年度清算见 yibao clear year。
      What a month cannot cover is carried to the next. Months without cases are passed over; the year itself is cleared
      by yibao clear year.
      退出码 / exit code: 0 完成 done · 1 依据不足或被拒 refused · 2 有文件不能读写 a file is wrong · 64 用法有误 wrong usage
      """)

  @Option(help: "年度 / year")
  var year: Int

  @OptionGroup var paying: PayingCommandOptions

  func run() async throws {
    try await paying.forEachScheme(year: year) { office, scheme, output in
      // Months follow one another by what they carry, so that trying them out needs a place to publish them, too.
      let store: any PaymentStore =
        paying.publishing.publish
        ? office.source.store
        : try await office.source.rehearsal(region: paying.source.region, scheme: scheme, year: year)
      for number in 1...12 {
        guard let month = YearMonth(year: year, month: number) else { continue }
        try await office.pay(month, scheme, in: store, &output, isPassedOver: true)
      }
    }
  }
}
