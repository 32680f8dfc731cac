public import Kernel

extension SettlementList {
  /// The stay, from admission to discharge.
  public struct Stay: Hashable, Codable, Sendable {
    /// Kind of inpatient care (`ipt_med_type`).
    public var kind = ""
    /// How the patient came (入院途径, `adm_way`).
    public var admissionWay = ""
    /// Kind of medicine (治疗类别, `trt_type`).
    public var treatment = ""
    /// When it began (`adm_time`).
    public var admitted: Moment?
    /// Department at admission (`adm_caty`).
    public var admissionDepartment = ""
    /// Departments moved to (转科科别, `refldept_dept`).
    public var transfers = ""
    /// When it ended (`dscg_time`).
    public var discharged: Moment?
    /// Department at discharge (`dscg_caty`).
    public var dischargeDepartment = ""
    /// Days (实际住院天数, `act_ipt_days`).
    public var days: Int?
    /// How it ended (离院方式, `dscg_way`): 1 on advice, 2 to another hospital, 3 to primary care, 4 against advice,
    /// 5 death, 9 other.
    public var dischargeWay = ""
    /// The institution that takes the patient on (`acp_medins_name`).
    public var receiver = ""
    /// Its code (`acp_optins_code`).
    public var receiverCode = ""
    /// Whether a return within 31 days is planned (`days_rinp_flag_31`): 1 no, 2 yes.
    public var returnPlanned = ""
    /// What for (`days_rinp_pup_31`).
    public var returnPurpose = ""
    /// Diagnosis of the outpatient visit before (`otp_wm_dise`, `wm_dise_code`).
    public var outpatientDiagnosis = CodedName()
    /// The same in Chinese medicine (`otp_tcm_dise`, `tcm_dise_code`).
    public var outpatientChineseDiagnosis = CodedName()
    /// How long a ventilator was used (`vent_used_dura`).
    public var ventilation: CareDuration?
    /// Coma before admission after a brain injury (`pwcry_bfadm_coma_dura`).
    public var comaBefore: CareDuration?
    /// Coma after admission after a brain injury (`pwcry_afadm_coma_dura`).
    public var comaAfter: CareDuration?
    /// Days of nursing: special grade, first, second, third, in tenths of a day (`spga_nurscare_days` …).
    public var nursingTenths: [Int] = [0, 0, 0, 0]
    /// How many diagnoses the list counts (`diag_code_cnt`).
    public var diagnosisCount: Int?
    /// How many operations and procedures the list counts (`oprn_oprt_code_cnt`).
    public var procedureCount: Int?
    /// The attending physician (`chfpdr_code`, `chfpdr_name`).
    public var physician = CodedName()
    /// The responsible nurse (`resp_nurs_code`).
    public var nurse = ""

    /// Makes a stay of which nothing is said.
    public init() {}
  }

  /// A code with its name.
  public struct CodedName: Hashable, Codable, Sendable {
    /// The code.
    public var code: String
    /// The name.
    public var name: String

    /// Makes a coded name.
    public init(code: String = "", name: String = "") {
      self.code = code
      self.name = name
    }
  }

  /// A diagnosis (`diseinfo`).
  public struct Diagnosis: Hashable, Codable, Sendable {
    /// The medicine it belongs to (诊断类别, `diag_type`).
    public enum Kind: String, Codable, Sendable, CaseIterable {
      /// Western medicine (西医诊断).
      case western = "1"
      /// Disease of Chinese medicine (中医主病诊断).
      case chineseDisease = "2"
      /// Syndrome of Chinese medicine (中医主证诊断).
      case chineseSyndrome = "3"
    }

    /// The condition at admission (入院病情类型, `adm_cond_type`).
    public enum Condition: String, Codable, Sendable, CaseIterable {
      /// Present at admission (有).
      case present = "1"
      /// Clinically not established (临床未确定).
      case undetermined = "2"
      /// Unknown (情况不明).
      case unknown = "3"
      /// Not present: it came during the stay (无).
      case absent = "4"
    }

    /// The medicine it belongs to.
    public var kind: Kind
    /// Code (`diag_code`).
    public var code: String
    /// Name (`diag_name`).
    public var name: String
    /// The condition at admission; `nil` when it was left out.
    public var condition: Condition?
    /// Whether it is the principal diagnosis (`maindiag_flag`).
    public var isPrincipal: Bool

    /// Makes a diagnosis.
    public init(kind: Kind, code: String, name: String, condition: Condition?, isPrincipal: Bool) {
      self.kind = kind
      self.code = code
      self.name = name
      self.condition = condition
      self.isPrincipal = isPrincipal
    }
  }

