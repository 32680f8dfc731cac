import Catalog
import Claims
package import Foundation
import Kernel
import People
package import Settlement
package import Workflows

/// Reads the texts that every settlement reads: persons, visits, lines, accumulators (decision 0010).
///
/// A member that the reader does not know is damage: a field that a record gains and this file does not would otherwise
/// be lost in silence. Tests hold every kind against its `Codable` form.
package enum RecordReader {
  typealias Damage = JSONCursor.Damage

  package static func person(_ text: Data) throws -> PersonRecord { try whole(text, person) }
  package static func visit(_ text: Data) throws -> Visit { try whole(text, visit) }
  package static func line(_ text: Data) throws -> UploadedLine { try whole(text, uploaded) }
  /// The lines of one upload.
  package static func lines(_ text: Data) throws -> [UploadedLine] {
    try whole(text) { (cursor: inout JSONCursor) throws(Damage) in
      try cursor.list { (cursor: inout JSONCursor) throws(Damage) in try uploaded(&cursor) }
    }
  }
  /// The postings of one settlement.
  package static func postings(_ text: Data) throws -> [ChainLink.Line] {
    try whole(text) { (cursor: inout JSONCursor) throws(Damage) in
      try cursor.list { (cursor: inout JSONCursor) throws(Damage) in try posting(&cursor) }
    }
  }
  package static func accumulators(_ text: Data) throws -> Accumulators { try whole(text, accumulators) }

  private static func whole<Value>(_ text: Data, _ read: (inout JSONCursor) throws(Damage) -> Value) throws -> Value {
    try text.withUnsafeBytes { bytes in
      var cursor = JSONCursor(bytes)
      do throws(Damage) {
        let value = try read(&cursor)
        if !cursor.isAtEnd { throw cursor.damage("the end") }
        return value
      } catch {
        throw DecodingError.dataCorrupted(
          .init(codingPath: [], debugDescription: "\(error.expected) expected at byte \(error.place)"))
      }
    }
  }

  // MARK: Values

  static func amount(_ cursor: inout JSONCursor) throws(Damage) -> Money { Money(fen: try cursor.integer()) }

  static func day(_ cursor: inout JSONCursor) throws(Damage) -> CalendarDate {
    guard let day = CalendarDate(try cursor.string()) else { throw cursor.damage("a day") }
    return day
  }

  static func month(_ cursor: inout JSONCursor) throws(Damage) -> YearMonth {
    guard let month = YearMonth(try cursor.string()) else { throw cursor.damage("a month") }
    return month
  }

  static func word<Word: RawRepresentable<String>>(_ cursor: inout JSONCursor) throws(Damage) -> Word {
    guard let word = Word(rawValue: try cursor.string()) else { throw cursor.damage("a known word") }
    return word
  }

  static func code<Code: RawRepresentable<UInt8>>(_ cursor: inout JSONCursor) throws(Damage) -> Code {
    guard let number = UInt8(exactly: try cursor.integer()), let code = Code(rawValue: number) else {
      throw cursor.damage("a known code")
    }
    return code
  }

  static func present<Value>(_ value: Value?, _ name: String, _ cursor: JSONCursor) throws(Damage) -> Value {
    guard let value else { throw cursor.damage(name) }
    return value
  }

  // MARK: Visits and lines

  private static func visit(_ cursor: inout JSONCursor) throws(Damage) -> Visit {
    var (id, person, institution, medicalType, number): (String?, String?, String?, String?, String?)
    var (care, scheme, state): (CareCategory?, InsuranceScheme?, Visit.State?)
    var (admitted, discharged): (CalendarDate?, CalendarDate?)
    var (filing, chain, disease, kind): (CrossRegionFiling?, String?, String?, String?)
    var diagnoses: [String]?
    try cursor.object { key, cursor throws(Damage) in
      switch key {
      case "id": id = try cursor.string()
      case "person": person = try cursor.string()
      case "institution": institution = try cursor.string()
      case "care": care = try code(&cursor)
      case "medicalType": medicalType = try cursor.string()
      case "scheme": scheme = try word(&cursor)
      case "institutionNumber": number = try cursor.string()
      case "admitted": admitted = try day(&cursor)
      case "discharged": discharged = try day(&cursor)
      case "filing": filing = try word(&cursor)
      case "referralChain": chain = try cursor.string()
      case "chronicDisease": disease = try cursor.string()
      case "caseKind": kind = try cursor.string()
      case "diagnoses": diagnoses = try cursor.list { cursor throws(Damage) in try cursor.string() }
      case "state": state = try word(&cursor)
      default: throw cursor.damage("a member of a visit, not \(key)")
      }
    }
    return Visit(
      id: try present(id, "id", cursor), person: try present(person, "person", cursor),
      institution: try present(institution, "institution", cursor), care: try present(care, "care", cursor),
      medicalType: try present(medicalType, "medicalType", cursor), scheme: try present(scheme, "scheme", cursor),
      institutionNumber: try present(number, "institutionNumber", cursor),
      admitted: try present(admitted, "admitted", cursor), discharged: discharged,
      filing: try present(filing, "filing", cursor), referralChain: chain, chronicDisease: disease, caseKind: kind,
      diagnoses: try present(diagnoses, "diagnoses", cursor), state: try present(state, "state", cursor))
  }

  private static func uploaded(_ cursor: inout JSONCursor) throws(Damage) -> UploadedLine {
    var (serial, batch, listType, feeCategory): (String?, String?, String?, String?)
    var line: FeeLine?
    try cursor.object { key, cursor throws(Damage) in
      switch key {
      case "serial": serial = try cursor.string()
      case "batch": batch = try cursor.string()
      case "line": line = try feeLine(&cursor)
      case "listType": listType = try cursor.string()
      case "feeCategory": feeCategory = try cursor.string()
      default: throw cursor.damage("a member of an uploaded line, not \(key)")
      }
    }
    return UploadedLine(
      serial: try present(serial, "serial", cursor), batch: try present(batch, "batch", cursor),
      line: try present(line, "line", cursor), listType: try present(listType, "listType", cursor),
      feeCategory: try present(feeCategory, "feeCategory", cursor))
  }

  private static func posting(_ cursor: inout JSONCursor) throws(Damage) -> ChainLink.Line {
    try cursor.beginList()
    let account = try cursor.string()
    let holder = try cursor.following { cursor throws(Damage) in try cursor.string() }
    let amount = try cursor.following { cursor throws(Damage) in try cursor.integer() }
    try cursor.endList()
    return ChainLink.Line(account: account, holder: holder, amount: amount)
  }

  private static func feeLine(_ cursor: inout JSONCursor) throws(Damage) -> FeeLine {
    try cursor.beginList()
    let item = try cursor.string()
    let used = try cursor.following { cursor throws(Damage) in try day(&cursor) }
    let price = try cursor.following { cursor throws(Damage) in try cursor.integer() }
    let quantity = try cursor.following { cursor throws(Damage) in try cursor.integer() }
    let total = try cursor.following { cursor throws(Damage) in try amount(&cursor) }
    let terms = try cursor.following { cursor throws(Damage) in try itemTerms(&cursor) }
    var (approval, isSameIncision) = (HospitalApproval.notSubject, false)
    if cursor.isFollowed {
      approval = try cursor.following { cursor throws(Damage) in try word(&cursor) }
      isSameIncision = try cursor.following { cursor throws(Damage) in try cursor.bool() }
    }
    try cursor.endList()
    return FeeLine(
      item: item, day: used, price: UnitPrice(microyuan: price), quantity: Quantity(tenThousandths: quantity),
      amount: total, terms: terms, approval: approval, isSameIncisionOperation: isSameIncision)
  }

  private static func itemTerms(_ cursor: inout JSONCursor) throws(Damage) -> ItemTerms {
    if cursor.isString { return ItemTerms(try word(&cursor)) }
    var chargeClass: ChargeClass?
    var terms = ItemTerms(.c)
    try cursor.object { key, cursor throws(Damage) in
      switch key {
      case "chargeClass": chargeClass = try word(&cursor)
      case "priceCeiling": terms.priceCeiling = UnitPrice(microyuan: try cursor.integer())
      case "firstSelfPay": terms.firstSelfPay = Rate(millionths: try cursor.integer())
      case "isLimitedUse": terms.isLimitedUse = try cursor.bool()
      case "isTraditionalChinese": terms.isTraditionalChinese = try cursor.bool()
      case "isSeparatelyPaid": terms.isSeparatelyPaid = try cursor.bool()
      default: throw cursor.damage("a member of an item's terms, not \(key)")
      }
    }
    terms.chargeClass = try present(chargeClass, "chargeClass", cursor)
    return terms
  }
}
