import Claims
import Kernel
import People
import Policy

/// What the values of settlement may differ by.
extension SettlementVocabulary {
  static let level = PolicyDimension("institution_level", keys: InstitutionLevel.allCases.map(\.word))
  static let category = PolicyDimension("person_category", keys: PersonCategory.allCases.map(\.rawValue))
  static let beneficiary = PolicyDimension(
    "beneficiary_class", keys: BeneficiaryClass.allCases.map(\.rawValue) + [listedDisease])
  static let filing = PolicyDimension(
    "filing", keys: CrossRegionFiling.allCases.filter { $0 != .local }.map(\.rawValue))
  static let admission = PolicyDimension("admission_number", keys: (2...9).map { "\($0)" })
  static let doctor = PolicyDimension("family_doctor", keys: ["signed", "unsigned"])
  static let sex = PolicyDimension("sex", keys: Sex.allCases.map(\.rawValue))
  static let lateGroup = PolicyDimension("late_group", keys: LatePayingGroup.allCases.map(\.rawValue))
  static let scheme = PolicyDimension("scheme", keys: InsuranceScheme.allCases.map(\.rawValue))
  static let item = PolicyDimension("item", keys: nil)
  static let disease = PolicyDimension("disease", keys: nil)
  static let caseKind = PolicyDimension("case_kind", keys: nil)

  /// The key of a beneficiary dimension that stands for a listed disease.
  static let listedDisease = "listed_disease"
  static let cares = CareCategory.allCases.map(\.word)
}
