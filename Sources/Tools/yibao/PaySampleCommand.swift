import ArgumentParser
import Foundation
import Kernel
import Payment
import People
import PolicyFiles
import Synchronization
import TabularFiles
import Workflows

/// `yibao pay sample-cases`.
struct PaySampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample-cases", abstract: "写出虚构的已入组病例和输入表，供试用 / write made-up cases and inputs, for trials",
    discussion: """
      示例 / Examples:
        yibao pay sample-cases --count 600 --seed 1 -o /tmp/yibao-pay
        yibao pay sample-cases --count 600 --seed 1 --year 2026 -o /tmp/yibao-pay

      库中已有归集的病例时 / for cases that a store holds:
        pay sample-cases --store sqlite:year.sqlite -o inputs

      写入 cases.csv、budget.csv、findings.csv、scores.csv；病组取自该统筹区当年的付费合同，同样的种子写出同样的文件。
      Writes these four tables; groups are those of the region's contracts of the year, and the same seed writes the
      same bytes.
      退出码 / exit code: 0 完成 done · 1 没有合同 no contract · 2 不能写 a file cannot be written
      """)

  @Option(help: "病例数 / how many cases")
  var count = 600

  @Option(help: "机构数 / how many institutions")
  var institutions = 12

  @Option(help: "种子，相同则结果相同 / the seed; the same gives the same")
  var seed: UInt64 = 1

  @Option(help: "不虚构病例，只为库中病例写输入表 / make up no cases, write the inputs for those of a store: sqlite:PATH")
  var store: String?

  @Option(help: "统筹区代码 / region code")
  var region = "990100"

  @Option(help: "年度 / year")
  var year = 2_026

  @Option(name: .shortAndLong, help: "写入的文件夹 / the folder to write to")
  var output: String

  @Option(help: "政策目录 / folder of policy files")
  var policies = "Policies"

  @Option(help: "语言 / language: zh, en")
  var lang = Language.chinese

  @Flag(help: "以 JSON 输出 / print JSON")
  var json = false

  func validate() throws {
    if !(1...5_000_000).contains(count) { throw ValidationError("count: 1 … 5000000") }
    if !(3...10_000).contains(institutions) { throw ValidationError("institutions: 3 … 10000") }
  }

  func run() async throws {
    let known = try PayingPolicies(policies, lang)
    let contracts = known.contracts(region: region, year: year).sorted { $0.key.rawValue < $1.key.rawValue }
    guard !contracts.isEmpty else {
      Terminal.error(
        Terminal.say(lang, "统筹区 \(region) 没有 \(year) 年的付费合同", "region \(region) has no contract for \(year)"))
      throw ExitCode(1)
    }
    if let store { return try await writeInputs(for: store, known, contracts) }
    let indicators = known.clearing.contracts[region]?.assessment?.indicators ?? []
    var inputs = PayingInputs()
    try DIPCommandText.reporting(lang) {
      do {
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
      } catch {
        throw Diagnostic(.error, LocalizedText("不能建立文件夹", "the folder cannot be made"), file: output)
      }
      try CSVWriter.write(to: output + "/cases.csv") { writer in
        try writer.append(PaymentCaseFile.header)
        for (place, item) in contracts.enumerated() {
          // Six of ten are employees where there are two contracts.
          let part = contracts.count == 1 ? count : place == 0 ? count * 6 / 10 : count - count * 6 / 10
          let sample = SamplePaymentCases(
            count: part, seed: seed, under: item.value.contract, scheme: item.key, institutions: institutions)
          for paid in sample.cases { try writer.append(PaymentCaseFile.row(paid)) }
          let own = sample.inputs(indicators, scheme: item.key)
          inputs.fund += own.fund
          inputs.findings += own.findings
          inputs.scores.merge(own.scores) { first, _ in first }
        }
      }
      try PayingInputFiles.write(inputs, to: output)
    }
    let files = ["cases.csv", "budget.csv", "findings.csv", "scores.csv"].map { "\(output)/\($0)" }
    if json { return try Terminal.json(["files": files]) }
    for file in files { print(file) }
  }

  /// The inputs that go with the cases of a store.
  private func writeInputs(
    for store: String, _ known: PayingPolicies,
    _ contracts: [(key: InsuranceScheme, value: (contract: PaymentContract, files: [String]))]
  ) async throws {
    let open = try OpenPaymentStore(store, isReadOnly: true)
    let indicators = known.clearing.contracts[region]?.assessment?.indicators ?? []
    var inputs = PayingInputs()
    for (scheme, contract) in contracts {
      let found = Mutex<[PaymentCase]>([])
      do throws(StoreError) {
        let selection = CaseSelection(region: region, scheme: scheme, period: .year(year))
        try await open.paying.cases(selection) { block in found.withLock { $0 += block } }
      } catch {
        await open.close()
        Terminal.error("\(error.operation): \(error.detail)")
        throw ExitCode(2)
      }
      let own = SamplePaymentCases(found.withLock { $0 }, under: contract.contract).inputs(indicators, scheme: scheme)
      inputs.fund += own.fund
      inputs.findings += own.findings
      inputs.scores.merge(own.scores) { first, _ in first }
    }
    await open.close()
    let stated = inputs
    try DIPCommandText.reporting(lang) {
      do {
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
      } catch {
        throw Diagnostic(.error, LocalizedText("不能建立文件夹", "the folder cannot be made"), file: output)
      }
      try PayingInputFiles.write(stated, to: output)
    }
    let files = ["budget.csv", "findings.csv", "scores.csv"].map { "\(output)/\($0)" }
    if json { return try Terminal.json(["files": files]) }
    for file in files { print(file) }
  }
}
