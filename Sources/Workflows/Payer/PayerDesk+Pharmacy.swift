import Claims
import Kernel
import Settlement

/// A purchase at a pharmacy with how each line is split (2101, 2102 `detlcutinfo`).
public struct PurchaseAnswer: Sendable {
  /// The settlement.
  public let settlement: SettlementAnswer
  /// The lines.
  public let lines: [FeeAnswer]
}

extension PayerDesk {
  /// Works out a purchase at a pharmacy; nothing is stored (2101).
  public func preSettlePurchase(_ visit: Visit, _ fees: [FeeUpload], usesAccount: Bool) async
    -> Result<PurchaseAnswer, DeskRefusal>
  {
    let desk = self
    return await read { store throws(StoreError) in
      try desk.purchase(visit, fees, usesAccount: usesAccount, claim: "", store).map { work, lines in
        let record = desk.record(of: work, work.visit, id: "", message: "", time: "")
        return Self.purchased(desk.answer(record, work), lines)
      }
    }
  }

  /// Settles a purchase at a pharmacy in one step: visit, fees and settlement together, or nothing (2102).
  public func settlePurchase(_ visit: Visit, _ fees: [FeeUpload], usesAccount: Bool, _ message: MessageContext) async
    -> Result<PurchaseAnswer, DeskRefusal>
  {
    let desk = self
    return await once(
      message,
      again: { store, id throws(StoreError) in
        switch try desk.standing(id, store) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let answer):
          return try desk.settledLines(of: answer.record, store).map { Self.purchased(answer, $0) }
        }
      },
      { transaction throws(StoreError) in
        try transaction.lock(person: visit.person)
        let id = "\(desk.region)S\(try transaction.nextNumber("settlement"))"
        switch try desk.purchase(visit, fees, usesAccount: usesAccount, claim: id, transaction) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let (work, lines)):
          var settled = work.visit
          settled.id = "\(desk.region)V\(try transaction.nextNumber("visit"))"
          settled.state = .settled
          try transaction.add(settled)
          try transaction.append(lines, to: settled.id)
          let answer = try desk.commit(work, settled, id: id, message, transaction)
          return .success((Self.purchased(answer, lines), made: id))
        }
      })
  }

  private static func purchased(_ answer: SettlementAnswer, _ lines: [UploadedLine]) -> PurchaseAnswer {
    let shares = answer.record.settled.lineShares
    return PurchaseAnswer(settlement: answer, lines: zip(lines, shares).map { FeeAnswer(line: $0, share: $1) })
  }

  private func purchase(
    _ visit: Visit, _ fees: [FeeUpload], usesAccount: Bool, claim id: String, _ store: any PayerReading
  ) throws(StoreError) -> Result<(SettlementWork, [UploadedLine]), DeskRefusal> {
    if let refusal = try refusal(of: visit, store) { return .failure(refusal) }
    var used: Set<String> = []
    for fee in fees where !used.insert(fee.serial).inserted {
      return .failure(.desk(.feeSerialUsed, about: fee.serial))
    }
    let lines: [UploadedLine]
    switch try priced(fees, visit, store) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let priced): lines = priced
    }
    let balance = try store.balance(visit.person)
    let credit = CreditFacts(balance: balance.own, familyBalance: balance.family, usesAccount: usesAccount)
    return try calculate(visit, lines, credit, claim: id, store).map { ($0, lines) }
  }
}
