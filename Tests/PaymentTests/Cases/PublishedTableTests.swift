import Kernel
import Payment
import People
import TabularFiles
import Testing

/// Published standards reproduced row by row from weight, rate and coefficient; expected values are the tables' own.
@Suite(.enabled(if: SharedFolder.path != nil, "published tables need ../shared beside the repository"))
struct PublishedTableTests {
  private func table(_ name: String, place: String? = nil) throws -> GroupTable {
    let path = try Need.value(SharedFolder.path) + "/data/weights/\(name).csv"
    let reading = GroupTableFile.read(CSVReader(path: path), edition: name, place: place)
    #expect(reading.diagnostics.isEmpty)
    return try Need.value(reading.value)
  }

  /// Pays a case of every group at every level and compares with the printed standard, to the fen.
  ///
  /// - Returns: how many standards were compared, and those that differ.
  private func compare(
    _ table: GroupTable, _ terms: GroupedTerms, levels: [InstitutionLevel], scheme: InsuranceScheme
  ) throws -> (compared: Int, differing: [String]) {
    let contract = PaymentTrial.contract(terms)
    var (compared, differing) = (0, [String]())
    for row in table.rows.values.sorted(by: { $0.code < $1.code }) {
      for level in levels {
        let printed = try #require(row.standards?[institution: "", level: level, scheme: scheme])
        let paid = try PaymentTrial.paid(row.code, cost: "1.00", level: level, scheme: scheme)
        let payment = CaseEngine.pay(paid, under: contract)
        compared += 1
        if payment.payable != Fraction(fenOf: printed).money(.halfUp) { differing.append("\(row.code) \(level.word)") }
      }
    }
    return (compared, differing)
  }

