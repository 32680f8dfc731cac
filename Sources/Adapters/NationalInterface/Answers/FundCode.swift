import Kernel
import Ledger
import People
import Settlement

/// A fund as the interface codes it (基金支付类型, `fund_pay_type`).
struct FundCode: Hashable {
  let code: String
  let name: String

  private init(_ code: String, _ name: String) {
    self.code = code
    self.name = name
  }

  static let employeePooled = FundCode("310100", "城镇职工基本医疗保险统筹基金")
  static let residentPooled = FundCode("390100", "城乡居民基本医疗保险基金")
  static let largeSum = FundCode("330100", "大额医疗费用补助基金")
  static let residentCatastrophic = FundCode("390200", "城乡居民大病医疗保险基金")
  static let employeeCatastrophic = FundCode("310300", "职工大病补助基金")
  static let civilServant = FundCode("320100", "公务员医疗补助基金")
  static let enterprise = FundCode("370100", "企业补充医疗保险基金")
  static let assistance = FundCode("610100", "医疗救助基金")
  static let other = FundCode("999997", "其他基金")
  static let ownAccount = FundCode("310200", "城镇职工基本医疗保险个人账户基金")
  /// Not in the code list of the edition; seen in answers of provincial platforms.
  static let familyAccount = FundCode("310201", "个人账户共济支付")

  /// The platform's fund of a code; `nil` for accounts and for codes that no fund has.
  static func fund(_ code: String) -> Fund? { fundByCode[code] }

  private static let fundByCode: [String: Fund] = [
    employeePooled.code: .employeePooled, residentPooled.code: .residentPooled, largeSum.code: .largeSum,
    residentCatastrophic.code: .catastrophic, employeeCatastrophic.code: .employeeCatastrophic,
    civilServant.code: .civilServant, enterprise.code: .enterprise, assistance.code: .assistance, other.code: .other,
  ]

  /// The pooled fund of a scheme.
  static func pooled(_ scheme: InsuranceScheme) -> FundCode {
    scheme == .employee ? .employeePooled : .residentPooled
  }
}

/// One row of the funds' payments (`setldetail`).
struct FundRow {
  let fund: FundCode
  let amount: Money
  /// The words of the trace's steps that tell about it; every step when there is none.
  let words: Set<String>

  /// The pooled fund, then every other fund and account that pays.
  static func rows(of amounts: SettlementAmounts, scheme: InsuranceScheme) -> [FundRow] {
    let catastrophic: FundCode = scheme == .resident ? .residentCatastrophic : .employeeCatastrophic
    let others = [
      FundRow(fund: .largeSum, amount: amounts.largeSum, words: ["large_sum"]),
      FundRow(fund: catastrophic, amount: amounts.catastrophic, words: ["catastrophic"]),
      FundRow(fund: .civilServant, amount: amounts.civilServant, words: ["civil_servant"]),
      FundRow(fund: .enterprise, amount: amounts.enterprise, words: ["enterprise"]),
      FundRow(fund: .assistance, amount: amounts.assistance, words: ["assistance"]),
      FundRow(fund: .other, amount: amounts.other, words: ["other"]),
      FundRow(fund: .ownAccount, amount: amounts.ownAccount, words: ["account"]),
      FundRow(fund: .familyAccount, amount: amounts.familyAccount, words: ["family_account"]),
    ]
    return [FundRow(fund: .pooled(scheme), amount: amounts.pooled, words: [])] + others.filter { $0.amount != .zero }
  }
}
