import Workflows

extension ConsoleSources {
  /// Reads the payer's store in one consistent state; its failure becomes a fault of the view.
  func read<Answer: Sendable>(
    _ body: @escaping @Sendable (any PayerReading) throws(StoreError) -> Answer
  ) async throws(ViewFault) -> Answer {
    try await ask { () async throws(StoreError) in try await payer.read(body) }
  }

  /// Asks a store; its failure becomes a fault of the view.
  func ask<Answer: Sendable>(_ body: () async throws(StoreError) -> Answer) async throws(ViewFault) -> Answer {
    do throws(StoreError) { return try await body() } catch { throw .store(error) }
  }
}
