import Grouping
import Kernel

/// The row that is being read: where its fields are, and the numbers that stand in them.
///
/// No text is made of a row that can be grouped by numbers: codes become numbers of an edition from their bytes.
struct CaseRow: Sendable {
  let layout: CaseLayout
  var fields = CSVRow.Layout()

  private(set) var sex: PatientSex?
  private var ageYears: Int?
  private var ageDays: Int?
  private var birthWeight: Int?
  private var stayDays: Int?
  private var dischargeKind: Int?

  init(_ layout: CaseLayout) { self.layout = layout }

  func field(_ column: CaseColumn) -> CSVRow.Field? {
    let position = layout.positions[column.rawValue]
    return position >= 0 ? fields.fields[position] : nil
  }

  /// Reads the fields that are numbers.
  mutating func readNumbers(_ bytes: [UInt8]) throws(RowFault) {
    sex = try sex(bytes)
    ageYears = try number(.ageYears, bytes)
    ageDays = try number(.ageDays, bytes)
    birthWeight = try number(.birthWeight, bytes)
    stayDays = try number(.stayDays, bytes)
    dischargeKind = try number(.dischargeKind, bytes)
  }

  /// Puts the row into a case in numbers of an edition; codes that the edition does not know are joined in `unknown`.
  @inline(__always)
  func fill(_ coded: inout CodedCase, of edition: Edition, unknown: inout [UInt8], _ bytes: [UInt8]) {
    coded.clear()
    unknown.removeAll(keepingCapacity: true)
    coded.sex = sex
    coded.ageYears = ageYears
    coded.ageDays = ageDays
    coded.birthWeightGrams = birthWeight
    coded.stayDays = stayDays
    coded.dischargeKind = dischargeKind
    if let place = extent(.department, bytes) {
      coded.isIntensiveCare = edition.isIntensiveCare(department: bytes.span.extracting(place))
    }
    forEachCode(.diagnoses, bytes) { bytes, place in
      coded.appendDiagnosis(Self.number(of: place, bytes, edition, &unknown))
    }
    forEachCode(.procedures, bytes) { bytes, place in
      coded.appendProcedure(Self.number(of: place, bytes, edition, &unknown))
    }
  }

  @inline(__always)
  private static func number(
    of place: Range<Int>?, _ bytes: [UInt8], _ edition: Edition, _ unknown: inout [UInt8]
  ) -> CodeNumber {
    guard let place else { return .missing }
    let number = edition.number(ofCode: bytes.span.extracting(place))
    if number == .unknown { remember(bytes[place], in: &unknown) }
    return number
  }

  private static func remember(_ code: ArraySlice<UInt8>, in unknown: inout [UInt8]) {
    if unknown.count > 200 { return }
    if !unknown.isEmpty { unknown.append(UInt8(ascii: "|")) }
    unknown.append(contentsOf: code.prefix(40))
  }

  /// The row as a case in words; its numbers are known to be right.
  func groupingCase(_ bytes: [UInt8]) -> GroupingCase {
    var stated = GroupingCase(
      id: text(.id, bytes), sex: sex, ageYears: ageYears, ageDays: ageDays, birthWeightGrams: birthWeight,
      stayDays: stayDays, dischargeKind: dischargeKind, department: text(.department, bytes))
    forEachCode(.diagnoses, bytes) { stated.diagnoses.append(Self.text($1, $0)) }
    forEachCode(.procedures, bytes) { stated.procedures.append(Self.text($1, $0)) }
    return stated
  }

  /// The text of a field without blanks around, empty when the file does not have it.
  func text(_ column: CaseColumn, _ bytes: [UInt8]) -> String {
    guard let field = field(column), let place = extent(column, bytes) else { return "" }
    let text = String(decoding: bytes[place], as: UTF8.self)
    return field.hasDoubledQuotes ? text.replacing("\"\"", with: "\"") : text
  }

  private static func text(_ place: Range<Int>?, _ bytes: [UInt8]) -> String {
    place.map { String(decoding: bytes[$0], as: UTF8.self) } ?? ""
  }
}

// MARK: - Fields

extension CaseRow {
  /// Where a field's text lies without blanks around; `nil` when it has none.
  private func extent(_ column: CaseColumn, _ bytes: [UInt8]) -> Range<Int>? {
    guard let field = field(column) else { return nil }
    return extent(field.start..<field.end, bytes.span)
  }

