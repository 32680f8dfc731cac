#if PostgreSQL
  import CLibPQ
  import Foundation

  /// One connection to the server, used by one thread at a time, which its pool sees to; statements go out many
  /// together (pipeline mode).
  final class PostgresConnection: @unchecked Sendable {
    private let raw: OpaquePointer
    private var prepared: Set<String> = []

    /// Connects, and puts the session in the one state that the store's promises rest on.
    ///
    /// - Throws: `PostgresFault`; its message names host and user, never the password.
    init(_ address: PostgresAddress) throws(PostgresFault) {
      // What stands before `dbname` may be overruled by the address, what stands after may not.
      let words: [(String, String)] = [
        ("connect_timeout", "5"), ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
        ("tcp_user_timeout", "30000"), ("fallback_application_name", "yibao"), ("dbname", address.url),
        ("client_encoding", "UTF8"),
      ]
      let opened = Self.withCStrings(words.map(\.0)) { keys in
        Self.withCStrings(words.map(\.1)) { values in PQconnectdbParams(keys, values, 1) }
      }
      guard let opened else { throw PostgresFault.lost("out of memory") }
      // From here on a failure runs `deinit`, which closes it.
      raw = opened
      guard PQstatus(raw) == CONNECTION_OK else {
        throw .lost(String(cString: PQerrorMessage(raw)).split(separator: "\n").joined(separator: "; "))
      }
      // Notices may quote what they are about, and nobody reads them.
      PQsetNoticeReceiver(raw, { _, _ in }, nil)
      PQenterPipelineMode(raw)
      try script(address.sessionSettings)
    }

    deinit { PQfinish(raw) }

    private static func withCStrings<Answer>(
      _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Answer
    ) -> Answer {
      var pointers: [UnsafePointer<CChar>?] = strings.map { UnsafePointer(strdup($0)) }
      pointers.append(nil)
      defer { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
      return pointers.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else {
          preconditionFailure("the list ends with a null, so it is not empty")
        }
        return body(base)
      }
    }

    /// Whether the connection is gone.
    var isLost: Bool { PQstatus(raw) != CONNECTION_OK }

    /// A statement with its values.
    struct Call {
      let statement: PostgresStatement
      let values: [PostgresValue]

      init(_ statement: PostgresStatement, _ values: [PostgresValue] = []) {
        self.statement = statement
        self.values = values
      }
    }

    /// Runs statements in one round trip; after one that fails the rest do not run.
    func run(_ calls: [Call]) throws(PostgresFault) -> [PostgresRows] {
      var expected: [Expected] = []
      for (place, call) in calls.enumerated() {
        if !prepared.contains(call.statement.name), !expected.contains(where: { $0.preparing == call.statement.name }) {
          guard PQsendPrepare(raw, call.statement.name, call.statement.sql, 0, nil) == 1 else { throw lost() }
          expected.append(Expected(place: place, preparing: call.statement.name))
        }
        guard send(call) else { throw lost() }
        expected.append(Expected(place: place, preparing: nil))
      }
      guard PQpipelineSync(raw) == 1 else { throw lost() }
      return try receive(expected)
    }

    /// A result on its way: of a statement, or of preparing one.
    private struct Expected {
      let place: Int
      let preparing: String?
    }

    private func send(_ call: Call) -> Bool {
      var bytes: [UInt8] = []
      var ranges: [Range<Int>?] = []
      for value in call.values {
        let start = bytes.count
        ranges.append(value.append(to: &bytes) ? start..<bytes.count : nil)
      }
      bytes.append(0)  // so that there is an address for values of no length
      let lengths = ranges.map { Int32($0?.count ?? 0) }
      let formats = [Int32](repeating: 1, count: ranges.count)
      return bytes.withUnsafeBytes { buffer in
        let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
        let values = ranges.map { range in range.flatMap { base?.advanced(by: $0.lowerBound) } }
        return PQsendQueryPrepared(raw, call.statement.name, Int32(values.count), values, lengths, formats, 1) == 1
      }
    }

    private func receive(_ expected: [Expected]) throws(PostgresFault) -> [PostgresRows] {
      var rows: [PostgresRows] = []
      var fault: PostgresFault?
      var next = 0
      var wasSeparator = false
      while true {
        guard let result = PQgetResult(raw) else {
          // A separator follows every result; two in a row come only from a connection that is gone.
          if isLost || wasSeparator { throw fault ?? lost() }
          wasSeparator = true
          continue
        }
        wasSeparator = false
        let status = PQresultStatus(result)
        if status == PGRES_PIPELINE_SYNC {
          PQclear(result)
          if let fault { throw fault }
          return rows
        }
        guard next < expected.count else {
          PQclear(result)
          continue
        }
        let mine = expected[next]
        next += 1
        if status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK {
          if let name = mine.preparing {
            prepared.insert(name)
            PQclear(result)
          } else {
            rows.append(PostgresRows(result))
          }
        } else {
          if status != PGRES_PIPELINE_ABORTED, fault == nil {
            fault = PostgresFault(result, isLost: isLost)
            fault?.place = mine.place
          }
          PQclear(result)
        }
      }
    }

    private func lost() -> PostgresFault {
      // What libpq says of a broken connection holds no values.
      let message = String(cString: PQerrorMessage(raw)).split(separator: "\n").first.map(String.init)
      return .lost(message ?? "the connection was lost")
    }

    /// Runs SQL without parameters, several statements if need be, outside the pipeline.
    @discardableResult
    func script(_ sql: String) throws(PostgresFault) -> PostgresRows {
      guard PQexitPipelineMode(raw) == 1 else { throw lost() }
      defer { PQenterPipelineMode(raw) }
      return try finished(PQexec(raw, sql))
    }

    /// The first column of what SQL answers, as text.
    func words(_ sql: String) throws(PostgresFault) -> [String] {
      let rows = try script(sql)
      return (0..<rows.count).map { rows.text($0, 0) }
    }

    private func finished(_ result: OpaquePointer?) throws(PostgresFault) -> PostgresRows {
      guard let result else { throw lost() }
      let status = PQresultStatus(result)
      if status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK { return PostgresRows(result) }
      defer { PQclear(result) }
      throw PostgresFault(result, isLost: isLost)
    }

    /// Sends rows of a `COPY … FROM STDIN (FORMAT binary)`; `next` appends rows to a buffer until there are none.
    func copy(_ sql: String, _ next: (inout [UInt8]) throws -> Bool) throws {
      guard PQexitPipelineMode(raw) == 1 else { throw lost() }
      defer { PQenterPipelineMode(raw) }
      guard let begun = PQexec(raw, sql) else { throw lost() }
      guard PQresultStatus(begun) == PGRES_COPY_IN else {
        defer { PQclear(begun) }
        throw PostgresFault(begun, isLost: isLost)
      }
      PQclear(begun)
      var failure: (any Error)?
      do { try send(rows: next) } catch { failure = error }
      guard PQputCopyEnd(raw, failure == nil ? nil : "given up") == 1 else { throw failure ?? lost() }
      var fault: PostgresFault?
      while let result = PQgetResult(raw) {
        if PQresultStatus(result) != PGRES_COMMAND_OK { fault = fault ?? PostgresFault(result, isLost: isLost) }
        PQclear(result)
      }
      if let problem = failure ?? fault { throw problem }
    }

    private func send(rows next: (inout [UInt8]) throws -> Bool) throws {
      var buffer = [UInt8]("PGCOPY\n\u{FF}\r\n\0".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
      buffer.appendBigEndian(Int32(0))  // no flags
      buffer.appendBigEndian(Int32(0))  // no extension of the header
      var isMore = true
      while isMore {
        isMore = try next(&buffer)
        if !isMore { buffer.appendBigEndian(Int16(-1)) }
        if !isMore || buffer.count >= 1 << 16 {
          let sent = buffer.withUnsafeBytes { bytes in
            PQputCopyData(raw, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
          }
          guard sent == 1 else { throw lost() }
          buffer.removeAll(keepingCapacity: true)
        }
      }
    }
  }
#endif
