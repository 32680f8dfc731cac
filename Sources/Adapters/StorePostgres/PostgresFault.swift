#if PostgreSQL
  import CLibPQ
  import Workflows

  /// What the server, or the way to it, failed with.
  ///
  /// It carries no value of a statement: the server's detail and context lines hold keys and arguments, which are
  /// personal data, and so may the message of a value that does not fit its type.
  struct PostgresFault: Error {
    /// The code of the standard; `08006` when the connection is lost.
    let state: String
    /// What went wrong, fit for a log.
    let message: String
    /// Which of the statements sent together it was.
    var place = 0

    /// The connection is gone, or must be taken as gone.
    var isLost: Bool { state.hasPrefix("08") || ["57P01", "57P02", "57P03"].contains(state) }
    /// Two transactions stood in each other's way; the same again may do.
    var isConflict: Bool { state == "40001" || state == "40P01" }
    /// A key is there already.
    var isDuplicate: Bool { state == "23505" }

    init(state: String, message: String) {
      self.state = state
      self.message = message
    }

    /// The fault of a result.
    init(_ result: OpaquePointer, isLost: Bool) {
      func field(_ code: UnicodeScalar) -> String? {
        PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) }
      }
      state = field("C") ?? (isLost ? "08006" : "XX000")
      let words = field("M") ?? "the connection was lost"
      // Of data that does not fit (class 22) and of constraints (23) only names are told; our own triggers' words are
      // ours.
      let isOurs = state == "23000"
      if (state.hasPrefix("22") || state.hasPrefix("23")) && !isOurs {
        let place = [field("t").map { "table \($0)" }, field("n").map { "constraint \($0)" }].compactMap(\.self)
        message = place.isEmpty ? "a value does not fit" : place.joined(separator: ", ")
      } else {
        message = words
      }
    }

    static func lost(_ message: String) -> PostgresFault { PostgresFault(state: "08006", message: message) }

    /// What it means to the caller.
    func storeError(_ operation: String) -> StoreError {
      StoreError(code, operation: operation, detail: "PostgreSQL \(state): \(message)")
    }

    private var code: StoreError.Code {
      switch state {
      case "53300", "55P03", "57014", "40001", "40P01": return .busy
      case "42501", "25006": return .unavailable
      case "XX001", "XX002": return .damaged
      default: break
      }
      switch state.prefix(2) {
      case "21", "22", "23": return .refused
      case "0A", "42", "26": return .damaged
      default: return .unavailable  // 08 connection, 53 resources, 57 operator, 58 system, XX internal
      }
    }
  }
#endif
