import Foundation
import Kernel
import Payment
import People

/// Contracts and cases for tests; numbers are the tests' own.
enum PaymentTrial {
  static let month = YearMonth("2026-03")
  static let rounding = PaymentRounding(amount: .halfUp, pointDecimals: 4, points: .halfUp)

  static func contract(_ terms: GroupedTerms, routes: [PaymentRoute] = [], year: Int = 2026) -> PaymentContract {
    PaymentContract(
      identifier: "trial", title: "试验", region: "990100", year: year, schemes: [.employee, .resident],
      routes: routes, otherwise: PaymentRoute("grouped", .grouped(terms)))
  }

  static func paid(
    _ group: String = "G1", cost: String, level: InstitutionLevel = .tertiary, scheme: InsuranceScheme = .employee,
    days: Int = 5, marks: Set<PaymentMark> = [], id: String = "C1"
  ) throws -> PaymentCase {
    PaymentCase(
      id: id, institution: "H1", level: level, scheme: scheme, month: try Need.value(month),
      cost: try Need.value(Money(yuan: cost)), group: group, stayDays: days, marks: marks)
  }

  static func factor(_ text: String) throws -> Factor { try Need.value(Factor(text)) }
  static func price(_ text: String) throws -> UnitPrice { try Need.value(UnitPrice(yuan: text)) }
  static func points(_ text: String) throws -> Points { try Need.value(Points(text)) }
  static func money(_ text: String) throws -> Money { try Need.value(Money(yuan: text)) }
}

/// A value that a test cannot go on without.
enum Need {
  struct Missing: Error {}

  static func value<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
  }
}

/// The folder of shared tables and examples beside the repository.
enum SharedFolder {
  /// `nil` when there is none; tests that need it say so.
  static let path: String? = {
    var folder = URL(fileURLWithPath: #filePath)
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let isRoot = FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path)
      guard isRoot else { continue }
      let shared = folder.deletingLastPathComponent().appendingPathComponent("shared").path
      return FileManager.default.fileExists(atPath: shared) ? shared : nil
    }
    return nil
  }()
}
