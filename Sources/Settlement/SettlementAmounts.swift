public import Kernel
public import People

/// Who pays what of one claim, in fen; the interface's field stands behind each name.
///
/// The identities hold for every value the engine makes:
/// `total = fullySelfPaid + overLimit + preliminarySelfPay + inPolicy = fund + person + hospital`,
/// `person = account + cash`, `fund` the sum of its eight parts.
public struct SettlementAmounts: Hashable, Codable, Sendable {
  /// Everything charged (医疗费总额, `medfee_sumamt`).
  public internal(set) var total = Money.zero
  /// What the fund never pays: class C, conditions not met (全自费金额, `fulamt_ownpay_amt`).
  public internal(set) var fullySelfPaid = Money.zero
  /// What lies above price ceilings and caps of single items (超限价金额, `overlmt_selfpay`).
  public internal(set) var overLimit = Money.zero
  /// First self-pay shares (先行自付金额, `preselfpay_amt`).
  public internal(set) var preliminarySelfPay = Money.zero
  /// What takes part in payment (符合政策范围金额, `inscp_scp_amt`).
  public internal(set) var inPolicy = Money.zero
  /// The deductible applied (实际支付起付线, `act_pay_dedc`).
  public internal(set) var deductible = Money.zero
  /// The pooled fund's payment by deductible, bands and caps; part of ``pooled``.
  public internal(set) var pooledOrdinary = Money.zero
  /// The pooled fund's payment for separately paid items; part of ``pooled``.
  public internal(set) var pooledSeparate = Money.zero
  /// Large-sum subsidy (大额医疗费用补助, `hifob_pay`).
  public internal(set) var largeSum = Money.zero
  /// Catastrophic insurance (大病保险): residents' in `hifmi_pay`, employees' in `hifob_pay`.
  public internal(set) var catastrophic = Money.zero
  /// Civil servants' supplement (公务员补助, `cvlserv_pay`).
  public internal(set) var civilServant = Money.zero
  /// Enterprise supplement (企业补充, `hifes_pay`).
  public internal(set) var enterprise = Money.zero
  /// Medical assistance (医疗救助, `maf_pay`).
  public internal(set) var assistance = Money.zero
  /// Other funds (其他支出, `oth_pay`).
  public internal(set) var other = Money.zero
  /// What the institution may not charge and bears (医院负担金额, `hosp_part_amt`).
  public internal(set) var hospital = Money.zero
  /// Paid from the person's own account; part of ``account``.
  public internal(set) var ownAccount = Money.zero
  /// Paid from family members' accounts (账户共济支付, `acct_mulaid_pay`); part of ``account``.
  public internal(set) var familyAccount = Money.zero
  /// The part of ``cash`` that a credit line advances (信用就医, S7).
  public internal(set) var creditAdvance = Money.zero

  /// Makes amounts of nothing.
  public init() {}

  /// The pooled fund's whole payment (统筹基金支出, `hifp_pay`).
  public var pooled: Money { pooledOrdinary + pooledSeparate }

  /// All funds together (基金支付总额, `fund_pay_sumamt`).
  public var fund: Money {
    pooled + largeSum + catastrophic + civilServant + enterprise + assistance + other
  }

  /// What is left to the person (个人负担总金额, `psn_part_amt`).
  public var person: Money { total - fund - hospital }

  /// Paid from accounts, family accounts included (个人账户支出, `acct_pay`).
  public var account: Money { ownAccount + familyAccount }

  /// Paid in cash or by credit (个人现金支出, `psn_cash_pay`).
  public var cash: Money { person - account }

  /// Asserts the identities; an engine that breaks one has a defect and must not go on.
  func checkIdentities() {
    precondition(
      total == fullySelfPaid + overLimit + preliminarySelfPay + inPolicy, "the parts of the bill do not add up")
    precondition(total == fund + person + hospital, "the shares do not add up to the bill")
    precondition(person == account + cash, "account and cash do not add up to the person's share")
    for amount in [
      fullySelfPaid, overLimit, preliminarySelfPay, inPolicy, deductible, pooledOrdinary, pooledSeparate, largeSum,
      catastrophic, civilServant, enterprise, assistance, other, hospital, ownAccount, familyAccount, creditAdvance,
    ] { precondition(!amount.isNegative, "a share is below zero") }
    precondition(!person.isNegative && !cash.isNegative, "the person's share is below zero")
    precondition(deductible <= inPolicy, "the deductible exceeds what takes part in payment")
    precondition(fund <= inPolicy + preliminarySelfPay, "the funds pay more than the policy covers")
  }
}

