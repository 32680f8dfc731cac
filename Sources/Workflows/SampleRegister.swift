import Catalog
public import Claims
public import Kernel
import People

/// Invented persons, institutions and catalogue of the sample region, so that a HIS can be tried against the payer.
///
/// Deterministic: the same number always gives the same person. Certificate numbers begin with the sample region's
/// code, which no real person has, and fail the check digit on purpose.
public enum SampleRegister {
  /// The sample region's code.
  public static let region = "990100"

  /// Institutions: two hospitals, a health centre, a clinic and a pharmacy.
  public static let institutions: [InstitutionRecord] = [
    hospital(1, "示例市第一人民医院", .tertiary, "2"),
    hospital(2, "示例市中医医院", .secondary, "5", isTraditionalChinese: true),
    hospital(3, "示例市城关镇卫生院", .township, "11"),
    hospital(4, "示例市东湖村卫生室", .village, "11"),
    InstitutionRecord(
      institution: Institution(code: "P99010000001", level: .pharmacy), name: "示例大药房", kind: "2", region: region,
      levelCode: "11"),
  ]

  private static func hospital(
    _ number: Int, _ name: String, _ level: InstitutionLevel, _ levelCode: String, isTraditionalChinese: Bool = false
  ) -> InstitutionRecord {
    InstitutionRecord(
      institution: Institution(
        code: "H9901000000\(number)", level: level, isTraditionalChinese: isTraditionalChinese),
      name: name, kind: "1", region: region, levelCode: levelCode)
  }

  /// The catalogue: a few invented items of each class, in force over the sample region's covered years.
  ///
  /// - Parameter period: when the items hold.
  public static func items(over period: DateRange) -> [ListedItem] {
    var items: [ListedItem] = []
    for number in 1...40 {
      let chargeClass: ChargeClass = number % 10 == 0 ? .c : number % 3 == 0 ? .b : .a
      items.append(
        ListedItem(
          code: "XA\(padded(number, 3))", name: "示例药品\(number)号", listType: "101", feeCategory: "09", period: period,
          chargeClass: chargeClass,
          firstSelfPay: chargeClass == .b && number % 2 == 0 ? [.employee: Rate(millionths: 50_000)] : [:],
          isLimitedUse: number % 13 == 0))
    }
    for number in 1...20 {
      items.append(
        ListedItem(
          code: "FW\(padded(number, 3))", name: "示例诊疗项目\(number)号", listType: "201",
          feeCategory: number % 2 == 0 ? "05" : "04", period: period, chargeClass: number % 4 == 0 ? .b : .a,
          ceilings: number % 5 == 0
            ? [.tertiary: UnitPrice(microyuan: 80_000_000), .secondary: UnitPrice(microyuan: 60_000_000)] : [:],
          isTraditionalChinese: number > 16))
    }
    for number in 1...10 {
      items.append(
        ListedItem(
          code: "HC\(padded(number, 3))", name: "示例耗材\(number)号", listType: "301", feeCategory: "08", period: period,
          chargeClass: .b, firstSelfPay: [.employee: Rate(millionths: 100_000), .resident: Rate(millionths: 150_000)]))
    }
    return items
  }

