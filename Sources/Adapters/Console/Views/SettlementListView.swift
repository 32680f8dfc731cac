import Claims
import Kernel
import People
import Settlement
import Workflows

extension View {
  /// The list of settlements with its filter.
  static let settlements = View(
    "settlements", "结算查询", "Settlements", section: .settlements, isEntry: true,
    parameters: [
      Parameter("from", .day, "起始日期", "from this day on"), Parameter("to", .day, "截止日期", "to this day"),
      Parameter("institution", .text, "机构编号", "institution's code"),
      Parameter("person", .text, "人员编号", "person's number"),
      Parameter("scheme", .choice(InsuranceScheme.allCases.map(\.rawValue)), "险种", "scheme"),
      Parameter("care", .choice(CareCategory.allCases.map(\.word)), "医疗类别", "kind of care"),
      Parameter("state", .choice(SettlementListPage.states.map(\.word)), "状态", "state"),
      Parameter("at_least", .text, "总额不低于（元）", "charged at least, yuan"),
      Parameter("at_most", .text, "总额不高于（元）", "charged at most, yuan"),
      Parameter("diagnosis", .text, "主要诊断编码", "principal diagnosis"),
      Parameter("text", .text, "结算编号、就诊编号", "number of a settlement or visit"),
      Parameter("order", .choice(MonitoringOrder.allCases.map(\.rawValue)), "排序", "order"), .page, .size,
    ], tables: [SettlementListPage.form]
  ) { inquiry, sources async throws(ViewFault) in
    try await SettlementListPage(inquiry: inquiry, sources: sources).content()
  }
}

