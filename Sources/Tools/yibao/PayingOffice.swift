import ArgumentParser
import Kernel
import Payment
import People
import TabularFiles
import Workflows

/// What commands that pay or clear cases take.
struct PayingCommandOptions: ParsableArguments {
  @OptionGroup var source: CaseSourceOptions
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var statements: StatementOptions
  @OptionGroup var common: CommonOptions

  /// Opens an office, does something for the scheme that is named or for all with a contract, and prints what came of
  /// it.
  func forEachScheme(
    year: Int, _ body: (PayingOffice, InsuranceScheme, inout PayingOutput) async throws -> Void
  ) async throws {
    try await PayingFailure.reporting(common.lang) {
      let office = try await PayingOffice(source, publishing, common, year: year, detail: statements)
      var output = PayingOutput(common.lang, isJSON: common.json)
      for scheme in try office.schemes() { try await body(office, scheme, &output) }
      try output.finish()
      await office.source.close()
    }
  }
}

/// What commands that pay or clear have in common: policies, inputs, store, output.
struct PayingOffice {
  let policies: PayingPolicies
  let inputs: PayingInputs
  let source: PayingStore
  let year: Int
  private let options: CaseSourceOptions
  private let publishing: PublishingOptions
  private let detail: StatementOptions?
  private let common: CommonOptions
  var language: Language { common.lang }
  private let progress: PayingProgress

  /// Reads everything that is named; what is wrong ends the command.
  init(
    _ options: CaseSourceOptions, _ publishing: PublishingOptions, _ common: CommonOptions, year: Int,
    detail: StatementOptions? = nil
  ) async throws {
    try publishing.check(options)
    try detail?.check(publishing)
    policies = try PayingPolicies(common.policies, common.lang)
    inputs = try options.payingInputs(common.lang)
    source = try await options.open(common.lang, publishes: publishing.publish)
    self.year = year
    self.options = options
    self.publishing = publishing
    self.detail = detail
    self.common = common
    progress = PayingProgress(common.lang)
  }

  /// The scheme that is named, or all that have a contract; none ends the command with code 1.
  func schemes() throws -> [InsuranceScheme] {
    if let scheme = options.scheme { return [scheme] }
    let known = policies.contracts(region: options.region, year: year).keys.sorted { $0.rawValue < $1.rawValue }
    guard !known.isEmpty else {
      Terminal.error(
        Terminal.say(
          common.lang, "统筹区 \(options.region) 没有 \(year) 年的付费合同", "region \(options.region) has no contract for \(year)"
        ))
      throw ExitCode(1)
    }
    return known
  }

  func desk(_ store: any PaymentStore) -> PayingDesk {
    PayingDesk(store: store, digest: SHA256ContentDigest()) { [progress] in progress.show($0) }
  }

  func order(_ scheme: InsuranceScheme, _ period: PaymentPeriod) -> PayingDesk.Order {
    .init(region: options.region, scheme: scheme, period: period, inputs: inputs)
  }

  func terms(_ scheme: InsuranceScheme) throws -> PayingTerms {
    try policies.terms(region: options.region, year: year, scheme: scheme, common.lang)
  }

  /// Makes statements that name institutions as the store's records do.
  func statements(_ names: [String: String]) -> StatementWriter {
    StatementWriter(book: policies.book, region: options.region, names: names, detail: detail?.detail ?? .cases)
  }

  /// Pays a month, says what came of it, and writes the statements when asked.
  ///
  /// - Parameters:
  ///   - isPassedOver: whether a month without cases is nothing to complain about; months that are tried out one after
  ///     another are kept in the store, which is then in memory.
  func pay(
    _ month: YearMonth, _ scheme: InsuranceScheme, in store: any PaymentStore, _ output: inout PayingOutput,
    isPassedOver: Bool = false
  ) async throws {
    let desk = desk(store)
    let result = try await desk.payMonth(order(scheme, .month(month)), under: try terms(scheme))
    progress.clear()
    let paid: PaidMonth
    switch result {
    case .failure(.desk(.noCases, _)) where isPassedOver || options.scheme == nil:
      return Terminal.error(
        Terminal.say(common.lang, "\(month) \(scheme.title.chinese)：没有病例", "\(month) \(scheme.rawValue): no cases"))
    case .failure(let refusal): throw PayingFailure.refused(refusal, common.lang)
    case .success(let value): paid = value
    }
    var shown = paid
    if publishing.publish {
      shown.made = try await publishing.finish(paid.made, at: desk, common.lang)
    } else if isPassedOver {
      _ = try await desk.publish(paid.made, time: "", by: "", correcting: true)
    }
    let names = try await source.names(of: shown.made.run)
    let written = try await publishing.write(shown.made, detail, common.lang) { [shown] in
      statements(names).statements(of: shown)
    }
    output.add(
      shown.made, names: names, pool: shown.worth?.pool, cases: shown.cases, remarks: unused(shown), written: written)
  }

  /// Findings of the month's file that no institution of the month knows are a sign of a wrong code.
  private func unused(_ paid: PaidMonth) -> [String] {
    let known = Set(paid.cases.cases.map(\.institution))
    return paid.findings.filter { !known.contains($0.finding.institution) }.map { item in
      Terminal.say(
        common.lang, "扣款 \(item.finding.id)：机构 \(item.finding.institution) 本月没有病例，全额结转",
        "finding \(item.finding.id): \(item.finding.institution) has no case this month; it is carried on")
    }
  }

  /// Clears a year, says what came of it, and writes the statements when asked.
  func clear(_ scheme: InsuranceScheme, in store: any PaymentStore, _ output: inout PayingOutput) async throws {
    let desk = desk(store)
    let result = try await desk.clearYear(order(scheme, .year(year)), under: try terms(scheme))
    progress.clear()
    let cleared: ClearedYear
    switch result {
    case .failure(.desk(.noCases, _)) where options.scheme == nil:
      return Terminal.error(
        Terminal.say(common.lang, "\(year) \(scheme.title.chinese)：没有病例", "\(year) \(scheme.rawValue): no cases"))
    case .failure(let refusal): throw PayingFailure.refused(refusal, common.lang)
    case .success(let value): cleared = value
    }
    var shown = cleared
    shown.made = try await publishing.finish(cleared.made, at: desk, common.lang)
    let names = try await source.names(of: shown.made.run)
    let written = try await publishing.write(shown.made, detail, common.lang) { [shown] in
      statements(names).statements(of: shown)
    }
    let months = shown.unpaidMonths.map(\.description).joined(separator: ", ")
    let remark = Terminal.say(
      common.lang, "这些月份有病例而没有公布的拨付：\(months)；清算按未拨付计算",
      "these months have cases and no published run: \(months); nothing counts as paid for them")
    output.add(
      shown.made, names: names, pool: shown.worth.pool, cases: shown.cases,
      remarks: shown.unpaidMonths.isEmpty ? [] : [remark], written: written)
  }
}
