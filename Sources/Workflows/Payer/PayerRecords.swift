public import Claims
public import Kernel
public import Ledger
public import People
public import Settlement

/// An insured person with what identifies them and what they can pay with.
public struct PersonRecord: Hashable, Codable, Sendable {
  /// The facts that settlement reads.
  public var person: InsuredPerson
  /// The name (`psn_name`).
  public var name: String
  /// The kind of certificate (`psn_cert_type`), 01 for the identity card.
  public var certificateType: String
  /// The certificate's number (`certno`).
  public var certificateNumber: String
  /// The nationality code (`naty`).
  public var nationality: String
  /// The region of insurance (`insuplc_admdvs`).
  public var region: String
  /// The employer's name (`emp_name`), when there is one.
  public var employer: String?

  /// Makes a record.
  public init(
    person: InsuredPerson, name: String, certificateType: String = "01", certificateNumber: String,
    nationality: String = "01", region: String, employer: String? = nil
  ) {
    self.person = person
    self.name = name
    self.certificateType = certificateType
    self.certificateNumber = certificateNumber
    self.nationality = nationality
    self.region = region
    self.employer = employer
  }
}

/// What a person's accounts hold.
public struct AccountBalance: Hashable, Codable, Sendable {
  /// The own account (`balc`).
  public var own: Money
  /// Family members' accounts that the person may use.
  public var family: Money

  /// Makes a balance.
  public init(own: Money = .zero, family: Money = .zero) {
    self.own = own
    self.family = family
  }
}

/// A designated institution with its name.
public struct InstitutionRecord: Hashable, Codable, Sendable {
  /// The facts that settlement reads.
  public var institution: Institution
  /// The name (`fixmedins_name`).
  public var name: String
  /// The kind (`fixmedins_type`): 1 medical institution, 2 pharmacy.
  public var kind: String
  /// The region it lies in.
  public var region: String
  /// The level code of the interface (`hosp_lv`).
  public var levelCode: String

  /// Makes a record.
  public init(institution: Institution, name: String, kind: String, region: String, levelCode: String) {
    self.institution = institution
    self.name = name
    self.kind = kind
    self.region = region
    self.levelCode = levelCode
  }
}

/// A visit or stay from registration to settlement (就诊, `mdtrt_id`).
public struct Visit: Hashable, Codable, Sendable {
  /// Where a visit stands.
  public enum State: String, Codable, Sendable, CaseIterable {
    /// Registered; fees may come.
    case open
    /// A stay that ended; it may be settled.
    case discharged
    /// Settled; fees are fixed.
    case settled
    /// Registration taken back.
    case withdrawn
  }

  /// The platform's identifier (`mdtrt_id`).
  public var id: String
  /// The person (`psn_no`).
  public var person: String
  /// The institution's code (`fixmedins_code`).
  public var institution: String
  /// The kind of care.
  public var care: CareCategory
  /// The kind of care as the interface codes it (`med_type`).
  public var medicalType: String
  /// The scheme that the institution claims under (`insutype`).
  public var scheme: InsuranceScheme
  /// The institution's own number of the visit (`ipt_otp_no`).
  public var institutionNumber: String
  /// The first day.
  public var admitted: CalendarDate
  /// The last day, once known; a visit of one day knows it from the start.
  public var discharged: CalendarDate?
  /// How care elsewhere was filed.
  public var filing: CrossRegionFiling
  /// The chain of referrals.
  public var referralChain: String?
  /// The chronic disease treated.
  public var chronicDisease: String?
  /// The kind of case with a fixed amount.
  public var caseKind: String?
  /// Diagnosis codes, principal first.
  public var diagnoses: [String]
  /// Where the visit stands.
  public var state: State

