/// Reads one sheet and hands out its rows.
final class SheetRows: XMLListener {
  private enum Kind { case number, shared, text, boolean, error, day }

  private let limits: WorkbookLimits
  private let shared: SharedTexts
  private let styles: CellStyles
  private let from1904: Bool
  private let part: String
  private let body: (borrowing CSVRow) throws -> Void
  /// What the body threw.
  private(set) var thrown: (any Error)?

  private var row = CSVRow()
  private var value: [UInt8] = []
  private var (isInData, isCollecting, isPhonetic) = (false, false, false)
  private var (kind, style, column) = (Kind.number, 0, 0)

  init(
    _ part: String, _ limits: WorkbookLimits, _ shared: SharedTexts, _ styles: CellStyles, from1904: Bool,
    _ body: @escaping (borrowing CSVRow) throws -> Void
  ) {
    (self.part, self.limits, self.shared, self.styles) = (part, limits, shared, styles)
    (self.from1904, self.body) = (from1904, body)
    row.line = 0
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookFault) {
    if !isInData {
      isInData = name == "sheetData"
      return
    }
    switch name {
    case "c": try startCell(attributes)
    case "v": isCollecting = true
    case "t": isCollecting = kind == .text && !isPhonetic
    case "rPh": isPhonetic = true
    case "row": try startRow(attributes)
    default: return
    }
  }

  func end(_ name: XMLName) throws(WorkbookFault) {
    guard isInData else { return }
    switch name {
    case "v", "t": isCollecting = false
    case "rPh": isPhonetic = false
    case "c": try endCell()
    case "row": try endRow()
    case "sheetData": isInData = false
    default: return
    }
  }

  func characters(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookFault) {
    guard isCollecting else { return }
    if value.count + bytes.count > limits.cellBytes {
      throw WorkbookFault(
        "单元格超过 \(limits.cellBytes >> 10) KiB。", "a cell is longer than \(limits.cellBytes >> 10) KiB.",
        row: row.line, column: column)
    }
    value.append(contentsOf: bytes)
  }

  private func startRow(_ attributes: XMLAttributes) throws(WorkbookFault) {
    var line = row.line + 1
    if let text = attributes.bytes("r") {
      guard let written = Self.number(text), written >= line, written <= WorkbookLimits.rows else {
        throw .damaged(part, "row \(String(cString: text)) after row \(row.line)")
      }
      line = written
    }
    row.line = line
    row.number += 1
    row.buffer.removeAll(keepingCapacity: true)
    row.layout.reset()
    column = 0
  }

  private func startCell(_ attributes: XMLAttributes) throws(WorkbookFault) {
    (kind, style) = (.number, 0)
    value.removeAll(keepingCapacity: true)
    var next = column + 1
    var pairs = attributes.all
    while let (name, text) = pairs.next() {
      switch name {
      case "r": next = Self.column(text) ?? 0
      case "t": kind = Self.kind(text)
      case "s": style = Self.number(text) ?? 0
      default: break
      }
    }
    guard next > column, next <= WorkbookLimits.columns else {
      throw .damaged(part, "cell out of order in row \(row.line)")
    }
    column = next
  }

  private func endCell() throws(WorkbookFault) {
    let start = row.buffer.count
    try appendValue()
    if row.buffer.count == start { return }
    if row.buffer.count > limits.rowBytes {
      throw WorkbookFault(
        "一行超过 \(limits.rowBytes >> 20) MiB。", "a row is longer than \(limits.rowBytes >> 20) MiB.", row: row.line)
    }
    while row.layout.fields.count < column - 1 { row.layout.fields.append(CSVRow.Field(start: start, end: start)) }
    row.layout.fields.append(CSVRow.Field(start: start, end: row.buffer.count))
  }

  private func appendValue() throws(WorkbookFault) {
    switch kind {
    case .text: CellText.append(value, to: &row.buffer)
    case .error: row.buffer.append(contentsOf: value)
    case .boolean:
      if !value.isEmpty { row.buffer.append(contentsOf: (value == [0x31] ? "TRUE" : "FALSE").utf8) }
    case .day: row.buffer.append(contentsOf: value.map { $0 == UInt8(ascii: "T") ? UInt8(ascii: " ") : $0 })
    case .shared:
      if value.isEmpty { return }
      guard let index = Int(String(decoding: value, as: UTF8.self)), (0..<shared.count).contains(index) else {
        throw .damaged(part, "shared string \(String(decoding: value.prefix(20), as: UTF8.self)) in row \(row.line)")
      }
      shared.append(index, to: &row.buffer)
    case .number:
      // Most numbers are small and whole.
      let isShort = value.count <= 15 && value.allSatisfy { (0x30...0x39).contains($0) }
      let shape = style == 0 ? .number : styles.shape(style)
      if isShort, shape == .number { return row.buffer.append(contentsOf: value) }
      let text = String(decoding: value, as: UTF8.self)
      let moment = shape == .number ? nil : CellText.moment(text, as: shape, from1904: from1904)
      row.buffer.append(contentsOf: (moment ?? CellText.number(text)).utf8)
    }
  }

  private func endRow() throws(WorkbookFault) {
    if row.layout.fields.isEmpty { return }
    do {
      try body(row)
    } catch {
      thrown = error
      throw .damaged(part, "stopped")
    }
  }

  private static func kind(_ text: UnsafePointer<CChar>) -> Kind {
    switch UInt8(bitPattern: text[0]) {
    case UInt8(ascii: "s"): text[1] == 0 ? .shared : .text
    case UInt8(ascii: "i"): .text
    case UInt8(ascii: "b"): .boolean
    case UInt8(ascii: "e"): .error
    case UInt8(ascii: "d"): .day
    default: .number
    }
  }

  private static func number(_ text: UnsafePointer<CChar>) -> Int? {
    var (value, next) = (0, text)
    while next.pointee != 0 {
      guard (0x30...0x39).contains(next.pointee), value <= 0xFF_FFFF else { return nil }
      value = value * 10 + Int(next.pointee - 0x30)
      next += 1
    }
    return next == text ? nil : value
  }

  /// The column of `AB12`, from 1.
  private static func column(_ text: UnsafePointer<CChar>) -> Int? {
    var (value, next) = (0, text)
    while (0x41...0x5A).contains(next.pointee) {
      value = value * 26 + Int(next.pointee - 0x40)
      if value > WorkbookLimits.columns { return nil }
      next += 1
    }
    return value
  }
}
