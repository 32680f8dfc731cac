import Kernel
import People
import StrictYAML

/// Reads a person of a case.
struct PersonReader {
  let yaml: YAMLDocument

  private static let keys = [
    "number", "sex", "birth", "death", "enrolments", "beneficiary_class", "civil_servant", "enterprise_supplement",
    "family_doctor", "chronic_filings",
  ]

  func person(_ node: YAMLNode?) -> InsuredPerson? {
    guard let map = yaml.mapping(node, keys: Self.keys, of: LocalizedText("参保人", "the person")) else { return nil }
    let sexes = Sex.allCases.map(\.rawValue)
    let classes = BeneficiaryClass.allCases.map(\.rawValue)
    let enrolments = yaml.elements(map.required("enrolments"), of: LocalizedText("参保", "enrolments"))
    guard let number = map.requiredText("number"), map.required("sex") != nil, map.required("birth") != nil,
      let sex = map.value("sex", Expected.word(sexes), { Sex(rawValue: $0) }),
      let birth = map.value("birth", Expected.date, { CalendarDate($0) }), let enrolments
    else { return nil }
    func flag(_ key: String) -> Bool { map.value(key, Expected.flag, Words.flag) ?? false }
    let beneficiary = map.value("beneficiary_class", Expected.word(classes)) { BeneficiaryClass(rawValue: $0) }
    return InsuredPerson(
      number: number, sex: sex, birth: birth, enrolments: enrolments.compactMap(enrolment),
      death: map.value("death", Expected.date) { CalendarDate($0) }, beneficiaryClass: beneficiary ?? .general,
      isCivilServant: flag("civil_servant"), hasEnterpriseSupplement: flag("enterprise_supplement"),
      hasFamilyDoctor: flag("family_doctor"), chronicFilings: filings(map.value("chronic_filings")))
  }

  private func enrolment(_ node: YAMLNode) -> Enrolment? {
    let keys = [
      "kind", "category", "registered", "ended", "paid_months", "paid_years", "counted_months", "paid_off",
      "late_group",
    ]
    guard let map = yaml.mapping(node, keys: keys, of: LocalizedText("参保记录", "an enrolment")),
      map.required("kind") != nil, map.required("category") != nil, map.required("registered") != nil,
      let kind = map.value(
        "kind", Expected.word(Enrolment.Kind.allCases.map(\.rawValue)), { Enrolment.Kind(rawValue: $0) }),
      let category = map.value(
        "category", Expected.word(PersonCategory.allCases.map(\.rawValue)), { PersonCategory(rawValue: $0) }),
      let registered = map.value("registered", Expected.date, { CalendarDate($0) })
    else { return nil }
    let groups = LatePayingGroup.allCases.map(\.rawValue)
    return Enrolment(
      kind: kind, category: category, registered: registered,
      ended: map.value("ended", Expected.date) { CalendarDate($0) }, paidMonths: months(map.value("paid_months")),
      paidYears: years(map.value("paid_years")),
      countedMonths: map.value("counted_months", Expected.number, Words.number) ?? 0,
      paidOffAtRetirement: map.value("paid_off", Expected.flag, Words.flag) ?? false,
      lateGroup: map.value("late_group", Expected.word(groups)) { LatePayingGroup(rawValue: $0) })
  }

  private func months(_ node: YAMLNode?) -> [MonthRange] {
    let expected = LocalizedText("月份区间，如 2025-01..2026-12", "a run of months, such as 2025-01..2026-12")
    let list = yaml.elements(node, of: LocalizedText("缴费月份", "paid_months")) ?? []
    return list.compactMap { element in
      yaml.value(element, "paid_months", expected) { text in
        let parts = text.split(separator: ".", omittingEmptySubsequences: true)
        guard let first = parts.first.flatMap({ YearMonth($0) }) else { return nil }
        switch parts.count {
        case 1: return MonthRange(first, first)
        case 2: return YearMonth(parts[1]).flatMap { MonthRange(first, $0) }
        default: return nil
        }
      }
    }
  }

  private func years(_ node: YAMLNode?) -> [PaidYear] {
    let list = yaml.elements(node, of: LocalizedText("缴费年度", "paid_years")) ?? []
    return list.compactMap { element in
      guard let map = yaml.mapping(element, keys: ["year", "paid_on"], of: LocalizedText("缴费年度", "a paid year")),
        map.required("year") != nil, map.required("paid_on") != nil,
        let year = map.value("year", Expected.number, Words.number),
        let paidOn = map.value("paid_on", Expected.date, { CalendarDate($0) })
      else { return nil }
      return PaidYear(year: year, paidOn: paidOn)
    }
  }

  private func filings(_ node: YAMLNode?) -> [ChronicDiseaseFiling] {
    let what = LocalizedText("慢特病备案", "a filing")
    let list = yaml.elements(node, of: LocalizedText("慢特病备案", "chronic_filings")) ?? []
    return list.compactMap { element in
      guard let map = yaml.mapping(element, keys: ["disease", "from", "until"], of: what),
        let disease = map.requiredText("disease"), map.required("from") != nil,
        let from = map.value("from", Expected.date, { CalendarDate($0) })
      else { return nil }
      guard let period = DateRange(from, map.value("until", Expected.date) { CalendarDate($0) }) else {
        yaml.report(LocalizedText("备案止早于起", "the filing ends before it begins"), at: element)
        return nil
      }
      return ChronicDiseaseFiling(disease: disease, period: period)
    }
  }
}
