import Claims
import Grouping
import Kernel
import People

extension SampleRegion {
  /// The stays of a person that end in a month: mostly none; two where one follows the other.
  func stays(of number: Int, _ person: SamplePerson, endingIn month: Int) -> [SampleVisit] {
    let own = newbornStay(number, person, endingIn: month).map { [$0] } ?? []
    guard let stay = candidate(number, person, month) else { return own }
    // What may have ended the month before has the days first, whether or not it took place itself.
    if let earlier = month > 1 ? candidate(number, person, month - 1) : nil, earlier.discharged >= stay.admitted {
      return own
    }
    var numbers = SampleNumbers(seed, .stay, number, month, 2)
    return own + followUp(stay, &numbers)
  }

  /// In how many of ten thousand months somebody of an age leaves a hospital.
  private static func frequency(_ age: Int) -> Int {
    age < 3 ? 120 : age < 18 ? 30 : age < 45 ? 55 : age < 60 ? 95 : age < 75 ? 210 : 330
  }

  private func candidate(_ number: Int, _ person: SamplePerson, _ month: Int) -> SampleVisit? {
    var numbers = SampleNumbers(seed, .stay, number, month)
    let isWinter = [1, 2, 11, 12].contains(month)
    guard numbers.below(10_000) < Self.frequency(person.age) * (isWinter ? 12 : 9) / 10 else { return nil }
    let patientSex: PatientSex = person.sex == .male ? .male : .female
    let fitting = DIPSampleDisease.all.filter {
      !$0.isNewborn && $0.ages.contains(person.age) && ($0.sex ?? patientSex) == patientSex
    }
    guard !fitting.isEmpty else { return nil }
    let disease = numbers.pick(fitting) { $0.department == "呼吸内科" && isWinter ? $0.weight * 2 : $0.weight }
    let way = numbers.pick(disease.ways, \.weight)
    let institution = place(for: way.yuan, person, &numbers)
    var cost = way.yuan * 100 * Int64(Self.costShare(institution.institution.level)) / 100
    for _ in 0..<4 { cost = cost * Int64(72 + numbers.below(60)) / 100 }
    if numbers.below(120) == 0 { cost *= Int64(3 + numbers.below(4)) }
    let length = min(2 + Int(cost / 160_000) + numbers.below(6), 26)
    let discharged = day(month, 1 + numbers.below(28))
    let admitted = discharged.adding(days: -length)
    guard admitted.year == year, person.birth.adding(days: 30) <= admitted, person.claimsFrom <= admitted,
      person.death.map({ discharged <= $0 }) ?? true
    else { return nil }
    var stay = SampleVisit(
      number: number, person: person, institution: institution,
      care: disease.department == "产科" ? .maternityInpatient : .inpatient, admitted: admitted, discharged: discharged,
      charges: [], serial: 1)
    stay.department = disease.department
    stay.diagnoses = Self.diagnoses(disease, &numbers)
    stay.procedures = way.procedures
    stay.charges = bill(of: stay, cost)
    stay.listDelay = numbers.happens(12) ? nil : numbers.happens(45) ? 20 + numbers.below(60) : 1 + numbers.below(7)
    stay.isReversed = numbers.happens(15)
    if institution.region != Self.code {
      stay.referral = numbers.happens(600) ? .elsewhereFiled : .elsewhereNotFiled
    }
    return stay
  }

  private static func diagnoses(_ disease: DIPSampleDisease, _ numbers: inout SampleNumbers) -> [String] {
    var codes = [numbers.pick(disease.codes)]
    for other in DIPSampleDisease.others where numbers.happens(other.perMille) && !codes.contains(other.code) {
      codes.append(other.code)
    }
    if !disease.further.isEmpty {
      let further = numbers.pick(disease.further)
      if !codes.contains(further) { codes.append(further) }
    }
    return codes
  }

  /// What a stay costs at a level beside the list's price, in hundredths.
  static func costShare(_ level: InstitutionLevel) -> Int {
    level == .tertiary ? 118 : level == .township ? 55 : 90
  }

  func place(for yuan: Int64, _ person: SamplePerson, _ numbers: inout SampleNumbers) -> InstitutionRecord {
    if numbers.happens(yuan > 20_000 ? 60 : 15) { return institutions.elsewhere }
    let chance = numbers.below(100)
    if yuan < 7_000 && chance < 35 { return numbers.pick(institutions.township) }
    if yuan > 25_000 && chance < 75 { return numbers.pick(institutions.tertiary) }
    if person.livesInCounty {
      return chance < 72 ? numbers.pick(institutions.county) : numbers.pick(institutions.tertiary)
    }
    return chance < 52 ? numbers.pick(institutions.secondary) : numbers.pick(institutions.tertiary)
  }

  func bill(of stay: SampleVisit, _ cost: Int64) -> [SampleCharge] {
    SampleBill.stay(
      total: cost, days: Self.days(stay.admitted, stay.discharged), isOperated: !stay.procedures.isEmpty,
      isTraditional: stay.institution.institution.isTraditionalChinese,
      SampleNumbers(seed, .bill, stay.number, stay.discharged.dayNumber))
  }

  static func days(_ first: CalendarDate, _ last: CalendarDate) -> [CalendarDate] {
    (0...max(first.days(to: last), 0)).map { first.adding(days: $0) }
  }

  // MARK: What comes of it

