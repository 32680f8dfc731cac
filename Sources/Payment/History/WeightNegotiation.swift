import Kernel

/// A weight changed by agreement: what it was, what it is, and why (权重谈判调整).
public struct WeightAdjustment: Sendable, Hashable {
  /// The group.
  public var group: String
  /// The weight before.
  public var old: Factor
  /// The weight after.
  public var new: Factor
  /// Why.
  public var reason: String

  /// Makes an adjustment.
  public init(group: String, old: Factor, new: Factor, reason: String) {
    self.group = group
    self.old = old
    self.new = new
    self.reason = reason
  }
}

/// A round of adjustments carried out on a table, with what it changes.
public struct WeightNegotiation: Sendable {
  /// Why an adjustment cannot be carried out.
  public enum Fault: Error, Hashable, Sendable {
    /// The table lists no such group, or without a weight.
    case unknownGroup(String)
    /// The table has another weight than the adjustment starts from.
    case otherWeight(group: String, stated: Factor, found: Factor)
    /// Two adjustments change one group.
    case changedTwice(String)
    /// A weight must be more than nothing, and another than before.
    case badWeight(group: String, Factor)
  }

  /// The table after the round.
  public let table: GroupTable
  /// The adjustments as carried out.
  public let adjustments: [WeightAdjustment]
  /// Weights that rose.
  public let raised: Int
  /// Weights that fell.
  public let lowered: Int

  /// Carries out a round, wholly or not at all.
  public init(_ adjustments: [WeightAdjustment], on table: GroupTable, edition: String) throws(Fault) {
    var rows = table.rows
    var seen: Set<String> = []
    for adjustment in adjustments {
      guard let weight = rows[adjustment.group]?.weight else { throw .unknownGroup(adjustment.group) }
      guard seen.insert(adjustment.group).inserted else { throw .changedTwice(adjustment.group) }
      guard weight == adjustment.old else {
        throw .otherWeight(group: adjustment.group, stated: adjustment.old, found: weight)
      }
      guard adjustment.new > .zero, adjustment.new != adjustment.old else {
        throw .badWeight(group: adjustment.group, adjustment.new)
      }
      rows[adjustment.group]?.weight = adjustment.new
    }
    self.table = GroupTable(edition: edition, rows: rows.values.sorted { $0.code < $1.code })
    self.adjustments = adjustments
    raised = adjustments.count { $0.new > $0.old }
    lowered = adjustments.count { $0.new < $0.old }
  }

  /// The total weight of cases by group before and after; groups without a weight count nothing.
  public static func totalWeight(_ cases: [String: Int], in table: GroupTable) -> Factor {
    cases.reduce(.zero) { sum, entry in
      sum + Factor(millionths: (table[entry.key]?.weight?.millionths ?? 0) * Int64(entry.value))
    }
  }
}
