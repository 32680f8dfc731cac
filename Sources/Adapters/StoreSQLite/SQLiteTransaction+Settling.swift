import Claims
import GRDB
import Kernel
import People
import Settlement
import StoreRecords
import Workflows

/// Visits, their lines, and settlements.
extension SQLiteTransaction {
  func add(_ visit: Visit) throws(StoreError) {
    try attempt("add visit") {
      let ordinal = numbers.nextVisit()
      ownVisits[visit.id] = (visit, ordinal, true)
      try carryOut(
        .addVisit(ordinal: ordinal, id: visit.id, person: visit.person, text: RecordText.of(visit)),
        touching: ChangeKey(.visit, visit.id), ChangeKey(.visits, visit.person))
    }
  }

  func put(_ visit: Visit) throws(StoreError) {
    if let own = ownVisits[visit.id], own.visit == visit { return }
    guard let place = try place(of: visit.id) else { return try add(visit) }
    try attempt("put visit") {
      guard place.person == visit.person else { throw refused("put visit", "a visit does not change its person") }
      ownVisits[visit.id] = (visit, place.ordinal, ownVisits[visit.id]?.isNew ?? false)
      try carryOut(
        .changeVisit(ordinal: place.ordinal, text: RecordText.of(visit)), touching: ChangeKey(.visit, visit.id),
        ChangeKey(.visits, visit.person))
    }
  }

  /// Where a visit stands in the table, also when this write added it.
  private func place(of visit: String) throws(StoreError) -> (ordinal: Int64, person: String)? {
    if let own = ownVisits[visit] { return (own.ordinal, own.visit.person) }
    try note(ChangeKey(.visit, visit))
    return try first("read visit", SQL.visitPlace, visit) { ($0.number(0), $0.text(1)) }
  }

  func append(_ lines: [UploadedLine], to visit: String) throws(StoreError) {
    let owner = try place(of: visit)
    try attempt("append lines") {
      guard let owner else { throw refused("append lines", "no visit \(visit)") }
      let (last, standing) = try uploads(of: visit, at: owner.ordinal)
      var serials = Set(standing)
      for line in lines where !serials.insert(line.serial).inserted {
        throw refused("append lines", "serial \(line.serial) is used")
      }
      let ordinal = last + (ownUploads[visit] ?? 0) + 1
      try carryOut(
        .addUpload(visit: owner.ordinal, ordinal: ordinal, text: RecordText.of(lines)),
        touching: ChangeKey(.visit, visit))
      if case .rehearsal = sink {
        ownLines[visit, default: []] += lines
        ownUploads[visit, default: 0] += 1
      }
    }
  }

  /// The last upload that is stored of a visit, and the serial numbers that are used in it, also by this write.
  private func uploads(of visit: String, at ordinal: Int64) throws -> (last: Int64, serials: [String]) {
    let own = own(linesOf: visit)
    let serials = own?.lines.map(\.serial) ?? []
    if let own, own.isNew { return (0, serials) }
    let stored = try statements.all(SQL.uploads, db, ordinal) {
      (ordinal: $0.number(0), serials: try RecordReader.lines($0.bytes(1)).map(\.serial))
    }
    return (stored.last?.ordinal ?? 0, stored.flatMap(\.serials) + serials)
  }

  func withdraw(_ serials: [String], from visit: String) throws(StoreError) {
    if ownLines[visit] != nil { try onWriterOnly() }
    guard let place = try place(of: visit) else { return }
    try attempt("withdraw lines") {
      try carryOut(.withdraw(serials: serials, visit: place.ordinal), touching: ChangeKey(.visit, visit))
    }
  }

  func append(_ settlement: SettlementRecord) throws(StoreError) {
    let operation = "append settlement \(settlement.id)"
    var original: SettlementRecord?
    if let reverses = settlement.reverses {
      original = try self.settlement(reverses)
      if try reversal(of: reverses) != nil {
        return try attempt(operation) { throw refused(operation, "\(reverses) was reversed before") }
      }
    }
    if let fault = settlement.contradictions(original: original).first {
      return try attempt(operation) { throw refused(operation, fault) }
    }
    let (prepared, wanted) = try prepare(settlement, operation)
    try attempt(operation) {
      if !wanted.isEmpty { try carryOut(.sources(wanted)) }
      try carryOut(
        .settlement(prepared), touching: ChangeKey(.settlement, settlement.id),
        ChangeKey(.reversal, settlement.reverses ?? ""), ChangeKey(.money, settlement.visit.person),
        ChangeKey(.settledVisit, settlement.visit.id), ChangeKey(.settledInstitution, settlement.visit.institution))
    }
  }

  /// Works out every row, and which sources of policy values have to be stored before; the person's money is read as it
  /// stands before.
  private func prepare(_ settlement: SettlementRecord, _ operation: String) throws(StoreError)
    -> (PreparedSettlement, wanted: [SourceTexts.Named])
  {
    let person = settlement.visit.person
    let key = PersonYear(person: person, scheme: settlement.settled.cover.scheme, year: settlement.year)
    let standing = try standingBalance(person)
    let before = try accumulators(person, key.scheme, year: key.year)
    return try attempt(operation) {
      let balance = settlement.balance(after: standing ?? AccountBalance())
      if let fault = settlement.fault(inBalance: balance) { throw refused(operation, fault) }
      guard let after = before.after(settlement) else {
        throw StoreError(
          .damaged, operation: operation, detail: "the accumulators do not hold what the reversal takes back")
      }
      accumulators[key] = after
      balances[person] = .some(balance)
      var wanted: [SourceTexts.Named] = []
      let link = ChainLink(settlement, sequence: 0) { [sources] source in
        let named = sources.named(source)
        if !sources.isKept(named.key) { wanted.append(named) }
        return named.key
      }
      let prepared = PreparedSettlement(
        link: link, postings: RecordText.of(link.lines),
        accumulators: (person, key.scheme.rawValue, key.year, RecordText.of(after)),
        balance: balance == standing ?? AccountBalance() ? nil : balance)
      return (prepared, wanted)
    }
  }
}
