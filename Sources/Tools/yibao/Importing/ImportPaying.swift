import ArgumentParser
import Foundation
import Kernel
import Payment
import People
import TabularFiles
import Workflows

/// Paying what was imported: the months one after another, then the year, under the region's contracts.
struct ImportPaying: ParsableArguments {
  @Flag(help: "导入后逐月拨付并年度清算 / then pay the months and clear the year")
  var pay = false

  @Flag(help: "公布结果 / publish the runs")
  var publish = false

  @Option(help: "公布人 / who publishes")
  var by: String?

  @Option(help: "支付输入的文件夹，缺省为所导入的文件夹 / folder of budget, findings, scores; the imported one when left out")
  var inputs: String?

  @Option(help: "拨付单、清算书写入的文件夹 / folder for statements (CSV, XLSX, HTML)")
  var statements: String?

  func validate() throws {
    if publish, !pay { throw ValidationError("--publish 须与 --pay 同用 / --publish needs --pay") }
    if publish, by?.isEmpty ?? true { throw ValidationError("--publish 须写明 --by / --publish needs --by") }
  }

  /// Pays and clears years; what is refused ends with the code that `yibao pay` has for it.
  func run(_ years: [Int], region: String, store: String, folder: String, _ common: CommonOptions) throws
    -> [PayingOutput.RunJSON]
  {
    let source = try CaseSourceOptions.parse(["--region", region, "--store", store, "--inputs", inputs ?? folder])
    var words = publish ? ["--publish", "--by", by ?? ""] : []
    if let statements { words += ["--out", statements] }
    let publishing = try PublishingOptions.parse(words)
    let (options, publishes) = (Sendability(common), publish)
    let parts = Sendability((source, publishing))
    return try Waiting.value {
      var output = PayingOutput(options.value.lang, isJSON: options.value.json)
      try await PayingFailure.reporting(options.value.lang) {
        for year in years {
          try await Self.pay(year, parts.value.0, parts.value.1, options.value, publishes: publishes, &output)
        }
      }
      return output.answers
    }
  }

  /// Options are plain values that their library does not declare `Sendable`; they are only read.
  private struct Sendability<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  private static func pay(
    _ year: Int, _ source: CaseSourceOptions, _ publishing: PublishingOptions, _ common: CommonOptions,
    publishes: Bool, _ output: inout PayingOutput
  ) async throws {
    let office = try await PayingOffice(source, publishing, common, year: year)
    for scheme in try office.schemes() {
      // Without publishing, months and year are tried out in memory.
      let store: any PaymentStore =
        publishes
        ? office.source.store : try await office.source.rehearsal(region: source.region, scheme: scheme, year: year)
      for number in 1...12 {
        guard let month = YearMonth(year: year, month: number) else { continue }
        try await office.pay(month, scheme, in: store, &output, isPassedOver: true)
      }
      try await office.clear(scheme, in: store, &output)
    }
    await office.source.close()
  }
}
