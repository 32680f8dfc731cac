import Grouping
import Kernel

/// Writes the rules that were asked of a case as JSON.
struct TraceJSON {
  let language: Language

  func append(_ trace: GroupingTrace, to bytes: inout [UInt8]) {
    append("{", to: &bytes)
    name("edition", to: &bytes)
    JSONString.append(trace.edition, to: &bytes)
    list("unknown_diagnoses", trace.unknownDiagnoses, to: &bytes) { JSONString.append($0, to: &$1) }
    list("unknown_procedures", trace.unknownProcedures, to: &bytes) { JSONString.append($0, to: &$1) }
    list("complications", trace.complications, to: &bytes) { complication, bytes in
      append("{", to: &bytes)
      name("code", to: &bytes)
      JSONString.append(complication.code, to: &bytes)
      name(",level", to: &bytes)
      JSONString.append(complication.level, to: &bytes)
      name(",exclusion_table", to: &bytes)
      text(complication.exclusionTable, to: &bytes)
      name(",excluded", to: &bytes)
      append("\(complication.isExcluded)}", to: &bytes)
    }
    list("attempts", trace.attempts, to: &bytes) { attempt, bytes in
      append("{", to: &bytes)
      name("only_procedure", to: &bytes)
      text(attempt.onlyProcedure, to: &bytes)
      list("steps", attempt.steps, to: &bytes, self.append)
      append("}", to: &bytes)
    }
    append("}", to: &bytes)
  }

  private func append(_ step: GroupingTrace.Step, to bytes: inout [UInt8]) {
    append("{", to: &bytes)
    name("level", to: &bytes)
    JSONString.append(step.level.rawValue, to: &bytes)
    name(",code", to: &bytes)
    JSONString.append(step.code, to: &bytes)
    name(",name", to: &bytes)
    JSONString.append(step.name, to: &bytes)
    name(",held", to: &bytes)
    append("\(step.held)", to: &bytes)
    list("conditions", step.conditions, to: &bytes) { condition, bytes in
      append("{", to: &bytes)
      name("rule", to: &bytes)
      JSONString.append(condition.rule, to: &bytes)
      name(",note", to: &bytes)
      JSONString.append(condition.note[language], to: &bytes)
      append("}", to: &bytes)
    }
    append("}", to: &bytes)
  }

  /// A further member that is a list.
  private func list<Element>(
    _ title: String, _ elements: [Element], to bytes: inout [UInt8], _ write: (Element, inout [UInt8]) -> Void
  ) {
    name(",\(title)", to: &bytes)
    append("[", to: &bytes)
    for (place, element) in elements.enumerated() {
      if place > 0 { append(",", to: &bytes) }
      write(element, &bytes)
    }
    append("]", to: &bytes)
  }

  /// A member's name; a comma in front separates it from the one before.
  private func name(_ title: String, to bytes: inout [UInt8]) {
    let isFurther = title.hasPrefix(",")
    append("\(isFurther ? "," : "")\"\(isFurther ? title.dropFirst() : title[...])\":", to: &bytes)
  }

  private func text(_ text: String?, to bytes: inout [UInt8]) {
    guard let text else { return append("null", to: &bytes) }
    JSONString.append(text, to: &bytes)
  }

  private func append(_ text: String, to bytes: inout [UInt8]) { bytes.append(contentsOf: text.utf8) }
}

/// Text as a JSON string.
enum JSONString {
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0..<0x20:
        let digits = "0123456789abcdef".utf8.map { $0 }
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
