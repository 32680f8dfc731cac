import Grouping
import Kernel

/// Groups rows under one edition of CHS-DRG.
///
/// What stands behind the case's identifier in the output is kept for each group, so that no text is made of a case
/// unless it is to be explained or its codes are to be read by their version.
struct EditionRowGrouper: RowGrouper {
  private let grouper: Grouper
  private let codes: CaseCodes?
  private var writer: ResultWriter
  private var coded = CodedCase()
  /// Codes of the row that the edition does not know, joined.
  private var unknown: [UInt8] = []

  init(_ grouper: Grouper, _ form: ResultForm, codes: CaseCodes? = nil) {
    (self.grouper, self.codes) = (grouper, codes)
    writer = ResultWriter(form, grouper)
  }

  mutating func group(
    _ row: CaseRow, _ bytes: [UInt8], into answer: inout BlockAnswer<StatusTally<GroupingStatus>>
  ) throws(RowFault) {
    let status: GroupingStatus
    if let codes {
      let reviewed = codes.review(row.groupingCase(bytes))
      answer.codes.add(reviewed)
      status = group(reviewed, row, bytes, &answer.output)
    } else {
      status = group(row, bytes, &answer.output)
    }
    answer.tally[status] += 1
  }

  func refuse(id: String, _ reason: LocalizedText, to output: inout [UInt8]) {
    writer.form.refuse(ResultColumn.edition, id: id, reason, to: &output)
  }

  private func group(
    _ reviewed: ReviewedCase, _ row: CaseRow, _ bytes: [UInt8], _ output: inout [UInt8]
  ) -> GroupingStatus {
    writer.form.begin(row.field(.id), of: bytes, to: &output)
    if writer.form.explains {
      let trace = grouper.explain(reviewed.groupingCase)
      writer.append(trace, reviewed, to: &output)
      return trace.result.status
    }
    let result = grouper.group(reviewed.groupingCase)
    writer.append(result, reviewed, to: &output)
    return result.status
  }

  private mutating func group(_ row: CaseRow, _ bytes: [UInt8], _ output: inout [UInt8]) -> GroupingStatus {
    if writer.form.explains {
      let trace = grouper.explain(row.groupingCase(bytes))
      writer.form.begin(row.field(.id), of: bytes, to: &output)
      writer.append(trace, to: &output)
      return trace.result.status
    }
    row.fill(&coded, of: grouper.edition, unknown: &unknown, bytes)
    let result = grouper.group(coded)
    writer.form.begin(row.field(.id), of: bytes, to: &output)
    writer.append(result, unknown: unknown, to: &output)
    return result.status
  }
}