  @Test func `无锡2022年602个病组三个等级的支付标准逐一算出`() throws {
    let table = try table("wuxi-2022")
    // The three rates of the table: every standard that is not a base group's is its weight times one of them.
    let rates = try Graded<UnitPrice>([
      .init(level: .primary): PaymentTrial.price("7782"), .init(level: .secondary): PaymentTrial.price("9947"),
      .init(level: .tertiary): PaymentTrial.price("13060"),
    ])
    // 25 base groups are paid the same at every level, at the rate of the lowest (S14).
    let terms = GroupedTerms(
      .rate(SourcedTerm(rates)), table: table, baseGroups: GroupKindTerms(.asLevel(.primary)),
      rounding: PaymentTrial.rounding)
    #expect(table.rows.count == 602)
    #expect(table.rows.values.count { $0.isBase } == 25)
    #expect(table.rows.values.count { $0.isChineseMedicine } == 5)
    let found = try compare(table, terms, levels: [.primary, .secondary, .tertiary], scheme: .employee)
    #expect(found.compared == 1_806)
    #expect(found.differing == [])
    // Without the rule for base groups the other two levels of each of them come out wrong.
    var without = terms
    without.baseGroups = nil
    #expect(
      try compare(table, without, levels: [.primary, .secondary, .tertiary], scheme: .employee).differing.count == 50)
  }

  @Test func `苏州2023年648个病组按一个费率乘等级系数算出`() throws {
    let table = try table("suzhou-2023")
    let terms = try GroupedTerms(
      .rate(SourcedTerm(Graded(PaymentTrial.price("8728.3")))), table: table,
      coefficients: CoefficientTerms(usesTable: true), rounding: PaymentTrial.rounding)
    #expect(table.rows.count == 648)
    #expect(table.rows.values.count { $0.isBase } == 21)
    #expect(table.rows.values.count { $0.isChineseMedicine } == 36)
    let found = try compare(table, terms, levels: [.primary, .secondary, .tertiary], scheme: .employee)
    #expect(found.compared == 1_944)
    #expect(found.differing == [])
  }

  @Test func `苏州的病组系数由等级系数和基础病组系数得出`() throws {
    let table = try table("suzhou-2023")
    // The coefficients as terms of a contract give what the table prints for each group.
    let byLevel = try Graded<Factor>([
      .init(level: .primary): PaymentTrial.factor("0.75"), .init(level: .secondary): PaymentTrial.factor("1.02"),
      .init(level: .tertiary): PaymentTrial.factor("1.2"),
    ])
    let terms = try GroupedTerms(
      .rate(SourcedTerm(Graded(PaymentTrial.price("8728.3")))), table: table,
      coefficients: CoefficientTerms(values: SourcedTerm(byLevel)),
      baseGroups: GroupKindTerms(.asLevel(.secondary)), rounding: PaymentTrial.rounding)
    let found = try compare(table, terms, levels: [.primary, .secondary, .tertiary], scheme: .employee)
    #expect(found.differing == [])
  }

  @Test func `武汉2022年660个病组的职工与居民支付标准逐一算出`() throws {
    let table = try table("wuhan-2022")
    let rates = try Graded<UnitPrice>([
      .init(scheme: .employee): PaymentTrial.price("10618"), .init(scheme: .resident): PaymentTrial.price("9800"),
    ])
    let terms = GroupedTerms(.rate(SourcedTerm(rates)), table: table, rounding: PaymentTrial.rounding)
    #expect(table.rows.count == 660)
    for scheme in InsuranceScheme.allCases {
      let found = try compare(table, terms, levels: [.secondary], scheme: scheme)
      #expect(found.compared == 660)
      #expect(found.differing == [])
    }
  }

  /// Beijing prints weights to two decimals and standards to the yuan; one rate explains all of them within that.
  @Test func `北京2022年支付标准在权重印刷精度内由一个费率算出`() throws {
    let table = try table("beijing-2022")
    let byItem = table.rows.values.filter(\.isPaidByItem)
    let weighted = table.rows.values.filter { !$0.isPaidByItem }
    #expect(byItem.count == 49)
    #expect(weighted.count == 647)
    // With w the printed weight and P the printed standard the rate lies in [(P − 0.5) / (w + 0.005),
    // (P + 0.5) / (w − 0.005)] for every group; the intervals have a part in common, in which the rate must lie.
    let half = Fraction(5, 1_000)
    var (low, high) = (Fraction.zero, Fraction(1_000_000_000))
    for row in weighted {
      let weight = Fraction(try #require(row.weight))
      let printed = Fraction(fenOf: try #require(row.standards?[institution: "", level: .tertiary, scheme: .employee]))
      low = max(low, (printed - Fraction(50)) / (weight + half))
      high = min(high, (printed + Fraction(50)) / (weight - half))
    }
    #expect(low < high)
    #expect(low.money(.halfUp) == (try PaymentTrial.money("20424.27")))
    #expect(high.money(.halfUp) == (try PaymentTrial.money("20425.93")))
    // So at 20,425 a case paid by printed weight is within half a hundredth of the rate and half a yuan: 102.63 yuan.
    let terms = try GroupedTerms(
      .rate(SourcedTerm(Graded(PaymentTrial.price("20425")))), table: table, rounding: PaymentTrial.rounding)
    let contract = PaymentTrial.contract(terms)
    let bound = Money(fen: 20_425_00 / 200 + 50 + 1)
    var largest = Money.zero
    for row in weighted {
      let printed = try #require(row.standards?[institution: "", level: .tertiary, scheme: .employee])
      let payable = try #require(CaseEngine.pay(PaymentTrial.paid(row.code, cost: "1.00"), under: contract).payable)
      let difference = payable - Fraction(fenOf: printed).money(.halfUp)
      largest = max(largest, difference.isNegative ? -difference : difference)
    }
    #expect(largest <= bound)
    #expect(largest > .zero)
    for row in byItem {
      let payment = CaseEngine.pay(try PaymentTrial.paid(row.code, cost: "123.45"), under: contract)
      #expect(payment.outcome == .groupPerItem)
      #expect(payment.payable == (try PaymentTrial.money("123.45")))
    }
  }

  @Test(arguments: [
    ("linfen-2022", nil as String?, 666, 0), ("taizhou-2022", nil, 759, 53), ("yunnan-2022", nil, 677, 0),
    ("guangxi-2022", "玉林", 984, 39),
  ])
  func `其余权重表可以读入`(name: String, place: String?, count: Int, unstable: Int) throws {
    let table = try table(name, place: place)
    #expect(table.rows.count == count)
    #expect(table.rows.values.count { !$0.isStable } == unstable)
  }
}
