import ArgumentParser
import Kernel
import Payment
import People
import PolicyFiles
import TabularFiles
import Workflows

/// What clearing by a table of what people state has in common.
struct StatedOptions: ParsableArguments {
  @Option(help: "统筹区代码 / region code")
  var region: String

  @Option(help: "年度 / year")
  var year: Int

  @Option(help: "险种 / scheme: employee, resident")
  var scheme: InsuranceScheme

  @Option(help: "申报表（CSV 或 XLSX） / table of what is stated, CSV or XLSX")
  var stated: String

  @Option(help: "库，公布时需要 / store, needed to publish: sqlite:PATH, postgres:URL")
  var store: String?

  /// Reads what people state, clears it under the region's terms, publishes when asked, writes statements when asked,
  /// and says what came of it.
  ///
  /// - Parameters:
  ///   - name: the file of terms below `payment/`, without its ending.
  ///   - title: what statements are called.
  ///   - terms: the region's terms, as they were read.
  ///   - read: reads the table of what is stated.
  ///   - clear: clears it.
  func clear<Terms, Stated>(
    _ name: String, title: LocalizedText, _ publishing: PublishingOptions, _ common: CommonOptions,
    terms: (ClearingFolder) -> [String: Terms], read: (TableReader) -> FileReading<Stated>,
    _ clear: (PayingDesk, Stated, Terms, _ identity: String) async throws -> Result<
      (made: MadeRun, steps: [String: [ClearingStep]]), PayingRefusal
    >
  ) async throws {
    if publishing.publish, store == nil {
      throw ValidationError("--publish 须用 --store / --publish needs --store")
    }
    try await PayingFailure.reporting(common.lang) {
      let policies = try PayingPolicies(common.policies, common.lang)
      guard let terms = terms(policies.clearing)[region], let file = policies.clearing.files[region]?[name] else {
        throw noTerms("\(name).yaml", common.lang)
      }
      let year = try CaseSourceOptions.value(read(TableReader(path: stated)), common.lang)
      let open =
        try store.map { try PayingStore($0, publishes: publishing.publish) } ?? PayingStore(MemoryPaymentStore())
      let desk = PayingDesk(store: open.store, digest: SHA256ContentDigest())
      let identity = try SHA256ContentDigest().text(ofFiles: [file])
      switch try await clear(desk, year, terms, identity) {
      case .failure(let refusal): throw PayingFailure.refused(refusal, common.lang)
      case .success(let cleared):
        let made = try await publishing.finish(cleared.made, at: desk, common.lang)
        try await publishing.report(
          made, title: title, steps: cleared.steps, names: open.names(of: made.run), policies, region, common)
      }
      await open.close()
    }
  }

  var order: PayingDesk.Order { .init(region: region, scheme: scheme, period: .year(year)) }

  /// Ends the command because the region states no terms.
  private func noTerms(_ file: String, _ language: Language) -> ExitCode {
    Terminal.error(
      Terminal.say(language, "统筹区 \(region) 没有 payment/\(file)", "region \(region) has no payment/\(file)"))
    return ExitCode(1)
  }
}

extension PublishingOptions {
  /// Writes the statements of a run without cases when asked, and says what came of it.
  func report(
    _ made: MadeRun, title: LocalizedText, steps: [String: [ClearingStep]], names: [String: String],
    remarks: [String] = [], _ policies: PayingPolicies, _ region: String, _ common: CommonOptions
  ) async throws {
    let written = try await write(made, nil, common.lang) {
      StatementWriter(book: policies.book, region: region, names: names).statements(
        of: made, title: title, steps: steps)
    }
    var output = PayingOutput(common.lang, isJSON: common.json)
    output.add(made, names: names, remarks: remarks, written: written)
    try output.finish()
  }
}

/// `yibao clear community`.
struct ClearCommunityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "community", abstract: "县域医共体总额清算 / clear medical communities",
    discussion: """
      示例 / Example:
        yibao clear community --region 990100 --year 2026 --scheme resident \\
          --stated Examples/payment/communities.csv

      总额按该统筹区 payment/community.yaml 的办法计算。申报表的项目见 Docs/Reference/clearing.md。
      Budgets are set as the region's payment/community.yaml says; the items of the table are in
      Docs/Reference/clearing.md.
      退出码 / exit code: 0 完成 done · 1 依据不足或被拒 refused · 2 有文件不能读写 a file is wrong · 64 用法有误 wrong usage
      """)

  @OptionGroup var stated: StatedOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await stated.clear(
      "community", title: LocalizedText("医共体清算书", "Clearing of a medical community"), publishing, common,
      terms: \.communities, read: CommunityInputFile.read
    ) { desk, year, terms, identity in
      try await desk.clearCommunities(stated.order, year, under: terms, identity: identity)
        .map { ($0.made, $0.steps) }
    }
  }
}