/// One amount with all its names.
public struct NamedAmount: Hashable, Sendable {
  /// The word used in case files and JSON.
  public let word: String
  /// The interface's field, when it has one.
  public let field: String?
  /// What people call it.
  public let title: LocalizedText
  /// The amount.
  public let amount: Money

  /// Makes an amount with its names.
  public init(word: String, field: String?, title: LocalizedText, amount: Money) {
    self.word = word
    self.field = field
    self.title = title
    self.amount = amount
  }
}

extension SettlementAmounts {
  /// Every amount with its names: the bill, who pays in the usual order of the layers, and the person's share.
  ///
  /// Amounts that share a field add up to it: an employee's catastrophic insurance and large-sum subsidy are both
  /// `hifob_pay`.
  public func named(in scheme: InsuranceScheme) -> [NamedAmount] {
    [
      .init(word: "total", field: "medfee_sumamt", title: .init("医疗费总额", "total charged"), amount: total),
      .init(
        word: "fully_self_paid", field: "fulamt_ownpay_amt", title: .init("全自费金额", "fully self-paid"),
        amount: fullySelfPaid),
      .init(word: "over_limit", field: "overlmt_selfpay", title: .init("超限价金额", "over limit"), amount: overLimit),
      .init(
        word: "preliminary_self_pay", field: "preselfpay_amt", title: .init("先行自付金额", "first self-pay"),
        amount: preliminarySelfPay),
      .init(word: "in_policy", field: "inscp_scp_amt", title: .init("符合政策范围金额", "in-policy amount"), amount: inPolicy),
      .init(
        word: "deductible", field: "act_pay_dedc", title: .init("实际支付起付线", "deductible applied"), amount: deductible),
      .init(word: "pooled", field: "hifp_pay", title: .init("统筹基金支出", "pooled fund"), amount: pooled),
      .init(
        word: "large_sum", field: "hifob_pay", title: .init("大额医疗费用补助支出", "large-sum subsidy"),
        amount: largeSum),
      .init(
        word: "catastrophic", field: scheme == .resident ? "hifmi_pay" : "hifob_pay",
        title: .init("大病保险支出", "catastrophic insurance"), amount: catastrophic),
      .init(
        word: "civil_servant", field: "cvlserv_pay", title: .init("公务员医疗补助支出", "civil servants' supplement"),
        amount: civilServant),
      .init(
        word: "enterprise", field: "hifes_pay", title: .init("企业补充医疗保险支出", "enterprise supplement"),
        amount: enterprise),
      .init(word: "assistance", field: "maf_pay", title: .init("医疗救助支出", "medical assistance"), amount: assistance),
      .init(word: "other", field: "oth_pay", title: .init("其他支出", "other funds"), amount: other),
      .init(word: "fund", field: "fund_pay_sumamt", title: .init("基金支付总额", "all funds"), amount: fund),
      .init(word: "person", field: "psn_part_amt", title: .init("个人负担总金额", "person's share"), amount: person),
      .init(word: "account", field: "acct_pay", title: .init("个人账户支出", "paid from accounts"), amount: account),
      .init(
        word: "family_account", field: "acct_mulaid_pay", title: .init("账户共济支付金额", "of which family accounts"),
        amount: familyAccount),
      .init(word: "cash", field: "psn_cash_pay", title: .init("个人现金支出", "paid in cash"), amount: cash),
      .init(word: "credit", field: nil, title: .init("其中信用就医垫付", "of which advanced on credit"), amount: creditAdvance),
      .init(
        word: "hospital", field: "hosp_part_amt", title: .init("医院负担金额", "borne by the hospital"), amount: hospital),
    ]
  }
}
