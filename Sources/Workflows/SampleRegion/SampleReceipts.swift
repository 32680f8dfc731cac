import Kernel
import Ledger
import People
import Policy

/// What the funds of a sample region receive in its year, as the treasury would state it: each month's contributions of
/// employees, the yearly ones of residents with their subsidy, and what the year before left.
struct SampleReceipts {
  let region: SampleRegion
  let book: PolicyBook

  /// The receipts of the year; none where the policy does not say what is contributed.
  func receipts() -> [FundReceipt] {
    var employers = [Money](repeating: .zero, count: 13)
    var residents = 0
    let rules = (1...12).map { month in snapshot(month).flatMap { ContributionRules($0, averageWage: nil) } }
    for number in 1...region.people {
      let person = region.person(number)
      guard let enrolment = person.record.person.enrolments.first else { continue }
      if enrolment.kind == .resident {
        residents += 1
        continue
      }
      guard enrolment.kind != .retired else { continue }
      let share = share(number)
      for month in 1...12 {
        guard let rule = rules[month - 1], pays(enrolment, person, in: month) else { continue }
        let wage = rule.averageWage.multiplied(by: share, rounding: .halfUp)
        employers[month] += ContributionAssessment(wage: wage, under: rule).employer
      }
    }
    return carried(employers[1]) + monthly(employers) + yearly(residents)
  }

  private func snapshot(_ month: Int) -> PolicySnapshot? {
    guard let day = CalendarDate(year: region.year, month: month, day: 1) else { return nil }
    do throws(PolicyRefusal) {
      return try book.snapshot(region: SampleRegion.code, dates: EventDates(on: day))
    } catch { return nil }
  }

  /// The person's wage as a share of the average wage: from under half of it to more than twice.
  private func share(_ number: Int) -> Rate {
    var numbers = SampleNumbers(region.seed, .wage, number)
    let percent = 42 + numbers.below(45) + numbers.below(45) + (numbers.happens(120) ? numbers.below(260) : 0)
    return Rate(millionths: Int64(percent) * 10_000)
  }

  private func pays(_ enrolment: Enrolment, _ person: SamplePerson, in month: Int) -> Bool {
    guard let day = CalendarDate(year: region.year, month: month, day: 1) else { return false }
    if let death = person.death, death < day { return false }
    return enrolment.paidMonths.contains { $0.first <= day.yearMonth && day.yearMonth <= $0.last }
  }

  private func receipt(
    _ month: Int, _ day: Int, _ fund: Fund, _ kind: FundReceipt.Kind, _ amount: Money, _ basis: String
  ) -> [FundReceipt] {
    guard amount != .zero, let date = CalendarDate(year: region.year, month: month, day: day) else { return [] }
    let id = "\(region.year)-\(month < 10 ? "0" : "")\(month)-\(fund.word)-\(kind.rawValue)"
    return [FundReceipt(id: id, day: date, fund: fund, kind: kind, amount: amount, basis: basis)]
  }

  private func monthly(_ employers: [Money]) -> [FundReceipt] {
    (1...12).flatMap { month in
      receipt(month, 20, .employeePooled, .contribution, employers[month], "示例：\(month) 月职工医保费（单位缴费部分）")
    }
  }

  private func yearly(_ residents: Int) -> [FundReceipt] {
    guard let snapshot = snapshot(1) else { return [] }
    func amount(_ identifier: String) -> Money {
      guard case .amount(let amount)? = snapshot[identifier]?.content([:]) else { return .zero }
      return Money(fen: amount.fen * Int64(residents))
    }
    let half = Money(fen: amount("contribution.resident_subsidy").fen / 2)
    return receipt(1, 5, .residentPooled, .contribution, amount("contribution.resident_person"), "示例：居民个人缴费")
      + receipt(3, 15, .residentPooled, .subsidy, half, "示例：居民医保财政补助（第一批）")
      + receipt(
        8, 15, .residentPooled, .subsidy, amount("contribution.resident_subsidy") - half, "示例：居民医保财政补助（第二批）")
  }

  /// Half a year of what a month brings.
  private func carried(_ month: Money) -> [FundReceipt] {
    receipt(1, 1, .employeePooled, .carried, Money(fen: month.fen * 6), "示例：上年结余")
      + receipt(1, 1, .residentPooled, .carried, Money(fen: month.fen * 2), "示例：上年结余")
  }
}
