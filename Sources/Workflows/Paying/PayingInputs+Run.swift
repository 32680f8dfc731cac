import Kernel
public import Payment

extension PayingInputs {
  /// What people stated for a run of a month or year, read back from the run's inputs.
  ///
  /// The same calculation with these inputs gives the same run. What a run takes from other runs is not among them.
  ///
  /// - Returns: `nil` when an input is not written as runs write it; nothing is guessed instead.
  public init?(of run: PaymentRun.Inputs) {
    self.init()
    for (name, value) in run.further.sorted(by: { $0.key < $1.key }) {
      let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
      let subject = parts.count > 1 ? parts[1] : ""
      let isRead =
        switch parts.first {
        case "fund": readFund(value, run)
        case "finding": readFinding(subject, value, run)
        case "score": readScore(subject, value)
        case "removal": readRemoval(subject, value, run)
        case "decision": readDecision(subject, value)
        default: true
        }
      guard isRead else { return nil }
    }
  }

  private mutating func readFund(_ text: String, _ run: PaymentRun.Inputs) -> Bool {
    let parts = Self.parts(text, 2)
    guard let amount = Money(yuan: parts[0]) else { return false }
    fund.append(FundMoney(scheme: run.scheme, period: run.period, amount: amount, basis: parts[1]))
    return true
  }

  private mutating func readFinding(_ id: String, _ text: String, _ run: PaymentRun.Inputs) -> Bool {
    let parts = Self.parts(text, 3)
    guard let amount = Money(yuan: parts[1]) else { return false }
    findings.append(
      PeriodFinding(
        finding: ReviewFinding(id: id, institution: parts[0], amount: amount), scheme: run.scheme, period: run.period,
        reason: parts[2]))
    return true
  }

  private mutating func readScore(_ subject: String, _ text: String) -> Bool {
    let parts = Self.parts(subject, 2)
    guard !parts[1].isEmpty, let points = Points(text) else { return false }
    scores[parts[0], default: [:]][parts[1]] = points
    return true
  }

  private mutating func readRemoval(_ institution: String, _ text: String, _ run: PaymentRun.Inputs) -> Bool {
    let parts = Self.parts(text, 2)
    guard let retention = Money(yuan: parts[0]), let change = Money(yuan: parts[1]) else { return false }
    removals.append(
      YearlyRemoval(
        institution: institution, scheme: run.scheme, year: run.period.year, retention: retention,
        policyChange: change))
    return true
  }

  private mutating func readDecision(_ id: String, _ text: String) -> Bool {
    guard let determination = CaseDetermination(runText: text) else { return false }
    determinations[id] = determination
    return true
  }

  /// A text at its first blanks: always so many parts, the last with everything that is left.
  private static func parts(_ text: String, _ count: Int) -> [String] {
    var parts = text.split(separator: " ", maxSplits: count - 1, omittingEmptySubsequences: false).map(String.init)
    while parts.count < count { parts.append("") }
    return parts
  }
}

extension CaseDetermination {
  /// Reads what a run's inputs state: `types; quota; decision`.
  init?(runText text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " })
    }
    guard parts.count == 3 else { return nil }
    self.init()
    auxiliaryTypes = Set(parts[0].split(separator: "|").map(String.init))
    switch parts[1] {
    case "": isWithinQuota = nil
    case "within": isWithinQuota = true
    case "beyond": isWithinQuota = false
    default: return nil
    }
    switch parts[2] {
    case "": decision = nil
    case "actual_cost": decision = .actualCost
    case "refused": decision = .refused
    default:
      guard parts[2].hasPrefix("amount "), let amount = Money(yuan: parts[2].dropFirst(7)) else { return nil }
      decision = .amount(amount)
    }
  }
}
