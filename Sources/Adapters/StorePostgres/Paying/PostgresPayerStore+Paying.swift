#if PostgreSQL
  import Kernel
  public import Payment
  import People
  import StoreRecords
  public import Workflows

  /// The payer's schema keeps the cases and runs of paying too.
  extension PostgresPayerStore: PaymentStore {
    /// Adds or replaces cases in one transaction, as arrays of columns.
    public func put(_ cases: [PaymentCase], region: String) async throws(StoreError) {
      try PaymentStoreRules.check(cases)
      if cases.isEmpty { return }
      try await onWriter("put cases") { transaction throws(StoreError) in try transaction.put(cases, region: region) }
    }

    /// Takes cases away in one transaction.
    public func withdraw(_ cases: [String], region: String) async throws(StoreError) {
      try await onWriter("withdraw cases") { transaction throws(StoreError) in
        try transaction.lock(.paymentCases(region), toWrite: true)
        try transaction.enqueue(
          "withdraw cases", PostgresPayingSQL.withdrawCases, [.text(region), .texts(cases)])
      }
    }

    /// Hands out selected cases on one snapshot, page by page; the body runs on a thread of the store's own.
    public func cases(
      _ selection: CaseSelection, _ body: @escaping @Sendable ([PaymentCase]) throws(StoreError) -> Void
    ) async throws(StoreError) {
      try await StoreWork.ask("read cases", on: readers) { reading throws(StoreError) in
        try reading.forEachBlock(of: selection, body)
      }
    }

    /// A case by identifier.
    public func paymentCase(_ id: String, region: String) async throws(StoreError) -> PaymentCase? {
      try await StoreWork.ask("read case", on: readers) { reading throws(StoreError) in
        let rows = try reading.rows(
          "read case", PostgresPayingSQL.caseOfId, [.text(region), .text(id)], about: .paymentCases(region))
        if rows.count == 0 { return nil }
        guard let scheme = InsuranceScheme(rawValue: rows.text(0, 14)) else {
          throw StoreError(.damaged, operation: "read case", detail: "case \(id) has an unknown scheme")
        }
        return try reading.paymentCase(rows, 0, scheme, Int(rows.integer(0, 15)))
      }
    }

    /// Publishes a run, once.
    public func publish(_ run: PublishedRun) async throws(StoreError) {
      let stored = try StoredRun(run)
      try await onWriter("publish run") { transaction throws(StoreError) in try transaction.publish(run, as: stored) }
    }

    /// A published run by identity.
    public func run(_ identity: String) async throws(StoreError) -> PublishedRun? {
      try await StoreWork.ask("read run", on: readers) { reading throws(StoreError) in
        try reading.publishedRun(identity, about: .everySettlement)
      }
    }

    /// Published runs in order of publishing.
    public func runs(_ selection: RunSelection) async throws(StoreError) -> [PublishedRun] {
      try await StoreWork.ask("read runs", on: readers) { reading throws(StoreError) in
        try reading.publishedRuns(PostgresPayingSQL.selectedRuns, selection)
      }
    }

    /// Restores every run and looks at how they follow one another.
    public func verifyRuns() async throws(StoreError) -> PaymentRunCheck {
      try await StoreWork.ask("verify runs", on: readers) { reading throws(StoreError) in
        var check = PaymentRunCheck()
        let rows = try reading.rows("verify runs", PostgresPayingSQL.everyRun, [], about: .everySettlement)
        for row in 0..<rows.count {
          let stored = StoredRun(rows, row)
          do throws(StoreError) { check.add(try stored.restored()) } catch {
            check.add(unreadable: stored.identity, error.detail)
          }
        }
        return check
      }
    }

    private func onWriter(
      _ operation: String, _ body: @escaping @Sendable (PostgresTransaction) throws(StoreError) -> Void
    ) async throws(StoreError) {
      guard let writers else {
        throw StoreError(.unavailable, operation: operation, detail: "the store was opened to be read")
      }
      try await StoreWork.ask(operation, on: writers, body)
    }
  }

  extension StoredRun {
    /// The row as `PostgresPayingSQL` reads it.
    init(_ rows: PostgresRows, _ row: Int) {
      self.init(
        identity: rows.text(row, 0), kind: rows.text(row, 1), region: rows.text(row, 2), scheme: rows.text(row, 3),
        period: rows.text(row, 4), corrects: rows.optionalText(row, 5), time: rows.text(row, 6),
        publisher: rows.text(row, 7), hash: rows.data(row, 8), record: rows.text(row, 9))
    }
  }

  extension PostgresReading {
    func publishedRun(_ identity: String, about scope: PostgresScope) throws(StoreError) -> PublishedRun? {
      let rows = try rows("read run", PostgresPayingSQL.runOfIdentity, [.text(identity)], about: scope)
      return rows.count == 0 ? nil : try StoredRun(rows, 0).restored()
    }

    func publishedRuns(
      _ statement: PostgresStatement, _ selection: RunSelection
    ) throws(StoreError) -> [PublishedRun] {
      let values: [PostgresValue] = [
        .text(selection.region), .optional(selection.kind?.rawValue), .optional(selection.scheme?.rawValue),
        .optional(selection.period?.description),
      ]
      let rows = try rows("read runs", statement, values, about: .paymentRuns(selection.region))
      var runs: [PublishedRun] = []
      for row in 0..<rows.count { runs.append(try StoredRun(rows, row).restored()) }
      return runs
    }

    /// Hands out cases page by page, each behind the last identifier of the one before.
    func forEachBlock(
      of selection: CaseSelection, _ body: ([PaymentCase]) throws(StoreError) -> Void
    ) throws(StoreError) {
      guard let first = selection.period.months.first, let last = selection.period.months.last else { return }
      let limit = 8_192
      var place = ""
      while true {
        let rows = try rows(
          "read cases", PostgresPayingSQL.casesAfter,
          [
            .text(selection.region), .text(selection.scheme.rawValue), .integer(Int64(first.year)),
            .integer(Int64(first.month)), .integer(Int64(last.month)), .optional(selection.institution), .text(place),
            .integer(Int64(limit)),
          ], about: .paymentCases(selection.region))
        var block: [PaymentCase] = []
        block.reserveCapacity(rows.count)
        for row in 0..<rows.count { block.append(try paymentCase(rows, row, selection.scheme, first.year)) }
        if let last = block.last {
          place = last.id
          try body(block)
        }
        if rows.count < limit { return }
      }
    }

    func paymentCase(
      _ rows: PostgresRows, _ row: Int, _ scheme: InsuranceScheme, _ year: Int
    ) throws(StoreError) -> PaymentCase {
      let id = rows.text(row, 0)
      guard let level = UInt8(exactly: rows.integer(row, 2)).flatMap(InstitutionLevel.init(rawValue:)),
        let month = YearMonth(year: year, month: Int(rows.integer(row, 3))),
        let marks = PaymentMark.read(rows.text(row, 13))
      else {
        throw StoreError(
          .damaged, operation: "read cases", detail: "case \(id) has an unknown level, month or mark")
      }
      return PaymentCase(
        id: id, institution: rows.text(row, 1), level: level, scheme: scheme, month: month,
        cost: Money(fen: rows.integer(row, 4)), fundShare: Money(fen: rows.integer(row, 5)), group: rows.text(row, 6),
        stayDays: Int(rows.integer(row, 7)), ageYears: Int(rows.integer(row, 8)),
        dischargeKind: Int(rows.integer(row, 9)), department: rows.text(row, 10), physician: rows.text(row, 11),
        traditionalChinese: Money(fen: rows.integer(row, 12)), marks: marks)
    }
  }

  extension PostgresTransaction {
    func put(_ cases: [PaymentCase], region: String) throws(StoreError) {
      try lock(.paymentCases(region), toWrite: true)
      // One statement may not touch a row twice: the last of equal numbers counts.
      var places: [String: Int] = [:]
      for (place, item) in cases.enumerated() { places[item.id] = place }
      let kept =
        places.count == cases.count ? cases : cases.indices.filter { places[cases[$0].id] == $0 }.map { cases[$0] }
      func texts(_ value: (PaymentCase) -> String) -> PostgresValue { .texts(kept.map(value)) }
      func numbers(_ value: (PaymentCase) -> Int) -> PostgresValue { .integers(kept.map { Int64(value($0)) }) }
      func amounts(_ value: (PaymentCase) -> Money) -> PostgresValue { .integers(kept.map { value($0).fen }) }
      try enqueue(
        "put cases", PostgresPayingSQL.putCases,
        [
          .text(region), texts(\.id), texts(\.scheme.rawValue), numbers(\.month.year), numbers(\.month.month),
          texts(\.institution), numbers { Int($0.level.rawValue) }, amounts(\.cost), amounts(\.fundShare),
          texts(\.group), numbers(\.stayDays), numbers(\.ageYears), numbers(\.dischargeKind), texts(\.department),
          texts(\.physician), amounts(\.traditionalChinese), texts { PaymentMark.text($0.marks) },
        ])
    }

    func publish(_ run: PublishedRun, as stored: StoredRun) throws(StoreError) {
      let region = run.run.inputs.region
      let isNew: Bool
      do throws(StoreError) {
        isNew = try PaymentStoreRules.isNew(
          run, known: try publishedRun(run.run.identity, about: .paymentRuns(region)),
          latest: try publishedRuns(PostgresPayingSQL.latestRun, RunSelection(beside: run.run.inputs)).last)
      } catch { throw failed(error) }
      guard isNew else { return }
      try enqueue(
        "publish run", PostgresPayingSQL.addRun,
        [
          .text(stored.identity), .text(stored.kind), .text(stored.region), .text(stored.scheme), .text(stored.period),
          .optional(stored.corrects), .text(stored.time), .text(stored.publisher), .bytes(Array(stored.hash)),
          .text(stored.record),
        ])
    }
  }
#endif
