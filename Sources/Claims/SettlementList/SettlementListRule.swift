public import Kernel

/// The rules that a settlement list is checked by, each with a number that never changes.
///
/// Numbers by family: 1xx what is missing, 2xx forms, 3xx dates, 4xx diagnoses and procedures, 5xx newborns, 6xx money.
/// Code lists and required fields of the interface are checked before (numbers 310 to 312 of the interface). What is
/// paid by, and what cannot be, refuses the upload; what somebody has to look at is a warning.
/// Sources: interface 4101 with its notes; public rule sets for settlement lists, section 8 of the protocol facts.
public enum SettlementListRule: UInt16, Codable, Sendable, CaseIterable {
  // MARK: Missing

  /// The stay has no time of admission.
  case admissionTimeMissing = 101
  /// The stay has no time of discharge.
  case dischargeTimeMissing = 102
  /// The stay does not say how it ended.
  case dischargeWayMissing = 103
  /// The stay has no department at discharge.
  case dischargeDepartmentMissing = 104
  /// The stay has no department at admission.
  case admissionDepartmentMissing = 105
  /// The stay does not say how the patient came.
  case admissionWayMissing = 106
  /// The kind of medicine is missing.
  case treatmentMissing = 107
  /// The attending physician is missing.
  case physicianMissing = 108
  /// The responsible nurse is missing.
  case nurseMissing = 109
  /// The way of payment is missing.
  case paymentMethodMissing = 110
  /// The number of the medical record is missing.
  case recordNumberMissing = 111
  /// Anaesthesia without an anaesthetist.
  case anaesthetistMissing = 112
  /// A procedure has no time.
  case procedureTimeMissing = 113
  /// Blood without amount or unit.
  case bloodAmountMissing = 114
  /// The patient was sent on, to nobody named.
  case receiverMissing = 115
  /// A return is planned for no purpose.
  case returnPurposeMissing = 116
  /// The contact's relation, address or telephone is missing.
  case contactIncomplete = 117
  /// Chronic care without department or day.
  case chronicCareMissing = 118
  /// Chronic care names no disease.
  case chronicDiseaseMissing = 119

  // MARK: Form

  /// Hours must be 0 to 24, minutes 0 to 60.
  case durationForm = 201
  /// A postcode has six digits.
  case postcodeForm = 202

  // MARK: Dates

  /// The date of birth is not that of the enrolment.
  case birthDiffers = 301
  /// The sex is not that of the enrolment.
  case sexDiffers = 302
  /// Name or certificate are not those of the enrolment.
  case nameDiffers = 303
  /// Birth lies after admission.
  case birthAfterAdmission = 304
  /// Discharge lies before admission.
  case dischargeBeforeAdmission = 305
  /// Admission is not on the day that was settled.
  case admissionDiffers = 306
  /// Discharge is not on the day that was settled.
  case dischargeDiffers = 307
  /// The days are not those from admission to discharge.
  case stayDaysDiffer = 308
  /// A procedure ends before it begins.
  case procedureBackwards = 309
  /// A procedure lies outside the stay.
  case procedureOutsideStay = 310
  /// Anaesthesia lies outside the stay.
  case anaesthesiaOutsideStay = 311
  /// Intensive care ends before it begins.
  case intensiveCareBackwards = 312
  /// Intensive care lies outside the stay.
  case intensiveCareOutsideStay = 313
  /// The time in intensive care is not from entry to exit.
  case intensiveCareDurationDiffers = 314
  /// The settlement period ends before it begins.
  case periodBackwards = 315
  /// The settlement period lies outside the stay.
  case periodOutsideStay = 316
  /// There are more days of nursing than of stay.
  case nursingTooLong = 317
  /// The ventilator was used longer than the stay.
  case ventilationTooLong = 318

  // MARK: Diagnoses and procedures

  /// The stay has no principal diagnosis.
  case principalDiagnosisMissing = 401
  /// There is more than one principal diagnosis.
  case principalDiagnosisTwice = 402
  /// A diagnosis stands twice.
  case diagnosisRepeated = 403
  /// A man has a diagnosis of pregnancy, delivery or puerperium.
  case sexAgainstObstetricDiagnosis = 404
  /// The diagnosis is one of the other sex.
  case sexAgainstDiagnosis = 405
  /// A perinatal diagnosis at one year of age or more.
  case perinatalDiagnosisLate = 406
  /// A diagnosis does not say whether it was present at admission.
  case admissionConditionMissing = 407
  /// The count of diagnoses is another one.
  case diagnosisCountDiffers = 408
  /// There is more than one principal procedure.
  case principalProcedureTwice = 409
  /// The principal procedure is not the first.
  case principalProcedureNotFirst = 410
  /// The count of procedures is another one.
  case procedureCountDiffers = 411

  // MARK: Newborns

  /// A newborn has no birth weight.
  case birthWeightMissing = 501
  /// A newborn has no weight at admission.
  case admissionWeightMissing = 502
  /// A newborn's weight is not from 200 to 20,000 grams.
  case weightOutOfRange = 503
  /// A newborn's kind of admission is missing.
  case newbornAdmissionMissing = 504
  /// The age in days is not from birth to admission.
  case ageDaysDiffer = 505

  // MARK: Money

  /// A category is not the sum of its parts.
  case categoryPartsDiffer = 601
  /// The categories do not add up to what was charged.
  case categoriesDifferFromTotal = 602
  /// A category is not that of the settled fee lines.
  case categoryDiffers = 603
  /// A fund's payment is not that of the settlement.
  case fundsDiffer = 604
  /// Self-pay and own pay are not the person's part.
  case personDiffers = 605
  /// Own pay is not what lies outside the catalogue.
  case ownPayDiffers = 606
  /// The account's payment is not that of the settlement.
  case accountDiffers = 607
  /// The cash is not that of the settlement.
  case cashDiffers = 608

  /// Whether breaking the rule refuses the upload.
  public enum Severity: String, Codable, Sendable {
    /// The list is not taken.
    case refusal
    /// The list is taken, with a warning.
    case warning
  }

  /// Whether breaking it refuses the upload.
  public var severity: Severity { entry.severity }

  /// The field of the interface that it looks at.
  public var field: String { entry.field }

  /// What is wrong.
  public var message: LocalizedText { entry.message }
}
