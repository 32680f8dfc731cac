#if PostgreSQL
  import CLibPQ
  import Foundation

  /// What a statement answered, in the server's binary form.
  final class PostgresRows {
    private let result: OpaquePointer

    /// Takes over a result, and frees it in the end.
    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    /// How many rows there are.
    var count: Int { Int(PQntuples(result)) }

    /// What was done: `COMMIT`, `INSERT 0 1`.
    var tag: String { String(cString: PQcmdStatus(result)) }

    /// How many rows a statement changed.
    var changed: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    func isNull(_ row: Int, _ column: Int) -> Bool { PQgetisnull(result, Int32(row), Int32(column)) == 1 }

    /// The bytes of a value; empty for none.
    func data(_ row: Int, _ column: Int) -> Data {
      withBytes(row, column) { Data($0) }
    }

    func text(_ row: Int, _ column: Int) -> String {
      withBytes(row, column) { String(decoding: $0, as: UTF8.self) }
    }

    /// A whole number of any width; 0 for none.
    func integer(_ row: Int, _ column: Int) -> Int64 {
      withBytes(row, column) { bytes in
        guard let first = bytes.first else { return 0 }
        return bytes.dropFirst().reduce(Int64(Int8(bitPattern: first))) { $0 << 8 | Int64($1) }
      }
    }

    func optionalText(_ row: Int, _ column: Int) -> String? { isNull(row, column) ? nil : text(row, column) }

    func withBytes<Answer>(_ row: Int, _ column: Int, _ body: (UnsafeRawBufferPointer) -> Answer) -> Answer {
      let length = Int(PQgetlength(result, Int32(row), Int32(column)))
      return body(UnsafeRawBufferPointer(start: PQgetvalue(result, Int32(row), Int32(column)), count: length))
    }
  }
#endif
