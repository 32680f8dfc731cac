import Claims
public import Kernel
public import People
public import Policy

/// The typed slice of a snapshot that settlement reads: every look-up done, every table laid out for one access.
///
/// Made once for a snapshot and used for every claim with the same region and policy versions.
public final class SettlementPolicy: Sendable {
  /// The region's code.
  public let region: String
  /// Every policy value that the slice holds; traces refer to it by index.
  public let sources: [PolicySource]
  /// What somebody should look at although it can be settled by: probably forgotten, not contradictory.
  public let remarks: [PolicyDefects.Defect]

  /// When insurance covers a person in the region.
  public var coverageRules: CoverageRules { coverage }

  let coverage: CoverageRules
  let coverageSources: [Enrolment.Kind: ValueReference]
  let elderAge: Int?
  let secondOperation: SecondOperationTerms?
  let separateExcessIsHospitals: Bool
  let separateCountsTowardCap: Bool
  let layerOrder: [SupplementLayer]
  private let schemes: [SchemeTerms?]
  private let plans: [PlanTerms?]
  private let paidAs: [CareCategory?]

  /// Compiles a snapshot.
  ///
  /// - Throws: ``PolicyDefects`` when values contradict each other or one is missing that another needs.
  public init(_ snapshot: PolicySnapshot) throws(PolicyDefects) {
    var reader = PolicyReader(snapshot)
    region = snapshot.region
    coverage = reader.coverageRules()
    coverageSources = reader.coverageSources()
    elderAge = reader.number("enrolment.retirement.elder_age")?.value
    secondOperation = reader.secondOperation()
    (separateExcessIsHospitals, separateCountsTowardCap) = reader.separateRules()
    layerOrder = reader.layerOrder()
    let order = layerOrder
    schemes = InsuranceScheme.allCases.map { reader.schemeTerms($0, order: order) }
    var plans: [PlanTerms?] = []
    var paidAs: [CareCategory?] = []
    for scheme in InsuranceScheme.allCases {
      for care in CareCategory.allCases {
        paidAs.append(reader.paidAs(scheme, care))
        for level in InstitutionLevel.allCases {
          for category in PersonCategory.allCases { plans.append(reader.plan(scheme, care, level, category)) }
        }
      }
    }
    self.plans = plans
    self.paidAs = paidAs
    reader.checkFactors(plans: plans, schemes: schemes)
    reader.checkForgotten(plans: plans)
    sources = reader.sources
    remarks = reader.remarks
    if !reader.defects.isEmpty { throw PolicyDefects(list: reader.defects) }
  }

  /// The first self-pay share of class B items that state none of their own (`class_b_self_pay`).
  public func classBSelfPay(_ scheme: InsuranceScheme) -> Rate? { self.scheme(scheme)?.classBSelfPay?.value }

  /// What holds across a scheme.
  func scheme(_ scheme: InsuranceScheme) -> SchemeTerms? {
    schemes[scheme.index]
  }

  /// The plan for a kind of care, after `paid_as`; `nil` when the scheme does not pay for it.
  func plan(_ scheme: InsuranceScheme, _ care: CareCategory, _ level: InstitutionLevel, _ category: PersonCategory)
    -> PlanTerms?
  {
    let place = scheme.index * CareCategory.allCases.count + Int(care.rawValue)
    let resolved = paidAs[place] ?? care
    let row = (scheme.index * CareCategory.allCases.count + Int(resolved.rawValue)) * InstitutionLevel.allCases.count
    return plans[(row + Int(level.rawValue)) * PersonCategory.allCases.count + category.index]
  }

  /// The source of a policy value used by a step.
  public func source(_ reference: ValueReference) -> PolicySource { sources[Int(reference.index)] }
}

extension InsuranceScheme {
  var index: Int {
    switch self {
    case .employee: 0
    case .resident: 1
    }
  }
}

extension PersonCategory {
  var index: Int {
    switch self {
    case .inService: 0
    case .retired: 1
    case .retiredElder: 2
    case .adult: 3
    case .elderly: 4
    case .student: 5
    case .minor: 6
    }
  }
}

extension BeneficiaryClass {
  var index: Int {
    switch self {
    case .general: 0
    case .destitute: 1
    case .subsistence: 2
    case .returningPoverty: 3
    case .lowIncome: 4
    case .severelyDisabled: 5
    case .illnessPoverty: 6
    }
  }
}

/// A policy value as a trace cites it.
public struct PolicySource: Codable, Hashable, Sendable {
  /// The value's identifier.
  public let identifier: String
  /// The title that its file gives.
  public let title: String
  /// Since when the version holds.
  public let effective: CalendarDate
  /// Where it comes from.
  public let citation: Citation
  /// The region that states it.
  public let region: String
}

/// Everything that is wrong with the policy of a region on some dates.
public struct PolicyDefects: Error, Sendable {
  /// One contradiction or gap.
  public struct Defect: Hashable, Sendable {
    /// The value concerned.
    public let identifier: String
    /// The file that states it, when one does.
    public let file: String?
    /// What is wrong and what to do.
    public let message: LocalizedText
  }

  /// The defects.
  public let list: [Defect]
}
