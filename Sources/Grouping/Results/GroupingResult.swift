/// Into which group a case falls under an edition.
public struct GroupingResult: Hashable, Sendable {
  /// The category that took the case (`MDCB`); `nil` when none did.
  public let category: String?
  /// The adjacent group (`BB2`, `BQY`, `B00`); `nil` when none took the case.
  public let adjacentGroup: String?
  /// The group (`BB25`); `nil` when none took the case.
  public let group: String?
  /// The one code to report: the group, else the adjacent group, else the edition's code for ungrouped cases (`0000`).
  public let code: String
  /// Why.
  public let reason: GroupingReason

  /// What became of the case.
  public var status: GroupingStatus { reason.status }

  init(category: String?, adjacentGroup: String?, group: String?, ungroupedCode: String, reason: GroupingReason) {
    self.category = category
    self.adjacentGroup = adjacentGroup
    self.group = group
    self.code = group ?? adjacentGroup ?? ungroupedCode
    self.reason = reason
  }
}

/// A grouping result in eight bytes: places in the tables of one edition.
///
/// `edition.result(of:)` turns it into codes.
public struct CodedResult: Hashable, Sendable {
  /// The place that stands for none.
  public static let none = UInt16.max

  /// Why.
  public let reason: GroupingReason
  /// The category's place in the edition, or ``none``.
  public let category: UInt16
  /// The adjacent group's place in the edition, or ``none``.
  public let adjacentGroup: UInt16
  /// The group's place in the edition, or ``none``.
  public let group: UInt16

  /// What became of the case.
  public var status: GroupingStatus { reason.status }

  init(_ reason: GroupingReason, _ category: Int? = nil, _ adjacentGroup: Int? = nil, _ group: Int? = nil) {
    self.reason = reason
    self.category = category.map { UInt16(truncatingIfNeeded: $0) } ?? Self.none
    self.adjacentGroup = adjacentGroup.map { UInt16(truncatingIfNeeded: $0) } ?? Self.none
    self.group = group.map { UInt16(truncatingIfNeeded: $0) } ?? Self.none
  }

  /// The same places, reached with another procedure than the main one.
  var withOtherProcedure: CodedResult {
    CodedResult(reason == .ruleMatched ? .otherProcedureTaken : reason, self)
  }

  private init(_ reason: GroupingReason, _ places: CodedResult) {
    self.reason = reason
    category = places.category
    adjacentGroup = places.adjacentGroup
    group = places.group
  }
}
