import Kernel
import Payment
import People
import Policy

/// The terms by which cases are paid, in words.
struct CaseTermRows {
  private let contract: PaymentContract
  private(set) var rows: [TermRow] = []

  init(_ contract: PaymentContract) {
    self.contract = contract
    for route in contract.routes { add(route, "routes.\(route.name)") }
    add(contract.otherwise, "otherwise")
  }

  // MARK: Rows

  private mutating func add(
    _ term: String, _ chinese: String, _ english: String, _ value: LocalizedText, source: Int?
  ) {
    let found = source.map { contract.sources[$0] }
    var row = TermRow(term, chinese, english, value, found?.citation)
    if let found { row.place = "\(found.file.split(separator: "/").last ?? ""):\(found.line)" }
    rows.append(row)
  }

  private mutating func add(_ route: PaymentRoute, _ term: String) {
    let kinds = route.conditions.map(Self.text)
    let value = LocalizedText(
      kinds.isEmpty ? "其余病例" : kinds.map(\.chinese).joined(separator: "；或 "),
      kinds.isEmpty ? "every other case" : kinds.map(\.english).joined(separator: "; or "))
    let method = Self.method(route.terms)
    add(
      term, "路径 \(route.name)：\(method.chinese)", "route \(route.name): \(method.english)", value, source: route.source)
    switch route.terms {
    case .grouped(let terms): add(terms, term)
    case .perDisease(let terms):
      for (code, amounts) in terms.amounts.sorted(by: { $0.key < $1.key }) {
        add(
          "\(term).amounts.\(code)", "病种 \(code) 定额（元）", "amount for \(code), yuan",
          TermWords.graded(amounts) { $0.yuan }, source: terms.source ?? route.source)
      }
    case .perDiem(let terms):
      for band in terms.bands {
        add(
          "\(term).per_day", "第 \(band.above) 天之后每床日（元）", "a day behind day \(band.above), yuan",
          TermWords.graded(band.price) { $0.yuan }, source: terms.source)
      }
      add("\(term).rounding", "金额取舍", "rounding", TermWords.rounding(terms.rounding), source: terms.source)
    case .perCapita, .perItem: break
    }
  }

  private mutating func add(_ terms: GroupedTerms, _ term: String) {
    switch terms.basis {
    case .rate(let rate):
      add(
        "\(term).rate", "费率（元/权重）", "rate, yuan a weight", TermWords.graded(rate.value) { $0.yuan },
        source: rate.source)
    case .points(let scale):
      add("\(term).scale", "点数 = 权重 × ", "points = weight × ", TermWords.word("\(scale.value)"), source: scale.source)
    case .tableStandard, .score: break
    }
    add(
      "\(term).table", "病组（病种）表", "table of groups",
      LocalizedText(
        "\(terms.table.edition)，\(terms.table.rows.count) 组", "\(terms.table.edition), \(terms.table.rows.count) groups"
      ),
      source: contract.sources.firstIndex { $0.term.contains("table") })
    if let values = terms.coefficients.values {
      add(
        "\(term).coefficients", "等级、机构系数", "coefficients", TermWords.graded(values.value) { "\($0)" },
        source: values.source)
    }
    if let base = terms.baseGroups {
      add("\(term).base_groups", "基础病组", "base groups", Self.text(base.rule), source: base.source)
    }
    if let own = terms.chineseMedicine {
      add(
        "\(term).chinese_medicine", "中医优势病组", "groups strong in Chinese medicine", Self.text(own.rule),
        source: own.source)
    }
    if let auxiliary = terms.auxiliary { add(auxiliary, term) }
    if let assessment = terms.assessment {
      if let support = assessment.support {
        add(
          "\(term).assessment.support", "扶持系数", "support coefficient", TermWords.graded(support) { "\($0)" },
          source: assessment.source)
      }
      if let own = assessment.assessment {
        add(
          "\(term).assessment.assessment", "考核系数", "assessment coefficient", TermWords.graded(own) { "\($0)" },
          source: assessment.source)
      }
    }
    if let deviation = terms.deviation { add(deviation, "\(term).deviation") }
    if let blank = terms.blankGroup {
      let codes = blank.groups.map(\.text).joined(separator: ", ")
      add(
        "\(term).blank_group", "空白病组 \(codes)", "blank group \(codes)",
        LocalizedText("费用 × \(blank.share)", "cost × \(blank.share)"), source: blank.source)
    }
    if let special = terms.special { add(special, "\(term).special") }
    add(terms.withoutGroup, "\(term).without_group")
    if let value = terms.pointValue {
      add(
        "\(term).point_value", "点值（元，折算用）", "value of a point, yuan, to show points in money",
        TermWords.graded(value.value) { $0.yuan }, source: value.source)
    }
    let rounding = terms.rounding
    let (amount, points) = (TermWords.rounding(rounding.amount), TermWords.rounding(rounding.points))
    add(
      "\(term).rounding", "取舍", "rounding",
      LocalizedText(
        "金额到分\(amount.chinese)；点数保留 \(rounding.pointDecimals) 位\(points.chinese)",
        "amounts to fen, \(amount.english); points to \(rounding.pointDecimals) decimals, \(points.english)"),
      source: rounding.source)
  }

