public import People

/// A kind of care; everything that is stated must hold.
public struct CareCondition: Sendable, Hashable {
  /// Special cases, of which one is enough; empty when it does not matter.
  public var marks: Set<PaymentMark>
  /// The longest stay, days, itself included.
  public var stayAtMost: Int?
  /// The stay must be longer, days.
  public var stayAbove: Int?
  /// Groups, of which one is enough; empty when it does not matter.
  public var groups: [GroupPattern]
  /// Levels of institutions; empty when it does not matter.
  public var levels: Set<InstitutionLevel>
  /// Institutions by code; empty when it does not matter.
  public var institutions: Set<String>
  /// Departments of discharge; empty when it does not matter.
  public var departments: Set<String>

  /// Makes a condition; what is left out does not matter.
  public init(
    marks: Set<PaymentMark> = [], stayAtMost: Int? = nil, stayAbove: Int? = nil, groups: [GroupPattern] = [],
    levels: Set<InstitutionLevel> = [], institutions: Set<String> = [], departments: Set<String> = []
  ) {
    self.marks = marks
    self.stayAtMost = stayAtMost
    self.stayAbove = stayAbove
    self.groups = groups
    self.levels = levels
    self.institutions = institutions
    self.departments = departments
  }

  /// Whether a case is of this kind.
  public func holds(for paid: PaymentCase) -> Bool {
    if !marks.isEmpty && marks.isDisjoint(with: paid.marks) { return false }
    if let stayAtMost, paid.stayDays > stayAtMost { return false }
    if let stayAbove, paid.stayDays <= stayAbove { return false }
    if !groups.isEmpty && !groups.contains(where: { $0.matches(paid.group) }) { return false }
    if !levels.isEmpty && !levels.contains(paid.level) { return false }
    if !institutions.isEmpty && !institutions.contains(paid.institution) { return false }
    return departments.isEmpty || departments.contains(paid.department)
  }
}

/// Codes of groups: one code, or all that begin (`AB*`) or end (`*QY`) in the same way.
public struct GroupPattern: Sendable, Hashable {
  /// The pattern as written.
  public let text: String
  private let stem: String
  private let place: Place

  private enum Place { case whole, beginning, end }

  /// Makes a pattern; `nil` when it is empty or has a star anywhere but at one end.
  public init?(_ text: String) {
    guard text.contains(where: { $0 != "*" }), text.filter({ $0 == "*" }).count <= 1,
      !text.dropFirst().dropLast().contains("*")
    else { return nil }
    self.text = text
    place = text.hasSuffix("*") ? .beginning : text.hasPrefix("*") ? .end : .whole
    stem = text.filter { $0 != "*" }
  }

  /// Whether a code is meant; a case without a group never is.
  public func matches(_ group: String) -> Bool {
    switch place {
    case .whole: group == stem
    case .beginning: group.hasPrefix(stem)
    case .end: group.hasSuffix(stem)
    }
  }
}
