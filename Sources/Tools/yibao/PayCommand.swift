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

      逐病例与逐机构的过程写入 --out 的文件夹。Statements with every case and step go to the folder of --out.

      不写 --publish 时只试算。已公布的结果不再改变：输入不同的再次公布须加 --correct，并列出差异。
      Without --publish nothing is kept. What was published stays; publishing other inputs needs --correct and lists
      the differences.
      退出码 / exit code: 0 完成 done · 1 依据不足或被拒 refused · 2 有文件不能读写 a file is wrong · 64 用法有误 wrong usage
      """)

  @Option(help: "月份 / month: 2026-03")
  var month: YearMonth

  @OptionGroup var source: CaseSourceOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try publishing.check(source)
    try await PayingFailure.reporting(common.lang) {
      let office = try await PayingOffice(source, publishing, common, year: month.year)
      var output = PayingOutput(common.lang, isJSON: common.json)
      for scheme in try office.schemes() {
        try await office.pay(month, scheme, in: office.source.store, &output)
      }
      try output.finish()
      await office.source.close()
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

      本月不足扣减的金额结转下月。没有病例的月份跳过。年度清算见 yibao clear year。
      What a month cannot cover is carried to the next. Months without cases are passed over; the year itself is cleared
      by yibao clear year.
      退出码 / exit code: 0 完成 done · 1 依据不足或被拒 refused · 2 有文件不能读写 a file is wrong · 64 用法有误 wrong usage
      """)

  @Option(help: "年度 / year")
  var year: Int

  @OptionGroup var source: CaseSourceOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try publishing.check(source)
    try await PayingFailure.reporting(common.lang) {
      let office = try await PayingOffice(source, publishing, common, year: year)
      var output = PayingOutput(common.lang, isJSON: common.json)
      for scheme in try office.schemes() {
        // Months follow one another by what they carry, so that trying them out needs a place to publish them, too.
        let store: any PaymentStore =
          publishing.publish
          ? office.source.store
          : try await office.source.rehearsal(region: source.region, scheme: scheme, year: year)
        for number in 1...12 {
          guard let month = YearMonth(year: year, month: number) else { continue }
          try await office.pay(month, scheme, in: store, &output, isPassedOver: true)
        }
      }
      try output.finish()
      await office.source.close()
    }
  }
}
