import Claims
import Grouping
import Kernel
import People

extension SampleRegion {
  /// A newborn's own stay in its first weeks: jaundice and low weight, one newborn in seven; ends in a month.
  ///
  /// It is settled under the newborn's own enrolment, which covers from birth although registration comes later.
  func newbornStay(_ number: Int, _ person: SamplePerson, endingIn month: Int) -> SampleVisit? {
    guard person.birth.year == year else { return nil }
    var numbers = SampleNumbers(seed, .newborn, number)
    guard numbers.happens(140) else { return nil }
    let disease = numbers.pick(DIPSampleDisease.all.filter(\.isNewborn), \.weight)
    let way = numbers.pick(disease.ways, \.weight)
    // No township centre has a ward for newborns.
    let institution = place(for: max(way.yuan, 7_000), person, &numbers)
    var cost = way.yuan * 100 * Int64(Self.costShare(institution.institution.level)) / 100
    for _ in 0..<4 { cost = cost * Int64(76 + numbers.below(52)) / 100 }
    let admitted = person.birth.adding(days: numbers.below(4))
    let discharged = admitted.adding(days: min(4 + Int(cost / 200_000) + numbers.below(4), 24))
    guard discharged.year == year, discharged.month == month else { return nil }
    let isSmall = disease.codes.contains { $0.hasPrefix("P07") }
    var stay = SampleVisit(
      number: number, person: person, institution: institution, care: .inpatient, admitted: admitted,
      discharged: discharged, charges: [], serial: 5)
    stay.birthWeight = isSmall ? 1_050 + 10 * numbers.below(140) : 2_600 + 10 * numbers.below(150)
    stay.department = disease.department
    stay.diagnoses = [numbers.pick(disease.codes)]
    stay.procedures = way.procedures
    stay.charges = bill(of: stay, cost)
    stay.listDelay = numbers.happens(12) ? nil : 1 + numbers.below(7)
    if institution.region != Self.code {
      stay.referral = numbers.happens(600) ? .elsewhereFiled : .elsewhereNotFiled
    }
    return stay
  }
}
