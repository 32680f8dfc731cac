/// The same case told otherwise, and where it would belong then.
public struct DIPVariation: Hashable, Sendable {
  /// What was changed.
  public let change: Change
  /// The case as changed.
  public let changed: GroupingCase
  /// Where it would belong.
  public let grouping: DIPGrouping

  /// What was changed about a case.
  public enum Change: Hashable, Sendable {
    /// Another of its diagnoses came first.
    case principal(String)
    /// Another of its procedures came first.
    case mainProcedure(String)
    /// A diagnosis was left out.
    case withoutDiagnosis(String)
    /// A procedure was left out.
    case withoutProcedure(String)
  }
}

extension DIPGrouper {
  /// Where a case would belong with another principal diagnosis or main procedure, and without each of its codes.
  ///
  /// The caller compares with ``group(_:)``; what changes nothing is there, too. Leaving out the principal diagnosis is
  /// not among the changes, because then the next one would be it.
  public func variations(of source: GroupingCase) -> [DIPVariation] {
    var workspace = Workspace()
    var found: [DIPVariation] = []
    func vary(_ change: DIPVariation.Change, _ edit: (inout GroupingCase) -> Void) {
      var changed = source
      edit(&changed)
      found.append(
        DIPVariation(change: change, changed: changed, grouping: group(changed, using: &workspace)))
    }
    for (position, code) in source.diagnoses.enumerated().dropFirst() {
      vary(.principal(code)) { $0.diagnoses.insert($0.diagnoses.remove(at: position), at: 0) }
      vary(.withoutDiagnosis(code)) { $0.diagnoses.remove(at: position) }
    }
    for (position, code) in source.procedures.enumerated() {
      if position > 0 {
        vary(.mainProcedure(code)) { $0.procedures.insert($0.procedures.remove(at: position), at: 0) }
      }
      vary(.withoutProcedure(code)) { $0.procedures.remove(at: position) }
    }
    return found
  }
}