  /// Makes an open visit.
  public init(
    id: String, person: String, institution: String, care: CareCategory, medicalType: String,
    scheme: InsuranceScheme, institutionNumber: String, admitted: CalendarDate, discharged: CalendarDate?,
    filing: CrossRegionFiling = .local, referralChain: String? = nil, chronicDisease: String? = nil,
    caseKind: String? = nil, diagnoses: [String] = [], state: State = .open
  ) {
    self.id = id
    self.person = person
    self.institution = institution
    self.care = care
    self.medicalType = medicalType
    self.scheme = scheme
    self.institutionNumber = institutionNumber
    self.admitted = admitted
    self.discharged = discharged
    self.filing = filing
    self.referralChain = referralChain
    self.chronicDisease = chronicDisease
    self.caseKind = caseKind
    self.diagnoses = diagnoses
    self.state = state
  }
}

/// A fee line as the institution uploaded it (`feedetl_sn`, `chrg_bchno`).
public struct UploadedLine: Hashable, Codable, Sendable {
  /// The institution's serial number of the line, unique in the visit.
  public var serial: String
  /// The batch it came in.
  public var batch: String
  /// The item, priced and with its terms.
  public var line: FeeLine
  /// The kind of list and fee category of the item.
  public var listType: String
  /// The fee category on a bill.
  public var feeCategory: String

  /// Makes a line.
  public init(serial: String, batch: String, line: FeeLine, listType: String, feeCategory: String) {
    self.serial = serial
    self.batch = batch
    self.line = line
    self.listType = listType
    self.feeCategory = feeCategory
  }
}

/// A settlement or the reversal of one; never changed once stored.
public struct SettlementRecord: Hashable, Codable, Sendable {
  /// The platform's identifier (`setl_id`).
  public var id: String
  /// The settlement that this one takes back; `nil` for a settlement.
  public var reverses: String?
  /// The visit as it was settled.
  public var visit: Visit
  /// The claim as it was settled, every line included.
  public var claim: Claim
  /// What came of it; for a reversal, that of the reversed settlement.
  public var settled: SettledClaim
  /// The policy values that the trace refers to, by index.
  public var sources: [Int: PolicySource]
  /// The postings: those of the settlement, or the opposite ones.
  public var entry: LedgerEntry
  /// The message that asked for it (`medins_setl_id`).
  public var message: String
  /// When it was made, `yyyy-MM-dd HH:mm:ss`.
  public var time: String
  /// The balance of the own account afterwards.
  public var balance: Money

  /// Makes a record.
  public init(
    id: String, reverses: String?, visit: Visit, claim: Claim, settled: SettledClaim, sources: [Int: PolicySource],
    entry: LedgerEntry, message: String, time: String, balance: Money
  ) {
    self.id = id
    self.reverses = reverses
    self.visit = visit
    self.claim = claim
    self.settled = settled
    self.sources = sources
    self.entry = entry
    self.message = message
    self.time = time
    self.balance = balance
  }

  /// The year whose accumulators it changed.
  public var year: Int { claim.discharged.year }
}

/// A message that was carried out, so that the same one again gives the first answer.
public struct MessageRecord: Hashable, Codable, Sendable {
  /// The sender's identifier (`msgid`).
  public var id: String
  /// The institution that sent it.
  public var institution: String
  /// The transaction (`infno`).
  public var transaction: String
  /// A digest of its content.
  public var digest: String
  /// The identifier of what it made: a visit, a settlement, a filing.
  public var result: String

  /// Makes a record.
  public init(id: String, institution: String, transaction: String, digest: String, result: String) {
    self.id = id
    self.institution = institution
    self.transaction = transaction
    self.digest = digest
    self.result = result
  }
}

/// An operator who signed in (9001).
public struct SignIn: Hashable, Codable, Sendable {
  /// The number given out (`sign_no`).
  public var number: String
  /// The institution.
  public var institution: String
  /// The operator.
  public var operatorNumber: String
  /// When.
  public var time: String
  /// Whether the operator signed out since.
  public var isOver: Bool

  /// Makes a sign-in.
  public init(number: String, institution: String, operatorNumber: String, time: String, isOver: Bool = false) {
    self.number = number
    self.institution = institution
    self.operatorNumber = operatorNumber
    self.time = time
    self.isOver = isOver
  }
}
