import Kernel
public import People

/// A person of a sample region, with what the year holds for them.
public struct SamplePerson: Sendable {
  /// The record.
  public let record: PersonRecord
  /// What the accounts hold at the beginning.
  public let balance: AccountBalance
  /// The scheme.
  public let scheme: InsuranceScheme
  /// The household's number.
  public let household: Int
  /// Whether the household lives in the county.
  public let livesInCounty: Bool
  /// Age in years on the first of January, 0 for those not yet born.
  let age: Int

  var sex: Sex { record.person.sex }
  /// The first day in the year on which the person lives.
  var birth: CalendarDate { record.person.birth }
  var death: CalendarDate? { record.person.death }
  /// The first day on which a flexibly employed person has a card to show; nothing is claimed before.
  var claimsFrom: CalendarDate {
    record.person.enrolments.first { $0.kind == .flexible }?.registered ?? birth
  }
  var chronicDiseases: [String] { record.person.chronicFilings.map(\.disease) }
}

extension SampleRegion {
  /// Sizes of the households of forty persons.
  private static let householdSizes = [1, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7]
  private static let block = 40

  /// The person with a number from 1.
  public func person(_ number: Int) -> SamplePerson {
    precondition((1...people).contains(number), "there is no person \(number) among \(people)")
    let (household, place) = household(of: number)
    var home = SampleNumbers(seed, .household, household)
    let livesInCounty = home.happens(450)
    let isPoor = home.happens(35)
    let surname = home.pick(SampleNames.surnames)
    let first = 24 + home.below(52)
    let isExpecting = (22...40).contains(first) && home.happens(120)
    let age = age(of: place, first, isExpecting, &home)
    var own = SampleNumbers(seed, .person, number)
    let sex: Sex = place == 0 ? .male : place == 1 ? .female : own.happens(512) ? .male : .female
    let birth = birth(number, age: age, &own)
    let isNewborn = age < 0
    let (kind, category) = standing(max(age, 0), &own)
    let enrolment = enrolment(kind, category, of: number, birth: birth, isNewborn: isNewborn)
    var person = InsuredPerson(
      number: "R\(String("\(100_000_000 + number)".dropFirst()))", sex: sex, birth: birth, enrolments: [enrolment],
      death: death(max(age, 0), isNewborn, &own),
      beneficiaryClass: kind == .resident && isPoor ? .subsistence : .general,
      isCivilServant: kind == .employer && own.happens(60), hasFamilyDoctor: own.happens(300))
    person.chronicFilings = chronic(age, &own).map { ChronicDiseaseFiling(disease: $0, period: days) }
    let name = SampleNames.name(surname: place == 1 ? own.pick(SampleNames.surnames) : surname, &own)
    let record = PersonRecord(
      person: person, name: name, certificateNumber: certificate(number, birth), region: Self.code,
      employer: kind == .employer ? SampleNames.employer(own.below(max(people / 60, 3))) : nil)
    let balance = AccountBalance(
      own: kind.scheme == .employee ? Money(fen: Int64(200 + own.below(8_000)) * 100) : .zero,
      family: kind == .resident && own.happens(80) ? Money(fen: Int64(own.below(900)) * 100) : .zero)
    return SamplePerson(
      record: record, balance: balance, scheme: kind.scheme, household: household, livesInCounty: livesInCounty,
      age: max(age, 0))
  }

  /// The household of a person and the place in it, from 0.
  private func household(of number: Int) -> (number: Int, place: Int) {
    let (block, inside) = (number - 1).quotientAndRemainder(dividingBy: Self.block)
    var numbers = SampleNumbers(seed, .household, -1 - block)
    var rest = inside
    for (place, size) in numbers.shuffle(Self.householdSizes).enumerated() {
      if rest < size { return (block * Self.householdSizes.count + place, rest) }
      rest -= size
    }
    preconditionFailure("the sizes of households do not add up to \(Self.block)")
  }

