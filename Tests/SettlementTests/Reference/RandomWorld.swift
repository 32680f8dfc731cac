import Claims
import Kernel
import People
import Policy
import Settlement

/// A small generator of whole numbers that gives the same sequence for the same seed on every machine (SplitMix64).
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 to one below `count`.
  mutating func below(_ count: Int) -> Int {
    precondition(count > 0, "nothing to choose from")
    return Int(next() % UInt64(count))
  }

  /// True in that many of a hundred throws.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    for place in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(place, below(place + 1)) }
    return elements
  }

  /// Some of the elements in their order, at least one.
  mutating func some<Element>(_ elements: [Element], percent: Int) -> [Element] {
    let chosen = elements.filter { _ in chance(percent) }
    return chosen.isEmpty ? [pick(elements)] : chosen
  }
}

/// One step in the year of a person.
enum RandomStep {
  /// A claim comes to settlement, with what the person has on account that day.
  case settle(Claim, ReferenceCredit)
  /// The settlement of an earlier claim is taken back; nothing happens where that claim was refused.
  case reverse(claim: String)
}

/// The year of one person under one policy, in the order in which things happen.
struct RandomYear {
  var policy: SnapshotBuilder
  /// Years with the same number are under the same policy.
  var policyNumber: Int
  var person: InsuredPerson
  /// What the accumulators are made for: the year 2026 and the scheme of the first enrolment.
  var scheme: InsuranceScheme
  var steps: [RandomStep]

  /// Accumulators before the first step.
  var accumulators: ReferenceAccumulators { ReferenceAccumulators(year: RandomWorld.year, scheme: scheme) }
}

/// A seeded world of policies, persons and claims; the same seed gives the same world.
///
/// ```swift
/// var world = RandomWorld(seed: 1)
/// let year = world.year(length: 8)
/// ```
struct RandomWorld {
  /// The year in which claims are discharged.
  static let year = 2026
  /// How many years in a row are under one policy.
  static let personsOfPolicy = 20
  /// Codes that only a region knows.
  static let codes = [
    "item": ["SEP-1", "SEP-2", "SEP-3", "SEP-4"],
    "disease": ["M00500", "M01600", "M03900"],
    "case_kind": ["NATURAL", "CAESAREAN", "K35"],
  ]
  static let definitions: [String: PolicyValueDefinition] = Dictionary(
    uniqueKeysWithValues: SettlementVocabulary.definitions.map { ($0.identifier, $0) })

  var dice: Dice
  private var claimCount = 0
  private var policyCount = 0
  private var currentPolicy = SnapshotBuilder()
  private var personsLeft = 0

  init(seed: UInt64) { dice = Dice(seed: seed) }

  /// A person under a policy, which a number of persons share, and claims and reversals in order of discharge.
  mutating func year(length: Int) -> RandomYear {
    if personsLeft == 0 {
      currentPolicy = policy()
      policyCount += 1
      personsLeft = RandomWorld.personsOfPolicy
    }
    personsLeft -= 1
    return year(of: person(), under: currentPolicy, number: policyCount, length: length)
  }

  /// The year of a person under a policy.
  mutating func year(of person: InsuredPerson, under policy: SnapshotBuilder, number: Int, length: Int) -> RandomYear {
    let scheme = person.enrolments.first?.kind.scheme ?? dice.pick(InsuranceScheme.allCases)
    var steps: [RandomStep] = []
    var open: [Claim] = []
    var discharge = RandomWorld.firstDay
    var credit = credit()
    let lastDay = day(RandomWorld.year, 12, 31)
    while steps.count < length {
      if !open.isEmpty, dice.chance(18) {
        var claim = open.remove(at: dice.below(open.count))
        steps.append(.reverse(claim: claim.id))
        // Often the same visit comes again, which is a new settlement.
        if dice.chance(40) {
          claim.id = nextClaimIdentifier()
          steps.append(.settle(claim, credit))
          open.append(claim)
        }
        continue
      }
      discharge = min(discharge.adding(days: dice.below(2 + 700 / max(length, 1))), lastDay)
      if dice.chance(30) { credit = self.credit() }
      let claim = claim(of: person, discharged: discharge)
      steps.append(.settle(claim, credit))
      open.append(claim)
    }
    return RandomYear(policy: policy, policyNumber: number, person: person, scheme: scheme, steps: steps)
  }

  static var firstDay: CalendarDate { day(year, 1, 1) }

  mutating func credit() -> ReferenceCredit {
    ReferenceCredit(
      balance: dice.chance(25) ? 0 : Int64(dice.below(500_000)),
      familyBalance: dice.chance(50) ? 0 : Int64(dice.below(300_000)), useAccount: dice.chance(85),
      creditLine: dice.chance(50) ? nil : Int64(dice.below(1_000_000)))
  }

  /// A claim identifier that this world has not used yet.
  mutating func nextClaimIdentifier() -> String {
    claimCount += 1
    return "C\(claimCount)"
  }
}
