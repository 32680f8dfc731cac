import Kernel
import Payment
import People

extension CaseTermRows {
  static func text(_ condition: CareCondition) -> LocalizedText {
    var (chinese, english): ([String], [String]) = ([], [])
    func add(_ one: String, _ other: String) {
      chinese.append(one)
      english.append(other)
    }
    if !condition.marks.isEmpty {
      let marks = condition.marks.sorted { $0.rawValue < $1.rawValue }.map(\.title)
      add(marks.map(\.chinese).joined(separator: "或"), marks.map(\.english).joined(separator: " or "))
    }
    if let days = condition.stayAtMost { add("住院不超过 \(days) 天", "a stay of at most \(days) days") }
    if let days = condition.stayAbove { add("住院超过 \(days) 天", "a stay above \(days) days") }
    if !condition.groups.isEmpty {
      let codes = condition.groups.map(\.text).joined(separator: ", ")
      add("病组 \(codes)", "groups \(codes)")
    }
    if !condition.levels.isEmpty {
      let levels = condition.levels.sorted().map(\.title)
      add(levels.map(\.chinese).joined(separator: "、"), levels.map(\.english).joined(separator: ", "))
    }
    if !condition.institutions.isEmpty {
      let codes = condition.institutions.sorted().joined(separator: ", ")
      add("机构 \(codes)", "institutions \(codes)")
    }
    if !condition.departments.isEmpty {
      let names = condition.departments.sorted().joined(separator: "、")
      add("科室 \(names)", "departments \(names)")
    }
    return LocalizedText(chinese.joined(separator: "，"), english.joined(separator: ", "))
  }

  static func text(_ rule: GroupKindTerms.Rule) -> LocalizedText {
    switch rule {
    case .asLevel(let level):
      LocalizedText("各机构均按\(level.title.chinese)支付（同病同价）", "everybody is paid as \(level.title.english)")
    case .coefficient(let factor): LocalizedText("系数统一为 \(factor)", "everybody has the coefficient \(factor)")
    case .addedToCoefficient(let factor): LocalizedText("系数加 \(factor)", "\(factor) is added to the coefficient")
    case .raised(let factor): LocalizedText("权重（分值）上浮 \(factor)", "the weight or score is raised by \(factor)")
    }
  }

  static func text(_ reference: CostReference) -> LocalizedText {
    let text: LocalizedText =
      switch reference.kind {
      case .standard: LocalizedText("本机构病组标准", "the group's standard here")
      case .weight(let price):
        LocalizedText(
          "权重 × \(TermWords.graded(price) { $0.yuan }.chinese) 元",
          "weight × \(TermWords.graded(price) { $0.yuan }.english) yuan")
      case .tableMean: LocalizedText("表列例均费用", "the mean that the table prints")
      case .score(let price):
        LocalizedText(
          "分值 × \(TermWords.graded(price) { $0.yuan }.chinese) 元",
          "score × \(TermWords.graded(price) { $0.yuan }.english) yuan")
      }
    guard reference.withCoefficient else { return text }
    return LocalizedText("\(text.chinese) × 系数", "\(text.english) × coefficient")
  }

  static func text(_ pay: HighCostPay) -> LocalizedText {
    switch pay {
    case .linearAdd(let with):
      LocalizedText(
        "标准加上超过界限的费用\(with ? "（乘系数）" : "")",
        "the standard and the cost above the bound\(with ? ", with the coefficient" : "")")
    case .deduct: LocalizedText("费用减去（倍数 − 1）个标准", "the cost less (multiple − 1) standards")
    case .cap: LocalizedText("按界限倍数的标准封顶", "the standard times the bound at most")
    case .standardOnly: LocalizedText("只付标准", "the standard alone")
    case .actualCost: LocalizedText("据实支付", "paid what it cost")
    }
  }

