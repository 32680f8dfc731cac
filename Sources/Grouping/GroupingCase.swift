/// A case to group: what the first page of the record and the settlement list say about a stay.
///
/// Codes stand as written; a number that nobody stated is `nil`, never 0. The order of the codes matters: the first
/// diagnosis is the principal one (主要诊断, `ZYZD`), the first procedure the main one (主要手术操作, `ZYSS`).
///
/// ```swift
/// let appendicitis = GroupingCase(
///   id: "1", sex: .female, ageYears: 30, stayDays: 5, diagnoses: ["K35.800"], procedures: ["47.0901"])
/// ```
public struct GroupingCase: Hashable, Sendable {
  /// The caller's name of the case.
  public var id: String
  /// Sex (性别, `XB`).
  public var sex: PatientSex?
  /// Age in completed years (年龄, `NL`).
  public var ageYears: Int?
  /// Age in days at admission, for patients under one year (新生儿天龄, `XSRTL`).
  public var ageDays: Int?
  /// Birth weight in grams (新生儿出生体重, `XSRTZ`).
  public var birthWeightGrams: Int?
  /// Days of the stay (实际住院天数, `ZYTS`).
  public var stayDays: Int?
  /// How the patient left (离院方式, `LYFS`, interface `dscg_way`): 1 home, 2 transfer, 3 community, 4 against advice,
  /// 5 died, 9 other.
  public var dischargeKind: Int?
  /// The department of discharge (出院科别); empty when not stated.
  public var department: String
  /// Diagnoses, the principal one first; empty when none is stated.
  public var diagnoses: [String]
  /// Operations and procedures, the main one first.
  public var procedures: [String]

  /// Makes a case; what is left out was not stated.
  public init(
    id: String = "", sex: PatientSex? = nil, ageYears: Int? = nil, ageDays: Int? = nil, birthWeightGrams: Int? = nil,
    stayDays: Int? = nil, dischargeKind: Int? = nil, department: String = "", diagnoses: [String] = [],
    procedures: [String] = []
  ) {
    self.id = id
    self.sex = sex
    self.ageYears = ageYears
    self.ageDays = ageDays
    self.birthWeightGrams = birthWeightGrams
    self.stayDays = stayDays
    self.dischargeKind = dischargeKind
    self.department = department
    self.diagnoses = diagnoses
    self.procedures = procedures
  }
}

/// Sex as the rules of grouping ask for it (`XB`, GB/T 2261.1).
public enum PatientSex: UInt8, Hashable, Sendable {
  /// Male, 1.
  case male = 1
  /// Female, 2.
  case female = 2
}