  private mutating func add(_ auxiliary: AuxiliaryTerms, _ term: String) {
    let common = auxiliary.factors.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "，")
    add("\(term).auxiliary.factors", "辅助目录系数", "auxiliary factors", TermWords.word(common), source: auxiliary.source)
    for (group, factors) in auxiliary.byGroup.sorted(by: { $0.key < $1.key }) {
      let text = factors.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "，")
      add(
        "\(term).auxiliary.by_group.\(group)", "辅助目录系数：\(group)", "auxiliary factors of \(group)",
        TermWords.word(text), source: auxiliary.source)
    }
  }

  private mutating func add(_ deviation: DeviationTerms, _ term: String) {
    for reference in deviation.references {
      add("\(term).references", "参照费用", "reference cost", Self.text(reference), source: reference.source)
    }
    if let low = deviation.low {
      let bound = TermWords.bound(low.bound, low.isInclusive, isBelow: true)
      let pay: LocalizedText =
        switch low.pay {
        case .actualCost: LocalizedText("据实支付", "paid what it cost")
        case .proportional(let with):
          LocalizedText(
            "按费用与参照费用之比支付\(with ? "，乘系数" : "")", "in proportion to its cost\(with ? ", with the coefficient" : "")")
        }
      let falls = low.fallsWithCoefficient
      add(
        "\(term).low", "低倍率", "very low cost",
        LocalizedText(
          "\(bound.chinese)\(falls ? "（系数低于 1 时随系数降低）" : "")：\(pay.chinese)",
          "\(bound.english)\(falls ? " (falls with a coefficient below 1)" : ""): \(pay.english)"), source: low.source)
    }
    if let high = deviation.high { add(high, "\(term).high") }
    if let extreme = deviation.extreme {
      let bound = TermWords.bound(extreme.bound, extreme.isInclusive, isBelow: false)
      let pay = Self.text(extreme.pay)
      add(
        "\(term).extreme", "费用异常（须审核）", "beyond very high, to be reviewed",
        LocalizedText("\(bound.chinese)：\(pay.chinese)", "\(bound.english): \(pay.english)"), source: extreme.source)
    }
  }

  private mutating func add(_ high: HighCostTerms, _ term: String) {
    let pay = Self.text(high.pay)
    for band in high.bands {
      let bound = TermWords.bound(band.multiple, high.isInclusive, isBelow: false)
      let which =
        band.below.map { LocalizedText("权重或分值低于 \($0)", "weights or scores below \($0)") }
        ?? LocalizedText(high.bands.count > 1 ? "其余" : "全部病组", high.bands.count > 1 ? "all others" : "every group")
      add(
        term, "高倍率：\(which.chinese)", "very high cost: \(which.english)",
        LocalizedText("\(bound.chinese)：\(pay.chinese)", "\(bound.english): \(pay.english)"), source: high.source)
    }
  }

  private mutating func add(_ special: SpecialTerms, _ term: String) {
    switch special.newTechnology {
    case .actualCost:
      add(
        "\(term).new_technology", "新技术", "new technology", LocalizedText("据实支付", "paid what it cost"),
        source: special.source)
    case .highCost(let high): add(high, "\(term).new_technology")
    case nil: break
    }
    add(
      "\(term).negotiates", "特病单议", "special negotiation",
      special.negotiates ? LocalizedText("可申请", "possible") : LocalizedText("不设", "none"), source: special.source)
    if let quota = special.quota {
      add(
        "\(term).quota", "特例单议与新技术上限（占出院病例）", "quota, share of discharges",
        TermWords.word("\(quota)"), source: special.source)
    }
  }

  private mutating func add(_ terms: WithoutGroupTerms, _ term: String) {
    for reason in WithoutGroupTerms.Reason.allCases {
      let pay = terms.pays[reason]
      let codes = reason == .ungrouped ? terms.ungroupedCodes : reason == .ambiguous ? terms.ambiguousCodes : []
      let title = Self.title(reason)
      let list = codes.isEmpty ? "" : "（\(codes.map(\.text).joined(separator: ", "))）"
      add(
        "\(term).\(reason.rawValue)", title.chinese + list, title.english + list,
        pay.map { Self.text($0.value) } ?? LocalizedText("未写明：据实支付并审核", "not stated: paid what it cost, reviewed"),
        source: pay?.source)
    }
  }

  // MARK: Words

  private static func method(_ terms: MethodTerms) -> LocalizedText {
    switch terms {
    case .grouped(let grouped): grouped.basis.method.title
    case .perDisease: PaymentMethod.perDisease.title
    case .perDiem: PaymentMethod.perDiem.title
    case .perCapita: PaymentMethod.perCapita.title
    case .perItem: PaymentMethod.perItem.title
    }
  }
}
