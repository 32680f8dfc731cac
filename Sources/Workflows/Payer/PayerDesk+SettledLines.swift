import Claims
import Settlement

extension PayerDesk {
  /// The fee lines that a settlement settled, net of refunds, in the order of its shares.
  ///
  /// Refused when the visit's lines are others by now: a settlement that was reversed keeps its claim, not its lines.
  func settledLines(of record: SettlementRecord, _ store: any PayerReading) throws(StoreError)
    -> Result<[UploadedLine], DeskRefusal>
  {
    let lines = try store.netLines(of: record.visit.id)
    guard lines.map(\.line) == record.claim.lines else { return .failure(.desk(.feesChanged, about: record.id)) }
    return .success(lines)
  }

  /// The fee lines that a settlement settled, each with how it was split (5204).
  public func settledLines(of record: SettlementRecord) async -> Result<[FeeAnswer], DeskRefusal> {
    let desk = self
    return await read { store throws(StoreError) in
      try desk.settledLines(of: record, store).map { lines in
        zip(lines, record.settled.lineShares).map { FeeAnswer(line: $0, share: $1) }
      }
    }
  }
}
