import Foundation
import Kernel
import Payment
import People
import TabularFiles
import Workflows

/// What commands of paying say about a run: a table or JSON, and the files of its statements.
struct PayingOutput {
  /// A run as JSON.
  struct RunJSON: Encodable {
    struct Line: Encodable {
      let holder: String
      let name: String?
      let amounts: [String: String]
    }

    struct Difference: Encodable {
      let holder: String
      let name: String
      let before: String?
      let after: String?
      let change: String
    }

    struct Pool: Encodable {
      let fund: String
      let gross: String
      let points: String
      let pointValue: String
    }

    struct Publication: Encodable {
      let time: String
      let by: String
    }

    let identity: String
    let kind: String
    let region: String
    let scheme: String
    let period: String
    let corrects: String?
    let published: Publication?
    var pool: Pool?
    var cases: Int?
    var reviews: Int?
    var remarks: [String] = []
    let inputs: [String: String]
    let lines: [Line]
    let differences: [Difference]
    var files: [String] = []
    var leftOut: [String] = []

    init(_ made: MadeRun, names: [String: String]) {
      let run = made.run
      identity = run.identity
      kind = run.inputs.kind.rawValue
      region = run.inputs.region
      scheme = run.inputs.scheme.rawValue
      period = "\(run.inputs.period)"
      corrects = run.corrects
      published = made.published.map { Publication(time: $0.time, by: $0.publisher) }
      inputs = run.inputs.further.merging(
        ["contract": run.inputs.contract, "cases": run.inputs.cases], uniquingKeysWith: { first, _ in first })
      lines = run.lines.map { Line(holder: $0.holder, name: names[$0.holder], amounts: $0.amounts.mapValues(\.yuan)) }
      differences = made.differences.map(Self.difference)
    }

    static func difference(_ change: RunDifference) -> Difference {
      Difference(
        holder: change.holder, name: change.name, before: change.before?.yuan, after: change.after?.yuan,
        change: change.change.yuan)
    }
  }

  let language: Language
  let isJSON: Bool
  /// What was added so far, when it is printed as JSON.
  private(set) var answers: [RunJSON] = []

  init(_ language: Language, isJSON: Bool) {
    self.language = language
    self.isJSON = isJSON
  }

  /// Says what came of a run.
  mutating func add(
    _ made: MadeRun, names: [String: String] = [:], pool: PeriodWorth.Pool? = nil, cases: PaidCases? = nil,
    remarks: [String] = [], written: WrittenStatements? = nil
  ) {
    for remark in remarks { Terminal.error(remark) }
    if isJSON {
      var answer = RunJSON(made, names: names)
      answer.pool = pool.map {
        .init(fund: $0.fund.yuan, gross: $0.gross.yuan, points: "\($0.points)", pointValue: $0.pointValue.yuan)
      }
      answer.cases = cases?.cases.count
      answer.reviews = cases?.reviews.count
      answer.remarks = remarks
      answer.files = written.map { [$0.folder] } ?? []
      answer.leftOut = written?.leftOut ?? []
      answers.append(answer)
      return
    }
    head(made, pool, cases)
    table(made.run, names)
    if let corrected = made.corrected { differences(made.differences, corrected.run.identity) }
    if let written {
      print("  → \(written.folder)")
      for note in written.leftOut { print("    \(note)") }
    }
  }

  /// Prints what is left to print.
  func finish() throws {
    if isJSON { try Terminal.json(answers) }
  }

  private func head(_ made: MadeRun, _ pool: PeriodWorth.Pool?, _ cases: PaidCases?) {
    let run = made.run
    let state = made.published.map { say("已公布 \($0.time)", "published \($0.time)") } ?? say("试算", "draft")
    print(
      "\(run.inputs.kind.title[language]) \(run.inputs.period) · \(run.inputs.scheme.title[language]) · "
        + state
    )
    print("  \(say("运行", "run")) \(run.identity)")
    if let pool {
      print(
        say(
          "  基金 \(pool.fund.yuan)，折合 \(pool.gross.yuan)，\(pool.points) 点，点值 \(pool.pointValue.yuan)",
          "  fund \(pool.fund.yuan) standing for \(pool.gross.yuan), \(pool.points) points, "
            + "value \(pool.pointValue.yuan)"
        ))
    }
    if let cases {
      print(
        say(
          "  病例 \(cases.cases.count)，待审核 \(cases.reviews.count)",
          "  \(cases.cases.count) cases, \(cases.reviews.count) to be reviewed"))
    }
  }

  private func table(_ run: PaymentRun, _ names: [String: String]) {
    let words = run.inputs.kind.mainAmounts
    let heads = words.map { AmountNames.title($0)[language] }
    var rows = run.lines.map { line in
      (names[line.holder].map { "\(line.holder) \($0)" } ?? line.holder, words.map { line.amounts[$0]?.yuan ?? "" })
    }
    let sums = words.map { word in
      run.lines.reduce(Money.zero) { $0 + ($1.amounts[word] ?? .zero) }.yuan
    }
    rows.append((say("合计", "total"), sums))
    let first = rows.map { Self.width($0.0) }.max() ?? 0
    let widths = words.indices.map { place in
      max(Self.width(heads[place]), rows.map { $0.1[place].utf8.count }.max() ?? 0)
    }
    print("  " + Self.pad("", first) + zip(heads, widths).map { "  " + Self.pad($0, $1, isRight: true) }.joined())
    for row in rows {
      print("  " + Self.pad(row.0, first) + zip(row.1, widths).map { "  " + Self.pad($0, $1, isRight: true) }.joined())
    }
  }

  private func differences(_ changes: [RunDifference], _ corrected: String) {
    print(
      say(
        "  与已公布的 \(corrected) 相比，\(changes.count) 处不同：",
        "  \(changes.count) differences from the published \(corrected):"))
    for change in changes {
      let (before, after) = (change.before?.yuan ?? "–", change.after?.yuan ?? "–")
      print(
        "    \(change.holder) \(AmountNames.title(change.name)[language]): \(before) → \(after) (\(change.change.yuan))"
      )
    }
  }

  private func say(_ chinese: String, _ english: String) -> String { Terminal.say(language, chinese, english) }

  /// Columns that a terminal gives a text; Chinese characters take two.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
  }

  static func pad(_ text: String, _ width: Int, isRight: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - Self.width(text)))
    return isRight ? blanks + text : text + blanks
  }
}
