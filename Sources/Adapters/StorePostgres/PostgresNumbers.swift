#if PostgreSQL
  import Synchronization
  import Workflows

  /// Numbers of the sequences, taken from the database in blocks by a connection of their own: outside the transaction
  /// that asks, so that a number given up is not given again and nobody waits for another's end.
  final class PostgresNumbers: Sendable {
    /// How many are taken at once; what a process did not use when it ends is a gap.
    private static let block: Int64 = 32

    private struct State {
      var connection: PostgresConnection?
      var blocks: [String: Range<Int64>] = [:]
    }

    private let address: PostgresAddress
    private let state = Mutex(State())

    init(_ address: PostgresAddress) { self.address = address }

    /// The next number; blocks while one is taken.
    func next(of sequence: String) throws(StoreError) -> Int64 {
      try state.withLock { state throws(StoreError) in
        var rest = state.blocks[sequence] ?? 0..<0
        if rest.isEmpty { rest = try take(sequence, &state) }
        state.blocks[sequence] = rest.dropFirst()
        return rest.lowerBound
      }
    }

    private func take(_ sequence: String, _ state: inout State) throws(StoreError) -> Range<Int64> {
      do throws(PostgresFault) {
        if let connection = state.connection { return try take(sequence, connection, &state) }
        return try take(sequence, PostgresConnection(address), &state)
      } catch {
        state.connection = nil
        guard error.isLost else { throw error.storeError("next number") }
      }
      // The connection had gone meanwhile; whatever it took is a gap.
      do throws(PostgresFault) {
        return try take(sequence, PostgresConnection(address), &state)
      } catch { throw error.storeError("next number") }
    }

    private func take(
      _ sequence: String, _ connection: PostgresConnection, _ state: inout State
    ) throws(PostgresFault) -> Range<Int64> {
      state.connection = connection
      let call = PostgresConnection.Call(PostgresSQL.takeNumbers, [.text(sequence), .integer(Self.block)])
      let rows = try connection.run([call])
      guard let last = rows.first?.integer(0, 0), last >= Self.block else {
        throw PostgresFault(state: "XX000", message: "no numbers came")
      }
      return last - Self.block + 1..<last + 1
    }

    /// Lets go of the connection.
    func close() { state.withLock { $0.connection = nil } }
  }
#endif
