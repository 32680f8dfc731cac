public import Kernel

/// All policy: every region, every value, every version, and the documents they come from.
public struct PolicyBook: Sendable {
  /// Documents by identifier.
  public let documents: [String: SourceDocument]
  /// Regions by code; `national` is one of them when it states anything.
  public let regions: [String: RegionPolicy]

  /// Makes a book.
  public init(documents: [String: SourceDocument], regions: [String: RegionPolicy]) {
    self.documents = documents
    self.regions = regions
  }

  /// The region itself and those it extends, nearest first; unknown names are left out.
  public func lineage(of region: RegionPolicy) -> [RegionPolicy] {
    var lineage: [RegionPolicy] = [region]
    var next = region.extends[...]
    while let code = next.popFirst() {
      guard let parent = regions[code], !lineage.contains(where: { $0.code == code }) else { continue }
      lineage.append(parent)
      next += parent.extends
    }
    return lineage
  }

  /// What is in force in a region for the dates of a claim.
  ///
  /// A value is looked up at the date that it says it applies on. Values that are repealed, or not stated, are absent.
  ///
  /// - Parameters:
  ///   - code: the region's code.
  ///   - dates: the dates of the claim.
  /// - Throws: ``PolicyRefusal`` when the region is unknown or its policy does not cover a date; nothing is guessed.
  public func snapshot(region code: String, dates: EventDates) throws(PolicyRefusal) -> PolicySnapshot {
    guard let region = regions[code] else { throw .unknownRegion(code) }
    for date in [dates.admission, dates.discharge] where !region.covered.contains(date) {
      throw .dateNotCovered(region: code, date: date, covered: region.covered)
    }
    var values: [String: PolicySnapshot.Value] = [:]
    for place in lineage(of: region).reversed() {
      for (identifier, entry) in place.entries {
        switch entry.versions.lookup(on: dates[entry.appliesOn]) {
        case .inForce(let version, let content):
          values[identifier] = PolicySnapshot.Value(
            entry: entry, node: content.node, citation: content.citation, effective: version.effective,
            region: place.code)
        case .repealed: values[identifier] = nil
        case .notCovered: break
        }
      }
    }
    return PolicySnapshot(region: code, dates: dates, values: values)
  }

  /// The days on which something changes in a region, by the date that selects it, ascending.
  public func changes(in code: String, appliesOn event: PolicyValueDefinition.EventDate) -> [CalendarDate] {
    guard let region = regions[code] else { return [] }
    var days: Set<CalendarDate> = []
    for place in lineage(of: region) {
      for entry in place.entries.values where entry.appliesOn == event {
        days.formUnion(entry.versions.versions.map(\.effective))
      }
    }
    return days.sorted()
  }
}

/// The dates of a claim that select policy versions.
public struct EventDates: Hashable, Sendable {
  /// The day of admission or visit.
  public let admission: CalendarDate
  /// The day of discharge or visit.
  public let discharge: CalendarDate

  /// Makes dates.
  public init(admission: CalendarDate, discharge: CalendarDate) {
    self.admission = admission
    self.discharge = discharge
  }

  /// Makes the dates of a single day.
  public init(on day: CalendarDate) {
    self.init(admission: day, discharge: day)
  }

  /// The date that a value applies on.
  public subscript(event: PolicyValueDefinition.EventDate) -> CalendarDate {
    switch event {
    case .admission: admission
    case .discharge: discharge
    }
  }
}

/// Why no policy can be given.
public enum PolicyRefusal: Error, Hashable, Sendable {
  /// No region has that code.
  case unknownRegion(String)
  /// The region's policy has not been put into data for that day.
  case dateNotCovered(region: String, date: CalendarDate, covered: DateRange)

  /// The refusal in words: what, why, and what to do.
  public var message: LocalizedText {
    switch self {
    case .unknownRegion(let code):
      LocalizedText(
        "没有统筹区“\(code)”的政策数据；可用 yibao policy show 查看已有统筹区",
        "there is no policy data for region \"\(code)\"; list the regions with: yibao policy show")
    case .dateNotCovered(let region, let date, let covered):
      LocalizedText(
        "统筹区 \(region) 的政策数据只覆盖 \(covered)，不含 \(date)；不作推算，请先补录该日有效的政策文件",
        "policy data of region \(region) covers \(covered), not \(date); nothing is guessed: add the policy first"
      )
    }
  }
}
