import Grouping
import Kernel

/// Groups rows under several editions of CHS-DRG.
struct ComparisonRowGrouper: RowGrouper {
  let columns: [ResultColumn]
  private let form: ResultForm
  private let groupers: [Grouper]
  private let names: [String]
  private let codes: CaseCodes?
  private var writers: [ResultWriter]
  private var coded = CodedCase()
  private var results: [CodedResult] = []
  /// Codes of the row that each edition does not know, joined.
  private var unknown: [[UInt8]]
  /// On which level answers differ that were met before.
  private var levels: [ComparisonTally.Move: GroupingTrace.Level?] = [:]

  init(_ groupers: [Grouper], _ names: [String], _ form: ResultForm, codes: CaseCodes?) {
    (self.groupers, self.names, self.form, self.codes) = (groupers, names, form, codes)
    writers = groupers.map { ResultWriter(form, $0) }
    unknown = Array(repeating: [], count: groupers.count)
    let answers = names.flatMap { name in
      ResultColumn.edition.map { ResultColumn("\(name)_\($0.name)", width: $0.width) }
    }
    let note = codes == nil ? [] : [ResultColumn("codes", width: 60)]
    columns = [ResultColumn("differs")] + answers + note
  }

  mutating func group(
    _ row: CaseRow, _ bytes: [UInt8], into answer: inout BlockAnswer<ComparisonTally>
  ) throws(RowFault) {
    let reviewed = codes.map { $0.review(row.groupingCase(bytes)) }
    if let reviewed { answer.codes.add(reviewed) }
    results.removeAll(keepingCapacity: true)
    for (place, grouper) in groupers.enumerated() {
      if let reviewed {
        grouper.edition.fill(&coded, from: reviewed.groupingCase)
      } else {
        row.fill(&coded, of: grouper.edition, unknown: &unknown[place], bytes)
      }
      results.append(grouper.group(coded))
    }
    let level = count(into: &answer.tally)
    form.begin(row.field(.id), of: bytes, to: &answer.output)
    if form.explains {
      let stated = reviewed?.groupingCase ?? row.groupingCase(bytes)
      appendTraces(stated, reviewed, level, to: &answer.output)
    } else {
      appendResults(reviewed, level, to: &answer.output)
    }
  }

  /// Counts the answers of every two editions; the highest level on which any two differ.
  private mutating func count(into tally: inout ComparisonTally) -> GroupingTrace.Level? {
    var highest: GroupingTrace.Level?
    for first in results.indices {
      for second in (first + 1)..<max(first + 1, results.count) {
        let move = ComparisonTally.Move(
          first: UInt16(first), second: UInt16(second), from: results[first], to: results[second])
        guard let level = level(of: move) else { continue }
        tally.moves[move, default: 0] += 1
        highest = highest.map { min($0, level) } ?? level
      }
    }
    tally.total += 1
    if highest == nil { tally.unanimousCount += 1 }
    if results.allSatisfy({ $0.status == .grouped }) { tally.groupedCount += 1 }
    return highest
  }

  private mutating func level(of move: ComparisonTally.Move) -> GroupingTrace.Level? {
    if let known = levels[move] { return known }
    let (first, second) = (groupers[Int(move.first)].edition, groupers[Int(move.second)].edition)
    let level = second.result(of: move.to).difference(from: first.result(of: move.from))
    levels[move] = .some(level)
    return level
  }

  private mutating func appendResults(
    _ reviewed: ReviewedCase?, _ level: GroupingTrace.Level?, to output: inout [UInt8]
  ) {
    append(level, to: &output)
    for place in groupers.indices {
      append(answer: place, to: &output)
      writers[place].append(results[place], unknown: unknown[place], to: &output)
      // The line goes on with the next edition.
      output.removeLast()
    }
    end(reviewed, to: &output)
  }

  private func appendTraces(
    _ stated: GroupingCase, _ reviewed: ReviewedCase?, _ level: GroupingTrace.Level?, to output: inout [UInt8]
  ) {
    if form.shape == .text {
      if let reviewed { form.appendLines(reviewed, to: &output) }
      for (grouper, writer) in zip(groupers, writers) { writer.append(grouper.explain(stated), to: &output) }
      return
    }
    append(level, to: &output)
    for place in groupers.indices {
      append(answer: place, to: &output)
      writers[place].append(groupers[place].explain(stated), to: &output)
      output.removeLast()
    }
    end(reviewed, to: &output)
  }

  /// Writes on which level the answers differ.
  private func append(_ level: GroupingTrace.Level?, to output: inout [UInt8]) {
    switch form.shape {
    case .csv: output.append(UInt8(ascii: ","))
    case .tsv: output.append(UInt8(ascii: "\t"))
    case .text: return
    case .jsonLines:
      let word = level.map { "\"\($0.word)\"" } ?? "null"
      output.append(contentsOf: ",\"differs\":\(word),\"answers\":[".utf8)
      return
    }
    if let level { output.append(contentsOf: level.word.utf8) }
  }

  /// Begins an edition's answer.
  private func append(answer place: Int, to output: inout [UInt8]) {
    guard form.shape == .jsonLines else { return }
    output.append(contentsOf: (place == 0 ? "{\"edition\":" : ",{\"edition\":").utf8)
    JSONString.append(names[place], to: &output)
  }

  /// Ends the line with what was said about the codes.
  private func end(_ reviewed: ReviewedCase?, to output: inout [UInt8]) {
    if form.shape == .jsonLines {
      output.append(UInt8(ascii: "]"))
      if let reviewed { form.appendMembers(reviewed, to: &output) }
      output.append(contentsOf: "}\n".utf8)
    } else if let reviewed {
      let note = form.note(reviewed).drop { "；; ".contains($0) }
      output.append(contentsOf: form.rest([], [String(note)]))
    } else {
      output.append(UInt8(ascii: "\n"))
    }
  }

  func refuse(id: String, _ reason: LocalizedText, to output: inout [UInt8]) {
    form.begin(id, to: &output)
    guard form.shape != .jsonLines else {
      output.append(contentsOf: ",\"differs\":null,\"status\":\"\(ResultForm.invalid)\",\"reason\":".utf8)
      JSONString.append(reason[form.language], to: &output)
      output.append(contentsOf: "}\n".utf8)
      return
    }
    guard form.shape != .text else {
      output.append(contentsOf: form.rest([], [ResultForm.invalid, reason[form.language]]))
      return
    }
    // The reason stands once, with the first edition.
    var cells = columns.map { $0.name.hasSuffix("_status") ? ResultForm.invalid : "" }
    cells[ResultColumn.edition.count] = reason[form.language]
    output.append(contentsOf: form.rest(columns, cells))
  }
}
