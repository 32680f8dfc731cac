import Catalog
import Claims
import Kernel
import Policy

/// What the ordinary and self-paid lines add up to (4).
struct LineShares {
  var fullySelfPaid: Int64 = 0
  var ceilingExcess: Int64 = 0
  var operationExcess: Int64 = 0
  var preliminary: Int64 = 0
  /// The spec's `P`.
  var inPolicy: Int64 = 0
  /// The spec's `T`.
  var chineseMedicine: Int64 = 0
}

/// One separately paid item in one month (5).
struct SeparateItem {
  var item: String
  var month: YearMonth
  var allowed: Int64

  /// Its place in the accumulators.
  var key: String { "separate/" + item + "/" + month.description }
}

/// Separately paid items in order of code and month, and what their caps cut.
struct SeparateShares {
  var items: [SeparateItem] = []
  var excess: Int64 = 0
}

extension ReferenceSettlement {
  /// Self-paid by class, or by limited use and approval (4, step 1).
  func isSelfPaid(_ line: FeeLine) -> Bool {
    if line.terms.chargeClass == .c { return true }
    if line.terms.isLimitedUse { return line.approval != .approved }
    return line.approval == .refused
  }

  /// Section 4.
  func sharesOfLines() -> LineShares {
    let defaultRate = policy.rate(schemeName + "class_b_self_pay")
    let operationRate = policy.rate("settlement.second_operation.rate")
    let elsewhereRate = claim.filing == .local ? nil : policy.rate(schemeName + "cross_region.first_self_pay", keys)
    var sum = LineShares()
    for line in claim.lines {
      let amount = line.amount.fen
      if isSelfPaid(line) {
        sum.fullySelfPaid += amount
        continue
      }
      if line.terms.isSeparatelyPaid { continue }
      var first = amount
      if let ceiling = line.terms.priceCeiling {
        first = Int64(min(Exact(amount), roundedTotal(ceiling, line.quantity)))
      }
      sum.ceilingExcess += amount - first
      var second = first
      if line.isSameIncisionOperation, let operationRate {
        let price = min(line.price, line.terms.priceCeiling ?? line.price)
        let share = roundedQuotient(roundedTotal(price, line.quantity) * Exact(operationRate), by: wholeRate)
        second = Int64(min(Exact(first), share))
      }
      sum.operationExcess += first - second
      let ownRate = line.terms.firstSelfPay?.millionths ?? (line.terms.chargeClass == .b ? defaultRate : nil)
      let firstSelfPay = roundedShare(second, ownRate ?? 0)
      let elsewhere = roundedShare(second - firstSelfPay, elsewhereRate ?? 0)
      sum.preliminary += firstSelfPay + elsewhere
      let inPolicy = second - firstSelfPay - elsewhere
      sum.inPolicy += inPolicy
      if line.terms.isTraditionalChinese { sum.chineseMedicine += inPolicy }
    }
    return sum
  }

  /// Section 5 up to the allowed amounts.
  func separatelyPaidItems() -> SeparateShares {
    let prefix = "settlement.separately_paid."
    var charged: Int64 = 0
    var ofDay: [String: [CalendarDate: Int64]] = [:]
    for line in claim.lines where line.terms.isSeparatelyPaid && !isSelfPaid(line) {
      charged += line.amount.fen
      var amount = line.amount.fen
      if let cap = policy.amount(prefix + "unit_price_cap", ["item": [line.item]]) {
        let price = UnitPrice(microyuan: cap * 10_000)
        amount = Int64(min(Exact(amount), roundedTotal(price, line.quantity)))
      }
      ofDay[line.item, default: [:]][line.day, default: 0] += amount
    }
    var shares = SeparateShares()
    for (item, days) in ofDay.sorted(by: { $0.key < $1.key }) {
      let occasionCap = policy.amount(prefix + "occasion_cap", ["item": [item]])
      let monthlyCap = policy.amount(prefix + "monthly_cap", ["item": [item]])
      var ofMonth: [YearMonth: Int64] = [:]
      for (day, sum) in days {
        ofMonth[day.yearMonth, default: 0] += min(sum, occasionCap ?? sum)
      }
      for (month, sum) in ofMonth.sorted(by: { $0.key < $1.key }) {
        var entry = SeparateItem(item: item, month: month, allowed: sum)
        if let monthlyCap { entry.allowed = min(sum, max(monthlyCap - year[entry.key], 0)) }
        shares.items.append(entry)
      }
    }
    shares.excess = charged - shares.items.reduce(0) { $0 + $1.allowed }
    return shares
  }

  /// The pay rate of a separately paid item in the scheme.
  func separateRate(of item: String) -> Int64? {
    policy.rate(schemeName + "separately_paid.pay_rate", ["item": [item]])
  }

  /// Whether separate payments count toward the yearly pooled cap.
  var separateCounts: Bool { policy.isYes("settlement.separately_paid.counts_toward_pooled_cap") }

  /// What separately paid items are paid after the ordinary part has taken its share of the cap (5, 8).
  func pay(_ items: [SeparateItem], after pooled: Int64) -> Int64 {
    var left: Int64?
    if separateCounts, let room = roomOfPayments { left = max(room - (planCounts ? pooled : 0), 0) }
    var paid: Int64 = 0
    for item in items {
      var payment = roundedShare(item.allowed, separateRate(of: item.item) ?? 0)
      if let room = left {
        payment = min(payment, room)
        left = room - payment
      }
      paid += payment
    }
    return paid
  }
}
