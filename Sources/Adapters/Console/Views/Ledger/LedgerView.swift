import Kernel
import Ledger
import People
import Settlement
import Workflows

extension View {
  /// The accounts with what was posted in a period, which adds up to nothing.
  static let ledger = View(
    "ledger", "科目余额", "Accounts", section: .ledger, isEntry: true,
    parameters: [
      Parameter("from", .day, "起始日期，默认最近一年的第一天", "from this day on"), Parameter("to", .day, "截止日期", "to this day"),
    ], tables: [FundBlocks.form, LedgerPage.form, LedgerPage.payable],
    summary: LocalizedText(
      "一段时间内结算与冲正的分录按科目汇总，借贷相等；应付各定点机构",
      "postings of settlements and reversals by account, balanced, and what is payable to institutions")
  ) { inquiry, sources async throws(ViewFault) in
    try await LedgerPage(inquiry: inquiry, sources: sources).content()
  }
}

/// The trial balance.
struct LedgerPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let form = TableForm(
    "accounts", "科目余额表", "Trial balance",
    [
      .init("account", "科目", "Account"), .init("holder", "基金", "Fund"), .init("debit", "借方（元）", "Debit", .money),
      .init("credit", "贷方（元）", "Credit", .money),
    ])
  static let payable = TableForm(
    "payable", "应付定点机构", "Payable to institutions",
    [
      .init("institution", "机构", "Institution"), .init("settlements", "结算笔数", "Settlements", .count),
      .init("reversals", "冲正笔数", "Reversals", .count), .init("delivered", "提供服务（元）", "Delivered", .money),
      .init("fund", "其中基金应付（元）", "Of which funds", .money),
      .init("person", "其中个人已付（元）", "Of which persons", .money),
      .init("borne", "其中机构负担（元）", "Of which borne itself", .money),
    ])

  func content() async throws(ViewFault) -> Content {
    let ends = try await sources.ask { () async throws(StoreError) in try await sources.monitoring.ends() }
    let year = ends?.last.month.year ?? inquiry.now.day.year
    let from = try inquiry.day("from") ?? CalendarDate(year: year, month: 1, day: 1) ?? inquiry.now.day
    let to = try inquiry.day("to") ?? CalendarDate(year: from.year, month: 12, day: 31) ?? inquiry.now.day
    guard from <= to else {
      throw .parameter("to", LocalizedText("截止日期早于起始日期", "the last day is before the first"))
    }
    var filter = MonitoringFilter()
    (filter.from, filter.to) = ("\(from) 00:00:00", "\(to) 23:59:59")
    let wanted = filter
    let monitoring = sources.monitoring
    let (schemes, places) = try await sources.ask { () async throws(StoreError) in
      (try await monitoring.totals(wanted, by: [.scheme]), try await monitoring.totals(wanted, by: [.institution]))
    }
    let lines = Self.lines(schemes)
    let balance = lines.reduce(Money.zero) { $0 + $1.amount }
    let notice =
      balance == .zero
      ? Notice(.good, "借贷相等", "debit and credit are equal")
      : Notice(
        .bad, "借贷相差 \(balance.yuan) 元；请运行 yibao audit", "debit and credit differ by \(balance.yuan); run yibao audit")
    let names = try await sources.institutionNames(Set(places.compactMap(\.group.institution)))
    let filterForm = Form.filter([
      .init("from", "起始日期", "From", .day, value: "\(from)"), .init("to", "截止日期", "To", .day, value: "\(to)"),
    ])
    let funds = from.year == to.year ? FundBlocks.blocks(try await FundBlocks(sources: sources).sheet(from...to)) : []
    return Content(
      [.form(filterForm)] + funds + [
        .notice(notice), .table(Self.form.table(lines.map(\.cells))),
        .table(Self.payable.table(places.sorted(by: Self.bySize).map { row($0, names, from, to) })),
        .paragraph(
          LocalizedText(
            "每笔结算和冲正的分录在其结算单上；月度拨付和年度清算的分录在“支付清算”各期记录中。",
            "Postings of a settlement stand on its page; those of months and years on the runs of \"Payment\"."
          )),
      ], title: LocalizedText("科目余额 \(from) – \(to)", "Accounts \(from) – \(to)"))
  }

  /// An account with what was posted to it; debit is positive.
  struct Line {
    let account: LedgerAccount
    let amount: Money

    var cells: [Cell] {
      var fund = Cell.none
      if case .fund(let own) = account { fund = Cell(.words(own.title)) }
      return [
        Cell(.words(account.title)), fund, amount.isNegative ? .none : .money(amount),
        amount.isNegative ? .money(-amount) : .none,
      ]
    }
  }

  /// What the settlements of schemes post, account by account; the same accounts as `PostingStep`'s.
  static func lines(_ schemes: [MonitoringTotal]) -> [Line] {
    var sums: [Fund: Money] = [:]
    var whole = MonitoredAmounts()
    for total in schemes {
      let amounts = total.measures.amounts
      let isEmployee = total.group.scheme == .employee
      sums[isEmployee ? .employeePooled : .residentPooled, default: .zero] += amounts.pooled
      sums[isEmployee ? .employeeCatastrophic : .catastrophic, default: .zero] += amounts.catastrophic
      sums[.largeSum, default: .zero] += amounts.largeSum
      sums[.civilServant, default: .zero] += amounts.civilServant
      sums[.enterprise, default: .zero] += amounts.enterprise
      sums[.assistance, default: .zero] += amounts.assistance
      sums[.other, default: .zero] += amounts.other
      whole = whole + amounts
    }
    let funds = Fund.allCases.compactMap { fund in sums[fund].map { Line(account: .fund(fund), amount: $0) } }
    return funds.filter { $0.amount != .zero } + [
      Line(account: .personalAccount(""), amount: whole.account), Line(account: .personalCash(""), amount: whole.cash),
      Line(account: .borneByInstitution(""), amount: whole.hospital),
      Line(account: .institution(""), amount: -whole.total),
    ]
  }

  private static func bySize(_ left: MonitoringTotal, _ right: MonitoringTotal) -> Bool {
    left.measures.amounts.total > right.measures.amounts.total
  }

  private func row(_ total: MonitoringTotal, _ names: [String: String], _ from: CalendarDate, _ to: CalendarDate)
    -> [Cell]
  {
    let (code, measures) = (total.group.institution ?? "", total.measures)
    let query = ["institution": code, "from": "\(from)", "to": "\(to)"]
    return [
      .text(names[code] ?? code, link: "institutions/\(Address.part(code))"),
      .count(measures.settlementCount, link: Address.path("settlements", query)), .count(measures.reversalCount),
      .money(measures.amounts.total), .money(measures.amounts.fund),
      .money(measures.amounts.account + measures.amounts.cash), .money(measures.amounts.hospital),
    ]
  }
}
