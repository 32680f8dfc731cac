import Claims
public import Grouping
import Kernel
public import Payment
public import People
import Settlement

/// Makes payment cases of the stays that the payer settled (病例归集): settlement, filed list, group.
///
/// Every institution of the region is looked at day by day, each day in one consistent state. A settlement that was
/// reversed since is taken out; one without a list that was handed in becomes no case and is named; one that no group
/// takes becomes a case without a group, and is named too. Gathering again gives the same cases again.
///
/// ```swift
/// let report = try await CaseGathering(from: payer, into: paying, by: .drg(Grouper(edition)))
///   .gather(.month(march), region: "990100")
/// ```
public struct CaseGathering: Sendable {
  /// What groups the cases.
  public enum Engine: Sendable {
    /// An edition of CHS-DRG.
    case drg(Grouper)
    /// A catalogue of DIP.
    case dip(DIPGrouper)
  }

  private let payer: any PayerStore
  private let paying: any PaymentStore
  private let engine: Engine
  private let chineseMedicine: Set<String>
  private let schemes: Set<InsuranceScheme>

  /// The categories of fees that count as Chinese medicine unless said otherwise (`med_chrgitm_type`): herbs and
  /// patent medicines.
  public static let usualChineseMedicine: Set<String> = ["10", "11"]

  /// Prepares gathering.
  ///
  /// - Parameters:
  ///   - payer: where settlements and filed lists are.
  ///   - paying: where cases go.
  ///   - engine: what groups them.
  ///   - chineseMedicine: categories of fees that count as Chinese medicine; contracts differ.
  ///   - schemes: whose stays are looked at, since schemes may be grouped differently; the others stay as they are.
  public init(
    from payer: any PayerStore, into paying: any PaymentStore, by engine: Engine,
    chineseMedicine: Set<String> = usualChineseMedicine, schemes: Set<InsuranceScheme> = Set(InsuranceScheme.allCases)
  ) {
    (self.payer, self.paying, self.engine, self.chineseMedicine) = (payer, paying, engine, chineseMedicine)
    self.schemes = schemes
  }

  /// Gathers the stays settled in a period at institutions of a region and of the divisions below it.
  ///
  /// - Parameter progress: is told after each institution.
  public func gather(
    _ period: PaymentPeriod, region: String, progress: @Sendable (GatheringReport) -> Void = { _ in }
  ) async throws(StoreError) -> GatheringReport {
    var report = GatheringReport()
    for code in try await institutions(of: region) {
      for month in period.months {
        for day in 1...month.dayCount {
          let text = day < 10 ? "\(month)-0\(day)" : "\(month)-\(day)"
          let stays = try await stays(at: code, on: text)
          if stays.isEmpty { continue }
          let (cases, others) = sort(stays, month, into: &report)
          if !others.isEmpty { try await paying.withdraw(others, region: region) }
          if !cases.isEmpty { try await paying.put(cases, region: region) }
        }
      }
      report.institutionCount += 1
      progress(report)
    }
    return report
  }

  // MARK: Reading

  /// A settled stay with what was filed about it.
  private struct Stay: Sendable {
    let record: SettlementRecord
    let isReversed: Bool
    let filed: FiledSettlementList?
    let person: InsuredPerson?
  }

  private func institutions(of region: String) async throws(StoreError) -> [String] {
    var codes: [String] = []
    var last = ""
    while true {
      let after = last
      let page = try await payer.read { store throws(StoreError) in try store.institutions(after: after, limit: 1_000) }
      guard let end = page.last else { return codes }
      last = end.institution.code
      codes += page.filter { Self.lies($0.region, within: region) && $0.institution.level != .pharmacy }
        .map(\.institution.code)
    }
  }

  /// Whether a division is a region or lies in it: codes end with `00` for each level below (330100 holds 330106).
  static func lies(_ division: String, within region: String) -> Bool {
    var stem = Substring(region)
    while stem.count > 2, stem.hasSuffix("00") { stem = stem.dropLast(2) }
    return division.hasPrefix(stem)
  }

  private func stays(at institution: String, on day: String) async throws(StoreError) -> [Stay] {
    let schemes = schemes
    return try await payer.read { store throws(StoreError) in
      var stays: [Stay] = []
      let records = try store.settlements(of: institution, from: "\(day) 00:00:00", to: "\(day) 23:59:59")
      for record in records
      where !record.isReversal && record.claim.care.isStay && schemes.contains(record.settled.cover.scheme) {
        let isReversed = try store.reversal(of: record.id) != nil
        stays.append(
          Stay(
            record: record, isReversed: isReversed,
            filed: isReversed ? nil : try store.filed(FiledSettlementList.self, about: record.id).last,
            person: try store.person(record.visit.person)?.person))
      }
      return stays
    }
  }

  // MARK: Making cases

  /// The cases of some stays, and the numbers of those that are none: an earlier gathering may have made them one.
  private func sort(_ stays: [Stay], _ month: YearMonth, into report: inout GatheringReport) -> (
    cases: [PaymentCase], others: [String]
  ) {
    var (cases, others): ([PaymentCase], [String]) = ([], [])
    for stay in stays {
      let record = stay.record
      if stay.isReversed {
        report.reversedCount += 1
        others.append(record.id)
        continue
      }
      report.stayCount += 1
      guard let filed = stay.filed, !filed.isVoid else {
        report.gaps.append(.init(record, .noList))
        others.append(record.id)
        continue
      }
      guard filed.state == .submitted || filed.state == .passed else {
        report.gaps.append(.init(record, .listNotSubmitted))
        others.append(record.id)
        continue
      }
      let unit = GroupingCase(filed.list, of: stay.person, record.claim)
      let found = engine.group(unit)
      if let reason = found.reason { report.gaps.append(.init(record, .noGroup(reason))) }
      cases.append(makeCase(stay, filed.list, unit, group: found.code, month))
    }
    report.caseCount += cases.count
    return (cases, others)
  }

  private func makeCase(
    _ stay: Stay, _ list: SettlementList, _ unit: GroupingCase, group: String, _ month: YearMonth
  ) -> PaymentCase {
    let record = stay.record
    var marks: Set<PaymentMark> = []
    if record.claim.care == .daySurgery { marks.insert(.daySurgery) }
    // 医嘱转院.
    if list.stay.dischargeWay == "2" { marks.insert(.transfer) }
    let traditional = list.fees.filter { chineseMedicine.contains($0.category) }.reduce(Money.zero) { $0 + $1.amount }
    return PaymentCase(
      id: record.id, institution: record.claim.institution.code, level: record.claim.institution.level,
      scheme: record.settled.cover.scheme, month: month, cost: record.settled.amounts.total,
      fundShare: record.settled.amounts.pooled, group: group, stayDays: unit.stayDays ?? 0,
      ageYears: unit.ageYears ?? 0, dischargeKind: unit.dischargeKind ?? 9, department: unit.department,
      physician: list.stay.physician.code, traditionalChinese: traditional, marks: marks)
  }
}
