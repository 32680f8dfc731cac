public import Claims
public import Grouping
import Kernel
public import People

extension GroupingCase {
  /// What grouping reads of a filed list: the principal diagnosis and procedure first, the others in order.
  ///
  /// Diagnoses of Chinese medicine are left out. What the list leaves to the platform comes from the register and the
  /// claim; the age counts to the day of admission.
  public init(_ list: SettlementList, of person: InsuredPerson?, _ claim: Claim) {
    self.init(id: list.settlement)
    switch list.patient.sex ?? person?.sex {
    case .male: sex = .male
    case .female: sex = .female
    case nil: sex = nil
    }
    ageDays = list.newborn?.ageDays
    let birth = list.patient.birth ?? person?.birth
    ageYears = birth.map { $0.age(on: list.stay.admitted?.day ?? claim.admitted) } ?? ageDays.map { _ in 0 }
    birthWeightGrams = list.newborn?.birthWeights.first
    stayDays = list.stay.days ?? claim.admitted.days(to: claim.discharged)
    dischargeKind = Int(list.stay.dischargeWay)
    department = list.stay.dischargeDepartment
    diagnoses = Self.codes(list.diagnoses.filter { $0.kind == .western }.map { ($0.code, $0.isPrincipal) })
    procedures = Self.codes(list.procedures.filter { !$0.code.isEmpty }.map { ($0.code, $0.isPrincipal) })
  }

  /// The codes of rows, the principal one's first; a principal row without a code stays empty, so that no other takes
  /// its place.
  static func codes(_ rows: [(code: String, isPrincipal: Bool)]) -> [String] {
    let first = rows.firstIndex { $0.isPrincipal }
    let others = rows.indices.filter { $0 != first && !rows[$0].code.isEmpty }.map { rows[$0].code }
    return (first.map { [rows[$0].code] } ?? []) + others
  }
}