/// `yibao clear adjustment-fund`.
struct ClearAdjustmentFundCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adjustment-fund", abstract: "省级调剂金上解与分配 / a provincial adjustment fund",
    discussion: """
      示例 / Example:
        yibao clear adjustment-fund --region 990100 --year 2026 --scheme employee \\
          --stated Examples/payment/adjustment-fund.csv

      办法取自 payment/adjustment_fund.yaml；文件未定的比例须先补录，否则拒绝。
      Terms are those of payment/adjustment_fund.yaml; what the documents leave open is refused.
      退出码 / exit code: 0 完成 done · 1 依据不足或被拒 refused · 2 有文件不能读写 a file is wrong · 64 用法有误 wrong usage
      """)

  @OptionGroup var stated: StatedOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await stated.clear(
      "adjustment_fund", title: LocalizedText("省级调剂金清算书", "Adjustment fund of the province"), publishing, common,
      terms: \.adjustmentFunds, read: AdjustmentFundInputFile.read
    ) { desk, year, terms, identity in
      try await desk.runAdjustmentFund(stated.order, year, under: terms, identity: identity)
        .map { ($0.made, $0.steps) }
    }
  }
}

/// `yibao clear fund-loss`.
struct ClearFundLossCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fund-loss", abstract: "剔除违规费用重新清算，认定基金损失 / clear again without charges, judge losses",
    discussion: """
      示例 / Examples:
        yibao pay sample-cases --count 600 --seed 1 -o /tmp/yibao-pay
        yibao clear fund-loss --region 990100 --year 2026 --scheme employee \\
          --inputs /tmp/yibao-pay --charges Examples/payment/charges.csv

      线索表：charge, case, cost, fund_paid, filed, paid, returned, returned_by, by_disease。
      剔除前后各机构的分得与应付都列出；损失按立案日认定，罚款倍数取自 fund_loss.yaml。
      Both ways are shown for every institution; loss is judged at the day of filing.
      退出码 / exit code: 0 完成 done · 1 依据不足或被拒 refused · 2 有文件不能读写 a file is wrong · 64 用法有误 wrong usage
      """)

  @Option(help: "年度 / year")
  var year: Int

  @Option(help: "线索表（CSV 或 XLSX） / table of charges")
  var charges: String

  @OptionGroup var source: CaseSourceOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if source.scheme == nil { throw ValidationError("须写明 --scheme / --scheme is needed") }
  }

  func run() async throws {
    try await PayingFailure.reporting(common.lang) {
      let office = try await PayingOffice(source, publishing, common, year: year)
      guard let scheme = source.scheme,
        let fines = office.policies.clearing.fines[source.region] ?? office.policies.clearing.fines["national"]
      else {
        Terminal.error(Terminal.say(common.lang, "没有 payment/fund_loss.yaml", "there is no payment/fund_loss.yaml"))
        throw ExitCode(1)
      }
      let filed = try CaseSourceOptions.value(ChargeFile.read(TableReader(path: charges)), common.lang)
      let desk = office.desk(office.source.store)
      let result = try await desk.judgeLosses(
        office.order(scheme, .year(year)), filed, under: try office.terms(scheme), fines: fines)
      switch result {
      case .failure(let refusal): throw PayingFailure.refused(refusal, common.lang)
      case .success(let judged): try await finish(judged, at: desk, office)
      }
      await office.source.close()
    }
  }

  private func finish(_ judged: JudgedLosses, at desk: PayingDesk, _ office: PayingOffice) async throws {
    let made = try await publishing.finish(judged.made, at: desk, common.lang)
    // What each charge comes to is said where people look; the lines add them up by institution.
    let words = judged.judged.map { item in
      "\(item.charge.id) \(item.institution) \(item.loss.outcome.rawValue) \(item.loss.outcome.message[common.lang])"
    }
    try await publishing.report(
      made, title: LocalizedText("剔除违规费用重新清算书", "Clearing again without charges"), steps: judged.steps,
      names: office.source.names(of: made.run), remarks: words, office.policies, source.region, common)
  }
}
