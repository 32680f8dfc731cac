public import Kernel
public import People

/// The settlement list of a visit (医疗保障基金结算清单, interface 4101): what grouping and payment read.
///
/// One for each settlement. It says what was done to whom and when, in the words of the medical record; the money of
/// the settlement itself stays with the settlement, and what the list says of it has to agree
/// (``SettlementListRule``). Texts that the institution left empty are empty.
///
/// ```swift
/// let principal = list.diagnoses.first { $0.isPrincipal }?.code
/// ```
public struct SettlementList: Hashable, Codable, Sendable {
  /// The settlement (`setl_id`).
  public var settlement: String
  /// The visit (`mdtrt_id`).
  public var visit: String
  /// The person (`psn_no`).
  public var person: String
  /// The institution (`fixmedins_code`).
  public var institution: String
  /// The number of the medical record (病案号, `medcasno`).
  public var recordNumber: String
  /// Who the patient is.
  public var patient: Patient
  /// What is said about a newborn; `nil` when nothing is.
  public var newborn: Newborn?
  /// The treatment of a chronic disease as an outpatient; `nil` when nothing is said about one.
  public var chronicCare: ChronicCare?
  /// The stay.
  public var stay: Stay
  /// Diagnoses, in the order of the list (`diseinfo`).
  public var diagnoses: [Diagnosis]
  /// Operations and procedures, in the order of the list (`oprninfo`).
  public var procedures: [Procedure]
  /// Times in intensive care (`icuinfo`).
  public var intensiveCare: [IntensiveCare]
  /// Blood given (`bldinfo`).
  public var transfusions: [Transfusion]
  /// The fees by category (`iteminfo`); the platform's own when the institution sent none.
  public var fees: [FeeCategory]
  /// Whether the fees by category are the platform's own.
  public var feesAreDerived: Bool
  /// What the list says about payment.
  public var payment: PaymentSection
  /// Who filled it in.
  public var filling: Filling

  /// Makes a list that names its settlement; everything else is empty.
  public init(settlement: String, visit: String, person: String, institution: String) {
    self.settlement = settlement
    self.visit = visit
    self.person = person
    self.institution = institution
    recordNumber = ""
    patient = Patient()
    stay = Stay()
    diagnoses = []
    procedures = []
    intensiveCare = []
    transfusions = []
    fees = []
    feesAreDerived = false
    payment = PaymentSection()
    filling = Filling()
  }
}

extension SettlementList {
  /// Who the patient is, as the institution knows them; empty where the interface leaves it to the platform.
  public struct Patient: Hashable, Codable, Sendable {
    /// Name (`psn_name`).
    public var name = ""
    /// Sex (`gend`).
    public var sex: Sex?
    /// Date of birth (`brdy`).
    public var birth: CalendarDate?
    /// Number of the certificate (`certno`).
    public var certificate = ""
    /// The number in the insurance system (医保编号, `hi_no`).
    public var insuranceNumber = ""
    /// Nationality (国籍, `ntly`).
    public var nationality = ""
    /// Occupation (职业, `prfs`).
    public var occupation = ""
    /// Address (`curr_addr`).
    public var address = ""
    /// The employer's name (`emp_name`).
    public var employer = ""
    /// The employer's address (`emp_addr`).
    public var employerAddress = ""
    /// The employer's telephone (`emp_tel`).
    public var employerTelephone = ""
    /// The postcode (`poscode`).
    public var postcode = ""
    /// Whom to call (`coner_name`).
    public var contact = ""
    /// What the contact is to the patient (`patn_rlts`).
    public var contactRelation = ""
    /// The contact's address (`coner_addr`).
    public var contactAddress = ""
    /// The contact's telephone (`coner_tel`).
    public var contactTelephone = ""

    /// Makes a patient of whom nothing is said.
    public init() {}
  }

  /// What is said about a newborn.
  public struct Newborn: Hashable, Codable, Sendable {
    /// Age in days (`nwb_age`, `age_days`).
    public var ageDays: Int?
    /// Kind of admission (新生儿入院类型, `nwb_adm_type`).
    public var admissionType = ""
    /// Birth weights in grams, one for each child (`nwb_bir_wt`, `mul_nwb_bir_wt`).
    public var birthWeights: [Int] = []
    /// Weights at admission in grams, one for each child (`nwb_adm_wt`, `mul_nwb_adm_wt`).
    public var admissionWeights: [Int] = []

    /// Makes a newborn of whom nothing is said.
    public init() {}
  }

  /// The treatment of a chronic disease as an outpatient (门诊慢特病诊疗信息).
  public struct ChronicCare: Hashable, Codable, Sendable {
    /// One disease treated, with what was done (`opspdiseinfo`).
    public struct Disease: Hashable, Codable, Sendable {
      /// Diagnosis (`diag_code`).
      public var diagnosis: String
      /// Its name (`diag_name`).
      public var diagnosisName: String
      /// Operation or procedure (`oprn_oprt_code`).
      public var procedure: String
      /// Its name (`oprn_oprt_name`).
      public var procedureName: String

      /// Makes a disease.
      public init(diagnosis: String, diagnosisName: String, procedure: String, procedureName: String) {
        self.diagnosis = diagnosis
        self.diagnosisName = diagnosisName
        self.procedure = procedure
        self.procedureName = procedureName
      }
    }

    /// Department (`opsp_diag_caty`).
    public var department = ""
    /// Day of the visit (`opsp_mdtrt_date`).
    public var date: CalendarDate?
    /// What was treated.
    public var diseases: [Disease] = []

    /// Makes a treatment of which nothing is said.
    public init() {}
  }

  /// What the list says about payment; every amount is compared with the settlement.
  public struct PaymentSection: Hashable, Codable, Sendable {
    /// What one fund paid.
    public struct FundPart: Hashable, Codable, Sendable {
      /// The fund: the word of the platform's fund, or the code that the institution sent when it is no known fund.
      public var fund: String
      /// What it paid (`fund_payamt`).
      public var amount: Money

      /// Makes a part.
      public init(fund: String, amount: Money) {
        self.fund = fund
        self.amount = amount
      }
    }

    /// The way of payment (医保支付方式, `hi_paymtd`): 1 per item, 2 per disease, 3 DIP, 4 DRG, 5 per diem, 6 per case.
    public var method = ""
    /// First day of the settlement period (`setl_begn_date`).
    public var from: CalendarDate?
    /// Last day of the settlement period (`setl_end_date`).
    public var to: CalendarDate?
    /// What funds paid (`payinfo`).
    public var funds: [FundPart] = []
    /// Borne by the person inside the catalogue (个人自付, `psn_selfpay`).
    public var selfPay: Money?
    /// Borne by the person outside the catalogue (个人自费, `psn_ownpay`).
    public var ownPay: Money?
    /// From accounts (`acct_pay`).
    public var account: Money?
    /// In cash (`psn_cashpay`).
    public var cash: Money?

    /// Makes a payment of which nothing is said.
    public init() {}
  }

  /// Who filled the list in, and under which bill.
  public struct Filling: Hashable, Codable, Sendable {
    /// When it was reported (`dcla_time`).
    public var reported = ""
    /// Code of the bill (`bill_code`).
    public var billCode = ""
    /// Number of the bill (`bill_no`).
    public var billNumber = ""
    /// The institution's serial number (`biz_sn`).
    public var serial = ""
    /// Department (`medins_fill_dept`).
    public var department = ""
    /// Person (`medins_fill_psn`).
    public var person = ""

    /// Makes a filling of which nothing is said.
    public init() {}
  }
}
