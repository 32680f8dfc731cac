import Kernel
import People
import Workflows

/// Reading persons.
extension RecordReader {
  static func person(_ cursor: inout JSONCursor) throws(JSONCursor.Damage) -> PersonRecord {
    var (name, certificateType, certificate): (String?, String?, String?)
    var (nationality, region, employer): (String?, String?, String?)
    var person: InsuredPerson?
    try cursor.object { key, cursor throws(Damage) in
      switch key {
      case "person": person = try insured(&cursor)
      case "name": name = try cursor.string()
      case "certificateType": certificateType = try cursor.string()
      case "certificateNumber": certificate = try cursor.string()
      case "nationality": nationality = try cursor.string()
      case "region": region = try cursor.string()
      case "employer": employer = try cursor.string()
      default: throw cursor.damage("a member of a person's record, not \(key)")
      }
    }
    return PersonRecord(
      person: try present(person, "person", cursor), name: try present(name, "name", cursor),
      certificateType: try present(certificateType, "certificateType", cursor),
      certificateNumber: try present(certificate, "certificateNumber", cursor),
      nationality: try present(nationality, "nationality", cursor), region: try present(region, "region", cursor),
      employer: employer)
  }

  private static func insured(_ cursor: inout JSONCursor) throws(JSONCursor.Damage) -> InsuredPerson {
    var (number, sex, birth, death): (String?, Sex?, CalendarDate?, CalendarDate?)
    var beneficiary: BeneficiaryClass?
    var (isCivilServant, hasEnterprise, hasDoctor): (Bool?, Bool?, Bool?)
    var (enrolments, filings): ([Enrolment]?, [ChronicDiseaseFiling]?)
    try cursor.object { key, cursor throws(Damage) in
      switch key {
      case "number": number = try cursor.string()
      case "sex": sex = try word(&cursor)
      case "birth": birth = try day(&cursor)
      case "death": death = try day(&cursor)
      case "enrolments": enrolments = try cursor.list(enrolment)
      case "beneficiaryClass": beneficiary = try word(&cursor)
      case "isCivilServant": isCivilServant = try cursor.bool()
      case "hasEnterpriseSupplement": hasEnterprise = try cursor.bool()
      case "hasFamilyDoctor": hasDoctor = try cursor.bool()
      case "chronicFilings": filings = try cursor.list(filing)
      default: throw cursor.damage("a member of a person, not \(key)")
      }
    }
    return InsuredPerson(
      number: try present(number, "number", cursor), sex: try present(sex, "sex", cursor),
      birth: try present(birth, "birth", cursor), enrolments: try present(enrolments, "enrolments", cursor),
      death: death, beneficiaryClass: try present(beneficiary, "beneficiaryClass", cursor),
      isCivilServant: try present(isCivilServant, "isCivilServant", cursor),
      hasEnterpriseSupplement: try present(hasEnterprise, "hasEnterpriseSupplement", cursor),
      hasFamilyDoctor: try present(hasDoctor, "hasFamilyDoctor", cursor),
      chronicFilings: try present(filings, "chronicFilings", cursor))
  }

  private static func enrolment(_ cursor: inout JSONCursor) throws(JSONCursor.Damage) -> Enrolment {
    var (kind, category): (Enrolment.Kind?, PersonCategory?)
    var (registered, ended): (CalendarDate?, CalendarDate?)
    var (months, years): ([MonthRange]?, [PaidYear]?)
    var (counted, paidOff, group): (Int64?, Bool?, LatePayingGroup?)
    try cursor.object { key, cursor throws(Damage) in
      switch key {
      case "kind": kind = try word(&cursor)
      case "category": category = try word(&cursor)
      case "registered": registered = try day(&cursor)
      case "ended": ended = try day(&cursor)
      case "paidMonths": months = try cursor.list(monthRange)
      case "paidYears": years = try cursor.list(paidYear)
      case "countedMonths": counted = try cursor.integer()
      case "paidOffAtRetirement": paidOff = try cursor.bool()
      case "lateGroup": group = try word(&cursor)
      default: throw cursor.damage("a member of an enrolment, not \(key)")
      }
    }
    return Enrolment(
      kind: try present(kind, "kind", cursor), category: try present(category, "category", cursor),
      registered: try present(registered, "registered", cursor), ended: ended,
      paidMonths: try present(months, "paidMonths", cursor), paidYears: try present(years, "paidYears", cursor),
      countedMonths: Int(try present(counted, "countedMonths", cursor)),
      paidOffAtRetirement: try present(paidOff, "paidOffAtRetirement", cursor), lateGroup: group)
  }

  private static func monthRange(_ cursor: inout JSONCursor) throws(JSONCursor.Damage) -> MonthRange {
    var (first, last): (YearMonth?, YearMonth?)
    try cursor.object { key, cursor throws(JSONCursor.Damage) in
      switch key {
      case "first": first = try month(&cursor)
      case "last": last = try month(&cursor)
      default: throw cursor.damage("first or last, not \(key)")
      }
    }
    let range = MonthRange(try present(first, "first", cursor), try present(last, "last", cursor))
    return try present(range, "months in order", cursor)
  }

  private static func paidYear(_ cursor: inout JSONCursor) throws(JSONCursor.Damage) -> PaidYear {
    var (year, paid): (Int64?, CalendarDate?)
    try cursor.object { key, cursor throws(JSONCursor.Damage) in
      switch key {
      case "year": year = try cursor.integer()
      case "paidOn": paid = try day(&cursor)
      default: throw cursor.damage("year or paidOn, not \(key)")
      }
    }
    return PaidYear(year: Int(try present(year, "year", cursor)), paidOn: try present(paid, "paidOn", cursor))
  }

  private static func filing(_ cursor: inout JSONCursor) throws(JSONCursor.Damage) -> ChronicDiseaseFiling {
    var (disease, period): (String?, DateRange?)
    try cursor.object { key, cursor throws(JSONCursor.Damage) in
      switch key {
      case "disease": disease = try cursor.string()
      case "period": period = try dateRange(&cursor)
      default: throw cursor.damage("a member of a filing, not \(key)")
      }
    }
    return ChronicDiseaseFiling(
      disease: try present(disease, "disease", cursor), period: try present(period, "period", cursor))
  }

  private static func dateRange(_ cursor: inout JSONCursor) throws(JSONCursor.Damage) -> DateRange {
    var (first, last): (CalendarDate?, CalendarDate?)
    try cursor.object { key, cursor throws(JSONCursor.Damage) in
      switch key {
      case "first": first = try day(&cursor)
      case "last": last = try day(&cursor)
      default: throw cursor.damage("first or last, not \(key)")
      }
    }
    return try present(DateRange(try present(first, "first", cursor), last), "days in order", cursor)
  }
}
