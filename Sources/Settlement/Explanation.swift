public import Kernel
import People

/// One step of a settlement in words, with the policy value and document it rests on.
public struct ExplainedStep: Sendable {
  /// The step as it was recorded.
  let step: TraceStep<StepCode>
  /// The name of the item that the step is about, empty for other steps.
  let item: String
  let cover: Cover
  /// Whether the step is the only band, whose number would say nothing.
  let isOnlyBand: Bool
  /// The policy value used, when there is one.
  public let source: PolicySource?
  /// Other values that decided the step: what an account may pay for, and which part of the share.
  public let furtherSources: [PolicySource]

  /// The step's word.
  public var word: String { step.code.word }

  /// What came out, in fen.
  public var result: Money { step.result }

  /// What was done, with the amounts.
  public var text: LocalizedText { LocalizedText(text(in: .chinese), text(in: .english)) }

  /// What was done, with the amounts, in one language.
  public func text(in language: Language) -> String {
    let sentences = StepMessages(step: step, item: item, cover: cover, language: language)
    return isOnlyBand ? sentences.onlyBand : sentences.text
  }

  /// Every value the step rests on, the one it applies first.
  public var sources: [PolicySource] { [source].compactMap { $0 } + furtherSources }
}

extension SettledClaim {
  /// The trace in words (待遇计算过程).
  ///
  /// - Parameters:
  ///   - policy: the policy under which the claim was settled.
  ///   - items: names the items of the claim's lines, by line; the code is used without one.
  public func explanation(under policy: SettlementPolicy, items: [String] = []) -> [ExplainedStep] {
    explanation(items: items, source: policy.source) { code in
      guard code == .account || code == .familyAccount else { return [] }
      let parts = code == .account ? ["scope"] : ["scope", "family_sharing"]
      return parts.compactMap { part in
        policy.sources.first { $0.identifier == "settlement.\(cover.scheme.rawValue).account.\(part)" }
      }
    }
  }

  /// The trace in words, with the policy values looked up by a function.
  ///
  /// - Parameters:
  ///   - items: names the items of the claim's lines, by line.
  ///   - source: the value that a step applies.
  ///   - further: other values that decide a step of that kind.
  public func explanation(
    items: [String], source: (ValueReference) -> PolicySource?, further: (StepCode) -> [PolicySource] = { _ in [] }
  ) -> [ExplainedStep] {
    let bandCount = steps.reduce(0) { $0 + ($1.code == .band ? 1 : 0) }
    return steps.map { step in
      let name = step.subject >= 0 && Int(step.subject) < items.count ? items[Int(step.subject)] : nil
      return ExplainedStep(
        step: step, item: name ?? "", cover: cover,
        isOnlyBand: step.code == .band && bandCount == 1 && step.limit == .zero,
        source: step.source.flatMap(source), furtherSources: further(step.code))
    }
  }

  /// Every amount with its names; the layers stand in the order in which they paid.
  public var namedAmounts: [NamedAmount] {
    let named = amounts.named(in: cover.scheme)
    let layers = Set(SupplementLayer.allCases.map(\.word))
    let paid = steps.map(\.code.word).reduce(into: [String]()) { found, word in
      if layers.contains(word) && !found.contains(word) { found.append(word) }
    }
    let places = named.indices.filter { layers.contains(named[$0].word) }
    // Layers that took no part keep their order behind those that did.
    let order = paid + places.map { named[$0].word }.filter { !paid.contains($0) }
    var sorted = named
    for (place, word) in zip(places, order) {
      guard let amount = named.first(where: { $0.word == word }) else { continue }
      sorted[place] = amount
    }
    return sorted
  }
}

/// The sentences of traces, one for each step code.
struct StepMessages {
  let step: TraceStep<StepCode>
  let item: String
  let cover: Cover
  let language: Language

  /// The sentence of the step.
  var text: String {
    switch step.code {
    case .coverage, .selfPaidLine, .priceCeiling, .sameIncision, .firstSelfPay, .crossRegionFirstSelfPay, .separateCap,
      .separatePay, .inPolicy:
      bill
    case .caseQuota, .deductibleStandard, .deductibleRepeat, .deductibleBeneficiary, .deductibleReferral,
      .deductibleYearly, .deductible, .inPolicyCap:
      deductible
    case .categorySelfShare, .categoryPoints, .primaryCarePoints, .tcmInstitutionPoints, .crossRegionRate,
      .crossRegionFactor, .band, .tcmItems, .pooled:
      rates
    case .visitCap, .diseaseCap, .annualCap, .pooledCap, .separatePooledCap:
      caps
    case .largeSum, .catastrophic, .civilServant, .enterprise, .assistance, .other:
      layer
    case .hospitalShare, .account, .familyAccount, .cash, .credit:
      shares
    }
  }

