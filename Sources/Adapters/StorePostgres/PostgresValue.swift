#if PostgreSQL
  /// A value as a statement's parameter, sent in the server's binary form: no quoting, no limit, no rounding.
  enum PostgresValue {
    case null
    case text(String)
    case integer(Int64)
    case bytes([UInt8])
    case texts([String])
    case integers([Int64])

    static func optional(_ text: String?) -> PostgresValue { text.map { .text($0) } ?? .null }

    /// Appends the value's bytes; says whether it is there at all.
    func append(to bytes: inout [UInt8]) -> Bool {
      switch self {
      case .null: return false
      case .text(let text): bytes += text.utf8
      case .integer(let number): bytes.appendBigEndian(number)
      case .bytes(let more): bytes += more
      case .texts(let texts):
        Self.append(arrayOf: 25, count: texts.count, to: &bytes)
        for text in texts {
          bytes.appendBigEndian(Int32(text.utf8.count))
          bytes += text.utf8
        }
      case .integers(let numbers):
        Self.append(arrayOf: 20, count: numbers.count, to: &bytes)
        for number in numbers {
          bytes.appendBigEndian(Int32(8))
          bytes.appendBigEndian(number)
        }
      }
      return true
    }

    /// The head of an array of one dimension: dimensions, whether it holds nulls, the element's type, length, first
    /// index.
    private static func append(arrayOf type: Int32, count: Int, to bytes: inout [UInt8]) {
      for number in count == 0 ? [0, 0, type] : [1, 0, type, Int32(count), 1] { bytes.appendBigEndian(number) }
    }
  }

  extension [UInt8] {
    mutating func appendBigEndian(_ number: some FixedWidthInteger) {
      Swift.withUnsafeBytes(of: number.bigEndian) { self += $0 }
    }
  }

  /// A statement that a connection prepares once.
  struct PostgresStatement: Sendable {
    /// Its name on the server, unique among statements.
    let name: String
    let sql: String

    init(_ name: String, _ sql: String) {
      self.name = name
      self.sql = sql
    }
  }
#endif