  static func title(_ reason: WithoutGroupTerms.Reason) -> LocalizedText {
    switch reason {
    case .ungrouped: LocalizedText("未入组", "without a group")
    case .ambiguous: LocalizedText("歧义组", "ambiguous")
    case .unlisted: LocalizedText("病组不在表中", "not in the table")
    case .unstable: LocalizedText("不稳定病组", "not stable")
    }
  }

  static func text(_ pay: WithoutGroupTerms.Pay) -> LocalizedText {
    switch pay {
    case .actualCost: LocalizedText("据实支付", "paid what it cost")
    case .shareOfCost(let share): LocalizedText("费用 × \(share)", "cost × \(share)")
    case .asGroup(let group): LocalizedText("按病组 \(group)", "as group \(group)")
    case .asListed: LocalizedText("按表列", "as the table lists it")
    case .nothing: LocalizedText("不予支付", "nothing")
    }
  }
}

/// Values of terms in words.
enum TermWords {
  static func word(_ text: String) -> LocalizedText { LocalizedText(text, text) }

  /// A term that differs by institution, level and scheme.
  static func graded<Value>(_ term: Graded<Value>, _ text: (Value) -> String) -> LocalizedText {
    let values = term.values.sorted { key($0.key) < key($1.key) }
    func list(_ language: Language) -> String {
      values.map { key, value in
        var parts: [String] = []
        if let institution = key.institution { parts.append(institution) }
        if let level = key.level { parts.append(level.title[language]) }
        if let scheme = key.scheme { parts.append(scheme.title[language]) }
        if parts.isEmpty && values.count > 1 { parts.append(LocalizedText("其他", "others")[language]) }
        return (parts + [text(value)]).joined(separator: " ")
      }.joined(separator: language == .chinese ? "；" : "; ")
    }
    return LocalizedText(list(.chinese), list(.english))
  }

  /// Institutions first, then levels from the highest, then what is for all.
  private static func key<Value>(_ key: Graded<Value>.Key) -> String {
    let level = key.level.map { "\(9 - Int($0.rawValue))" } ?? "9"
    return "\(key.institution == nil ? 1 : 0)\(key.institution ?? "")\(level)\(key.scheme?.rawValue ?? "z")"
  }

  static func rounding(_ rounding: Rounding) -> LocalizedText {
    switch rounding {
    case .halfUp: LocalizedText("四舍五入", "halves up")
    case .down: LocalizedText("舍去", "down")
    case .up: LocalizedText("进一", "up")
    case .halfEven: LocalizedText("四舍六入五成双", "halves to even")
    }
  }

  static func bound(_ bound: Factor, _ isInclusive: Bool, isBelow: Bool) -> LocalizedText {
    let chinese = isBelow ? (isInclusive ? "不高于" : "低于") : (isInclusive ? "不低于" : "高于")
    let english = isBelow ? (isInclusive ? "at most" : "below") : (isInclusive ? "at least" : "above")
    return LocalizedText("费用\(chinese)参照费用 \(bound) 倍", "a cost \(english) \(bound) times the reference")
  }
}

extension PaymentMethod {
  /// What the way of payment is called.
  var title: LocalizedText {
    switch self {
    case .drgRate: LocalizedText("DRG 费率法", "DRG by rate")
    case .drgPoints: LocalizedText("DRG 点数法", "DRG by points")
    case .dip: LocalizedText("DIP 分值", "DIP")
    case .perDisease: LocalizedText("按病种付费", "by disease")
    case .perDiem: LocalizedText("按床日付费", "by the day")
    case .perCapita: LocalizedText("按人头付费", "by the head")
    case .perItem: LocalizedText("按项目付费", "by item")
    }
  }
}

extension PaymentMark {
  /// What the mark is called.
  var title: LocalizedText {
    switch self {
    case .bedDay: LocalizedText("按床日", "by the day")
    case .daySurgery: LocalizedText("日间手术", "day surgery")
    case .transfer: LocalizedText("转院", "transferred")
    case .newTechnology: LocalizedText("新技术", "new technology")
    case .specialNegotiation: LocalizedText("申请特病单议", "applied for negotiation")
    }
  }
}
