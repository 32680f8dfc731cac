import Claims
import Grouping
import Kernel
import People

extension SampleRegion {
  /// What a person does in a month, in the order of the last days.
  ///
  /// A stay ends in the month and may have begun in the one before; other visits keep clear of stays.
  package func visits(of number: Int, in month: Int) -> [SampleVisit] {
    let person = person(number)
    let stays = stays(of: number, person, endingIn: month)
    let following = month < 12 ? self.stays(of: number, person, endingIn: month + 1) : []
    var taken = stays + following
    var planned = stays
    var numbers = SampleNumbers(seed, .visits, number, month)
    var serial = 10
    for (care, disease) in outpatientCare(of: person, month, &numbers) {
      serial += 1
      let day = day(month, 1 + numbers.below(28))
      guard isAlive(person, day), !taken.contains(where: { $0.admitted <= day && day <= $0.discharged }) else {
        continue
      }
      let institution = place(for: care, of: person, &numbers)
      let bill = SampleNumbers(seed, .bill, number, month, serial)
      let charges =
        switch care {
        case .pharmacy: SampleBill.purchase(day, bill)
        case .chronic: SampleBill.chronic(disease ?? "", day, bill)
        default: SampleBill.outpatient(day, at: institution.institution.level, bill)
        }
      var visit = SampleVisit(
        number: number, person: person, institution: institution, care: care, admitted: day, discharged: day,
        diagnoses: care == .pharmacy ? [] : [Self.diagnosis(disease, month, &numbers)], chronicDisease: disease,
        charges: charges, serial: serial)
      visit.isReversed = numbers.happens(8)
      planned.append(visit)
      if care != .pharmacy { taken.append(visit) }
    }
    planned += stays.compactMap(absentPurchase)
    return planned.sorted { ($0.discharged, $0.serial) < ($1.discharged, $1.serial) }
  }

  private func isAlive(_ person: SamplePerson, _ day: CalendarDate) -> Bool {
    // A newborn is taken to a doctor once the registration is done.
    person.birth.adding(days: person.birth.year == year ? 25 : 0) <= day && person.claimsFrom <= day
      && person.death.map { day < $0 } ?? true
  }

  /// Kinds of outpatient care in a month: chronic diseases every month, colds in winter, drugs now and then.
  private func outpatientCare(of person: SamplePerson, _ month: Int, _ numbers: inout SampleNumbers)
    -> [(CareCategory, String?)]
  {
    var care: [(CareCategory, String?)] = []
    for disease in person.chronicDiseases where numbers.happens(820) { care.append((.chronic, disease)) }
    let isWinter = [1, 2, 11, 12].contains(month)
    let byAge = person.age < 7 ? 260 : person.age < 50 ? 120 : person.age < 65 ? 190 : 270
    if numbers.happens(isWinter ? byAge * 14 / 10 : byAge) { care.append((.outpatient, nil)) }
    if numbers.happens(byAge / 5) { care.append((.outpatient, nil)) }
    if numbers.happens(isWinter ? 12 : 7) { care.append((.emergency, nil)) }
    if numbers.happens(person.scheme == .employee ? 210 : 45) { care.append((.pharmacy, nil)) }
    return care
  }

  private static func diagnosis(_ disease: String?, _ month: Int, _ numbers: inout SampleNumbers) -> String {
    switch disease {
    case "M03900": return "I10.x00"
    case "M01600": return "E11.900"
    default: break
    }
    let isWinter = [1, 2, 11, 12].contains(month)
    return numbers.pick(
      isWinter ? ["J06.900", "J20.900", "J11.100", "K29.500"] : ["K29.500", "M51.202", "L30.900", "J06.900"])
  }

  /// Where somebody goes: near home mostly, to the city for more.
  private func place(for care: CareCategory, of person: SamplePerson, _ numbers: inout SampleNumbers)
    -> InstitutionRecord
  {
    // The same pharmacy and clinic for a household, other hospitals by chance.
    var home = SampleNumbers(seed, .household, person.household, 7)
    let (pharmacy, clinic, centre) = (
      home.pick(institutions.pharmacy), home.pick(institutions.village), home.pick(institutions.township)
    )
    let chance = numbers.below(100)
    switch care {
    case .pharmacy: return pharmacy
    case .emergency:
      return person.livesInCounty && chance < 60 ? institutions.county[0] : numbers.pick(institutions.tertiary)
    default:
      // The third level is not for ordinary visits of residents.
      let farthest = person.scheme == .employee ? institutions.tertiary : institutions.secondary
      if person.livesInCounty {
        if chance < 30 && care == .outpatient { return clinic }
        return chance < 65 ? centre : chance < 90 ? numbers.pick(institutions.county) : numbers.pick(farthest)
      }
      return chance < 35 ? centre : chance < 65 ? numbers.pick(institutions.secondary) : numbers.pick(farthest)
    }
  }

  /// A purchase elsewhere in the middle of a stay in which the patient is absent.
  private func absentPurchase(_ stay: SampleVisit) -> SampleVisit? {
    guard stay.anomaly == .absentInpatient, let first = institutions.pharmacy.first else { return nil }
    let day = stay.admitted.adding(days: 1)
    return SampleVisit(
      number: stay.number, person: stay.person, institution: first, care: .pharmacy, admitted: day, discharged: day,
      charges: SampleBill.purchase(day, SampleNumbers(seed, .bill, stay.number, stay.admitted.dayNumber)),
      serial: stay.serial + 40)
  }
}
