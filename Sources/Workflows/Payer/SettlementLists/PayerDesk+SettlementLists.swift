import Catalog
public import Claims
import Kernel
import Ledger
import People
import Settlement

extension PayerDesk {
  /// Takes the settlement list of a settlement (4101): one for each; a later one replaces it until it is handed in.
  ///
  /// Refused when the settlement is another institution's or was reversed, when the list has been handed in, and when
  /// it breaks a rule whose severity says so.
  ///
  /// - Parameters:
  ///   - list: the list; its fees are filled in from the settled fee lines when it has none.
  ///   - isSubmitted: whether the institution hands it in at once (`stas_type` 1).
  /// - Returns: the list as filed, with its number and the warnings of the check.
  public func uploadSettlementList(_ list: SettlementList, isSubmitted: Bool, _ message: MessageContext) async
    -> Result<FiledSettlementList, DeskRefusal>
  {
    let desk = self
    return await once(
      message,
      again: { store, number throws(StoreError) in
        Self.found(try store.filed(FiledSettlementList.self, number), or: .listUnknown, number)
      },
      { transaction throws(StoreError) in
        let record: SettlementRecord
        switch try Self.settlement(of: list, message, transaction) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found): record = found
        }
        let earlier = try transaction.filed(FiledSettlementList.self, about: list.settlement).last
        if let earlier, !earlier.isOpen {
          return .failure(.desk(.listState, about: "\(earlier.id) \(earlier.state.rawValue)"))
        }
        let facts: SettlementListFacts
        switch try desk.facts(of: record, transaction) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let known): facts = known
        }
        var complete = list
        complete.person = record.visit.person
        if list.fees.isEmpty { (complete.fees, complete.feesAreDerived) = (facts.fees, true) }
        let findings = SettlementListCheck.findings(in: complete, against: facts)
        let refusing = findings.filter { $0.rule.severity == .refusal }
        guard refusing.isEmpty else { return .failure(.desk(.listRefused, about: Self.words(refusing))) }
        let number: String
        if let earlier { number = earlier.id } else { number = "\(try transaction.nextNumber("settlement list"))" }
        let filed = FiledSettlementList(
          id: number, owner: message.institution, settlement: list.settlement, time: message.time, list: complete,
          state: isSubmitted ? .submitted : .uploaded,
          findings: findings)
        try transaction.put(filed)
        return .success((filed, made: filed.id))
      })
  }

  /// Hands lists in, or takes back ones that were sent back (4102): all of them, or none.
  ///
  /// From uploaded to submitted, from returned to uploaded or submitted; what was handed in or passed stays.
  public func changeSettlementLists(_ changes: [SettlementListChange], _ message: MessageContext) async
    -> Result<[FiledSettlementList], DeskRefusal>
  {
    await once(
      message,
      again: { store, numbers throws(StoreError) in
        var lists: [FiledSettlementList] = []
        for number in numbers.split(separator: "\n") {
          guard let list = try store.filed(FiledSettlementList.self, String(number)) else { continue }
          lists.append(list)
        }
        return .success(lists)
      },
      { transaction throws(StoreError) in
        var lists: [String: FiledSettlementList] = [:]
        for change in changes {
          let standing = try transaction.filed(FiledSettlementList.self, about: change.settlement).last
          guard var list = lists[change.settlement] ?? standing, list.owner == message.institution else {
            return .failure(.desk(.listUnknown, about: change.settlement))
          }
          guard change.person == nil || change.person == list.list.person else {
            return .failure(.desk(.visitMismatch, about: change.settlement))
          }
          guard !list.isVoid else { return .failure(.desk(.settlementReversed, about: change.settlement)) }
          switch (list.state, change.state) {
          case (.uploaded, .submitted), (.returned, .uploaded), (.returned, .submitted): list.state = change.state
          default: return .failure(.desk(.listState, about: "\(change.settlement) \(list.state.rawValue)"))
          }
          lists[change.settlement] = list
        }
        for list in lists.values { try transaction.put(list) }
        let changed = changes.compactMap { lists[$0.settlement] }
        return .success((changed, made: changed.map(\.id).joined(separator: "\n")))
      })
  }

  /// Passes a list that was handed in, or sends it back with what is wrong (the handling centre's review).
  public func reviewSettlementList(of settlement: String, passes: Bool, remark: String, _ message: MessageContext)
    async -> Result<FiledSettlementList, DeskRefusal>
  {
    await once(
      message,
      again: { store, number throws(StoreError) in
        Self.found(try store.filed(FiledSettlementList.self, number), or: .listUnknown, number)
      },
      { transaction throws(StoreError) in
        guard var list = try transaction.filed(FiledSettlementList.self, about: settlement).last else {
          return .failure(.desk(.listUnknown, about: settlement))
        }
        guard !list.isVoid, list.state == .submitted else {
          return .failure(.desk(.listState, about: "\(list.id) \(list.state.rawValue)"))
        }
        list.state = passes ? .passed : .returned
        list.review = remark
        try transaction.put(list)
        return .success((list, made: list.id))
      })
  }

  /// The list of a settlement, void or not; `nil` when none was uploaded.
  public func settlementList(of settlement: String) async -> Result<FiledSettlementList?, DeskRefusal> {
    await read { store throws(StoreError) in
      .success(try store.filed(FiledSettlementList.self, about: settlement).last)
    }
  }

  /// A settlement that was reversed has no list any more.
  func voidSettlementList(of settlement: String, _ transaction: any PayerTransaction) throws(StoreError) {
    guard var list = try transaction.filed(FiledSettlementList.self, about: settlement).last else { return }
    list.isVoid = true
    try transaction.put(list)
  }

  // MARK: What a list is checked against

  /// The settlement that a list is about, standing and the institution's own.
  private static func settlement(of list: SettlementList, _ message: MessageContext, _ store: any PayerReading)
    throws(StoreError) -> Result<SettlementRecord, DeskRefusal>
  {
    guard let record = try store.settlement(list.settlement), !record.isReversal else {
      return .failure(.desk(.settlementUnknown, about: list.settlement))
    }
    guard record.visit.institution == message.institution, record.visit.id == list.visit,
      list.person.isEmpty || record.visit.person == list.person
    else { return .failure(.desk(.visitMismatch, about: list.settlement)) }
    if try store.reversal(of: record.id) != nil {
      return .failure(.desk(.settlementReversed, about: list.settlement))
    }
    return .success(record)
  }

  private static func words(_ findings: [SettlementListFinding]) -> String {
    findings.map { finding in
      let value = finding.value.isEmpty ? "" : "：\(finding.value)"
      return "[\(finding.rule.rawValue)] \(finding.rule.message.chinese)\(value)"
    }.joined(separator: "；")
  }

  private func facts(of record: SettlementRecord, _ store: any PayerReading) throws(StoreError)
    -> Result<SettlementListFacts, DeskRefusal>
  {
    guard let person = try store.person(record.visit.person) else {
      return .failure(.desk(.personUnknown, about: record.visit.person))
    }
    let lines: [UploadedLine]
    switch try settledLines(of: record, store) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let settled): lines = settled
    }
    let amounts = record.settled.amounts
    var funds: [String: Money] = [:]
    for posting in record.settled.entry.postings {
      if case .fund(let fund) = posting.account, posting.amount != .zero {
        funds[fund.word, default: .zero] += posting.amount
      }
    }
    return .success(
      SettlementListFacts(
        name: person.name, sex: person.person.sex, birth: person.person.birth, certificate: person.certificateNumber,
        care: record.claim.care, admitted: record.claim.admitted, discharged: record.claim.discharged,
        total: amounts.total, person: amounts.person, fullySelfPaid: amounts.fullySelfPaid,
        overLimit: amounts.overLimit, account: amounts.account, cash: amounts.cash, funds: funds,
        fees: Self.fees(lines, record.settled.lineShares)))
  }

  /// The fees by category, in the order of the categories' codes.
  private static func fees(_ lines: [UploadedLine], _ shares: [LineShare]) -> [SettlementList.FeeCategory] {
    var fees: [String: SettlementList.FeeCategory] = [:]
    for (line, share) in zip(lines, shares) {
      var fee = fees[line.feeCategory] ?? SettlementList.FeeCategory(category: line.feeCategory, amount: .zero)
      let paid = line.line.amount - share.fullySelfPaid
      fee.amount += line.line.amount
      fee.selfPaid += share.fullySelfPaid
      switch line.line.terms.chargeClass {
      case .a: fee.classA += paid
      case .b: fee.classB += paid
      case .c: fee.other += paid
      }
      fees[line.feeCategory] = fee
    }
    return fees.values.sorted { $0.category < $1.category }
  }
}
