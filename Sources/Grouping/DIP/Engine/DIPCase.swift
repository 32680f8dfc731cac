/// A case as the engine sees it: codes packed, the main procedure decided.
///
/// Used again for the next case, so that grouping a million cases makes no memory.
struct DIPCase {
  /// The principal diagnosis, 0 when there is none that reads.
  var principal: UInt64 = 0
  var others: [UInt64] = []
  /// The procedures that count, the main one included; in the order of the case.
  var procedures: [UInt64] = []
  /// The main procedure, 0 when the case is conservative.
  var main: UInt64 = 0
  /// Where the main procedure stands in `procedures`, -1 when there is none.
  var mainPosition = -1
  var bits: UInt64 = 0
  var ageDays: Int?
  var birthWeight: Int?
  var treatment = DIPTreatment.conservative
  /// Whether the tuberculosis is resistant; asked only when a row wants to know.
  var isResistant = false

  @inline(__always)
  mutating func read(_ source: GroupingCase) {
    others.removeAll(keepingCapacity: true)
    procedures.removeAll(keepingCapacity: true)
    principal = 0
    for (position, text) in source.diagnoses.enumerated() {
      let code = PackedCode(text, .diagnosis)?.bits ?? 0
      if position == 0 { principal = code } else if code != 0 { others.append(code) }
    }
    for text in source.procedures {
      if let code = PackedCode(text, .procedure) { procedures.append(code.bits) }
    }
    ageDays = source.ageDays
    birthWeight = source.birthWeightGrams
  }
}
