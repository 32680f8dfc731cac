import Grouping
import Kernel

/// Writes results under an edition as bytes; what is the same for all cases of a group is made once.
struct ResultWriter {
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
    return form.rest(ResultColumn.edition, result.cells + [result.status.word, reason])
  }
}

extension GroupingResult {
  /// Category, adjacent group and group as files have them: a case without an adjacent group has the edition's code for
  /// that in the column of groups.
  var cells: [String] {
    [category ?? "", adjacentGroup ?? "", group ?? (status == .ungrouped ? code : "")]
  }
}
