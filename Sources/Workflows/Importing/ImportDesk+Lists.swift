import Claims
import Grouping
import Kernel
import Payment
import People

extension ImportDesk {
  /// What the store knows about a row.
  private struct Known: Sendable {
    var earlier: ImportedSettlementList?
    /// The institution of a settlement that bears the number.
    var settledAt: String?
    var person: PersonRecord?
    var institution: InstitutionRecord?
  }

  /// What a block comes to before it is written.
  private struct Harvest {
    var lists: [ImportedSettlementList] = []
    var cases: [PaymentCase] = []
    var withdrawn: [String] = []
    var answers: [Answer] = []
  }

  /// Takes settlement lists: checks, groups, files them, and puts their cases.
  ///
  /// Cases are durable before lists are, so that an import that was broken off puts them again.
  public func take(_ rows: [Row<StatedSettlementList>]) async throws(StoreError) -> [Answer] {
    let known = try await known(rows)
    var harvest = Harvest()
    for (row, known) in zip(rows, known) { take(row, known, into: &harvest) }
    guard isStoring else { return harvest.answers }
    if !harvest.withdrawn.isEmpty { try await paying.withdraw(harvest.withdrawn, region: region) }
    if !harvest.cases.isEmpty { try await paying.put(harvest.cases, region: region) }
    let lists = harvest.lists
    if !lists.isEmpty {
      try await payer.write { store throws(StoreError) in
        for list in lists { try store.put(list) }
      }
    }
    return harvest.answers
  }

  private func known(_ rows: [Row<StatedSettlementList>]) async throws(StoreError) -> [Known] {
    let stated = stated
    return try await payer.read { store throws(StoreError) in
      var found: [Known] = []
      var institutions = stated
      for row in rows {
        let list = row.value.list
        var known = Known()
        if let number = row.value.number { known.earlier = try store.filed(ImportedSettlementList.self, number) }
        if let settled = try list.settlement.isEmpty ? nil : store.settlement(list.settlement) {
          known.settledAt = settled.claim.institution.code
        }
        if !list.person.isEmpty { known.person = try store.person(list.person) }
        if known.person == nil, !list.patient.certificate.isEmpty {
          known.person = try store.person(certificateType: "01", number: list.patient.certificate)
        }
        if institutions[list.institution] == nil {
          institutions[list.institution] = try store.institution(list.institution)
        }
        known.institution = institutions[list.institution]
        found.append(known)
      }
      return found
    }
  }

  private func take(_ row: Row<StatedSettlementList>, _ known: Known, into harvest: inout Harvest) {
    report.lists.read += 1
    let stated = row.value
    let month = stated.day.map { "\($0.yearMonth)" } ?? ""
    let checked = ImportedListCheck.check(stated, person: known.person, institution: known.institution)
    var findings = checked.findings
    func answer(_ outcome: Answer.Outcome) {
      report.note(findings, month, of: stated.number ?? "\(row.place)")
      harvest.answers.append(Answer(place: row.place, outcome: outcome, findings: findings))
    }
    func refuse(_ rule: ImportRule? = nil, _ value: String = "", _ detail: LocalizedText? = nil) {
      if let rule { findings.append(ImportFinding(rule, field: "setl_id", value: value, detail: detail)) }
      report.lists.unusable += 1
      answer(.unusable)
    }
    guard let content = checked.content, let number = stated.number, let day = stated.day else { return refuse() }
    if let other = known.settledAt ?? known.earlier?.owner, other != content.list.institution {
      return refuse(.numberTaken, number, LocalizedText(other, other))
    }
    if known.settledAt != nil { return refuse(.settledHere, number) }
    let digest = content.hashValue
    if let other = seen[number] {
      if other.digest != digest {
        let place = "\(other.place)"
        return refuse(.repeatedOtherwise, number, LocalizedText(place, place))
      }
      report.lists.same += 1
      return answer(.same)
    }
    let made = make(number, day, content, checked.warnings, known, row.place)
    if let reason = made.reason {
      findings.append(ImportFinding(.noGroup, field: "diag_code", value: "", detail: reason))
    }
    let outcome: Answer.Outcome
    switch known.earlier {
    case nil: outcome = .added
    case let earlier? where earlier.content == content && earlier.group == made.list.group: outcome = .same
    case let earlier?:
      if isPublished(earlier.month, earlier.content.scheme) || isPublished(made.list.month, content.scheme) {
        return refuse(.monthPublished, number, LocalizedText(month, month))
      }
      outcome = .replaced
      if report.changes.count < ImportReport.changeLimit {
        report.changes.append(
          .init(id: number, place: row.place, former: earlier.place, isContent: earlier.content != content))
      }
    }
    seen[number] = (digest, row.place)
    count(outcome, made.list, made.paid)
    if outcome != .same {
      harvest.lists.append(made.list)
      if let paid = made.paid { harvest.cases.append(paid) } else { harvest.withdrawn.append(number) }
    }
    answer(outcome)
  }

  private func count(_ outcome: Answer.Outcome, _ list: ImportedSettlementList, _ paid: PaymentCase?) {
    switch outcome {
    case .added: report.lists.added += 1
    case .replaced: report.lists.replaced += 1
    case .same, .unusable: report.lists.same += 1
    }
    guard let paid else { return }
    report.caseCount += 1
    report.use(list, days: paid.stayDays)
  }

  /// The record and the case of a list.
  private func make(
    _ number: String, _ day: CalendarDate, _ content: ImportedSettlementList.Content,
    _ warnings: [SettlementListFinding], _ known: Known, _ place: ImportPlace
  ) -> (list: ImportedSettlementList, paid: PaymentCase?, reason: LocalizedText?) {
    var list = ImportedSettlementList(id: number, day: day, content: content, findings: warnings, place: place)
    guard content.care.isStay else { return (list, nil, nil) }
    let unit = GroupingCase(content, id: number, of: known.person?.person)
    let found = engines[content.scheme]?.group(unit)
    list.group = found?.code ?? ""
    list.category = found?.category ?? ""
    let none = LocalizedText("没有该险种的分组方案", "there is no edition for the scheme")
    return (list, list.paymentCase(unit, chineseMedicine: chineseMedicine), found.map(\.reason) ?? none)
  }
}
