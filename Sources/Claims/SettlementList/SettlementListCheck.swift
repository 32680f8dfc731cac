import Kernel

/// One rule that a list breaks, at one place.
public struct SettlementListFinding: Hashable, Codable, Sendable {
  /// The rule.
  public let rule: SettlementListRule
  /// What in the list breaks it: a code, a time, an amount; empty when something is missing.
  public let value: String

  /// Makes a finding.
  public init(_ rule: SettlementListRule, _ value: String = "") {
    self.rule = rule
    self.value = value
  }
}

/// Checks a settlement list by every rule against what the platform knows of the settlement (质控).
///
/// ```swift
/// let findings = SettlementListCheck.findings(in: list, against: facts)
/// let isTaken = !findings.contains { $0.rule.severity == .refusal }
/// ```
public struct SettlementListCheck {
  let list: SettlementList
  let facts: SettlementListFacts
  private(set) var findings: [SettlementListFinding] = []

  /// Every rule that a list breaks, in the order of the rules' numbers.
  public static func findings(in list: SettlementList, against facts: SettlementListFacts) -> [SettlementListFinding] {
    var check = SettlementListCheck(list: list, facts: facts)
    check.lookForMissing()
    check.lookAtForms()
    check.lookAtDates()
    check.lookAtDiagnoses()
    check.lookAtProcedures()
    check.lookAtNewborn()
    check.lookAtFees()
    check.lookAtPayment()
    return check.findings.enumerated()
      .sorted { ($0.element.rule.rawValue, $0.offset) < ($1.element.rule.rawValue, $1.offset) }
      .map(\.element)
  }

  private init(list: SettlementList, facts: SettlementListFacts) {
    self.list = list
    self.facts = facts
  }

  /// Notes that a rule is broken unless something holds.
  mutating func require(_ holds: Bool, _ rule: SettlementListRule, _ value: String = "") {
    if !holds { findings.append(SettlementListFinding(rule, value)) }
  }

  /// Whether a value is filled in.
  private func isFilled(_ text: String) -> Bool { !text.isEmpty }

  // MARK: What is missing

  private mutating func lookForMissing() {
    let stay = list.stay
    if facts.care.isStay {
      require(stay.admitted != nil, .admissionTimeMissing)
      require(stay.discharged != nil, .dischargeTimeMissing)
      require(isFilled(stay.dischargeWay), .dischargeWayMissing)
      require(isFilled(stay.dischargeDepartment), .dischargeDepartmentMissing)
      require(isFilled(stay.admissionDepartment), .admissionDepartmentMissing)
      require(isFilled(stay.admissionWay), .admissionWayMissing)
      require(isFilled(list.recordNumber), .recordNumberMissing)
      require(isFilled(stay.nurse), .nurseMissing)
    }
    require(isFilled(stay.treatment), .treatmentMissing)
    require(isFilled(stay.physician.code), .physicianMissing)
    require(isFilled(list.payment.method), .paymentMethodMissing)
    for procedure in list.procedures {
      let isCared = procedure.anaesthesia.isEmpty || isFilled(procedure.anaesthetist.code)
      require(isCared, .anaesthetistMissing, procedure.code)
      require(procedure.begun != nil, .procedureTimeMissing, procedure.code)
    }
    for blood in list.transfusions where isFilled(blood.kind) {
      require(blood.amount != nil && isFilled(blood.unit), .bloodAmountMissing, blood.kind)
    }
    if ["2", "3"].contains(stay.dischargeWay) { require(isFilled(stay.receiver), .receiverMissing) }
    if stay.returnPlanned == "2" { require(isFilled(stay.returnPurpose), .returnPurposeMissing) }
    let patient = list.patient
    if isFilled(patient.contact) {
      let rest = [patient.contactRelation, patient.contactAddress, patient.contactTelephone]
      require(rest.allSatisfy(isFilled), .contactIncomplete)
    }
    if facts.care == .chronic {
      let care = list.chronicCare ?? SettlementList.ChronicCare()
      require(isFilled(care.department) && care.date != nil, .chronicCareMissing)
      require(!care.diseases.isEmpty, .chronicDiseaseMissing)
    }
  }

  private mutating func lookAtForms() {
    for duration in [list.stay.ventilation, list.stay.comaBefore, list.stay.comaAfter] {
      if let duration { require(duration.isCarried, .durationForm, duration.text) }
    }
    let postcode = list.patient.postcode
    let isPostcode = postcode.utf8.count == 6 && postcode.utf8.allSatisfy { (0x30...0x39).contains($0) }
    if isFilled(postcode) { require(isPostcode, .postcodeForm, postcode) }
  }
}
