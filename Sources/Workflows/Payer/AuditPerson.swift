import Claims
import Kernel
import Ledger
import People
import Settlement

/// Audits one person: what follows from the person's records against what is stored about the person.
struct AuditPerson {
  /// Everything stored about a person, read in one consistent state.
  struct Stored: Sendable {
    let number: String
    let records: [SettlementRecord]
    let balance: AccountBalance
    let accumulators: [Accumulators]

    init(_ number: String, in store: any PayerReading) throws(StoreError) {
      self.number = number
      records = try store.settlements(ofPerson: number)
      balance = try store.balance(number)
      var found: [Accumulators] = []
      // The years around those settled too: an amount that nobody settled lies there, when it lies anywhere.
      let years = records.map(\.year)
      if let first = years.min(), let last = years.max() {
        for scheme in InsuranceScheme.allCases {
          for year in (first - 1)...(last + 1) { found.append(try store.accumulators(number, scheme, year: year)) }
        }
      }
      accumulators = found
    }
  }

  let stored: Stored

  private var masked: String { MaskedNumber.of(stored.number) }

  /// Everything that does not hold.
  func differences() -> [AuditDifference] { accumulatorDifferences() + balanceDifferences() + recordDifferences() }

  private func accumulatorDifferences() -> [AuditDifference] {
    stored.accumulators.compactMap { kept in
      var derived = Accumulators(scheme: kept.scheme, year: kept.year)
      for record in stored.records where record.settled.cover.scheme == kept.scheme && record.year == kept.year {
        guard let next = derived.after(record) else { continue }  // told as a reversal's difference
        derived = next
      }
      guard derived != kept else { return nil }
      let what = derived.differing(from: kept)
      return AuditDifference(
        .accumulators, masked,
        LocalizedText(
          "\(kept.year) 年\(kept.scheme.title.chinese)累计与结算之和不符：\(what)",
          "the accumulators of \(kept.year), \(kept.scheme.title.english), are not the sum of settlements: \(what)"))
    }
  }

  private func balanceDifferences() -> [AuditDifference] {
    let balance = stored.balance
    guard balance.own.isNegative || balance.family.isNegative else { return [] }
    return [
      AuditDifference(
        .balance, masked,
        LocalizedText(
          "账户余额为负：\(balance.own)、\(balance.family)", "an account is below zero: \(balance.own), \(balance.family)"))
    ]
  }

  private func recordDifferences() -> [AuditDifference] {
    var found: [AuditDifference] = []
    var seen: [String: SettlementRecord] = [:]
    var reversed: Set<String> = []
    for record in stored.records {
      for text in record.contradictions(original: record.reverses.flatMap { seen[$0] }) {
        let kind: AuditDifference.Kind = text.contains("takes back") ? .reversal : .record
        found.append(.init(kind, record.id, LocalizedText("记录自相矛盾：\(text)", "the record contradicts itself: \(text)")))
      }
      if record.balance.isNegative {
        found.append(.init(.balance, record.id, LocalizedText("结算后余额为负", "the balance afterwards is below zero")))
      }
      if let original = record.reverses, !reversed.insert(original).inserted {
        found.append(.init(.reversal, original, LocalizedText("被撤销不止一次", "it is taken back more than once")))
      }
      if seen.updateValue(record, forKey: record.id) != nil {
        found.append(.init(.record, record.id, LocalizedText("标识重复", "the identifier is used twice")))
      }
    }
    return found
  }
}

extension Accumulators {
  /// Where other accumulators differ, in the words of the amounts.
  fileprivate func differing(from other: Accumulators) -> String {
    var places: [String] = []
    func compare(_ name: String, _ mine: Money, _ theirs: Money) {
      if mine != theirs { places.append("\(name) \(mine) ≠ \(theirs)") }
    }
    for care in CareCategory.allCases {
      compare("deductible[\(care.word)]", totals.deductible[care], other.totals.deductible[care])
      compare("in_policy[\(care.word)]", totals.inPolicy[care], other.totals.inPolicy[care])
      compare("covered[\(care.word)]", totals.covered[care], other.totals.covered[care])
      compare("pooled[\(care.word)]", totals.pooled[care], other.totals.pooled[care])
    }
    for layer in SupplementLayer.allCases {
      compare("burden[\(layer)]", totals.layerBurden[layer], other.totals.layerBurden[layer])
      compare("paid[\(layer)]", totals.layerPaid[layer], other.totals.layerPaid[layer])
    }
    compare("counted_pooled", totals.countedPooled, other.totals.countedPooled)
    compare("counted_in_policy", totals.countedInPolicy, other.totals.countedInPolicy)
    if stays != other.stays { places.append("stays \(stays.count) ≠ \(other.stays.count)") }
    if uses != other.uses { places.append("uses \(uses.count) ≠ \(other.uses.count)") }
    return places.joined(separator: ", ")
  }
}
