import Grouping
import Kernel

/// Writes results of grouping by a DIP catalogue as bytes.
struct DIPResultWriter {
  /// What became of a case.
  struct Result {
    let grouping: DIPGrouping
    let explanation: DIPExplanation?
    let type: DIPTyping.Result?
    let reviewed: ReviewedCase?
  }

  let form: ResultForm
  let columns: [ResultColumn]
  private let explains: Bool
  private let catalogue: DIPCatalogue
  private let typing: DIPTypingTables?
  /// What stands behind the identifier, for cases of a row of the catalogue that nothing else is said about.
  private var known: [Key: [UInt8]] = [:]

  private struct Key: Hashable {
    let row: Int
    let treatment: DIPTreatment?
    let isPrimaryCare: Bool
  }

  init(_ form: ResultForm, explains: Bool, _ catalogue: DIPCatalogue, _ typing: DIPTyping?) {
    (self.form, self.explains, self.catalogue, self.typing) = (form, explains, catalogue, typing?.tables)
    columns =
      [
        ResultColumn("status", width: 12), ResultColumn("layer"), ResultColumn("code", width: 20),
        ResultColumn("name", width: 40), ResultColumn("treatment", width: 14), ResultColumn("primary_care"),
        ResultColumn("score", width: 12), ResultColumn("reason", width: 60),
      ]
      + (typing == nil
        ? []
        : [
          ResultColumn("cci"), ResultColumn("types", width: 30), ResultColumn("type", width: 20),
          ResultColumn("factor"),
        ])
  }

  /// Whether the way to the group has to be known.
  var wantsExplanation: Bool { explains || form.shape == .jsonLines }

  /// Writes what stands behind the identifier.
  mutating func append(_ result: Result, to output: inout [UInt8]) {
    if form.shape == .jsonLines { return appendMembers(result, to: &output) }
    guard result.explanation == nil, result.type == nil, result.reviewed == nil, let row = result.grouping.row else {
      output.append(contentsOf: form.rest(columns, cells(result)))
      return
    }
    let key = Key(
      row: row, treatment: result.grouping.treatment, isPrimaryCare: result.grouping.isPrimaryCare)
    if let bytes = known[key] {
      output.append(contentsOf: bytes)
    } else {
      let bytes = form.rest(columns, cells(result))
      known[key] = bytes
      output.append(contentsOf: bytes)
    }
  }

  private func cells(_ result: Result) -> [String] {
    let grouping = result.grouping
    let steps = result.explanation.map { explanation in
      explanation.lines(catalogue).map { $0[form.language] }.joined(separator: form.language == .chinese ? "；" : "; ")
    }
    let reason = (steps ?? grouping.status.message[form.language]) + (result.reviewed.map(form.note) ?? "")
    var cells = [
      grouping.status.word, grouping.layer?.word ?? "", grouping.code, grouping.name, grouping.treatment?.word ?? "",
      grouping.isPrimaryCare ? "yes" : "", score(grouping) ?? "", reason,
    ]
    guard typing != nil else { return cells }
    // A case without a group has no type either.
    guard let type = result.type else { return cells + ["", "", "", ""] }
    cells += [
      "\(type.index)", type.triggered.map(word).joined(separator: "|"), type.chosen.map(word) ?? "",
      factor(type) ?? "",
    ]
    return cells
  }

  private func score(_ grouping: DIPGrouping) -> String? {
    grouping.row.flatMap { catalogue.groups[$0].score }
      .map { FixedPoint.print($0.tenThousandths, decimals: 4, trimmed: true) }
  }

  /// A type as `dimension/code`.
  private func word(_ type: Int) -> String {
    typing.map { "\($0.types[type].dimension)/\($0.types[type].code)" } ?? ""
  }

  private func factor(_ type: DIPTyping.Result) -> String? {
    type.factor.map { FixedPoint.print($0.millionths, decimals: 6, trimmed: true) }
  }

  /// Writes a row that could not be read.
  func refuse(id: String, _ reason: LocalizedText, to output: inout [UInt8]) {
    if form.shape == .jsonLines {
      form.begin(id, to: &output)
      var members = JSONMembers()
      members.add("status", ResultForm.invalid)
      members.add("reason", reason[form.language])
      output.append(contentsOf: members.bytes + Array("}\n".utf8))
    } else {
      form.refuse(columns, id: id, reason, to: &output)
    }
  }

  private func appendMembers(_ result: Result, to output: inout [UInt8]) {
    let grouping = result.grouping
    var members = JSONMembers()
    members.add("status", grouping.status.word)
    members.add("number", Int(grouping.status.rawValue))
    members.add("layer", grouping.layer?.word)
    members.add("code", grouping.code)
    members.add("name", grouping.name)
    members.add("treatment", grouping.treatment?.word)
    members.add("primaryCare", grouping.isPrimaryCare)
    members.add("score", score(grouping))
    if let explanation = result.explanation {
      members.add("reason", explanation.reason(catalogue)[form.language])
      if explains { members.add("steps", explanation.lines(catalogue).map { $0[form.language] }) }
    }
    if let type = result.type {
      var inner = JSONMembers()
      inner.add("cci", type.index)
      inner.add("conditions", type.conditions)
      inner.add("triggered", type.triggered.map(word))
      inner.add("type", type.chosen.map(word))
      inner.add("factor", factor(type))
      members.add("typing", inner)
    }
    output.append(contentsOf: members.bytes)
    if let reviewed = result.reviewed { form.appendMembers(reviewed, to: &output) }
    output.append(contentsOf: "}\n".utf8)
  }
}

/// Further members of a JSON object, each with a comma in front; what is `nil` is left out.
struct JSONMembers {
  private(set) var bytes: [UInt8] = []

  private mutating func begin(_ name: String) { bytes += Array(",\"\(name)\":".utf8) }

  mutating func add(_ name: String, _ text: String?) {
    guard let text else { return }
    begin(name)
    JSONString.append(text, to: &bytes)
  }

  mutating func add(_ name: String, _ number: Int) {
    begin(name)
    bytes += Array("\(number)".utf8)
  }

  mutating func add(_ name: String, _ flag: Bool) {
    begin(name)
    bytes += Array("\(flag)".utf8)
  }

  mutating func add(_ name: String, _ texts: [String]) {
    begin(name)
    bytes.append(UInt8(ascii: "["))
    for (place, text) in texts.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONString.append(text, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func add(_ name: String, _ inner: JSONMembers) {
    begin(name)
    bytes.append(UInt8(ascii: "{"))
    bytes += inner.bytes.dropFirst()
    bytes.append(UInt8(ascii: "}"))
  }
}
