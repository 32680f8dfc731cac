public import Kernel

/// What a sample year came to so far.
public struct SampleYearReport: Hashable, Sendable {
  /// The month that is being lived; 13 when all is done.
  public var month = 1
  /// Visits that were planned and tried.
  public var visitCount = 0
  /// Settlements that stand.
  public var settlementCount = 0
  /// Settlements by the word of their kind of care.
  public var byCare: [String: Int] = [:]
  /// Settlements taken back.
  public var reversalCount = 0
  /// Settlement lists that were handed in.
  public var listCount = 0
  /// Lines of what funds received.
  public var receiptCount = 0
  /// Lists among them that a check finds something in.
  public var listsWithSlips = 0
  /// Refusals by the number of their outcome.
  public var refusals: [UInt16: Int] = [:]
  /// One message for each outcome that refused something.
  public var reasons: [UInt16: LocalizedText] = [:]
  /// Planted anomalies, settled, by kind.
  public var anomalies: [SampleAnomaly: Int] = [:]
  /// Everything billed in settlements that stand, fen.
  public var total = Money.zero
  /// What funds pay of it, fen.
  public var fund = Money.zero

  /// Makes an empty report.
  public init() {}
}

/// One planted anomaly with where it went: the truth that findings are held against.
public struct SampleTruth: Hashable, Sendable {
  /// What was planted.
  public let anomaly: SampleAnomaly
  /// The settlement (`setl_id`).
  public let settlement: String
  /// The visit (`mdtrt_id`).
  public let visit: String
  /// The person (`psn_no`).
  public let person: String
  /// The institution (`fixmedins_code`).
  public let institution: String
  /// The first day.
  public let admitted: CalendarDate
  /// The last day.
  public let discharged: CalendarDate
  /// What it puts on the bill, fen; nothing where only codes are wrong.
  public let amount: Money
}

/// Lives a sample region's year through the payer's desk: everything is registered, charged, settled and filed by the
/// same workflows that serve hospitals, and nothing is invented beside them.
///
/// Visits come in the order of their last days, then of the persons' numbers, one by one: the same region gives the
/// same store.
public struct SampleYear: Sendable {
  let region: SampleRegion
  let desk: PayerDesk
  let store: any PayerStore

  /// Prepares a year.
  ///
  /// - Parameters:
  ///   - desk: the desk of the region; its policy has to cover the year.
  ///   - store: the desk's store, for the registers.
  public init(_ region: SampleRegion, through desk: PayerDesk, store: any PayerStore) {
    (self.region, self.desk, self.store) = (region, desk, store)
  }

  /// Enrols everybody, then lives month by month.
  ///
  /// - Parameters:
  ///   - covered: the days over which the catalogue holds.
  ///   - truth: is told each planted anomaly once it is settled.
  ///   - progress: is told the report after each portion of persons and each day.
  /// - Throws: the first failure of the store; refusals of the desk are counted, not thrown.
  public func live(
    over covered: DateRange, truth: (SampleTruth) throws -> Void = { _ in },
    progress: (SampleYearReport) -> Void = { _ in }
  ) async throws -> SampleYearReport {
    var report = SampleYearReport()
    try await fillRegisters(over: covered)
    let receipts = SampleReceipts(region: region, book: desk.library.book).receipts()
    switch await FundDesk(store: store).file(receipts) {
    case .success(let filed): report.receiptCount = filed.added
    case .failure(let refusal): throw refusal
    }
    for month in 1...12 {
      report.month = month
      var days: [(day: Int32, person: Int32)] = []
      for number in 1...region.people {
        for day in Set(region.visits(of: number, in: month).map(\.discharged)) {
          days.append((Int32(day.dayNumber), Int32(number)))
        }
      }
      days.sort { ($0.day, $0.person) < ($1.day, $1.person) }
      for (place, one) in days.enumerated() {
        for visit in region.visits(of: Int(one.person), in: month) where visit.discharged.dayNumber == Int(one.day) {
          var course = SampleCourse(visit, region: region, desk: desk)
          try await course.run()
          course.enter(&report)
          if let planted = course.truth { try truth(planted) }
        }
        if place.isMultiple(of: 500) { progress(report) }
      }
      progress(report)
    }
    report.month = 13
    progress(report)
    return report
  }

  /// Puts institutions, catalogue and persons into the registers.
  private func fillRegisters(over covered: DateRange) async throws(StoreError) {
    let region = region
    try await store.write { transaction throws(StoreError) in
      for institution in region.institutions.all { try transaction.put(institution) }
      for item in SampleItem.all { try transaction.put(item.listed(over: covered)) }
    }
    var next = 1
    while next <= region.people {
      let portion = next...min(next + 999, region.people)
      try await store.write { transaction throws(StoreError) in
        for number in portion {
          let person = region.person(number)
          try transaction.put(person.record, balance: person.balance)
        }
      }
      next = portion.upperBound + 1
    }
  }
}