  private static let surnames = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "司马", "爨", "亓官",
  ]
  private static let names = ["伟", "芳", "秀英", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇", "军", "杰", "娟", "涛", "𬱖"]

  /// Birth dates and serial digits come round again after so many persons; the last letter tells the rounds apart.
  private static let round = 273_000
  static let letters = Array("YZWVUTSRQPNMLKJHGFEDCBA")

  /// How many persons have certificates of their own.
  public static let limit = round * letters.count

  /// The letter that ends a certificate's number, where real ones have a digit or X.
  public static func lastLetter(_ number: Int) -> Character {
    precondition((1..<limit).contains(number), "the sample register has fewer than \(limit) persons")
    return letters[number / round]
  }

  /// The name of the person with a number.
  public static func name(_ number: Int) -> String {
    surnames[number % surnames.count] + names[number / 3 % names.count]
  }

  /// The person with a number from 1, with what the accounts hold.
  ///
  /// - Parameters:
  ///   - number: from 1; even numbers are employees or retired, odd ones residents.
  ///   - covered: the days over which contributions are paid.
  public static func person(_ number: Int, over covered: DateRange) -> (record: PersonRecord, balance: AccountBalance) {
    let year = 1942 + number * 7 % 78
    let month = 1 + number % 12
    let day = 1 + number % 28
    let text = "\(year)-\(padded(month, 2))-\(padded(day, 2))"
    guard let birth = CalendarDate(text) else { preconditionFailure("no such birth date: \(text)") }
    let person = InsuredPerson(
      number: "P\(padded(number, 7))", sex: number % 3 == 0 ? .male : .female, birth: birth,
      enrolments: [enrolment(number, birth, covered)],
      beneficiaryClass: number % 2 == 1 && number % 25 == 0 ? .subsistence : .general,
      isCivilServant: number % 40 == 0, hasFamilyDoctor: number % 5 == 0)
    let certificate =
      "\(region)\(year)\(padded(month, 2))\(padded(day, 2))\(padded(number % 1_000, 3))\(lastLetter(number))"
    let record = PersonRecord(
      person: person, name: name(number),
      certificateNumber: certificate, region: region, employer: number % 2 == 0 ? "示例单位\(number % 50)" : nil)
    let own = number % 2 == 0 ? Money(fen: Int64(number % 90) * 10_000) : .zero
    return (record, AccountBalance(own: own, family: number % 2 == 1 ? Money(fen: Int64(number % 20) * 1_000) : .zero))
  }

  private static func enrolment(_ number: Int, _ birth: CalendarDate, _ covered: DateRange) -> Enrolment {
    let registered = covered.first.adding(days: -730)
    let last = covered.last ?? covered.first
    guard number % 2 == 0 else {
      let years = (covered.first.year...last.year).compactMap { year in
        CalendarDate(year: year - 1, month: 11, day: 20).map { PaidYear(year: year, paidOn: $0) }
      }
      let age = birth.age(on: covered.first)
      let category: PersonCategory = age < 18 ? .minor : age >= 60 ? .elderly : .adult
      return Enrolment(kind: .resident, category: category, registered: registered, paidYears: years)
    }
    if birth.age(on: covered.first) >= 60 {
      return Enrolment(
        kind: .retired, category: .retired, registered: registered, countedMonths: 32 * 12,
        paidOffAtRetirement: true)
    }
    let months = MonthRange(registered.yearMonth, last.yearMonth)
    return Enrolment(
      kind: .employer, category: .inService, registered: registered, paidMonths: months.map { [$0] } ?? [])
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Puts institutions, catalogue and persons into a store; what is there already is left as it is.
  ///
  /// - Parameters:
  ///   - count: how many persons.
  ///   - covered: the days that the sample region's policy covers.
  ///   - progress: told how many persons are in.
  public static func fill(
    _ store: any PayerStore, persons count: Int, over covered: DateRange,
    progress: @Sendable (Int) -> Void = { _ in }
  ) async throws(StoreError) {
    let items = items(over: covered)
    try await store.write { transaction throws(StoreError) in
      for institution in institutions { try transaction.put(institution) }
      for item in items { try transaction.put(item) }
      for code in codes(over: covered) { try transaction.put(code) }
    }
    var next = 1
    while next <= count {
      let batch = next...min(next + 999, count)
      try await store.write { transaction throws(StoreError) in
        for number in batch {
          let (record, balance) = person(number, over: covered)
          let known = try transaction.person(record.person.number) != nil
          if !known { try transaction.put(record, balance: balance) }
        }
      }
      next = batch.upperBound + 1
      progress(batch.upperBound)
    }
  }
}
