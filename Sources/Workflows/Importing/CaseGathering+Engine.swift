import Claims
public import Grouping
import Kernel
import Payment
public import People

extension CaseGathering.Engine {
  /// The group of a case as contracts name it, its main category, and what is to be said when no group took it.
  struct Answer {
    var code: String
    var category: String
    var reason: LocalizedText?
  }

  /// Groups a case.
  func group(_ unit: GroupingCase) -> Answer {
    switch self {
    case .drg(let grouper):
      let result = grouper.group(unit)
      switch result.status {
      case .grouped: return Answer(code: result.code, category: result.category ?? "")
      // Contracts list the codes of ambiguous groups.
      case .ambiguous: return Answer(code: result.code, category: result.category ?? "", reason: result.reason.text)
      case .ungrouped, .adjacentGroupOnly, .invalidInput:
        return Answer(code: "", category: result.category ?? "", reason: result.reason.text)
      }
    case .dip(let grouper):
      let result = grouper.group(unit)
      return Answer(
        code: result.code, category: "", reason: result.status == .grouped ? nil : result.status.message)
    }
  }
}

extension GroupingCase {
  /// What grouping reads of an imported list, whose patient is as the list or the register says.
  public init(_ content: ImportedSettlementList.Content, id: String, of person: InsuredPerson?) {
    let list = content.list
    self.init(id: id, ageYears: content.ageYears)
    switch list.patient.sex ?? person?.sex {
    case .male: sex = .male
    case .female: sex = .female
    case nil: sex = nil
    }
    ageDays = list.newborn?.ageDays
    birthWeightGrams = list.newborn?.birthWeights.first
    stayDays = list.stay.days
    if stayDays == nil, let admitted = list.stay.admitted, let discharged = list.stay.discharged {
      stayDays = admitted.day.days(to: discharged.day)
    }
    dischargeKind = Int(list.stay.dischargeWay)
    department = list.stay.dischargeDepartment
    diagnoses = Self.codes(list.diagnoses.filter { $0.kind == .western }.map { ($0.code, $0.isPrincipal) })
    procedures = Self.codes(list.procedures.filter { !$0.code.isEmpty }.map { ($0.code, $0.isPrincipal) })
  }
}

extension ImportedSettlementList {
  /// The case that payment sees; `nil` when the list is of no stay.
  ///
  /// - Parameter chineseMedicine: the categories of fees that count as Chinese medicine.
  func paymentCase(_ unit: GroupingCase, chineseMedicine: Set<String>) -> PaymentCase? {
    guard content.care.isStay, let month else { return nil }
    let list = content.list
    var marks: Set<PaymentMark> = []
    if content.care == .daySurgery { marks.insert(.daySurgery) }
    // 医嘱转院.
    if list.stay.dischargeWay == "2" { marks.insert(.transfer) }
    let traditional = list.fees.filter { chineseMedicine.contains($0.category) }.reduce(Money.zero) { $0 + $1.amount }
    return PaymentCase(
      id: id, institution: owner, level: content.level, scheme: content.scheme, month: month, cost: content.total,
      fundShare: content.fundShare, group: group, stayDays: unit.stayDays ?? 0, ageYears: content.ageYears,
      dischargeKind: unit.dischargeKind ?? 9, department: unit.department, physician: list.stay.physician.code,
      traditionalChinese: traditional, marks: marks)
  }
}
