import Claims
import Kernel
import People

/// A value together with where it comes from.
struct Cited<Value: Sendable>: Sendable {
  let value: Value
  let source: ValueReference
}

/// Amounts by a code that only the region knows.
struct AmountsByCode: Sendable {
  let listed: [String: Cited<Money>]
  let any: Cited<Money>?

  /// The amount for a code, when there is one.
  subscript(code: String) -> Cited<Money>? { listed[code] ?? any }
}

struct SecondOperationTerms: Sendable {
  let rate: Cited<Rate>
  let excessIsHospitals: Bool
}

/// Caps and rate of one separately paid item in one scheme.
struct SeparateItemTerms: Sendable {
  let rate: Cited<Rate>
  let unitPriceCap: Cited<UnitPrice>?
  let occasionCap: Cited<Money>?
  let monthlyCap: Cited<Money>?
}

/// What holds across a scheme.
struct SchemeTerms: Sendable {
  enum CapBasis: Sendable { case fundPayments, inPolicyAmount }

  var classBSelfPay: Cited<Rate>?
  var pooledCap: [Cited<Money>?]  // by category index
  var pooledCapBasis: CapBasis
  var separateItems: [String: SeparateItemTerms]
  var anySeparateItem: SeparateItemTerms?
  var crossRegionSelfPay: [CrossRegionFiling: Cited<Rate>]
  var crossRegionReduction: [CrossRegionFiling: Cited<Rate>]
  var crossRegionFactor: [CrossRegionFiling: Cited<Rate>]
  var account: AccountTerms?
  var layers: [LayerTerms?]  // by layer raw value
}

struct AccountTerms: Sendable {
  let cares: [Bool]  // by care raw value
  let coversAll: Bool
  let sharesFamily: Bool
  let source: ValueReference
}

/// A scale: rates that hold from thresholds upwards.
struct ScaleBand: Sendable {
  let from: Int64
  let to: Int64
  let rate: Rate
}

/// What one kind of care pays at one level for one category of person.
final class PlanTerms: Sendable {
  enum Period: Sendable { case admission, visit, year }
  enum Referral: Sendable { case eachStay, oneStayHighest, differenceUpNoneDown }

  struct Deductible: Sendable {
    var standard: Cited<Money>
    var period: Period
    var repeatFactor: [Cited<Rate>?]  // by admission number, up to the largest stated
    var repeatReduction: [Cited<Money>?]
    var floor: Cited<Money>?
    var sameLevelOnly: Bool
    var beneficiaryFactor: [Cited<Rate>?]  // by class index
    var referral: Referral
    var referralSource: ValueReference?
  }

  struct CategoryAdjustment: Sendable {
    let code: StepCode
    let value: Cited<Rate>
  }

  let care: CareCategory
  let counters: CareCategory
  let requiresFiling: Bool
  let caseQuotas: AmountsByCode
  let deductible: Deductible?
  let bands: [ScaleBand]
  let bandSource: ValueReference?
  let measuresInPolicy: Bool
  let bandsByYear: Bool
  let categoryAdjustment: CategoryAdjustment?
  let primaryCareSigned: Cited<Rate>?
  let primaryCareUnsigned: Cited<Rate>?
  let tcmInstitution: Cited<Rate>?
  let tcmItems: Cited<Rate>?
  let visitCap: Cited<Money>?
  let annualCap: Cited<Money>?
  let diseaseCaps: AmountsByCode
  let countsTowardCap: Bool

  init(
    care: CareCategory, counters: CareCategory, requiresFiling: Bool, caseQuotas: AmountsByCode,
    deductible: Deductible?, bands: [ScaleBand], bandSource: ValueReference?, measuresInPolicy: Bool,
    bandsByYear: Bool, categoryAdjustment: CategoryAdjustment?, primaryCareSigned: Cited<Rate>?,
    primaryCareUnsigned: Cited<Rate>?, tcmInstitution: Cited<Rate>?, tcmItems: Cited<Rate>?,
    visitCap: Cited<Money>?, annualCap: Cited<Money>?, diseaseCaps: AmountsByCode,
    countsTowardCap: Bool
  ) {
    self.care = care
    self.counters = counters
    self.requiresFiling = requiresFiling
    self.caseQuotas = caseQuotas
    self.deductible = deductible
    self.bands = bands
    self.bandSource = bandSource
    self.measuresInPolicy = measuresInPolicy
    self.bandsByYear = bandsByYear
    self.categoryAdjustment = categoryAdjustment
    self.primaryCareSigned = primaryCareSigned
    self.primaryCareUnsigned = primaryCareUnsigned
    self.tcmInstitution = tcmInstitution
    self.tcmItems = tcmItems
    self.visitCap = visitCap
    self.annualCap = annualCap
    self.diseaseCaps = diseaseCaps
    self.countsTowardCap = countsTowardCap
  }
}

/// One supplementary layer in one scheme.
struct LayerTerms: Sendable {
  /// The scale of one class of person.
  struct Scale: Sendable {
    let bands: [ScaleBand]
    let source: ValueReference
    let line: Int64
    let cap: Cited<Money>?
  }

  let layer: SupplementLayer
  let scales: [Scale?]  // by class index
  let listedScales: [Scale?]  // by class index, when the disease is listed
  let isAboveLine: Bool
  let byYear: Bool
  let includesFirstSelfPay: Bool
  let includesSeparatelyPaid: Bool
  let cares: [Bool]  // by care raw value

  /// The scale for a person and claim, or `nil` when the layer does not pay for them.
  func scale(_ beneficiary: BeneficiaryClass, listed: Bool) -> Scale? {
    (listed ? listedScales : scales)[beneficiary.index]
  }
}
