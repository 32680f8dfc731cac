#if PostgreSQL
  import Catalog
  import Claims
  import Kernel
  import People
  import Settlement
  import StoreRecords
  import Workflows

  extension PostgresTransaction: PayerTransaction {
    func nextNumber(_ sequence: String) throws(StoreError) -> Int64 {
      do throws(StoreError) { return try attempt.numbers.next(of: sequence) } catch { throw failed(error) }
    }

    func lock(person: String) throws(StoreError) { try lock(.person(person)) }

    func put(_ person: PersonRecord, balance: AccountBalance?) throws(StoreError) {
      let number = person.person.number
      try lock(.person(number), toWrite: true)
      try lock(.certificate(type: person.certificateType, number: person.certificateNumber), toWrite: true)
      if !attempt.isAlone {
        // Whoever looked the person up by the certificate until now has to be waited for, too.
        let before = try rows("put person", PostgresSQL.certificateOf, [.text(number)], about: .person(number))
        if before.count > 0 {
          try lock(.certificate(type: before.text(0, 0), number: before.text(0, 1)), toWrite: true)
        }
      }
      try enqueue(
        "put person", PostgresSQL.putPerson,
        [
          .text(number), .text(person.certificateType), .text(person.certificateNumber),
          .text(try json("put person", person)),
        ])
      if let balance { try put(balance, of: number) }
    }

    private func put(_ balance: AccountBalance, of person: String) throws(StoreError) {
      try enqueue(
        "put balance", PostgresSQL.putBalance,
        [.text(person), .integer(balance.own.fen), .integer(balance.family.fen)])
      balances[person] = .some(balance)
    }

    func put(_ institution: InstitutionRecord) throws(StoreError) {
      try lock(.institutions, toWrite: true)
      try enqueue(
        "put institution", PostgresSQL.putInstitution,
        [.text(institution.institution.code), .text(try json("put institution", institution))])
    }

    func put(_ item: ListedItem) throws(StoreError) {
      try lock(.catalogue, toWrite: true)
      try enqueue(
        "put item", PostgresSQL.putItem,
        [.text(item.code), .text(item.period.first.description), .text(try json("put item", item))])
    }

    func add(_ visit: Visit) throws(StoreError) {
      try lock(.visit(visit.id), toWrite: true)
      try lock(.person(visit.person), toWrite: true)
      try enqueue(
        "add visit", PostgresSQL.addVisit, [.text(visit.id), .text(visit.person), .text(RecordText.of(visit))])
      owners[visit.id] = visit.person
    }

    func put(_ visit: Visit) throws(StoreError) {
      try lock(.visit(visit.id), toWrite: true)
      try lock(.person(visit.person), toWrite: true)
      guard let owner = try owner(of: visit.id) else { return try add(visit) }
      guard owner == visit.person else { throw refused("put visit", "a visit does not change its person") }
      try enqueue("put visit", PostgresSQL.changeVisit, [.text(visit.id), .text(RecordText.of(visit))])
    }

    /// Whose a visit is, `nil` when there is none.
    private func owner(of visit: String) throws(StoreError) -> String? {
      if let known = owners[visit] { return known }
      let rows = try rows("read visit", PostgresSQL.visitOwner, [.text(visit)], about: .visit(visit))
      let found = rows.count == 0 ? nil : rows.text(0, 0)
      owners[visit] = found
      return found
    }

    func append(_ lines: [UploadedLine], to visit: String) throws(StoreError) {
      guard try owner(of: visit) != nil else { throw refused("append lines", "no visit \(visit)") }
      try lock(.visit(visit), toWrite: true)
      try enqueue(
        "append lines", PostgresSQL.addLines,
        [.text(visit), .texts(lines.map(\.serial)), .texts(lines.map { RecordText.of($0) })])
    }

    func withdraw(_ serials: [String], from visit: String) throws(StoreError) {
      try lock(.visit(visit), toWrite: true)
      try enqueue("withdraw lines", PostgresSQL.withdrawLines, [.text(visit), .texts(serials)])
    }

    func append(_ settlement: SettlementRecord) throws(StoreError) {
      let operation = "append settlement \(settlement.id)"
      try lock(.visit(settlement.visit.id), toWrite: true)
      try lock(.person(settlement.visit.person), toWrite: true)
      var original: SettlementRecord?
      if let reverses = settlement.reverses {
        original = try self.settlement(reverses)
        if try reversal(of: reverses) != nil { throw refused(operation, "\(reverses) was reversed before") }
      }
      if let fault = settlement.contradictions(original: original).first { throw refused(operation, fault) }
      try lock(.settlement(settlement.id), toWrite: true)
      try moveBalance(settlement, operation)
      try moveAccumulators(settlement, operation)
      var wanted: [SourceTexts.Named] = []
      let link = ChainLink(settlement, sequence: 0) { [sources = attempt.sources] source in
        let named = sources.named(source)
        if !sources.isKept(named.key) { wanted.append(named) }
        return named.key
      }
      try add(wanted)
      append(settlement, link)
    }

    private func moveBalance(_ settlement: SettlementRecord, _ operation: String) throws(StoreError) {
      let person = settlement.visit.person
      let before = try standingBalance(person) ?? AccountBalance()
      let after = settlement.balance(after: before)
      if let fault = settlement.fault(inBalance: after) { throw refused(operation, fault) }
      if after != before { try put(after, of: person) }
    }

    private func moveAccumulators(_ settlement: SettlementRecord, _ operation: String) throws(StoreError) {
      let key = PersonYear(
        person: settlement.visit.person, scheme: settlement.settled.cover.scheme, year: settlement.year)
      guard let after = try accumulators(key.person, key.scheme, year: key.year).after(settlement) else {
        throw failed(
          StoreError(
            .damaged, operation: operation, detail: "the accumulators do not hold what the reversal takes back"))
      }
      try enqueue(
        operation, PostgresSQL.putAccumulators,
        [.text(key.person), .text(key.scheme.rawValue), .integer(Int64(key.year)), .text(RecordText.of(after))])
      accumulators[key] = after
    }

    func append(_ message: MessageRecord) throws(StoreError) {
      try lock(.message(message.id), toWrite: true)
      try enqueue(
        "append message", PostgresSQL.addMessage,
        [
          .text(message.id), .text(message.institution), .text(message.transaction), .text(message.digest),
          .text(message.result),
        ])
    }

    func put(_ signIn: SignIn) throws(StoreError) {
      try lock(.signIn(signIn.number), toWrite: true)
      try enqueue(
        "put sign-in", PostgresSQL.putSignIn, [.text(signIn.number), .text(try json("put sign-in", signIn))])
    }

    func put<Record: FiledRecord>(_ record: Record) throws(StoreError) {
      let (register, operation) = (Record.register, "put \(Record.register)")
      try lock(.filed(register, record.id), toWrite: true)
      if !attempt.isAlone {
        // Lists that hold the record until now change, too.
        let before = try rows(
          operation, PostgresSQL.filedPlace, [.text(register), .text(record.id)], about: .filed(register, record.id))
        if before.count > 0 {
          try lock(.filedOf(register, before.text(0, 0)), toWrite: true)
          try lock(.filedAbout(register, before.text(0, 1)), toWrite: true)
        }
      }
      try lock(.filedOf(register, record.owner), toWrite: true)
      try lock(.filedAbout(register, record.subject), toWrite: true)
      let keys = [register, record.id, record.owner, record.subject, record.time]
      try enqueue(operation, PostgresSQL.putFiled, keys.map { .text($0) } + [.text(try json(operation, record))])
    }

    func close(year: Int) throws(StoreError) {
      try lock(.closing, toWrite: true)
      try enqueue("close year", PostgresSQL.close, [.integer(Int64(year))])
    }
  }
#endif
