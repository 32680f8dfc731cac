public import Kernel

/// One policy value with all its versions, as one file states it.
public struct PolicyEntry: Sendable {
  /// One version: what holds from its date on, and why.
  public struct Content: Hashable, Sendable {
    /// The content.
    public let node: PolicyNode
    /// Where it comes from.
    public let citation: Citation

    /// Makes a content.
    public init(node: PolicyNode, citation: Citation) {
      self.node = node
      self.citation = citation
    }
  }

  /// What the value means and looks like.
  public let definition: PolicyValueDefinition
  /// The title the file gives.
  public let title: String
  /// The dimensions the file uses, in order.
  public let dimensions: [String]
  /// The versions.
  public let versions: Dated<Content>
  /// Where the ends of repealed versions come from, by their date.
  public let repeals: [CalendarDate: Citation]
  /// Which date of a claim selects the version.
  public let appliesOn: PolicyValueDefinition.EventDate
  /// Before this day nothing is known.
  public let coveredSince: CalendarDate
  /// When somebody last compared the file with its documents.
  public let reviewed: CalendarDate
  /// What a reader should know.
  public let notes: String?
  /// The file it came from.
  public let file: String

  /// Makes an entry.
  public init(
    definition: PolicyValueDefinition, title: String, dimensions: [String], versions: Dated<Content>,
    repeals: [CalendarDate: Citation], appliesOn: PolicyValueDefinition.EventDate, coveredSince: CalendarDate,
    reviewed: CalendarDate, notes: String?, file: String
  ) {
    self.definition = definition
    self.title = title
    self.dimensions = dimensions
    self.versions = versions
    self.repeals = repeals
    self.appliesOn = appliesOn
    self.coveredSince = coveredSince
    self.reviewed = reviewed
    self.notes = notes
    self.file = file
  }

  /// The identifier of the value.
  public var identifier: String { definition.identifier }
}

/// Everything one region, or the nation, states.
public struct RegionPolicy: Sendable {
  /// The region's code (医保区划, `admdvs`), six digits; `national` for the nation.
  public let code: String
  /// Names of the region.
  public let name: LocalizedText
  /// The regions whose values hold where this one states none, nearest first.
  public let extends: [String]
  /// The days for which the region's policy has been put into data; other days are refused.
  public let covered: DateRange
  /// Values by identifier.
  public let entries: [String: PolicyEntry]
  /// Readings chosen where documents are silent, by identifier.
  public let interpretations: [String: Interpretation]
  /// What a reader should know.
  public let notes: String?

  /// Makes a region's policy.
  public init(
    code: String, name: LocalizedText, extends: [String], covered: DateRange, entries: [String: PolicyEntry],
    interpretations: [String: Interpretation], notes: String?
  ) {
    self.code = code
    self.name = name
    self.extends = extends
    self.covered = covered
    self.entries = entries
    self.interpretations = interpretations
    self.notes = notes
  }
}