  private func extent(_ range: Range<Int>, _ bytes: borrowing Span<UInt8>) -> Range<Int>? {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[unchecked: start] <= 0x20 { start += 1 }
    while start < end, bytes[unchecked: end - 1] <= 0x20 { end -= 1 }
    if start == end { return nil }
    let isNull =
      layout.form == .tsv && end - start == 2 && bytes[unchecked: start] == UInt8(ascii: "\\")
      && bytes[unchecked: start + 1] == UInt8(ascii: "N")
    return isNull ? nil : start..<end
  }

  /// A whole number; a fraction of zeros, as spreadsheets write it, is none.
  func number(_ column: CaseColumn, _ bytes: [UInt8]) throws(RowFault) -> Int? {
    guard let place = extent(column, bytes) else { return nil }
    let span = bytes.span
    let isNegative = span[unchecked: place.lowerBound] == UInt8(ascii: "-")
    var position = place.lowerBound + (isNegative ? 1 : 0)
    let first = position
    var value = 0
    while position < place.upperBound, (0x30...0x39).contains(span[unchecked: position]), position - first < 9 {
      value = value * 10 + Int(span[unchecked: position] & 15)
      position += 1
    }
    let hasDigits = position > first
    if hasDigits, position + 1 < place.upperBound, span[unchecked: position] == UInt8(ascii: ".") {
      position += 1
      while position < place.upperBound, span[unchecked: position] == 0x30 { position += 1 }
    }
    if hasDigits, position == place.upperBound { return isNegative ? -value : value }
    let text = String(decoding: bytes[place].prefix(40), as: UTF8.self)
    throw RowFault("列 \(column.name)：「\(text)」不是整数", "column \(column.name): \"\(text)\" is not a whole number")
  }

  private static let sexes: [(text: StaticString, sex: PatientSex?)] = [
    ("男", .male), ("女", .female), ("0", nil), ("9", nil), ("male", .male), ("female", .female), ("M", .male),
    ("F", .female),
  ]

  private func sex(_ bytes: [UInt8]) throws(RowFault) -> PatientSex? {
    guard let place = extent(.sex, bytes) else { return nil }
    if place.count == 1 {
      if bytes[place.lowerBound] == UInt8(ascii: "1") { return .male }
      if bytes[place.lowerBound] == UInt8(ascii: "2") { return .female }
    }
    for (text, sex) in Self.sexes where text.withUTF8Buffer({ $0.elementsEqual(bytes[place]) }) { return sex }
    let text = String(decoding: bytes[place].prefix(40), as: UTF8.self)
    throw RowFault(
      "列 sex：不认识性别「\(text)」，应为 1 男、2 女，未知为空",
      "column sex: unknown sex \"\(text)\"; 1 male, 2 female, empty when unknown")
  }

  /// Calls the body with the bytes and the place of each code of a field, joined by `|`; empty ones are left out, but
  /// for a first one that others follow, which has no place.
  @inline(__always)
  private func forEachCode(_ column: CaseColumn, _ bytes: [UInt8], _ body: ([UInt8], Range<Int>?) -> Void) {
    guard let field = field(column), field.end > field.start else { return }
    if field.hasDoubledQuotes {
      // No code holds a quote; the text is put right so that the complaint names what was meant.
      let text = String(decoding: bytes[field.start..<field.end], as: UTF8.self)
      let plain = Array(text.replacing("\"\"", with: "\"").utf8)
      split(plain, 0..<plain.count, body)
    } else {
      split(bytes, field.start..<field.end, body)
    }
  }

  @inline(__always)
  private func split(_ bytes: [UInt8], _ range: Range<Int>, _ body: ([UInt8], Range<Int>?) -> Void) {
    let span = bytes.span
    guard let whole = extent(range, span) else { return }
    var (start, isFirst) = (whole.lowerBound, true)
    while start <= whole.upperBound {
      var end = start
      while end < whole.upperBound, span[unchecked: end] != UInt8(ascii: "|") { end += 1 }
      if let place = extent(start..<end, span) {
        body(bytes, place)
      } else if isFirst, end < whole.upperBound {
        body(bytes, nil)
      }
      isFirst = false
      start = end + 1
    }
  }
}
