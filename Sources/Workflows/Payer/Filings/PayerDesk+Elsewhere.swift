import Claims
import Kernel
import People
import Settlement

extension PayerDesk {
  /// A visit with how care elsewhere was filed, and with its chain of referrals, as the filings on its first day say.
  ///
  /// Settlement reads both; they are looked up anew for every calculation, since a filing may come after the admission.
  /// Inside the region of insurance care is local. Elsewhere the most particular filing counts: an emergency stay
  /// registered there (2505, 07), a transfer to there (2501), living there (2505, 08); rescue (`med_type` 1301) counts
  /// as filed; everything else is not filed.
  func placed(_ visit: Visit, _ person: PersonRecord, _ place: InstitutionRecord, _ store: any PayerReading)
    throws(StoreError) -> Visit
  {
    var placed = visit
    let isElsewhere = place.region != person.region
    guard isElsewhere || visit.care.isStay else {
      placed.filing = .local
      return placed
    }
    let transfers = try store.filed(TransferFiling.self, about: visit.person)
    let toHere = transfers.last { $0.destination == visit.institution && $0.holds(on: visit.admitted) }
    if visit.care.isStay, !transfers.isEmpty {
      let fromHere = transfers.last { $0.earlierVisit == visit.id && $0.withdrawal == nil }
      placed.referralChain = toHere?.chain ?? fromHere?.chain
    }
    guard isElsewhere else {
      placed.filing = .local
      return placed
    }
    let designations = try store.filed(DesignationFiling.self, about: visit.person)
      .filter { $0.institution == visit.institution && $0.holds(on: visit.admitted) }
    if designations.contains(where: { $0.careElsewhere == .emergency }) {
      placed.filing = .emergency
    } else if let toHere, toHere.reach != .city {
      placed.filing = .referred
    } else if designations.contains(where: { $0.careElsewhere == .longTerm }) {
      placed.filing = .longTerm
    } else {
      placed.filing = visit.medicalType == Self.rescue ? .emergency : .notFiled
    }
    return placed
  }

  /// Rescue as an outpatient (急诊抢救), which counts as filed elsewhere.
  private static let rescue = "1301"
}