  /// Referral chains and planted anomalies: a stay may become two, or bring a visit with it.
  private func followUp(_ stay: SampleVisit, _ numbers: inout SampleNumbers) -> [SampleVisit] {
    let length = stay.admitted.days(to: stay.discharged)
    let isLocal = stay.institution.region == Self.code
    switch numbers.below(1_000) {
    case ..<10: return [upcoded(stay)]
    case ..<22 where length >= 6 && isLocal: return split(stay)
    case ..<37: return [doubled(stay)]
    case ..<45 where length >= 4 && isLocal: return [absent(stay)]
    case ..<55 where stay.admitted.day > 3 && isLocal: return shifted(stay)
    case ..<135 where length >= 5 && isLocal && stay.institution.institution.level >= .secondary:
      return sentOn(stay, &numbers)
    default: return [stay]
    }
  }

  /// Begun at a township centre, which sends the patient on.
  private func sentOn(_ stay: SampleVisit, _ numbers: inout SampleNumbers) -> [SampleVisit] {
    let centre = numbers.pick(institutions.township)
    let until = stay.admitted.adding(days: 2)
    let days = Self.days(stay.admitted, until)
    var first = SampleVisit(
      number: stay.number, person: stay.person, institution: centre, care: stay.care, admitted: stay.admitted,
      discharged: until, charges: [], serial: 2)
    first.diagnoses = stay.diagnoses
    first.department = stay.department
    first.listDelay = stay.listDelay
    first.charges = SampleBill.stay(
      total: 120_000, days: days, isOperated: false, isTraditional: false,
      SampleNumbers(seed, .bill, stay.number, until.dayNumber))
    var second = SampleVisit(
      number: stay.number, person: stay.person, institution: stay.institution, care: stay.care, admitted: until,
      discharged: stay.discharged, charges: stay.charges.filter { $0.day >= until }, serial: 1)
    (second.diagnoses, second.procedures, second.department) = (stay.diagnoses, stay.procedures, stay.department)
    second.charges = stay.charges.map { SampleCharge(item: $0.item, quantity: $0.quantity, day: max($0.day, until)) }
    second.listDelay = stay.listDelay
    second.referral = .sentOn(from: centre)
    return [first, second]
  }

  private func upcoded(_ stay: SampleVisit) -> SampleVisit {
    var changed = stay
    let invented = "J96.000"
    guard !stay.diagnoses.contains(invented) else { return stay }
    changed.diagnoses.append(invented)
    changed.anomaly = .upcoding
    return changed
  }

  private func split(_ stay: SampleVisit) -> [SampleVisit] {
    let middle = stay.admitted.adding(days: stay.admitted.days(to: stay.discharged) / 2)
    var first = SampleVisit(
      number: stay.number, person: stay.person, institution: stay.institution, care: stay.care, admitted: stay.admitted,
      discharged: middle, charges: [], serial: 2)
    (first.diagnoses, first.department, first.listDelay) = (stay.diagnoses, stay.department, stay.listDelay)
    var second = SampleVisit(
      number: stay.number, person: stay.person, institution: stay.institution, care: stay.care, admitted: middle,
      discharged: stay.discharged, charges: [], serial: 1)
    (second.diagnoses, second.procedures) = (stay.diagnoses, stay.procedures)
    (second.department, second.listDelay) = (stay.department, stay.listDelay)
    let half = stay.charges.count / 2
    first.charges = stay.charges.prefix(half).map {
      .init(item: $0.item, quantity: $0.quantity, day: min($0.day, middle))
    }
    second.charges = stay.charges.dropFirst(half).map {
      .init(item: $0.item, quantity: $0.quantity, day: max($0.day, middle))
    }
    (first.anomaly, second.anomaly) = (.splitStay, .splitStay)
    second.planted = second.charges.reduce(0) { $0 + $1.amount }
    return first.charges.isEmpty ? [stay] : [first, second]
  }

  private func doubled(_ stay: SampleVisit) -> SampleVisit {
    let again = stay.charges.filter { [.laboratory, .imaging, .operation].contains($0.item.use) }.prefix(2)
    guard !again.isEmpty else { return stay }
    var changed = stay
    changed.charges += again
    changed.planted = again.reduce(0) { $0 + $1.amount }
    changed.anomaly = .duplicateCharge
    return changed
  }

  private func absent(_ stay: SampleVisit) -> SampleVisit {
    var changed = stay
    changed.procedures = []
    changed.charges = SampleBill.emptyBed(
      days: Self.days(stay.admitted, stay.discharged), SampleNumbers(seed, .bill, stay.number, stay.admitted.dayNumber))
    changed.planted = changed.charges.reduce(0) { $0 + $1.amount }
    changed.anomaly = .absentInpatient
    return changed
  }

  private func shifted(_ stay: SampleVisit) -> [SampleVisit] {
    let moved = stay.charges.filter { $0.item.use == .imaging || $0.item.use == .laboratory }
    guard !moved.isEmpty, moved.count < stay.charges.count else { return [stay] }
    let before = stay.admitted.adding(days: -1)
    var visit = SampleVisit(
      number: stay.number, person: stay.person, institution: stay.institution, care: .outpatient, admitted: before,
      discharged: before, charges: moved.map { .init(item: $0.item, quantity: $0.quantity, day: before) }, serial: 3)
    visit.diagnoses = Array(stay.diagnoses.prefix(1))
    visit.anomaly = .shiftedCost
    visit.planted = visit.charges.reduce(0) { $0 + $1.amount }
    var rest = stay
    rest.charges = stay.charges.filter { $0.item.use != .imaging && $0.item.use != .laboratory }
    return [visit, rest]
  }
}
