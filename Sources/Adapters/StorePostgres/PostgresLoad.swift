#if PostgreSQL
  public import Claims
  import Foundation
  import Kernel
  import People
  import StoreRecords
  public import Workflows

  extension PostgresPayerStore {
    /// Adds or replaces persons with their balances, many thousands a second: what `put` does, by `COPY`.
    ///
    /// Rows stream from the sequence, which is asked on a thread of the store's own; all of them are stored, or none.
    ///
    /// ```swift
    /// try await store.load(persons: register.lazy.map { ($0, AccountBalance(own: $0.balance)) })
    /// ```
    /// - Parameter persons: each person once; a balance of `nil` leaves the stored one as it is.
    /// - Returns: how many there were.
    /// - Throws: `refused` when a certificate is another person's, when a person comes twice, or a balance is below
    /// zero.
    @discardableResult
    public func load(
      persons: sending some Sequence<(person: PersonRecord, balance: AccountBalance?)>
    ) async throws(StoreError) -> Int {
      let rows = Rows(persons) { entry, buffer in
        let (record, balance) = entry
        let texts = [record.person.number, record.certificateType, record.certificateNumber]
        let values = texts.map { PostgresValue.text($0) } + [.text(try Self.json(record))]
        Self.append(
          values + [balance.map { .integer($0.own.fen) } ?? .null, balance.map { .integer($0.family.fen) } ?? .null],
          to: &buffer)
      }
      return try await run(
        "load persons", columns: ["k text", "t text", "c text", "r text", "own bigint", "family bigint"],
        merges: [
          """
          INSERT INTO person SELECT k, t, c, r FROM loaded ON CONFLICT (number) DO UPDATE SET
            certificate_type = excluded.certificate_type, certificate = excluded.certificate, record = excluded.record
          """,
          """
          INSERT INTO balance SELECT k, own, family FROM loaded WHERE own IS NOT NULL
          ON CONFLICT (person) DO UPDATE SET own = excluded.own, family = excluded.family
          """,
        ], rows)
    }

    /// Adds or replaces institutions by `COPY`; see `load(persons:)`.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func load(institutions: sending some Sequence<InstitutionRecord>) async throws(StoreError) -> Int {
      let rows = Rows(institutions) { record, buffer in
        Self.append([.text(record.institution.code), .text(try Self.json(record))], to: &buffer)
      }
      return try await run(
        "load institutions", columns: ["k text", "r text"],
        merges: [
          "INSERT INTO institution SELECT * FROM loaded ON CONFLICT (code) DO UPDATE SET record = excluded.record"
        ],
        rows)
    }

    /// Adds items of the catalogue, or replaces versions that begin on the same day, by `COPY`; see `load(persons:)`.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func load(items: sending some Sequence<ListedItem>) async throws(StoreError) -> Int {
      let rows = Rows(items) { record, buffer in
        Self.append(
          [.text(record.code), .text(record.period.first.description), .text(try Self.json(record))], to: &buffer)
      }
      return try await run(
        "load items", columns: ["k text", "d text", "r text"],
        merges: [
          "INSERT INTO item SELECT * FROM loaded ON CONFLICT (code, first) DO UPDATE SET record = excluded.record"
        ],
        rows)
    }

    /// A sequence on its way to the server; used by the thread that loads alone.
    private final class Rows: @unchecked Sendable {
      private let next: (inout [UInt8]) throws -> Bool
      private(set) var count = 0

      init<Source: Sequence>(
        _ source: sending Source, _ append: @escaping @Sendable (Source.Element, inout [UInt8]) throws -> Void
      ) {
        var iterator = source.makeIterator()
        next = { buffer in
          guard let element = iterator.next() else { return false }
          try append(element, &buffer)
          return true
        }
      }

      func append(to buffer: inout [UInt8]) throws -> Bool {
        guard try next(&buffer) else { return false }
        count += 1
        return true
      }
    }

    private static func json(_ record: some Encodable) throws -> String {
      String(decoding: try CompactJSON.encode(record), as: UTF8.self)
    }

    /// Appends a row in the binary form of `COPY`: how many values, then each with its length in front.
    private static func append(_ values: [PostgresValue], to buffer: inout [UInt8]) {
      buffer.appendBigEndian(Int16(values.count))
      for value in values {
        let start = buffer.count
        buffer.appendBigEndian(Int32(-1))
        guard value.append(to: &buffer) else { continue }
        let length = Int32(buffer.count - start - 4)
        withUnsafeBytes(of: length.bigEndian) { bytes in
          for (place, byte) in bytes.enumerated() { buffer[start + place] = byte }
        }
      }
    }

    /// Copies rows to a table of this transaction's, then merges them, alone in the store for that moment.
    private func run(
      _ operation: String, columns: [String], merges: [String], _ rows: Rows
    ) async throws(StoreError) -> Int {
      guard !address.isReadOnly else {
        throw StoreError(.unavailable, operation: operation, detail: "the store was opened to be read")
      }
      let address = address
      let result: Result<Int, StoreError> = await withCheckedContinuation { continuation in
        StoreThread.start("store load") {
          continuation.resume(
            returning: Result { () throws(StoreError) in
              try Self.load(address, operation, columns: columns, merges: merges, rows)
            })
        }
      }
      return try result.get()
    }

    private static func load(
      _ address: PostgresAddress, _ operation: String, columns: [String], merges: [String], _ rows: Rows
    ) throws(StoreError) -> Int {
      do {
        let connection = try PostgresConnection(address)
        let table = columns.map { $0.hasSuffix("text") ? $0 + " COLLATE \"C\"" : $0 }.joined(separator: ", ")
        try connection.script("BEGIN; CREATE TEMPORARY TABLE loaded (\(table)) ON COMMIT DROP")
        try connection.copy("COPY loaded FROM STDIN (FORMAT binary)") { try rows.append(to: &$0) }
        let lock = PostgresLock(.store, in: address.schema).key
        try connection.script("SELECT pg_advisory_xact_lock(\(lock))")
        for merge in merges { try connection.script(merge) }
        try connection.script("COMMIT")
        return rows.count
      } catch let fault as PostgresFault {
        throw fault.storeError(operation)
      } catch is EncodingError {
        throw StoreError(.refused, operation: operation, detail: "a record cannot be stored")
      } catch {
        throw StoreError(.unavailable, operation: operation, detail: "\(type(of: error))")
      }
    }
  }
#endif