  /// An operation or procedure (`oprninfo`).
  public struct Procedure: Hashable, Codable, Sendable {
    /// Whether it is the principal one (手术操作类别, `oprn_oprt_type` 1).
    public var isPrincipal: Bool
    /// Code (`oprn_oprt_code`).
    public var code: String
    /// Name (`oprn_oprt_name`).
    public var name: String
    /// When it began (`oprn_oprt_begntime`, `oprn_oprt_date`).
    public var begun: Moment?
    /// When it ended (`oprn_oprt_endtime`).
    public var ended: Moment?
    /// The surgeon (`oper_dr_code`, `oper_dr_name`).
    public var surgeon = CodedName()
    /// How the patient was anaesthetised (麻醉方式, `anst_way`).
    public var anaesthesia = ""
    /// The anaesthetist (`anst_dr_code`, `anst_dr_name`).
    public var anaesthetist = CodedName()
    /// When anaesthesia began (`anst_begntime`).
    public var anaesthesiaBegun: Moment?
    /// When anaesthesia ended (`anst_endtime`).
    public var anaesthesiaEnded: Moment?

    /// Makes a procedure.
    public init(isPrincipal: Bool, code: String, name: String) {
      self.isPrincipal = isPrincipal
      self.code = code
      self.name = name
    }
  }

  /// A time in intensive care (`icuinfo`).
  public struct IntensiveCare: Hashable, Codable, Sendable {
    /// Kind of ward (`scs_cutd_ward_type`).
    public var ward: String
    /// When the patient came (`scs_cutd_inpool_time`).
    public var entered: Moment
    /// When the patient left (`scs_cutd_exit_time`).
    public var left: Moment
    /// How long (`scs_cutd_sum_dura`).
    public var duration: CareDuration?

    /// Makes a time.
    public init(ward: String, entered: Moment, left: Moment, duration: CareDuration?) {
      self.ward = ward
      self.entered = entered
      self.left = left
      self.duration = duration
    }
  }

  /// Blood given (`bldinfo`).
  public struct Transfusion: Hashable, Codable, Sendable {
    /// Kind of blood (`bld_cat`).
    public var kind: String
    /// How much (`bld_amt`).
    public var amount: Int?
    /// In which unit (`bld_unt`).
    public var unit: String

    /// Makes a transfusion.
    public init(kind: String, amount: Int?, unit: String) {
      self.kind = kind
      self.amount = amount
      self.unit = unit
    }
  }

  /// The fees of one category (`iteminfo`).
  public struct FeeCategory: Hashable, Codable, Sendable {
    /// The category (医疗收费项目类别, `med_chrgitm`).
    public var category: String
    /// All of it (`amt`).
    public var amount: Money
    /// Class A (甲类, `claa_sumfee`).
    public var classA: Money
    /// Class B (乙类, `clab_amt`).
    public var classB: Money
    /// Fully self-paid (自费, `fulamt_ownpay_amt`).
    public var selfPaid: Money
    /// Other (`oth_amt`).
    public var other: Money

    /// Makes a category.
    public init(
      category: String, amount: Money, classA: Money = .zero, classB: Money = .zero, selfPaid: Money = .zero,
      other: Money = .zero
    ) {
      self.category = category
      self.amount = amount
      self.classA = classA
      self.classB = classB
      self.selfPaid = selfPaid
      self.other = other
    }
  }
}

/// How long something was done, as lists write it: days/hours/minutes (天数/小时数/分钟数).
///
/// ```swift
/// CareDuration("1/13/24")?.minuteCount  // 2244
/// ```
public struct CareDuration: Hashable, Codable, Sendable {
  /// Days.
  public let days: Int
  /// Hours beyond the days.
  public let hours: Int
  /// Minutes beyond the hours.
  public let minutes: Int

  /// Reads `1/13/24`; anything else is `nil`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt16(part) : nil
    }
    guard parts.count == 3, numbers.count == 3 else { return nil }
    (days, hours, minutes) = (Int(numbers[0]), Int(numbers[1]), Int(numbers[2]))
  }

  /// Everything in minutes.
  public var minuteCount: Int { (days * 24 + hours) * 60 + minutes }

  /// Whether hours and minutes are within a day and an hour.
  public var isCarried: Bool { hours <= 24 && minutes <= 60 }

  /// The text that ``init(_:)`` reads.
  public var text: String { "\(days)/\(hours)/\(minutes)" }
}
