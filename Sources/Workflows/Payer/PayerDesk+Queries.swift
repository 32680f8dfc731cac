public import Claims
public import Kernel
import People
public import Settlement

/// A drug that a person took for a chronic disease (慢特病用药记录, 5205).
public struct MedicationUse: Sendable {
  /// The visit.
  public let visit: Visit
  /// The institution.
  public let institution: InstitutionRecord
  /// The fee line.
  public let line: UploadedLine
  /// The item as the catalogue had it on the day; `nil` when it is no longer listed for it.
  public let item: ListedItem?
}

extension PayerDesk {
  /// A person's visits at an institution that began on some days, in order of registration (5201).
  public func visits(of person: String, at institution: String, in span: DateRange) async
    -> Result<[Visit], DeskRefusal>
  {
    await read { store throws(StoreError) in
      guard try store.person(person) != nil else { return .failure(.desk(.personUnknown, about: person)) }
      return .success(
        try store.visits(of: person).filter {
          $0.institution == institution && $0.state != .withdrawn && span.contains($0.admitted)
        })
    }
  }

  /// What was diagnosed in a visit, stage by stage (5202).
  public func diagnoses(ofVisit visit: String, of person: String, at institution: String) async
    -> Result<[VisitDiagnoses], DeskRefusal>
  {
    await read { store throws(StoreError) in
      switch try Self.visit(visit, of: person, at: institution, in: Visit.State.allCases, store) {
      case .failure(let refusal): return .failure(refusal)
      case .success:
        return .success(
          try store.filed(VisitDiagnoses.self, about: visit).sorted { $0.stage.rawValue < $1.stage.rawValue })
      }
    }
  }

  /// Who is in hospital at an institution, admitted on some days, in order of admission (5303).
  public func inHospital(at institution: String, person: String?, admitted span: DateRange) async
    -> Result<[(visit: Visit, person: PersonRecord)], DeskRefusal>
  {
    await read { store throws(StoreError) in
      let last = span.last.map { "\($0)" } ?? "9999-12-31"
      var found: [(visit: Visit, person: PersonRecord)] = []
      for entry in try store.filed(StayEntry.self, of: institution, from: "\(span.first)", to: last) {
        guard person == nil || entry.subject == person, let visit = try store.visit(entry.id), visit.state == .open,
          let record = try store.person(entry.subject)
        else { continue }
        found.append((visit, record))
      }
      return .success(found)
    }
  }

  /// Drugs of settled visits for chronic diseases, by day of use, wherever they were given (5205).
  public func chronicMedication(of person: String, in span: DateRange) async -> Result<[MedicationUse], DeskRefusal> {
    await read { store throws(StoreError) in
      guard try store.person(person) != nil else { return .failure(.desk(.personUnknown, about: person)) }
      var uses: [MedicationUse] = []
      for visit in try store.visits(of: person) where visit.care == .chronic && visit.state == .settled {
        guard let institution = try store.institution(visit.institution) else { continue }
        for line in try store.netLines(of: visit.id) where Self.drugs.contains(line.listType) {
          guard span.contains(line.line.day) else { continue }
          uses.append(
            MedicationUse(
              visit: visit, institution: institution, line: line,
              item: try store.item(line.line.item, on: line.line.day)))
        }
      }
      return .success(uses.sorted { $0.line.line.day < $1.line.line.day })
    }
  }

  /// The kinds of list that are drugs (目录类别 101 to 104: 西药中成药, 中药饮片, 自制剂, 民族药).
  private static let drugs: Set<String> = ["101", "102", "103", "104"]

  /// What a person's year adds up to, in every scheme in which something was settled (5206).
  public func accumulators(of person: String, year: Int) async -> Result<[Accumulators], DeskRefusal> {
    await read { store throws(StoreError) in
      guard try store.person(person) != nil else { return .failure(.desk(.personUnknown, about: person)) }
      var found: [Accumulators] = []
      for scheme in InsuranceScheme.allCases {
        let year = try store.accumulators(person, scheme, year: year)
        if year != Accumulators(scheme: scheme, year: year.year) { found.append(year) }
      }
      return .success(found)
    }
  }
}
