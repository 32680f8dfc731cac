import Claims
import Kernel
import Settlement

/// Fee lines that were split, and what refunds among them take back from.
struct FeeSplitting {
  var answers: [FeeAnswer]
  var refunds: [String: String]
}

extension PayerDesk {
  /// Prices and splits lines that come to a visit, refunds among them.
  func split(_ fees: [FeeUpload], after standing: [UploadedLine], _ visit: Visit, _ store: any PayerReading)
    throws(StoreError) -> Result<FeeSplitting, DeskRefusal>
  {
    let charges: [UploadedLine]
    switch try priced(fees.filter { $0.quantity.tenThousandths >= 0 }, visit, store) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let priced): charges = priced
    }
    let before = try store.refunds(of: visit.id, among: standing)
    var all = standing + charges
    // Charges first: the engine's word on them bounds every product that refunds are compared with.
    if fees.count > charges.count && !charges.isEmpty {
      let net = NetFees(all, refunds: before)
      if case .failure(let refusal) = try shares(net, visit, store) { return .failure(refusal) }
    }
    var refunds = before
    var own: [String: String] = [:]
    var refundLines: [String: UploadedLine] = [:]
    for fee in fees where fee.quantity.tenThousandths < 0 {
      // An item that is no longer listed today may still be given back.
      var item = fee.item
      if case .success(let listed) = try listed(fee, at: visit.institution, store) { item = listed.code }
      guard let original = NetFees(all, refunds: refunds).original(of: fee, item: item) else {
        return .failure(.desk(.refundUnmatched, about: fee.serial))
      }
      var line = original
      (line.serial, line.batch) = (fee.serial, fee.batch)
      (line.line.day, line.line.quantity, line.line.amount) = (fee.day, fee.quantity, fee.amount)
      all.append(line)
      refunds[fee.serial] = original.serial
      own[fee.serial] = original.serial
      refundLines[fee.serial] = line
    }
    let chargeLines = Dictionary(charges.map { ($0.serial, $0) }, uniquingKeysWith: { first, _ in first })
    let lines = fees.compactMap { chargeLines[$0.serial] ?? refundLines[$0.serial] }
    return try split(lines, after: standing, refunds, visit, store).map { FeeSplitting(answers: $0, refunds: own) }
  }

  /// Splits priced lines under what came before them: charges as they stand, each refund as what it takes from the
  /// split of its line.
  func split(
    _ new: [UploadedLine], after standing: [UploadedLine], _ refunds: [String: String], _ visit: Visit,
    _ store: any PayerReading
  ) throws(StoreError) -> Result<[FeeAnswer], DeskRefusal> {
    var all = standing + new.filter { !$0.isRefund }
    var current: [String: LineShare]
    switch try shares(NetFees(all, refunds: refunds), visit, store) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let found): current = found
    }
    var answers: [String: LineShare] = [:]
    for line in new where !line.isRefund { answers[line.serial] = current[line.serial] ?? .zero }
    // Refunds of different lines are split together; a second one of a line waits for the next round.
    var waiting = new.filter(\.isRefund)
    while !waiting.isEmpty {
      var touched: Set<String> = []
      let round = waiting.filter { touched.insert(refunds[$0.serial] ?? "").inserted }
      let served = Set(round.map(\.serial))
      waiting.removeAll { served.contains($0.serial) }
      all += round
      let next: [String: LineShare]
      switch try shares(NetFees(all, refunds: refunds), visit, store) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let found): next = found
      }
      for line in round {
        let original = refunds[line.serial] ?? ""
        answers[line.serial] = (next[original] ?? .zero) - (current[original] ?? .zero)
      }
      current = next
    }
    return .success(new.map { FeeAnswer(line: $0, share: answers[$0.serial] ?? .zero) })
  }

  /// How each line is split by a settlement of what there is; nothing when nothing is left.
  private func shares(_ fees: NetFees, _ visit: Visit, _ store: any PayerReading) throws(StoreError)
    -> Result<[String: LineShare], DeskRefusal>
  {
    if fees.lines.isEmpty { return .success([:]) }
    return try calculate(visit, fees.lines, CreditFacts(), claim: visit.id, store).map { work in
      Dictionary(
        zip(fees.lines, work.settled.lineShares).map { ($0.serial, $1) }, uniquingKeysWith: { first, _ in first })
    }
  }
}
