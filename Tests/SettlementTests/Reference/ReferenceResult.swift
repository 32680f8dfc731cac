import Settlement

/// What the reference says of one claim; amounts in fen.
struct ReferenceResult: Hashable, Sendable {
  /// The number of the outcome of spec section 2; 0 when settled.
  var number = 0
  var total: Int64 = 0
  var fullySelfPaid: Int64 = 0
  /// All over limit, whoever bears it.
  var overLimit: Int64 = 0
  var preliminarySelfPay: Int64 = 0
  /// Ordinary and separately paid in-policy amounts together.
  var inPolicy: Int64 = 0
  /// `act_pay_dedc`.
  var deductible: Int64 = 0
  /// The ordinary part of the pooled fund's payment.
  var pooled: Int64 = 0
  /// The pooled fund's payment for separately paid items.
  var separate: Int64 = 0
  /// What each layer that applied paid, nothing included.
  var layers: [SupplementLayer: Int64] = [:]
  var fund: Int64 = 0
  var hospital: Int64 = 0
  var person: Int64 = 0
  var account: Int64 = 0
  var familyAccount: Int64 = 0
  /// What the accounts do not pay; the credit line advances a part of it.
  var cash: Int64 = 0
  var credit: Int64 = 0
  /// `O` of spec sections 7 and 8: the in-policy amount beyond the yearly cap.
  var aboveCap: Int64 = 0
  /// What the settlement added.
  var change = ReferenceChange()
  /// The accumulators afterwards.
  var accumulators: ReferenceAccumulators

  var isSettled: Bool { number == 0 }

  /// The word of the outcome.
  var word: String { ReferenceResult.words[number] ?? "?" }

  /// Every outcome that can be reached from a snapshot, by number.
  static let words: [Int: String] = [
    0: "settled",
    110: "empty_claim", 111: "discharge_before_admission", 112: "negative_line", 113: "line_amount_mismatch",
    114: "amount_too_large", 115: "line_outside_stay",
    120: "deceased", 121: "duplicate_enrolment", 122: "waiting", 123: "interrupted", 124: "paid_late",
    125: "too_few_contribution_years", 126: "ended", 127: "not_paid", 128: "not_enrolled", 129: "not_regulated",
    130: "care_not_offered", 131: "no_rate_at_level", 132: "chronic_disease_not_filed",
    133: "no_first_self_pay_rate", 134: "no_separate_pay_rate", 140: "wrong_year",
  ]

  /// The identities of spec section 11 that do not hold; none when all is well.
  var brokenIdentities: [String] {
    var broken: [String] = []
    func check(_ holds: Bool, _ name: String) { if !holds { broken.append(name) } }
    let layerSum = layers.values.reduce(0, +)
    check(total == fullySelfPaid + overLimit + preliminarySelfPay + inPolicy, "total by kind")
    check(total == fund + person + hospital, "total by payer")
    check(person == account + familyAccount + cash, "person")
    check(fund == pooled + separate + layerSum, "fund")
    check(credit <= cash && deductible <= inPolicy && pooled <= inPolicy, "parts within wholes")
    let amounts = [
      total, fullySelfPaid, overLimit, preliminarySelfPay, inPolicy, deductible, pooled, separate, fund, hospital,
      person, account, familyAccount, cash, credit, aboveCap,
    ]
    check(amounts.allSatisfy { $0 >= 0 } && layers.values.allSatisfy { $0 >= 0 }, "nothing negative")
    check(change.sums.values.allSatisfy { $0 >= 0 }, "accumulators only grow")
    return broken
  }
}
