import Kernel
import People
import Settlement
import Workflows

extension View {
  /// One person: cover, accounts, what the year adds up to, settlements; masked unless a reason was given.
  static let person = View(
    "persons/{number}", "参保人", "Person", section: .persons,
    parameters: [Parameter("number", .text, "人员编号（psn_no）", "person's number (psn_no)", isInPath: true), .page, .size],
    tables: [PersonPage.enrolments, PersonPage.accumulators, SettlementListPage.form]
  ) { inquiry, sources async throws(ViewFault) in
    try await PersonPage(inquiry: inquiry, sources: sources).content()
  }
}

extension Action {
  /// Shows a person in full for some minutes.
  static let reveal = Action(
    "persons/{number}/reveal", "查看完整个人信息", "See a person in full", section: .persons, right: .reveal,
    parameters: [
      Parameter("number", .text, "人员编号", "person's number", isInPath: true),
      Parameter("reason", .text, "事由", "the reason"),
    ], trail: .reveal
  ) { inquiry, sources async throws(ViewFault) in
    let number = try inquiry.part("number")
    guard let reason = inquiry["reason"], reason.count >= 2 else {
      throw .parameter("reason", LocalizedText("请填写事由", "give a reason"))
    }
    guard try await sources.read({ store throws(StoreError) in try store.person(number) }) != nil else {
      throw .notFound(DeskOutcome.personUnknown.message)
    }
    return .reveal(person: number, seeing: "persons/\(Address.part(number))")
  }
}

/// One person.
struct PersonPage {
  let inquiry: Inquiry
  let sources: ConsoleSources

  private struct Found: Sendable {
    var record: PersonRecord
    var balance: AccountBalance
    var accumulators: [Accumulators]
  }

  static let enrolments = TableForm(
    "enrolments", "参保情况", "Enrolments",
    [
      .init("kind", "参保身份", "Kind"), .init("scheme", "险种", "Scheme"), .init("category", "人员类别", "Category"),
      .init("registered", "登记日期", "Registered"), .init("ended", "终止日期", "Ended"),
      .init("paid", "缴费月份或年度", "Paid months or years"),
    ])
  static let accumulators = TableForm(
    "accumulators", "年度累计", "What the year adds up to",
    [
      .init("year", "年度", "Year"), .init("scheme", "险种", "Scheme"), .init("stays", "住院次数", "Stays", .count),
      .init("in_policy", "累计符合政策范围（元）", "In policy", .money),
      .init("pooled", "累计统筹基金支付（元）", "Paid by the pooled fund", .money),
    ])

  func content() async throws(ViewFault) -> Content {
    let number = try inquiry.part("number")
    let year = inquiry.now.day.year
    guard let found = try await find(number, years: (year - 2)...year) else {
      throw .notFound(DeskOutcome.personUnknown.message)
    }
    let isRevealed = inquiry.revealed.contains(number)
    var blocks: [Content.Block] = []
    if isRevealed {
      blocks.append(.notice(Notice(.warning, "正在显示完整个人信息，已记入操作留痕", "shown in full; it is in the audit trail")))
    }
    blocks.append(.facts(facts(found, isRevealed)))
    blocks.append(.table(Self.enrolments.table(found.record.person.enrolments.map(enrolment))))
    blocks.append(
      .table(
        Self.accumulators.table(
          found.accumulators.map(accumulator),
          empty: LocalizedText("近三年没有累计。", "Nothing has added up in three years."))))
    blocks.append(.table(try await settlements(number)))
    if !isRevealed && inquiry.may(.reveal) { blocks.append(.form(revealForm(number))) }
    let name = isRevealed ? found.record.name : PersonalField.name.hide(found.record.name)
    var content = Content(blocks, title: LocalizedText("参保人 \(name)", "Person \(name)"))
    content.trail = [.init("参保人", "Persons", "persons")]
    return content
  }

