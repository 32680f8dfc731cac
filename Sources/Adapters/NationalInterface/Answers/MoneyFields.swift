import Kernel
import People
import Settlement

/// The amounts of settlement information by the interface's names, negative for a reversal.
struct MoneyFields {
  let total: Money
  let fullySelfPaid: Money
  let overLimit: Money
  let preliminarySelfPay: Money
  let inPolicy: Money
  let deductible: Money
  let pooled: Money
  let civilServant: Money
  let enterprise: Money
  let residentCatastrophic: Money
  let employeeLargeSum: Money
  let assistance: Money
  let disabled = Money.zero
  let other: Money
  let fund: Money
  let person: Money
  let account: Money
  let cash: Money
  let familyAccount: Money
  let hospital: Money

  /// The fields of a settlement, or of its reversal.
  ///
  /// - Throws: a refusal when they break an identity; nothing is told rather than something wrong.
  init(_ amounts: SettlementAmounts, scheme: InsuranceScheme, isReversal: Bool) throws(Refused) {
    let signed = { (amount: Money) in isReversal ? -amount : amount }
    total = signed(amounts.total)
    fullySelfPaid = signed(amounts.fullySelfPaid)
    overLimit = signed(amounts.overLimit)
    preliminarySelfPay = signed(amounts.preliminarySelfPay)
    inPolicy = signed(amounts.inPolicy)
    deductible = signed(amounts.deductible)
    pooled = signed(amounts.pooled)
    civilServant = signed(amounts.civilServant)
    enterprise = signed(amounts.enterprise)
    // Employees' catastrophic insurance has no field of its own; it stands with the large-sum subsidy.
    residentCatastrophic = scheme == .resident ? signed(amounts.catastrophic) : .zero
    employeeLargeSum = signed(scheme == .resident ? amounts.largeSum : amounts.largeSum + amounts.catastrophic)
    assistance = signed(amounts.assistance)
    other = signed(amounts.other)
    fund = signed(amounts.fund)
    person = signed(amounts.person)
    account = signed(amounts.account)
    cash = signed(amounts.cash)
    familyAccount = signed(amounts.familyAccount)
    hospital = signed(amounts.hospital)
    guard holds else {
      throw .interface(
        InterfaceRefusal(.identityBroken, "结算金额不平，未返回结果；请联系经办机构", "the amounts do not add up; nothing is answered"))
    }
  }

  /// The identities of the interface (facts, section 4).
  var holds: Bool {
    let split = fullySelfPaid + overLimit + preliminarySelfPay + inPolicy
    let funds =
      pooled + civilServant + enterprise + residentCatastrophic + employeeLargeSum + assistance + disabled + other
    return total == split && total == fund + person + hospital && person == account + cash && fund == funds
  }

  /// Prints the amounts in the order of the edition.
  func write(to writer: inout JSONWriter, rate: Int64) {
    writer.amount("medfee_sumamt", total)
    writer.amount("fulamt_ownpay_amt", fullySelfPaid)
    writer.amount("overlmt_selfpay", overLimit)
    writer.amount("preselfpay_amt", preliminarySelfPay)
    writer.amount("inscp_scp_amt", inPolicy)
    writer.amount("act_pay_dedc", deductible)
    writer.amount("hifp_pay", pooled)
    writer.number("pool_prop_selfpay", rate, decimals: 4)
    writer.amount("cvlserv_pay", civilServant)
    writer.amount("hifes_pay", enterprise)
    writer.amount("hifmi_pay", residentCatastrophic)
    writer.amount("hifob_pay", employeeLargeSum)
    writer.amount("maf_pay", assistance)
    writer.amount("hifdm_pay", disabled)
    writer.amount("oth_pay", other)
    writer.amount("fund_pay_sumamt", fund)
    writer.amount("psn_part_amt", person)
    writer.amount("acct_pay", account)
    writer.amount("psn_cash_pay", cash)
    writer.amount("hosp_part_amt", hospital)
    writer.amount("acct_mulaid_pay", familyAccount)
  }
}
