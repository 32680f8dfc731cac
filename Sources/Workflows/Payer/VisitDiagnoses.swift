/// A diagnosis as an institution stated it (诊断信息, `diseinfo` of 2203, 2401, 2402, 2403).
public struct StatedDiagnosis: Hashable, Codable, Sendable {
  /// The medicine it belongs to (`diag_type`).
  public var kind: String
  /// Whether it is the principal one (`maindiag_flag`).
  public var isPrincipal: Bool
  /// Its place (`diag_srt_no`).
  public var number: Int
  /// Code (`diag_code`).
  public var code: String
  /// Name (`diag_name`).
  public var name: String
  /// The condition at admission, in the institution's words (`adm_cond`).
  public var condition: String
  /// Department (`diag_dept`).
  public var department: String
  /// Code of the physician (`dise_dor_no`).
  public var physician: String
  /// Name of the physician (`dise_dor_name`).
  public var physicianName: String
  /// When (`diag_time`).
  public var time: String
  /// Whether it counts no longer (`vali_flag` 0).
  public var isVoid: Bool

  /// Makes a diagnosis.
  public init(
    kind: String, isPrincipal: Bool, number: Int, code: String, name: String, condition: String = "",
    department: String = "", physician: String = "", physicianName: String = "", time: String = "",
    isVoid: Bool = false
  ) {
    self.kind = kind
    self.isPrincipal = isPrincipal
    self.number = number
    self.code = code
    self.name = name
    self.condition = condition
    self.department = department
    self.physician = physician
    self.physicianName = physicianName
    self.time = time
    self.isVoid = isVoid
  }
}

/// The diagnoses of a visit at one stage of it, answered by 5202.
public struct VisitDiagnoses: FiledRecord {
  /// When in a visit diagnoses are stated (出入院诊断类别, `inout_diag_type`).
  public enum Stage: String, Codable, Sendable, CaseIterable {
    /// At admission, and during an outpatient visit (入院诊断).
    case admission = "1"
    /// At discharge (出院诊断).
    case discharge = "2"
  }

  /// The register of diagnoses.
  public static let register = "diagnosis"

  /// The visit and the stage.
  public var id: String
  /// The institution.
  public var owner: String
  /// The visit (`mdtrt_id`).
  public var subject: String
  /// When they were stated last.
  public var time: String
  /// The stage.
  public var stage: Stage
  /// Those in force, the principal one first, then by number.
  public var diagnoses: [StatedDiagnosis]

  /// Makes the diagnoses of a stage; void ones are left out.
  public init(visit: String, institution: String, stage: Stage, time: String, diagnoses: [StatedDiagnosis]) {
    id = "\(visit) \(stage.rawValue)"
    owner = institution
    subject = visit
    self.time = time
    self.stage = stage
    self.diagnoses = Self.inOrder(diagnoses)
  }

  /// The codes, principal first.
  public var codes: [String] { diagnoses.map(\.code) }

  /// These with others stated later: the same kind and code is stated anew, or taken away when it is void.
  func merged(with later: [StatedDiagnosis], time: String) -> VisitDiagnoses {
    var merged = self
    let renewed = Set(later.map { [$0.kind, $0.code] })
    merged.diagnoses = Self.inOrder(diagnoses.filter { !renewed.contains([$0.kind, $0.code]) } + later)
    merged.time = time
    return merged
  }

  private static func inOrder(_ diagnoses: [StatedDiagnosis]) -> [StatedDiagnosis] {
    diagnoses.filter { !$0.isVoid }.enumerated()
      .sorted { left, right in
        if left.element.isPrincipal != right.element.isPrincipal { return left.element.isPrincipal }
        if left.element.number != right.element.number { return left.element.number < right.element.number }
        return left.offset < right.offset
      }
      .map(\.element)
  }
}

/// A stay in the register of an institution, by day of admission (在院信息, 5303); the visit itself says the rest.
public struct StayEntry: FiledRecord {
  /// The register of stays.
  public static let register = "stay"

  /// The visit (`mdtrt_id`).
  public var id: String
  /// The institution.
  public var owner: String
  /// The person (`psn_no`).
  public var subject: String
  /// The day of admission.
  public var time: String

  /// Makes the entry of a stay.
  public init(_ visit: Visit) {
    id = visit.id
    owner = visit.institution
    subject = visit.person
    time = "\(visit.admitted)"
  }
}
