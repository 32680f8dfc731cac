import Kernel

extension SettlementListCheck {
  // MARK: Fees

  mutating func lookAtFees() {
    guard !list.feesAreDerived else { return }
    for fee in list.fees {
      let parts = fee.classA + fee.classB + fee.selfPaid + fee.other
      require(fee.amount == parts, .categoryPartsDiffer, "\(fee.category) \(fee.amount) ≠ \(parts)")
    }
    let sum = list.fees.reduce(Money.zero) { $0 + $1.amount }
    require(sum == facts.total, .categoriesDifferFromTotal, "\(sum) ≠ \(facts.total)")
    let (mine, theirs) = (Self.byCategory(list.fees), Self.byCategory(facts.fees))
    for category in Set(mine.keys).union(theirs.keys).sorted() {
      let (sent, known) = (mine[category] ?? .zero, theirs[category] ?? .zero)
      require(sent == known, .categoryDiffers, "\(category) \(sent) ≠ \(known)")
    }
  }

  private static func byCategory(_ fees: [SettlementList.FeeCategory]) -> [String: Money] {
    fees.reduce(into: [:]) { $0[$1.category, default: .zero] += $1.amount }
  }

  // MARK: Payment

  mutating func lookAtPayment() {
    let payment = list.payment
    if !payment.funds.isEmpty {
      let sent: [String: Money] = payment.funds.reduce(into: [:]) { $0[$1.fund, default: .zero] += $1.amount }
      for fund in Set(sent.keys).union(facts.funds.keys).sorted() {
        let (mine, known) = (sent[fund] ?? .zero, facts.funds[fund] ?? .zero)
        require(mine == known, .fundsDiffer, "\(fund) \(mine) ≠ \(known)")
      }
    }
    if let selfPay = payment.selfPay, let ownPay = payment.ownPay {
      require(selfPay + ownPay == facts.person, .personDiffers, "\(selfPay) + \(ownPay) ≠ \(facts.person)")
    }
    if let ownPay = payment.ownPay {
      // Whether what lies above a ceiling is own pay or self-pay, institutions read differently.
      let isOwn = ownPay == facts.fullySelfPaid || ownPay == facts.fullySelfPaid + facts.overLimit
      require(isOwn, .ownPayDiffers, "\(ownPay) ≠ \(facts.fullySelfPaid)")
    }
    if let account = payment.account {
      require(account == facts.account, .accountDiffers, "\(account) ≠ \(facts.account)")
    }
    if let cash = payment.cash { require(cash == facts.cash, .cashDiffers, "\(cash) ≠ \(facts.cash)") }
  }
}