  private func find(_ number: String, years: ClosedRange<Int>) async throws(ViewFault) -> Found? {
    try await sources.read { store throws(StoreError) in
      guard let record = try store.person(number) else { return nil }
      var accumulators: [Accumulators] = []
      for year in years.reversed() {
        for scheme in InsuranceScheme.allCases {
          let sums = try store.accumulators(number, scheme, year: year)
          if sums != Accumulators(scheme: scheme, year: year) { accumulators.append(sums) }
        }
      }
      return Found(record: record, balance: try store.balance(number), accumulators: accumulators)
    }
  }

  private func facts(_ found: Found, _ isRevealed: Bool) -> Facts {
    let (record, person) = (found.record, found.record.person)
    func number(_ text: String) -> Cell { .text(isRevealed ? text : PersonalField.number.hide(text)) }
    let yes: (Bool) -> Cell = { Cell(.flag($0)) }
    return Facts(
      "person", "基本信息", "Person",
      [
        .init("number", "人员编号", "Number", number(person.number)),
        .init("name", "姓名", "Name", .text(isRevealed ? record.name : PersonalField.name.hide(record.name))),
        .init("certificate", "证件号码", "Certificate", number(record.certificateNumber)),
        .init("sex", "性别", "Sex", Cell(.words(person.sex.title))),
        .init("birth", "出生日期", "Born", .text(isRevealed ? "\(person.birth)" : "\(person.birth.year)")),
        .init("death", "死亡日期", "Died", person.death.map { .text("\($0)") } ?? .none),
        .init("region", "参保地", "Region", .text(record.region)),
        .init("employer", "单位", "Employer", .text(record.employer ?? "")),
        .init("class", "特殊人员类型", "Aided class", Cell(.words(person.beneficiaryClass.title))),
        .init("civil_servant", "公务员补助", "Civil servants' supplement", yes(person.isCivilServant)),
        .init("family_doctor", "家庭医生签约", "Family doctor", yes(person.hasFamilyDoctor)),
        .init("own_account", "个人账户余额（元）", "Own account, yuan", .money(found.balance.own)),
        .init("family_account", "可用共济余额（元）", "Family accounts, yuan", .money(found.balance.family)),
        .init(
          "chronic", "慢特病备案", "Chronic diseases on file",
          .text(person.chronicFilings.map { "\($0.disease) \($0.period)" }.joined(separator: "；"))),
      ])
  }

  private func enrolment(_ enrolment: Enrolment) -> [Cell] {
    let months = enrolment.paidMonths.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)" }
    let years = enrolment.paidYears.map { "\($0.year)" }
    return [
      Cell(.words(enrolment.kind.title)), Cell(.words(enrolment.kind.scheme.short)),
      Cell(.words(enrolment.category.title)), .text("\(enrolment.registered)"),
      .text(enrolment.ended.map { "\($0)" } ?? ""), .text((months + years).joined(separator: ", ")),
    ]
  }

  private func accumulator(_ sums: Accumulators) -> [Cell] {
    [
      Cell(.text("\(sums.year)")), Cell(.words(sums.scheme.short)), .count(sums.stays.count),
      .money(sums.totals.countedInPolicy), .money(sums.totals.countedPooled),
    ]
  }

  private func settlements(_ number: String) async throws(ViewFault) -> DataTable {
    var filter = MonitoringFilter()
    filter.person = number
    let (wanted, request) = (filter, try inquiry.pageRequest(size: 20))
    let page = try await sources.ask { () async throws(StoreError) in
      try await sources.monitoring.settlements(wanted, order: .newest, page: request)
    }
    let names = try await sources.institutionNames(Set(page.rows.map(\.institution)))
    return SettlementListPage.form.table(
      page.rows.map { SettlementListPage.row($0, names, inquiry) },
      of: PageOfRows(number: request.number, size: request.size, total: page.total),
      empty: LocalizedText("没有结算记录。", "Nothing was settled."))
  }

  private func revealForm(_ number: String) -> Form {
    Form(
      .act, to: "persons/\(Address.part(number))/reveal",
      title: LocalizedText("查看完整个人信息", "See the person in full"),
      [
        .init(
          "reason", "事由", "Reason", isRequired: true,
          hint: LocalizedText("将记入操作留痕；十分钟内有效。", "It goes into the audit trail, and holds for ten minutes."))
      ], submit: LocalizedText("显示", "Show"))
  }
}
