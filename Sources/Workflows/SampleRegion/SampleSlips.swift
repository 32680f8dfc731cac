import Claims
import Kernel
import People

/// What a records office leaves out of a settlement list or gets wrong, so that checking lists finds something.
///
/// Only what a check warns of, and nothing that a case is grouped or paid by. Each institution has a carelessness of
/// its own, which halves in the second half of the year, when the findings of the first have been talked over.
struct SampleSlips {
  private enum Slip: CaseIterable {
    case nurse, admissionWay, admissionDepartment, diagnosisCount, procedureCount, admissionCondition, anaesthetist
    case paymentMethod, returnPurpose
  }

  private var numbers: SampleNumbers
  private let perMille: Int

  /// Begins with the numbers of one list.
  init(_ visit: SampleVisit, seed: UInt64) {
    let code = visit.institution.institution.code.utf8.reduce(0) { $0 &* 31 &+ Int($1) }
    var institution = SampleNumbers(seed, .slips, code)
    let usual = 8 + institution.below(60)
    perMille = visit.discharged.month > 6 ? usual / 2 : usual
    numbers = SampleNumbers(seed, .slips, visit.number, visit.discharged.dayNumber, visit.serial)
  }

  /// Makes the slips of a list, if any.
  ///
  /// - Returns: whether the check has something to find.
  mutating func enter(into list: inout SettlementList) -> Bool {
    guard numbers.happens(perMille) else { return false }
    make(&list)
    if numbers.happens(250) { make(&list) }
    return true
  }

  private mutating func make(_ list: inout SettlementList) {
    switch numbers.pick(Slip.allCases) {
    case .nurse: list.stay.nurse = ""
    case .admissionWay: list.stay.admissionWay = ""
    case .admissionDepartment: list.stay.admissionDepartment = ""
    case .diagnosisCount: list.stay.diagnosisCount = list.diagnoses.count + 1
    case .procedureCount where !list.procedures.isEmpty: list.stay.procedureCount = list.procedures.count + 1
    case .anaesthetist where !list.procedures.isEmpty: list.procedures[0].anaesthetist = .init(code: "", name: "")
    case .admissionCondition, .procedureCount, .anaesthetist:
      if let last = list.diagnoses.indices.last { list.diagnoses[last].condition = nil }
    case .paymentMethod: list.payment.method = ""
    case .returnPurpose: list.stay.returnPlanned = "2"
    }
  }
}
