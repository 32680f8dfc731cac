import Catalog
public import Claims
public import Kernel
public import People
import Policy
import Settlement

/// What an example message shall be about; `nil` stands for whatever is found.
public struct ExampleWish: Hashable, Sendable {
  /// The person (`psn_no`).
  public var person: String?
  /// The institution (`fixmedins_code`).
  public var institution: String?
  /// The visit (`mdtrt_id`).
  public var visit: String?
  /// The settlement (`setl_id`).
  public var settlement: String?

  /// Nothing in particular.
  public init() {}
}

/// What an example message can be about, as the payer's store has it; what it has not is absent.
public struct ExampleFacts: Sendable {
  /// How long the stay of an example lasts.
  public static let stayDays = 5

  /// The day of care: one that policy, cover and closing allow, when there is one.
  public var day: CalendarDate
  /// The institution.
  public var institution: InstitutionRecord?
  /// The person.
  public var person: PersonRecord?
  /// The scheme that covers the person.
  public var scheme: InsuranceScheme
  /// The visit that was wished for.
  public var visit: Visit?
  /// What the visit's fees come to.
  public var charged: Money
  /// The settlement that was wished for.
  public var settlement: SettlementRecord?
  /// A settlement to ask about: the one wished for, else the latest one of the kind of care.
  public var latest: MonitoredSettlement?
  /// An item of the catalogue that may be charged on the day.
  public var item: ListedItem?
  /// What the institution settled in the month of the latest settlement, in its scheme and kind of care.
  public var month: MonitoringMeasures?
}

/// Looks in the store for what example messages can be about, so that they work when they are sent.
///
/// ```swift
/// let search = ExampleSearch(store, projection, library, region: "990100")
/// let facts = try await search.facts(.outpatient, ExampleWish(), today: day)
/// ```
public struct ExampleSearch: Sendable {
  private let store: any PayerStore
  private let projection: any SettlementMonitoring
  private let library: PolicyLibrary
  private let region: String

  /// Looks in a store and its projection.
  public init(_ store: any PayerStore, _ projection: any SettlementMonitoring, _ library: PolicyLibrary, region: String)
  {
    (self.store, self.projection, self.library, self.region) = (store, projection, library, region)
  }

  /// What a message about a kind of care can hold.
  public func facts(_ care: CareCategory, _ wish: ExampleWish, today: CalendarDate) async throws(StoreError)
    -> ExampleFacts
  {
    let latest = try await latest(care)
    let (store, library, region) = (store, library, region)
    var facts = try await store.read { reading throws(StoreError) in
      let choice = ExampleChoice(reading: reading, library: library, region: region, care: care, today: today)
      return try choice.facts(wish, latest: latest)
    }
    guard let shown = facts.latest else { return facts }
    var filter = MonitoringFilter(months: shown.month...shown.month)
    (filter.institution, filter.scheme, filter.care) = (shown.institution, shown.scheme, shown.care)
    facts.month = try await projection.totals(filter, by: []).first?.measures
    return facts
  }

  /// The latest settlements of a kind of care that stand.
  private func latest(_ care: CareCategory) async throws(StoreError) -> [MonitoredSettlement] {
    guard let page = PageRequest(number: 1, size: 60) else { return [] }
    var filter = MonitoringFilter()
    (filter.care, filter.state) = (care, .standing)
    return try await projection.settlements(filter, order: .newest, page: page).rows
  }
}

/// Chooses within one consistent state of the store.
private struct ExampleChoice {
  let reading: any PayerReading
  let library: PolicyLibrary
  let region: String
  let care: CareCategory
  let today: CalendarDate

