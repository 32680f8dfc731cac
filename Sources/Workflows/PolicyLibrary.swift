public import Claims
public import Kernel
public import People
public import Policy
public import Settlement
import Synchronization

/// Policy ready for use: compiles each combination of versions once and hands it out to every claim that needs it.
public final class PolicyLibrary: Sendable {
  /// Why no policy is ready.
  public enum Failure: Error, Sendable {
    /// No policy covers the region or the dates.
    case refused(PolicyRefusal)
    /// The policy in force contradicts itself.
    case defective(PolicyDefects)
  }

  /// All policy as it was read.
  public let book: PolicyBook

  private struct Key: Hashable {
    let region: String
    let admission: Int
    let discharge: Int
  }

  private let boundaries: [String: (admission: [CalendarDate], discharge: [CalendarDate])]
  private let compiled = Mutex<[Key: SettlementPolicy]>([:])

  /// Makes a library of a book.
  public init(_ book: PolicyBook) {
    self.book = book
    boundaries = book.regions.keys.reduce(into: [:]) { found, region in
      found[region] = (
        book.changes(in: region, appliesOn: .admission), book.changes(in: region, appliesOn: .discharge)
      )
    }
  }

  /// The policy for a region and dates.
  public func policy(region: String, dates: EventDates) -> Result<SettlementPolicy, Failure> {
    guard let (admission, discharge) = boundaries[region] else {
      return .failure(.refused(.unknownRegion(region)))
    }
    // Coverage is checked for every claim; only the compiled slice is shared between dates.
    if let covered = book.regions[region]?.covered {
      for date in [dates.admission, dates.discharge] where !covered.contains(date) {
        return .failure(.refused(.dateNotCovered(region: region, date: date, covered: covered)))
      }
    }
    let key = Key(
      region: region, admission: admission.count { $0 <= dates.admission },
      discharge: discharge.count { $0 <= dates.discharge })
    if let ready = compiled.withLock({ $0[key] }) { return .success(ready) }
    do throws(PolicyRefusal) {
      let snapshot = try book.snapshot(region: region, dates: dates)
      do throws(PolicyDefects) {
        let policy = try SettlementPolicy(snapshot)
        compiled.withLock { $0[key] = policy }
        return .success(policy)
      } catch { return .failure(.defective(error)) }
    } catch { return .failure(.refused(error)) }
  }

  /// Compiles every combination of versions that a region's covered days can meet, and says what is wrong.
  ///
  /// Stays that reach across a change are looked at too: the admission may fall under the version before.
  ///
  /// - Returns: what is wrong, and what somebody should look at.
  public func check(region code: String) -> (defects: [PolicyDefects.Defect], remarks: [PolicyDefects.Defect]) {
    guard let region = book.regions[code], let places = boundaries[code] else { return ([], []) }
    let days = ([region.covered.first] + places.admission + places.discharge)
      .filter { region.covered.contains($0) }
    var defects: [PolicyDefects.Defect] = []
    var remarks: [PolicyDefects.Defect] = []
    let sorted = Set(days).sorted()
    for (place, day) in sorted.enumerated() {
      for admission in [day, place > 0 ? sorted[place - 1] : day] {
        let dates = EventDates(admission: admission, discharge: day)
        switch policy(region: code, dates: dates) {
        case .success(let policy):
          for remark in policy.remarks where !remarks.contains(remark) { remarks.append(remark) }
        case .failure(.defective(let found)):
          for defect in found.list where !defects.contains(defect) { defects.append(defect) }
        case .failure(.refused): break
        }
      }
    }
    return (defects, remarks)
  }
}

extension PolicyLibrary {
  /// Why a claim was refused, with what exactly the policy does not say where that can be told.
  ///
  /// A missing rule of cover is named, and for a missing pay rate the levels that have one.
  public func message(
    for outcome: SettlementOutcome, of claim: Claim, by person: InsuredPerson, region: String
  ) -> LocalizedText {
    let dates = claim.eventDates
    guard let snapshot = try? book.snapshot(region: region, dates: dates) else { return outcome.message }
    let detail: LocalizedText? =
      switch outcome {
      case .notRegulated: Self.missingRules(for: person, in: snapshot)
      case .noRateAtLevel: ratedLevels(for: claim, of: person, in: snapshot)
      default: nil
      }
    guard let detail else { return outcome.message }
    return LocalizedText(
      "\(outcome.message.chinese)（\(detail.chinese)）", "\(outcome.message.english) (\(detail.english))")
  }

  private static func missingRules(for person: InsuredPerson, in snapshot: PolicySnapshot) -> LocalizedText? {
    var missing: [String] = []
    for enrolment in person.enrolments {
      let identifier =
        switch enrolment.kind {
        case .employer: "enrolment.employee.waiting_months"
        case .flexible: "enrolment.flexible.waiting_months"
        case .retired: "enrolment.retirement.contribution_years"
        case .resident: "enrolment.resident.payment_deadline"
        }
      let sex = ["sex": person.sex.rawValue]
      if snapshot[identifier]?.content(sex) == nil && !missing.contains(identifier) { missing.append(identifier) }
    }
    let list = missing.joined(separator: ", ")
    return missing.isEmpty ? nil : LocalizedText("缺少 \(list)", "missing: \(list)")
  }

  private func ratedLevels(for claim: Claim, of person: InsuredPerson, in snapshot: PolicySnapshot)
    -> LocalizedText?
  {
    guard case .success(let policy) = policy(region: snapshot.region, dates: snapshot.dates),
      case .success(let cover) = SettlementEngine.cover(for: claim, of: person, under: policy)
    else { return nil }
    let prefix = "settlement.\(cover.scheme.rawValue)"
    var care = claim.care.word
    if case .choice(let other)? = snapshot["\(prefix).\(care).paid_as"]?.content([:]) { care = other }
    let identifier = "\(prefix).\(care).pay_rate"
    guard let rates = snapshot[identifier] else { return LocalizedText("缺少 \(identifier)", "missing: \(identifier)") }
    let category = cover.category.rawValue
    let categories = cover.category == .retiredElder ? [category, PersonCategory.retired.rawValue] : [category]
    let levels = InstitutionLevel.allCases.map(\.word).filter { level in
      rates.content(preferring: [
        "institution_level": [level], "person_category": categories,
      ]) != nil
    }
    let list = levels.isEmpty ? "–" : levels.joined(separator: ", ")
    return LocalizedText(
      "\(category) 在 \(identifier) 中有比例的级别：\(list)", "levels with a rate for \(category) in \(identifier): \(list)")
  }
}

extension Claim {
  /// The dates that select policy versions.
  public var eventDates: EventDates { EventDates(admission: admitted, discharge: discharged) }
}
