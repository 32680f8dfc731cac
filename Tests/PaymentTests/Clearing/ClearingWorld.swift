import Foundation
import Kernel
import Payment
import People
import Policy
import PolicyFiles
import Settlement

/// A small generator with a seed, so that a failure can be repeated.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func roll(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &self) }
}

/// Short ways to write what tests are about.
func fen(_ amount: Int64) -> Money { Money(fen: amount) }
func yuan(_ amount: Int64) -> Money { Money(fen: amount * 100) }
func percent(_ hundredths: Int64) -> Rate { Rate(millionths: hundredths * 10_000) }
func points(_ whole: Int64) -> Points { Points(millionths: whole * 1_000_000) }
let trial = Citation.document("trial", clause: "第一条")
func sourced<Value>(_ value: Value) -> Sourced<Value> { Sourced(value, trial) }

/// The policy folder of the repository with everything below `payment/`.
enum ClearingPolicies {
  static let root: String = {
    var folder = URL(filePath: #filePath)
    while folder.path != "/" && !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
      folder.deleteLastPathComponent()
    }
    return folder.path
  }()
  static let policies = PolicyFolder(path: root + "/Policies").load(vocabulary: SettlementVocabulary.definitions)
  static let folder = ClearingFolder.load(beside: policies)
}

extension InstitutionTotals {
  /// Totals of a secondary hospital of the employee scheme.
  static func trial(
    _ code: String, points: Points = .zero, cost: Money = .zero, fundPaid: Money = .zero
  ) -> InstitutionTotals {
    InstitutionTotals(
      institution: code, level: .secondary, scheme: .employee, cases: 1, points: points, cost: cost,
      fundPaid: fundPaid)
  }
}

extension PoolTerms {
  static func trial(_ basis: Basis, _ payable: Payable = .share, decimals: Int = 4) -> PoolTerms {
    PoolTerms(
      basis: sourced(basis), payable: sourced(payable), decimals: sourced(decimals), rounding: .halfUp)
  }
}
