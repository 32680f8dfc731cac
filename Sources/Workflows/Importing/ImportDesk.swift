import Claims
import Grouping
import Kernel
import Payment
public import People

/// Takes an institution's own files: checks every row, files what can be used, and puts its cases (导入).
///
/// Rows come in blocks, in order, from whoever reads files. A list that was there before with the same content changes
/// nothing; with other content it takes the place of the former until its month or year is published. What cannot be
/// used is answered with every rule that it breaks, and the rest goes on.
///
/// ```swift
/// let desk = try await ImportDesk(payer: store, paying: store, region: "990100", engines: engines)
/// let answers = try await desk.take(rows)
/// ```
public actor ImportDesk {
  /// A row with its place.
  public struct Row<Value: Sendable>: Sendable {
    /// Where it stands.
    public var place: ImportPlace
    /// What stands there.
    public var value: Value

    /// Joins both.
    public init(_ value: Value, at place: ImportPlace) {
      self.value = value
      self.place = place
    }
  }

  /// What became of a row.
  public struct Answer: Hashable, Sendable {
    /// What was done.
    public enum Outcome: String, Hashable, Sendable {
      /// Taken for the first time.
      case added
      /// There already.
      case same
      /// Took the place of the former content or group.
      case replaced
      /// Left out.
      case unusable
    }

    /// Where it stands.
    public let place: ImportPlace
    /// What was done.
    public let outcome: Outcome
    /// Everything found, by number.
    public let findings: [ImportFinding]
  }

  let payer: any PayerStore
  let paying: any PaymentStore
  let region: String
  let engines: [InsuranceScheme: CaseGathering.Engine]
  let chineseMedicine: Set<String>
  let isStoring: Bool

  /// What was read and used so far.
  public internal(set) var report = ImportReport()
  /// Institutions that the import stated, by code.
  var stated: [String: InstitutionRecord] = [:]
  /// What was taken in this import: a digest of the content and the place.
  var seen: [String: (digest: Int, place: ImportPlace)] = [:]
  /// Periods that were published.
  private var published: [InsuranceScheme: Set<PaymentPeriod>] = [:]

  /// Opens a desk.
  ///
  /// - Parameters:
  ///   - payer: where institutions and lists are filed.
  ///   - paying: where cases go.
  ///   - region: the pooling region.
  ///   - engines: what groups the cases of each scheme; without one a case has no group.
  ///   - chineseMedicine: categories of fees that count as Chinese medicine.
  ///   - isStoring: whether anything is written; else everything is tried alone.
  public init(
    payer: any PayerStore, paying: any PaymentStore, region: String,
    engines: [InsuranceScheme: CaseGathering.Engine],
    chineseMedicine: Set<String> = CaseGathering.usualChineseMedicine, isStoring: Bool = true
  ) async throws(StoreError) {
    (self.payer, self.paying, self.region, self.engines) = (payer, paying, region, engines)
    (self.chineseMedicine, self.isStoring) = (chineseMedicine, isStoring)
    for run in try await paying.runs(RunSelection(region: region)) {
      let inputs = run.run.inputs
      if inputs.kind == .month || inputs.kind == .year { published[inputs.scheme, default: []].insert(inputs.period) }
    }
  }

  /// Counts what a check of mappings came to.
  public func countMappings(read: Int, unusable: Int) { report.countMappings(read: read, unusable: unusable) }

  /// Counts rows of lists or institutions that could not even be read.
  public func countBroken(lists: Int = 0, institutions: Int = 0) {
    report.lists.read += lists
    report.lists.unusable += lists
    report.institutions.read += institutions
    report.institutions.unusable += institutions
  }

  /// Whether the month of a day, or its year, was published for a scheme.
  func isPublished(_ month: YearMonth?, _ scheme: InsuranceScheme) -> Bool {
    guard let month, let periods = published[scheme] else { return false }
    return periods.contains(.month(month)) || periods.contains(.year(month.year))
  }

  // MARK: Institutions

  /// Takes institutions.
  public func take(_ rows: [Row<InstitutionRecord>]) async throws(StoreError) -> [Answer] {
    let codes = rows.map(\.value.institution.code)
    let known = try await payer.read { store throws(StoreError) in
      var found: [String: InstitutionRecord] = [:]
      for code in codes { found[code] = try store.institution(code) }
      return found
    }
    var (answers, new): ([Answer], [InstitutionRecord]) = ([], [])
    for row in rows {
      report.institutions.read += 1
      let code = row.value.institution.code
      if let other = stated[code], other != row.value {
        report.institutions.unusable += 1
        answers.append(
          Answer(
            place: row.place, outcome: .unusable,
            findings: [ImportFinding(.institutionRepeated, field: "fixmedins_code", value: code)]))
        continue
      }
      let outcome: Answer.Outcome =
        stated[code] != nil || known[code] == row.value
        ? .same : known[code] == nil ? .added : .replaced
      switch outcome {
      case .added: report.institutions.added += 1
      case .replaced: report.institutions.replaced += 1
      case .same, .unusable: report.institutions.same += 1
      }
      stated[code] = row.value
      if outcome != .same { new.append(row.value) }
      answers.append(Answer(place: row.place, outcome: outcome, findings: []))
    }
    let written = new
    if isStoring, !written.isEmpty {
      try await payer.write { store throws(StoreError) in
        for record in written { try store.put(record) }
      }
    }
    return answers
  }
}