  /// The age of a member of a household; below nothing for one who is born in the year.
  private func age(of place: Int, _ first: Int, _ isExpecting: Bool, _ home: inout SampleNumbers) -> Int {
    let spouse = first - 4 + home.below(9)
    let child = first - 23 - home.below(9)
    let younger = child - 2 - home.below(5)
    let elder = min(first + 22 + home.below(9), 96)
    switch place {
    case 0: return first
    case 1: return max(spouse, 21)
    case 2: return isExpecting ? -1 : max(child, 0)
    case 3: return younger >= 0 ? younger : elder
    default: return min(elder + place, 98)
    }
  }

  /// The day of birth; the day of the month also tells certificates with the same last characters apart.
  private func birth(_ number: Int, age: Int, _ own: inout SampleNumbers) -> CalendarDate {
    let month = 1 + own.below(12)
    let suffix = number % SampleNames.certificateSuffixes
    let day = 1 + (suffix % 28 + number / SampleNames.certificateSuffixes) % 28
    let bornIn = age < 0 ? year : year - 1 - age
    guard let birth = CalendarDate(year: bornIn, month: month, day: day) else {
      preconditionFailure("no such birth date: \(bornIn)-\(month)-\(day)")
    }
    return birth
  }

  private func certificate(_ number: Int, _ birth: CalendarDate) -> String {
    let digits = birth.description.split(separator: "-").joined()
    return "\(Self.code)\(digits)\(SampleNames.certificateSuffix(number % SampleNames.certificateSuffixes))"
  }

  private func standing(_ age: Int, _ own: inout SampleNumbers) -> (Enrolment.Kind, PersonCategory) {
    let chance = own.below(100)
    switch age {
    case ..<7: return (.resident, .minor)
    case ..<18: return (.resident, .student)
    case ..<60:
      return chance < 58 ? (.employer, .inService) : chance < 66 ? (.flexible, .inService) : (.resident, .adult)
    default: return chance < 42 ? (.retired, .retired) : (.resident, .elderly)
    }
  }

  private func enrolment(
    _ kind: Enrolment.Kind, _ category: PersonCategory, of number: Int, birth: CalendarDate, isNewborn: Bool
  ) -> Enrolment {
    let registered =
      isNewborn
      ? birth.adding(days: 20) : kind == .flexible ? flexibleSince(number) : day(1, 1).adding(days: -800)
    switch kind {
    case .resident:
      let paid = isNewborn ? registered : CalendarDate(year: year - 1, month: 11, day: 20)
      let years = paid.map { [PaidYear(year: year, paidOn: $0)] } ?? []
      return Enrolment(kind: kind, category: category, registered: registered, paidYears: years)
    case .retired:
      return Enrolment(
        kind: kind, category: category, registered: registered, countedMonths: 32 * 12, paidOffAtRetirement: true)
    case .employer, .flexible:
      let months = MonthRange(registered.yearMonth, day(12, 31).yearMonth)
      return Enrolment(kind: kind, category: category, registered: registered, paidMonths: months.map { [$0] } ?? [])
    }
  }

  /// Since when somebody pays alone: the region takes them in from July 2025 on; later on every seventh is new in the
  /// year and waits for months before anything is paid.
  private func flexibleSince(_ number: Int) -> CalendarDate {
    var numbers = SampleNumbers(seed, .enrolment, number)
    let isNew = year <= 2_025 || numbers.happens(150)
    let month = year <= 2_025 ? 7 + numbers.below(3) : 1 + numbers.below(8)
    let since = day(month, 1 + numbers.below(28))
    // A year earlier, though not before the region took anybody in.
    let opened = CalendarDate(year: 2_025, month: 7, day: 1)
    return isNew ? since : max(since.adding(days: -365), opened ?? since)
  }

  private func death(_ age: Int, _ isNewborn: Bool, _ own: inout SampleNumbers) -> CalendarDate? {
    let perMille = age < 60 ? 2 : age < 75 ? 14 : 55
    guard !isNewborn, own.happens(perMille) else { return nil }
    return day(1 + own.below(12), 1 + own.below(28))
  }

  /// Chronic diseases on file: hypertension and diabetes.
  private func chronic(_ age: Int, _ own: inout SampleNumbers) -> [String] {
    let (hypertension, diabetes) = age < 40 ? (4, 3) : age < 60 ? (90, 45) : (310, 130)
    return (own.happens(hypertension) ? ["M03900"] : []) + (own.happens(diabetes) ? ["M01600"] : [])
  }
}
