public import Grouping
import Kernel

/// How the codes of a batch's cases are read before the cases are grouped.
public struct CaseCodes: Sendable {
  /// The tables of codes.
  public let versions: CodeVersions
  /// Whether codes are read by the clinical version and converted; they are only checked otherwise.
  public let converts: Bool

  /// Makes a reading of codes.
  public init(_ versions: CodeVersions, converts: Bool = false) {
    self.versions = versions
    self.converts = converts
  }

  /// The case with the codes to group by, and what there is to know about them.
  public func review(_ groupingCase: GroupingCase) -> ReviewedCase {
    converts ? versions.converted(groupingCase) : versions.checked(groupingCase)
  }
}

/// What the codes of a batch's cases gave to say.
public struct CodeTally: Hashable, Sendable {
  /// How many codes were converted.
  public internal(set) var changes = 0
  /// How many findings there are of each kind.
  public internal(set) var findings: [CodeFinding.Kind: Int] = [:]

  mutating func add(_ reviewed: ReviewedCase) {
    changes += reviewed.changes.count
    for finding in reviewed.findings { findings[finding.kind, default: 0] += 1 }
  }

  mutating func add(_ other: CodeTally) {
    changes += other.changes
    findings.merge(other.findings, uniquingKeysWith: +)
  }
}

extension ResultWriter {
  /// Writes the rest of a result of a case whose codes were read by their version.
  func append(_ result: GroupingResult, _ reviewed: ReviewedCase, to output: inout [UInt8]) {
    output.append(contentsOf: tail(result, form.shape == .jsonLines ? "" : form.note(reviewed)))
    if form.shape == .jsonLines { insertCodes(reviewed, into: &output) }
  }

  /// Writes the rest of an explained result of such a case.
  func append(_ trace: GroupingTrace, _ reviewed: ReviewedCase, to output: inout [UInt8]) {
    if form.shape == .text { form.appendLines(reviewed, to: &output) }
    append(trace, to: &output)
    if form.shape == .jsonLines { insertCodes(reviewed, into: &output) }
  }

  /// Puts what was said about the codes before the closing brace of the object just written.
  private func insertCodes(_ reviewed: ReviewedCase, into output: inout [UInt8]) {
    output.removeLast(2)
    form.appendMembers(reviewed, to: &output)
    output.append(contentsOf: "}\n".utf8)
  }
}

extension ResultForm {
  /// What was said about a case's codes, behind its reason.
  func note(_ reviewed: ReviewedCase) -> String {
    messages(reviewed).map { (language == .chinese ? "；" : "; ") + $0[language].trimmingLast("。", ".") }.joined()
  }

  /// The same, one line each.
  func appendLines(_ reviewed: ReviewedCase, to output: inout [UInt8]) {
    for line in messages(reviewed) { output.append(contentsOf: "\(line[language])\n".utf8) }
  }

  /// The same as further members of a JSON object.
  func appendMembers(_ reviewed: ReviewedCase, to output: inout [UInt8]) {
    append("changes", reviewed.changes, to: &output) { change in
      [
        ("family", .text(Self.word(change.family))), ("position", .number(change.position)),
        ("from", .text(change.from.code)), ("to", .text(change.to.code)),
        ("message", .text(change.message[language])),
      ]
    }
    append("findings", reviewed.findings, to: &output) { finding in
      [
        ("kind", .text(finding.kind.word)), ("family", .text(Self.word(finding.family))),
        ("position", .number(finding.position)), ("code", .text(finding.code)),
        ("message", .text(finding.message[language])),
      ]
    }
  }

  private func messages(_ reviewed: ReviewedCase) -> [LocalizedText] {
    reviewed.changes.map(\.message) + reviewed.findings.map(\.message)
  }

  private enum JSONCell {
    case text(String)
    case number(Int)
  }

  private func append<Item>(
    _ name: String, _ items: [Item], to output: inout [UInt8], _ cells: (Item) -> [(String, JSONCell)]
  ) {
    output.append(contentsOf: ",\"\(name)\":[".utf8)
    for (place, item) in items.enumerated() {
      output.append(contentsOf: (place == 0 ? "{" : ",{").utf8)
      for (index, (key, cell)) in cells(item).enumerated() {
        output.append(contentsOf: "\(index == 0 ? "" : ",")\"\(key)\":".utf8)
        switch cell {
        case .text(let text): JSONString.append(text, to: &output)
        case .number(let number): output.append(contentsOf: "\(number)".utf8)
        }
      }
      output.append(UInt8(ascii: "}"))
    }
    output.append(UInt8(ascii: "]"))
  }

  private static func word(_ family: CodeFamily) -> String {
    switch family {
    case .diagnosis: "diagnosis"
    case .procedure: "procedure"
    }
  }
}

extension String {
  /// The text without a last character, when it is one of these.
  fileprivate func trimmingLast(_ characters: Character...) -> String {
    last.map(characters.contains) == true ? String(dropLast()) : self
  }
}
