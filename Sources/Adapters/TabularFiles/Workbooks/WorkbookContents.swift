/// What a workbook holds: its sheets in order, and how it counts days.
final class WorkbookContents: XMLListener {
  struct Sheet {
    let name: String
    let relation: String
    let isVisible: Bool
  }

  private(set) var sheets: [Sheet] = []
  private(set) var from1904 = false

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookFault) {
    if name == "workbookPr" {
      from1904 = ["1", "true"].contains(attributes["date1904"] ?? "")
    } else if name == "sheet", let title = attributes["name"], let relation = attributes.prefixed("id") {
      let isVisible = ["visible", nil].contains(attributes["state"])
      sheets.append(Sheet(name: title, relation: relation, isVisible: isVisible))
    }
  }

  func end(_ name: XMLName) {}
  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// The relations of a part: which other parts it means by its identifiers.
final class WorkbookRelations: XMLListener {
  private(set) var targets: [String: String] = [:]
  /// Targets by the last word of their type: `officeDocument`, `sharedStrings`, `styles`.
  private(set) var kinds: [String: String] = [:]
  private let folder: String

  /// Relations of a part in a folder, `xl/`.
  init(folder: String) { self.folder = folder }

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookFault) {
    guard name == "Relationship", let id = attributes["Id"], let target = attributes["Target"],
      attributes["TargetMode"] != "External"
    else { return }
    let path = resolved(target)
    targets[id] = path
    if let kind = attributes["Type"]?.split(separator: "/").last.map(String.init), kinds[kind] == nil {
      kinds[kind] = path
    }
  }

  func end(_ name: XMLName) {}
  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// `/xl/a.xml`, `a.xml` and `../a.xml` as the name of a part.
  private func resolved(_ target: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var parts = folder.split(separator: "/")
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}

/// The styles of a workbook, as far as they say that a number is a day or a time.
final class CellStyles: XMLListener {
  /// What a number is shown as.
  enum Shape { case number, date, time, moment }

  private var formats: [Int: Shape] = [:]
  private var shapes: [Shape] = []
  private var isInCells = false

  func shape(_ style: Int) -> Shape { shapes.indices.contains(style) ? shapes[style] : .number }

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws(WorkbookFault) {
    switch name {
    case "numFmt":
      if let id = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] {
        formats[id] = Self.shape(of: code)
      }
    case "cellXfs": isInCells = true
    case "xf":
      guard isInCells else { return }
      let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
      shapes.append(formats[id] ?? Self.builtIn(id))
    default: return
    }
  }

  func end(_ name: XMLName) {
    if name == "cellXfs" { isInCells = false }
  }

  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// The formats that have numbers instead of codes (ECMA-376 part 1, 18.8.30), those of Chinese programs included.
  private static func builtIn(_ id: Int) -> Shape {
    switch id {
    case 14...17, 27...31, 36, 50...54, 57, 58: .date
    case 18...21, 32...35, 45, 47, 55, 56: .time
    case 22: .moment
    default: .number
    }
  }

  /// What a format's code shows: letters of days and times outside quotes, brackets and escapes.
  ///
  /// `m` is a month or minutes and decides nothing; `[h]` counts hours on and is a number.
  static func shape(of code: String) -> Shape {
    var (hasDay, hasTime, isQuoted, isBracketed, isEscaped) = (false, false, false, false, false)
    var bracket = ""
    for character in code.lowercased().prefix(while: { $0 != ";" }) {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isBracketed {
        isBracketed = character != "]"
        if isBracketed {
          bracket.append(character)
        } else if ["h", "hh", "m", "mm", "s", "ss"].contains(bracket) {
          return .number
        }
      } else {
        switch character {
        case "\"": isQuoted = true
        case "[": (isBracketed, bracket) = (true, "")
        case "\\", "_", "*": isEscaped = true
        case "y", "d": hasDay = true
        case "h", "s": hasTime = true
        default: break
        }
      }
    }
    return hasDay ? (hasTime ? .moment : .date) : hasTime ? .time : .number
  }
}