  private var bill: String {
    switch step.code {
    case .coverage:
      return language.text(
        "参保有效：\(cover.scheme.title.chinese)，自 \(cover.since) 起享受待遇",
        "covered by \(cover.scheme.title.english) since \(cover.since)")
    case .selfPaidLine:
      return language.text("\(item) 全自费 \(base) 元", "\(item): fully self-paid, \(base)")
    case .priceCeiling:
      return language.text(
        "\(item) 收费 \(base) 元，限价 \(limit) 元，按 \(result) 元计",
        "\(item): charged \(base), ceiling \(limit), \(result) counts")
    case .sameIncision:
      return language.text(
        "\(item) 同一切口第二手术，\(base) 元按 \(rate) 计 \(result) 元",
        "\(item): second operation through one incision, \(rate) of \(base) counts: \(result)")
    case .firstSelfPay:
      return language.text(
        "\(item) 先行自付：\(base) × \(rate) = \(result) 元", "\(item): first self-pay \(base) × \(rate) = \(result)")
    case .crossRegionFirstSelfPay:
      return language.text(
        "\(item) 异地就医先行自付：\(base) × \(rate) = \(result) 元",
        "\(item): first self-pay of care elsewhere \(base) × \(rate) = \(result)")
    case .separateCap:
      return language.text(
        "\(item) 单行支付，收费 \(base) 元，限额内 \(result) 元", "\(item): separately paid, charged \(base), within caps \(result)")
    case .separatePay:
      return language.text(
        "\(item) 单行支付：\(base) × \(rate) = \(result) 元", "\(item): separate payment \(base) × \(rate) = \(result)")
    default:
      return language.text(
        "医疗费总额 \(base) 元，其中符合政策范围 \(result) 元", "total charged \(base), of which in policy \(result)")
    }
  }

  private var deductible: String {
    switch step.code {
    case .caseQuota:
      return language.text(
        "定额 \(limit) 元，符合政策范围 \(base) 元，按较低者支付 \(result) 元",
        "fixed amount \(limit), in-policy amount \(base): the lower is paid, \(result)")
    case .deductibleStandard:
      return language.text("起付标准 \(result) 元", "deductible \(result)")
    case .deductibleRepeat:
      return language.text(
        "本年第 \(step.subject) 次住院，起付标准由 \(base) 元降为 \(result) 元",
        "admission number \(step.subject) of the year: the deductible of \(base) becomes \(result)")
    case .deductibleBeneficiary:
      return language.text(
        "特殊人员起付标准：\(base) × \(rate) = \(result) 元", "deductible for aided persons: \(base) × \(rate) = \(result)")
    case .deductibleReferral:
      return step.result == .zero
        ? language.text("转诊住院，不再支付起付标准 \(base) 元", "referral: the deductible of \(base) is not due again")
        : language.text(
          "转诊住院，起付标准 \(base) 元，补差 \(result) 元", "referral: of the deductible of \(base), \(result) is due")
    case .deductibleYearly:
      return language.text(
        "年度起付标准 \(base) 元，本年已付 \(limit) 元，尚余 \(result) 元",
        "yearly deductible \(base), paid earlier this year \(limit), left \(result)")
    case .inPolicyCap:
      return language.text(
        "年度限额内尚可计入 \(limit) 元，本次计入 \(result) 元", "the yearly cap leaves room for \(limit): \(result) takes part")
    default:
      return language.text(
        "计入起付标准的费用 \(base) 元，本次支付起付标准 \(result) 元",
        "subject to the deductible \(base), deductible applied \(result)")
    }
  }

