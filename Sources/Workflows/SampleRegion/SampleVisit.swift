package import Claims
public import Kernel
import People

/// A visit that a sample year plans for a person.
package struct SampleVisit: Sendable {
  /// How a stay came to be, besides the usual way.
  enum Referral: Sendable {
    /// Sent on to here from a stay that ended the day before.
    case sentOn(from: InstitutionRecord)
    /// Elsewhere, with a transfer on file.
    case elsewhereFiled
    /// Elsewhere without one.
    case elsewhereNotFiled
  }

  /// The person's number in the region, from 1.
  let number: Int
  let person: SamplePerson
  let institution: InstitutionRecord
  package let care: CareCategory
  package let admitted: CalendarDate
  package var discharged: CalendarDate
  /// Principal diagnosis first.
  var diagnoses: [String] = []
  var procedures: [String] = []
  var department = ""
  /// The birth weight of a newborn in its first days, grams.
  package var birthWeight: Int?
  var chronicDisease: String?
  var referral: Referral?
  var charges: [SampleCharge]
  /// What was planted in it.
  var anomaly: SampleAnomaly?
  /// Money that the anomaly adds, fen.
  var planted: Int64 = 0
  /// Whether it is settled, reversed and settled again.
  var isReversed = false
  /// Days from discharge to the settlement list; `nil` for one that never comes.
  var listDelay: Int?
  /// A number of its own within the person's month.
  let serial: Int
}

/// One line of a sample bill.
struct SampleCharge: Sendable {
  let item: SampleItem
  let quantity: Int64
  let day: CalendarDate

  /// Price times quantity, fen.
  var amount: Int64 { item.price(in: day.month) * quantity }
}

/// What is planted in a sample year for supervision to find (S23).
public enum SampleAnomaly: String, Sendable, CaseIterable {
  /// A complication is stated that was neither there nor treated (高套).
  case upcoding
  /// One stay is billed as two (分解住院).
  case splitStay = "split_stay"
  /// Lines are charged twice (重复收费).
  case duplicateCharge = "duplicate_charge"
  /// The patient is not in the ward (挂床住院).
  case absentInpatient = "absent_inpatient"
  /// Costs of the stay are billed as an outpatient visit before it (费用转移).
  case shiftedCost = "shifted_cost"

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .upcoding: LocalizedText("高套编码", "upcoding")
    case .splitStay: LocalizedText("分解住院", "split stay")
    case .duplicateCharge: LocalizedText("重复收费", "duplicate charges")
    case .absentInpatient: LocalizedText("挂床住院", "absent inpatient")
    case .shiftedCost: LocalizedText("住院费用转门诊", "costs shifted to outpatient care")
    }
  }
}
