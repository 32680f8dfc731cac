import Grouping
import Kernel

extension CaseBlockGrouper {
  func field(_ column: CaseColumn) -> CSVRow.Field? {
    let position = layout.positions[column.rawValue]
    return position >= 0 ? fields.fields[position] : nil
  }

  /// Puts the row's fields into the case.
  mutating func fill(_ bytes: [UInt8]) throws(RowFault) {
    coded.clear()
    unknown.removeAll(keepingCapacity: true)
    coded.sex = try sex(bytes)
    coded.ageYears = try number(.ageYears, bytes)
    coded.ageDays = try number(.ageDays, bytes)
    coded.birthWeightGrams = try number(.birthWeight, bytes)
    coded.stayDays = try number(.stayDays, bytes)
    coded.dischargeKind = try number(.dischargeKind, bytes)
    if let place = extent(.department, bytes) {
      coded.isIntensiveCare = grouper.edition.isIntensiveCare(department: bytes.span.extracting(place))
    }
    fillCodes(.diagnoses, bytes)
    fillCodes(.procedures, bytes)
  }

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
  private func number(_ column: CaseColumn, _ bytes: [UInt8]) throws(RowFault) -> Int? {
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

  /// Reads the codes of a field, joined by `|`; empty ones are left out, except a first one that others follow.
  private mutating func fillCodes(_ column: CaseColumn, _ bytes: [UInt8]) {
    guard let field = field(column), field.end > field.start else { return }
    if field.hasDoubledQuotes {
      // No code holds a quote; the text is put right so that the complaint names what was meant.
      plain = Array(String(decoding: bytes[field.start..<field.end], as: UTF8.self).replacing("\"\"", with: "\"").utf8)
      fillCodes(column, plain, 0..<plain.count)
    } else {
      fillCodes(column, bytes, field.start..<field.end)
    }
  }

  private mutating func fillCodes(_ column: CaseColumn, _ bytes: [UInt8], _ range: Range<Int>) {
    let span = bytes.span
    guard let whole = extent(range, span) else { return }
    var (start, isFirst) = (whole.lowerBound, true)
    while start <= whole.upperBound {
      var end = start
      while end < whole.upperBound, span[unchecked: end] != UInt8(ascii: "|") { end += 1 }
      if let place = extent(start..<end, span) {
        let number = grouper.edition.number(ofCode: span.extracting(place))
        append(number, to: column)
        if number == .unknown { remember(bytes[place]) }
      } else if isFirst, end < whole.upperBound {
        append(.missing, to: column)
      }
      isFirst = false
      start = end + 1
    }
  }

  @inline(__always)
  private mutating func append(_ number: CodeNumber, to column: CaseColumn) {
    if column == .diagnoses { coded.appendDiagnosis(number) } else { coded.appendProcedure(number) }
  }

  /// The row as a case in words, for an explanation; its numbers are known to be right.
  func groupingCase(_ bytes: [UInt8]) -> GroupingCase {
    func text(_ column: CaseColumn) -> String {
      extent(column, bytes).map { String(decoding: bytes[$0], as: UTF8.self) } ?? ""
    }
    func codes(_ column: CaseColumn) -> [String] {
      let pieces = text(column).split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingPrefix(while: \.isWhitespace)
      }
      let codes = pieces.map { piece in
        String(piece.reversed().drop(while: \.isWhitespace).reversed())
      }
      guard let first = codes.first, codes.contains(where: { !$0.isEmpty }) else { return [] }
      return [first] + codes.dropFirst().filter { !$0.isEmpty }
    }
    return GroupingCase(
      id: text(.id), sex: coded.sex, ageYears: coded.ageYears, ageDays: coded.ageDays,
      birthWeightGrams: coded.birthWeightGrams, stayDays: coded.stayDays, dischargeKind: coded.dischargeKind,
      department: text(.department), diagnoses: codes(.diagnoses), procedures: codes(.procedures))
  }

  private mutating func remember(_ code: ArraySlice<UInt8>) {
    if unknown.count > 200 { return }
    if !unknown.isEmpty { unknown.append(UInt8(ascii: "|")) }
    unknown.append(contentsOf: code.prefix(40))
  }
}