/// The list of settlements.
struct SettlementListPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  static let form = TableForm(
    "settlements", "结算记录", "Settlements",
    [
      .init("id", "结算编号", "Number"), .init("time", "结算时间", "Time"), .init("state", "状态", "State"),
      .init("person", "人员编号", "Person"), .init("name", "姓名", "Name"), .init("institution", "机构", "Institution"),
      .init("scheme", "险种", "Scheme"), .init("care", "医疗类别", "Care"), .init("diagnosis", "主要诊断", "Diagnosis"),
      .init("days", "就诊日期", "Days"), .init("charged", "医疗费总额（元）", "Charged", .money),
      .init("fund", "基金支付（元）", "Fund", .money), .init("account", "个人账户（元）", "Account", .money),
      .init("cash", "个人现金（元）", "Cash", .money),
    ])

  /// States as the list names them.
  static let states: [(word: String, state: MonitoredState, title: LocalizedText)] = [
    ("standing", .standing, LocalizedText("有效", "standing")), ("reversed", .reversed, LocalizedText("已冲正", "reversed")),
    ("reversal", .reversal, LocalizedText("冲正", "reversal")),
  ]

  func content() async throws(ViewFault) -> Content {
    let filter = try Self.filter(inquiry)
    let order = try inquiry.choice("order", of: MonitoringOrder.self) ?? .newest
    let request = try inquiry.pageRequest()
    let page = try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.settlements(filter, order: order, page: request)
    }
    let names = try await sources.institutionNames(Set(page.rows.map(\.institution)))
    let rows = page.rows.map { Self.row($0, names, inquiry) }
    let table = Self.form.table(
      rows, of: PageOfRows(number: request.number, size: request.size, total: page.total),
      empty: LocalizedText("没有符合条件的结算；请放宽条件。", "No settlement fits; ask for less."))
    return Content([.form(form), .table(table)])
  }

  /// What the query asks for.
  static func filter(_ inquiry: Inquiry) throws(ViewFault) -> MonitoringFilter {
    var filter = MonitoringFilter()
    filter.from = try inquiry.day("from").map { "\($0) 00:00:00" }
    filter.to = try inquiry.day("to").map { "\($0) 23:59:59" }
    filter.institution = inquiry["institution"]
    filter.person = inquiry["person"]
    filter.scheme = try inquiry.choice("scheme", of: InsuranceScheme.self)
    filter.care = try inquiry["care"].map { (word: String) throws(ViewFault) in
      guard let care = CareCategory(word: word) else {
        throw .parameter("care", LocalizedText("没有医疗类别 \(word)", "there is no kind of care \(word)"))
      }
      return care
    }
    filter.state = try inquiry["state"].map { (word: String) throws(ViewFault) in
      guard let known = states.first(where: { $0.word == word }) else {
        throw .parameter("state", LocalizedText("没有状态 \(word)", "there is no state \(word)"))
      }
      return known.state
    }
    filter.atLeast = try inquiry.money("at_least")
    filter.atMost = try inquiry.money("at_most")
    filter.diagnosis = inquiry["diagnosis"]
    filter.text = inquiry["text"]
    return filter
  }

  static func row(_ settlement: MonitoredSettlement, _ names: [String: String], _ inquiry: Inquiry) -> [Cell] {
    let isRevealed = inquiry.revealed.contains(settlement.person)
    let state = states.first { $0.state == settlement.state }
    let days =
      settlement.admitted == settlement.discharged
      ? "\(settlement.admitted)" : "\(settlement.admitted) – \(settlement.discharged)"
    return [
      .text(settlement.id, link: "settlements/\(Address.part(settlement.id))"), .text(settlement.time),
      Cell(.title(state?.title), tone: settlement.state == .standing ? nil : .quiet),
      .text(
        isRevealed ? settlement.person : PersonalField.number.hide(settlement.person),
        link: "persons/\(Address.part(settlement.person))"),
      .text(isRevealed ? settlement.name : PersonalField.name.hide(settlement.name)),
      .text(
        names[settlement.institution] ?? settlement.institution,
        link: "institutions/\(Address.part(settlement.institution))"),
      Cell(.words(settlement.scheme.short)), Cell(.words(settlement.care.title)), .text(settlement.diagnosis),
      .text(days), .money(settlement.amounts.total), .money(settlement.amounts.fund),
      .money(settlement.amounts.account), .money(settlement.amounts.cash),
    ]
  }

  private var form: Form {
    func choice(_ words: [(String, LocalizedText)]) -> Form.Field.Kind {
      .choice([("", LocalizedText("全部", "all"))] + words.map { (value: $0.0, title: $0.1) })
    }
    func value(_ name: String) -> String { inquiry[name] ?? "" }
    let orders: [(String, LocalizedText)] = [
      ("newest", LocalizedText("最新在前", "newest first")), ("oldest", LocalizedText("最早在前", "oldest first")),
      ("largest", LocalizedText("金额由高到低", "largest first")), ("smallest", LocalizedText("金额由低到高", "smallest first")),
    ]
    return .filter([
      .init("from", "起始日期", "From", .day, value: value("from")),
      .init("to", "截止日期", "To", .day, value: value("to")),
      .init("text", "结算/就诊编号", "Number", value: value("text")),
      .init("person", "人员编号", "Person", value: value("person")),
      .init("institution", "机构编号", "Institution", value: value("institution")),
      .init(
        "scheme", "险种", "Scheme", choice(InsuranceScheme.allCases.map { ($0.rawValue, $0.short) }),
        value: value("scheme")),
      .init("care", "医疗类别", "Care", choice(CareCategory.allCases.map { ($0.word, $0.title) }), value: value("care")),
      .init("state", "状态", "State", choice(Self.states.map { ($0.word, $0.title) }), value: value("state")),
      .init("at_least", "总额不低于（元）", "At least, yuan", value: value("at_least")),
      .init("order", "排序", "Order", .choice(orders.map { (value: $0.0, title: $0.1) }), value: value("order")),
    ])
  }
}

extension InsuranceScheme {
  /// What it is called where room is short.
  var short: LocalizedText {
    switch self {
    case .employee: LocalizedText("职工", "employee")
    case .resident: LocalizedText("居民", "resident")
    }
  }
}

extension ConsoleSources {
  /// The names of institutions by code; those that are not known are left out.
  func institutionNames(_ codes: Set<String>) async throws(ViewFault) -> [String: String] {
    try await read { store throws(StoreError) in
      var names: [String: String] = [:]
      for code in codes { names[code] = try store.institution(code)?.name }
      return names
    }
  }
}
