import Claims
import Kernel
import People

/// The amounts of a settlement while it is worked out.
struct Worksheet {
  var amounts = SettlementAmounts()
  var change = AccumulatorChange()

  /// In-policy amount of ordinary lines; `P` in the specification.
  var ordinary = Money.zero
  /// The part of ``ordinary`` on lines of Chinese medicine; `T`.
  var chineseMedicine = Money.zero
  /// Allowed amounts of separately paid items by item and month.
  var separate: [SeparateGroup] = []
  /// The standard of the deductible, for the record of the stay; `D₂`.
  var standard = Money.zero
  /// What is above the deductible; `E`.
  var covered = Money.zero
  /// What of ``covered`` takes part in bands; `E'`.
  var counted = Money.zero
  /// What lies above the pooled fund's yearly cap; `O`.
  var aboveCap = Money.zero
  /// The pooled fund's payment before caps.
  var candidate = Money.zero
  /// Where on the scale of bands the claim begins, and how their rates change; for what lies above the cap.
  var bandStart: Int64 = 0
  var adjustment = RateAdjustment()
  /// Extra pay for Chinese medicine, in fen times millionths.
  var medicineBonus: Int64 = 0
  /// Over limit that the person bears.
  var personsOverLimit = Money.zero

  /// A separately paid item in one month.
  struct SeparateGroup {
    let item: String
    let month: YearMonth
    let terms: SeparateItemTerms
    let firstLine: Int
    var allowed: Money
    var payment: Money
  }

  /// Adds up the bill once all lines are split.
  mutating func closeBill(_ recorder: inout some StepRecorder) {
    var inPolicy = ordinary
    for group in separate { inPolicy += group.allowed }
    amounts.inPolicy = inPolicy
    recorder.record(TraceStep(.inPolicy, base: amounts.total, result: inPolicy))
  }

  /// Puts over-limit money on the side of whoever bears it.
  mutating func addOverLimit(_ amount: Money, hospitalBears: Bool) {
    amounts.overLimit += amount
    if hospitalBears { amounts.hospital += amount } else { personsOverLimit += amount }
  }

  /// Writes down what the year's accumulators gain.
  mutating func recordUse(_ claim: Claim, _ benefit: Benefit) {
    let counters = benefit.plan.counters
    change.totals.deductible[counters] = amounts.deductible
    change.totals.inPolicy[counters] = ordinary
    change.totals.covered[counters] = covered
    change.totals.pooled[counters] = amounts.pooledOrdinary
    if benefit.plan.countsTowardCap {
      change.totals.countedPooled += amounts.pooledOrdinary
      change.totals.countedInPolicy += ordinary
    }
    for group in separate where group.allowed > .zero {
      change.uses[.item(group.item, group.month), default: .zero] += group.allowed
    }
    if let disease = claim.chronicDisease, amounts.pooledOrdinary > .zero {
      change.uses[.disease(disease)] = amounts.pooledOrdinary
    }
    if claim.care.isStay {
      change.stay = StayRecord(
        claim: claim.id, plan: benefit.plan.care, level: claim.institution.level, chain: claim.referralChain,
        standard: standard)
    }
  }
}