  func facts(_ wish: ExampleWish, latest: [MonitoredSettlement]) throws(StoreError) -> ExampleFacts {
    let settlement = try wish.settlement.map { (id: String) throws(StoreError) in try reading.settlement(id) } ?? nil
    let visitID = wish.visit ?? settlement?.visit.id
    let visit = try visitID.map { (id: String) throws(StoreError) in try reading.visit(id) } ?? nil
    let days = try days(latest, visit)
    let institution = try institution(wish.institution ?? visit?.institution, latest)
    let (person, day) = try person(wish.person ?? visit?.person, latest, days)
    var facts = ExampleFacts(
      day: day, institution: institution, person: person,
      scheme: visit?.scheme ?? person.flatMap { scheme(of: $0, on: day) } ?? .employee, visit: visit, charged: .zero,
      settlement: settlement, latest: settlement.map { MonitoredSettlement($0, person: person) } ?? latest.first)
    if let visit {
      facts.charged = try reading.lines(of: visit.id).reduce(.zero) { $0 + $1.line.amount }
    }
    facts.item = try item(on: day)
    return facts
  }

  /// Days on which care could be, best first: the visit's, else today and the last day that was settled.
  private func days(_ latest: [MonitoredSettlement], _ visit: Visit?) throws(StoreError) -> [CalendarDate] {
    if let visit { return [visit.discharged ?? visit.admitted] }
    let closed = try reading.closedYear()
    let open = ([today] + latest.prefix(1).map(\.discharged)).filter { day in
      day <= today && closed.map { day.year > $0 } ?? true
    }
    return open.isEmpty ? [today] : open
  }

  private func institution(_ wished: String?, _ latest: [MonitoredSettlement]) throws(StoreError) -> InstitutionRecord?
  {
    if let wished { return try reading.institution(wished) }
    let register = care == .pharmacy ? ["P99010000001"] : ["H99010000001"]
    for code in latest.prefix(20).map(\.institution) + register {
      if let known = try reading.institution(code), known.region == region { return known }
    }
    return try reading.institutions(after: "", limit: 500).first {
      ($0.institution.level == .pharmacy) == (care == .pharmacy)
    }
  }

  /// Somebody who is covered on one of the days and, unless wished for, in no other care after it.
  private func person(_ wished: String?, _ latest: [MonitoredSettlement], _ days: [CalendarDate]) throws(StoreError)
    -> (PersonRecord?, CalendarDate)
  {
    let fallback = days.first ?? today
    if let wished {
      let person = try reading.person(wished)
      let day = person.flatMap { person in days.first { scheme(of: person, on: $0) != nil } }
      return (person, day ?? fallback)
    }
    let candidates = latest.map(\.person) + ["P0000002", "P0000004", "P0000003", "R00000001", "R00000002"]
    let persons = try known(candidates)
    for day in days {
      for person in persons where scheme(of: person, on: day) != nil {
        let isBusy = try reading.visits(of: person.person.number).contains { visit in
          visit.state != .withdrawn && visit.care.isStay
            && (visit.discharged.map { $0 >= day.adding(days: -ExampleFacts.stayDays) } ?? true)
        }
        if !isBusy { return (person, day) }
      }
    }
    return (persons.first, fallback)
  }

  private func known(_ numbers: [String]) throws(StoreError) -> [PersonRecord] {
    var persons: [PersonRecord] = []
    var seen: Set<String> = []
    for number in numbers where seen.insert(number).inserted {
      if let person = try reading.person(number) { persons.append(person) }
    }
    // Employees first: their accounts can be tried too.
    return persons.filter { $0.person.enrolments.last?.kind.scheme == .employee }
      + persons.filter { $0.person.enrolments.last?.kind.scheme != .employee }
  }

  /// The scheme that covers a person on a day; `nil` when none does.
  private func scheme(of person: PersonRecord, on day: CalendarDate) -> InsuranceScheme? {
    guard case .success(let policy) = library.policy(region: region, dates: EventDates(on: day)),
      case .covered(let scheme, _, _) = person.person.coverage(on: day, under: policy.coverageRules)
    else { return nil }
    return scheme
  }

  /// The first item in force, a drug where there is one, of which the fund pays a part.
  private func item(on day: CalendarDate) throws(StoreError) -> ListedItem? {
    let items = try reading.items(after: nil, limit: 300).filter { item in
      item.period.contains(day) && item.chargeClass != .c && !item.isLimitedUse
    }
    return items.first { $0.listType == "101" } ?? items.first
  }
}