  private var rates: String {
    switch step.code {
    case .categorySelfShare:
      return language.text(
        "人员类别：个人负担比例按 \(rate) 折算", "category of person: the person's own rate is multiplied by \(rate)")
    case .categoryPoints:
      return language.text("人员类别：支付比例 \(points)", "category of person: pay rate \(points)")
    case .primaryCarePoints:
      return language.text("基层就医：支付比例 \(points)", "primary care: pay rate \(points)")
    case .tcmInstitutionPoints:
      return language.text(
        "中医医疗机构：支付比例 \(points)", "hospital of Chinese medicine: pay rate \(points)")
    case .crossRegionRate:
      return language.text("异地就医：支付比例 \(taken)", "care elsewhere: pay rate \(taken)")
    case .crossRegionFactor: return language.text("异地就医：支付比例乘以 \(rate)", "care elsewhere: rate times \(rate)")
    case .band:
      let lower = (step.limit ?? .zero) == .zero
      let part = language.text(lower ? "" : "（\(limit) 元以上部分）", lower ? "" : " (above \(limit))")
      return language.text(
        "第 \(step.subject + 1) 段\(part)：\(base) × \(rate) = \(result) 元",
        "band \(step.subject + 1)\(part): \(base) × \(rate) = \(result)")
    case .tcmItems:
      return language.text(
        "中医药项目：支付比例 \(points)，\(base) × \(rate) = \(result) 元",
        "Chinese medicine items: pay rate \(points), \(base) × \(rate) = \(result)")
    default:
      return language.text("按限额核减前，统筹基金应付 \(result) 元", "due from the pooled fund, before caps: \(result)")
    }
  }

  private var points: String { signed(step.rate ?? .zero) }
  private var taken: String { signed(.zero - (step.rate ?? .zero)) }

  /// Percentage points with their sign, which are added to a rate and never multiplied with an amount.
  private func signed(_ points: Rate) -> String {
    let number = "\(points < .zero ? "" : "+")\(points.percent.dropLast())"
    return language.text("\(number) 个百分点", "\(number) percentage points")
  }

  /// The sentence of a band when no other takes part: its number and threshold would say nothing.
  var onlyBand: String {
    return language.text(
      "按支付比例：\(base) × \(rate) = \(result) 元", "at the pay rate: \(base) × \(rate) = \(result)")
  }

  private var caps: String {
    let what: String =
      switch step.code {
      case .visitCap: language.text("每次支付限额", "cap of one visit")
      case .diseaseCap: language.text("病种年度限额", "yearly cap of the disease")
      case .annualCap: language.text("该类待遇年度限额", "yearly cap of this kind of care")
      case .separatePooledCap: language.text("统筹基金年度限额（单行支付）", "yearly cap of the pooled fund, separately paid items")
      default: language.text("统筹基金年度限额", "yearly cap of the pooled fund")
      }
    return language.text(
      "\(what)：应付 \(base) 元，限额内尚余 \(limit) 元，支付 \(result) 元",
      "\(what): due \(base), left under the cap \(limit), pays \(result)")
  }

  private var layer: String {
    let title = (SupplementLayer.allCases.first { $0.stepCode == step.code } ?? .other).title
    let hasLine = (step.limit ?? .zero) != .zero
    let pays = language.text(
      step.result == .zero ? "不予支付" : "支付 \(result) 元", step.result == .zero ? "pays nothing" : "pays \(result)")
    return language.text(
      "\(title.chinese)：本次计入负担 \(base) 元，\(hasLine ? "起付线 \(limit) 元" : "不设起付线")，\(pays)",
      "\(title.english): burden \(base), \(hasLine ? "threshold \(limit)" : "no threshold"), \(pays)")
  }

  private var shares: String {
    switch step.code {
    case .hospitalShare: return language.text("医疗机构负担 \(result) 元", "borne by the institution: \(result)")
    case .account:
      return language.text(
        "个人账户支付 \(result) 元（余额 \(limit) 元）", "from the personal account \(result) (balance \(limit))")
    case .familyAccount:
      return language.text("家庭共济账户支付 \(result) 元（余额 \(limit) 元）", "from family accounts \(result) (balance \(limit))")
    case .credit:
      return language.text(
        "现金中信用就医垫付 \(result) 元（可用额度 \(limit) 元）", "of the cash, advanced on credit \(result) (credit line \(limit))")
    default:
      return language.text("个人负担 \(base) 元，其中现金支付 \(result) 元", "person's share \(base), of which in cash \(result)")
    }
  }

  private var base: String { step.base.yuan }
  private var rate: String { step.rate?.percent ?? "" }
  private var limit: String { step.limit?.yuan ?? "" }
  private var result: String { step.result.yuan }
}
