package import Claims
package import Kernel
import People
import Settlement

/// A claim as its settlement keeps it: what neither the visit nor the result says already.
///
/// A visit comes to settlement under its own words, so that most of a claim would be there twice.
struct ClaimBesideVisit: Codable {
  private struct Place: Codable {
    var code: String?
    var level: InstitutionLevel
    var isTraditionalChinese: Bool?
  }

  private var id: String?
  private var care: CareCategory?
  private var institution: Place
  private var admitted: CalendarDate?
  private var discharged: CalendarDate?
  private var lines: [FeeLine]
  private var filing: CrossRegionFiling?
  private var referralChain: String?
  private var chronicDisease: String?
  private var caseKind: String?
  private var isListedDisease: Bool?

  /// What a claim has that the words of its settlement do not.
  init(_ claim: Claim, beside said: ClaimWords) {
    id = claim.id == said.id ? nil : claim.id
    care = claim.care == said.care ? nil : claim.care
    institution = Place(
      code: claim.institution.code == said.institution ? nil : claim.institution.code,
      level: claim.institution.level, isTraditionalChinese: claim.institution.isTraditionalChinese ? true : nil)
    admitted = claim.admitted == said.admitted ? nil : claim.admitted
    discharged = claim.discharged == said.discharged ? nil : claim.discharged
    lines = claim.lines
    filing = claim.filing == said.filing ? nil : claim.filing
    referralChain = claim.referralChain
    chronicDisease = claim.chronicDisease
    caseKind = claim.caseKind
    isListedDisease = claim.isListedDisease ? true : nil
  }

  /// The claim, whole.
  func claim(beside said: ClaimWords) -> Claim {
    Claim(
      id: id ?? said.id, care: care ?? said.care,
      institution: Institution(
        code: institution.code ?? said.institution, level: institution.level,
        isTraditionalChinese: institution.isTraditionalChinese ?? false),
      admitted: admitted ?? said.admitted, discharged: discharged ?? said.discharged, lines: lines,
      filing: filing ?? said.filing, referralChain: referralChain, chronicDisease: chronicDisease, caseKind: caseKind,
      isListedDisease: isListedDisease ?? false)
  }
}

/// What the visit and the result say of a claim.
package struct ClaimWords {
  /// The claim's identifier, by the result.
  package let id: String
  /// The kind of care.
  package let care: CareCategory
  /// The institution's code.
  package let institution: String
  /// The first day.
  package let admitted: CalendarDate
  /// The last day; the first for a visit that is not over.
  package let discharged: CalendarDate
  /// How care elsewhere was filed.
  package let filing: CrossRegionFiling

  init(_ visit: Visit, claim: String) {
    id = claim
    care = visit.care
    institution = visit.institution
    admitted = visit.admitted
    discharged = visit.discharged ?? visit.admitted
    filing = visit.filing
  }
}

extension SettlementRecord {
  /// What visit and result say of the claim.
  package var claimWords: ClaimWords { ClaimWords(visit, claim: settled.claim) }
}
