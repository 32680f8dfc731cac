import Grouping
import Kernel

/// Writes results as bytes; what is the same for all cases of a group is made once.
struct ResultWriter {
  /// The word in the column `status` for a row that could not be read.
  static let invalid = "invalid"

  let form: ResultForm
  private let edition: Edition
  /// What stands behind the identifier, by group, for cases grouped by the rules.
  private var groups: [[UInt8]]
  /// The same for every other result.
  private var others: [CodedResult: [UInt8]] = [:]
  private let unknownWord: [UInt8]

  init(_ form: ResultForm, _ grouper: Grouper) {
    self.form = form
    edition = grouper.edition
    groups = [[UInt8]](repeating: [], count: edition.groupCount)
    unknownWord = Array(Self.unknownCodes[form.language].utf8)
  }

  /// Writes the identifier as it stands in a file.
  func append(id field: CSVRow.Field?, of bytes: [UInt8], to output: inout [UInt8]) {
    let text = field.map { bytes[$0.start..<$0.end] } ?? []
    let isPlain = !text.contains { $0 == UInt8(ascii: "\"") || $0 < 0x20 }
    if form.shape == .csv || form.shape == .tsv, field?.isQuoted != true, isPlain {
      output.append(contentsOf: text)
    } else {
      let whole = String(decoding: text, as: UTF8.self)
      begin(field?.hasDoubledQuotes == true ? whole.replacing("\"\"", with: "\"") : whole, to: &output)
    }
  }

  /// Writes the rest of a result; codes that the edition does not know are named, joined by `|`.
  mutating func append(_ result: CodedResult, unknown: [UInt8], to output: inout [UInt8]) {
    let known = known(result)
    if unknown.isEmpty {
      output.append(contentsOf: known)
    } else if form.shape != .jsonLines, known[known.count - 2] != UInt8(ascii: "\""),
      unknown.allSatisfy({ $0 > UInt8(ascii: ",") })
    {
      // Nothing has to be quoted: the codes go in front of the line's end.
      output.append(contentsOf: known[..<(known.count - 1)])
      output.append(contentsOf: unknownWord)
      output.append(contentsOf: unknown)
      output.append(UInt8(ascii: "\n"))
    } else {
      let codes = String(decoding: unknown, as: UTF8.self)
      output.append(contentsOf: tail(edition.result(of: result), Self.unknownCodes[form.language] + codes))
    }
  }

  private static let unknownCodes = LocalizedText("；分组方案中没有的编码：", "; codes that the edition does not know: ")

  /// Writes the rest of a result with the rules that were asked.
  func append(_ trace: GroupingTrace, to output: inout [UInt8]) {
    if form.shape == .text {
      output.append(contentsOf: trace.text(form.language).utf8)
      output.append(UInt8(ascii: "\n"))
      return
    }
    // The object's closing brace and line end give way to the trace.
    output.append(contentsOf: tail(trace.result).dropLast(2))
    output.append(contentsOf: ",\"trace\":".utf8)
    TraceJSON(language: form.language).append(trace, to: &output)
    output.append(contentsOf: "}\n".utf8)
  }

  /// Writes a row that could not be read.
  func append(id: String, invalid reason: LocalizedText, to output: inout [UInt8]) {
    begin(id, to: &output)
    output.append(contentsOf: tail(nil, nil, nil, Self.invalid, reason[form.language]))
  }

  private mutating func known(_ result: CodedResult) -> [UInt8] {
    if result.reason == .ruleMatched, result.group != CodedResult.none {
      let place = Int(result.group)
      if groups[place].isEmpty { groups[place] = tail(edition.result(of: result)) }
      return groups[place]
    }
    if let known = others[result] { return known }
    let made = tail(edition.result(of: result))
    others[result] = made
    return made
  }

  func tail(_ result: GroupingResult, _ addition: String = "") -> [UInt8] {
    let reason = result.reason.text[form.language] + addition
    // A case without an adjacent group has the edition's code for that in the column of groups.
    let group = result.group ?? (result.status == .ungrouped ? result.code : nil)
    return tail(result.category, result.adjacentGroup, group, result.status.word, reason)
  }

  private func tail(
    _ category: String?, _ adjacentGroup: String?, _ group: String?, _ status: String, _ reason: String
  ) -> [UInt8] {
    let cells = [category ?? "", adjacentGroup ?? "", group ?? "", status, reason]
    switch form.shape {
    case .csv:
      let row = CSVWriter.bytes(of: [cells])
      return [UInt8(ascii: ",")] + row
    case .tsv:
      return Array(("\t" + cells.map(Self.withoutTabs).joined(separator: "\t") + "\n").utf8)
    case .text: return Array("\(status)  \(reason)\n\n".utf8)
    case .jsonLines:
      var bytes: [UInt8] = []
      for (name, cell) in zip(ResultForm.columns.dropFirst(), cells) {
        bytes += Array(",\"\(name)\":".utf8)
        if cell.isEmpty { bytes += Array("null".utf8) } else { JSONString.append(cell, to: &bytes) }
      }
      return bytes + Array("}\n".utf8)
    }
  }

  private func begin(_ id: String, to output: inout [UInt8]) {
    switch form.shape {
    case .csv:
      // The writer's line end is taken off again; an empty identifier is an empty field and no empty line.
      if !id.isEmpty { output.append(contentsOf: CSVWriter.bytes(of: [[id]]).dropLast()) }
    case .tsv: output.append(contentsOf: Self.withoutTabs(id).utf8)
    case .text: output.append(contentsOf: "# \(id)\n".utf8)
    case .jsonLines:
      output.append(contentsOf: "{\"id\":".utf8)
      JSONString.append(id, to: &output)
    }
  }

  private static func withoutTabs(_ text: String) -> String {
    String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
  }
}
