import Kernel

extension PayerDesk {
  /// Takes movements of an institution's stock (3501–3506): all of them, or none.
  ///
  /// Refused, with the row: a serial that stands already, quantities and dates that cannot be, and returns of more than
  /// was bought or sold. Goods sold in a visit come back at most as many times as they were sold in it.
  public func uploadStock(_ uploads: [StockUpload], _ message: MessageContext) async
    -> Result<[StockMovement], DeskRefusal>
  {
    let desk = self
    return await once(
      message, again: { store, made throws(StoreError) in .success(try Self.movements(numbered: made, store)) },
      { transaction throws(StoreError) in
        guard try transaction.institution(message.institution) != nil else {
          return .failure(.desk(.institutionUnknown, about: message.institution))
        }
        var serials: Set<String> = []
        var tallies: [String: StockTally] = [:]
        for (place, upload) in uploads.enumerated() {
          let refusal = try Self.refusal(of: upload, row: place + 1, message, &serials, &tallies, transaction)
          if let refusal { return .failure(refusal) }
        }
        var movements: [StockMovement] = []
        for upload in uploads {
          let number = "\(desk.region)G\(try transaction.nextNumber("stock"))"
          let movement = StockMovement(
            id: number, owner: message.institution, received: message.time, upload: upload)
          try Self.file(movement, transaction)
          movements.append(movement)
        }
        for tally in tallies.values { try transaction.put(tally) }
        return .success((movements, made: movements.map(\.id).joined(separator: "\n")))
      })
  }

  private static func file(_ movement: StockMovement, _ transaction: any PayerTransaction) throws(StoreError) {
    try transaction.put(movement)
    try transaction.put(
      StockSerial(
        id: StockSerial.id(movement.upload, of: movement.owner), owner: movement.owner, time: movement.received,
        movement: movement.id))
    for (place, code) in movement.upload.traceCodes.enumerated() {
      try transaction.put(TraceCode(code, place: place + 1, of: movement))
    }
  }

  /// Why a movement is refused, `nil` when it is not; counts it in the tallies of the message.
  private static func refusal(
    of upload: StockUpload, row: Int, _ message: MessageContext, _ serials: inout Set<String>,
    _ tallies: inout [String: StockTally], _ store: any PayerReading
  ) throws(StoreError) -> DeskRefusal? {
    let isTooFew = upload.kind == .stocktake ? upload.count.tenThousandths < 0 : upload.count.tenThousandths <= 0
    if isTooFew { return .desk(.quantityImpossible, about: "[\(row)] \(upload.count.text)") }
    if let made = upload.goods.made, let expires = upload.goods.expires, expires < made {
      return .desk(.datesImpossible, about: "[\(row)].expy_end \(made)…\(expires)")
    }
    let serial = StockSerial.id(upload, of: message.institution)
    let wasSent = try stands(serial, store)
    if wasSent || !serials.insert(serial).inserted {
      return .desk(.stockSerialUsed, about: "[\(row)] \(upload.serial)")
    }
    for (depth, id) in StockTally.ids(upload, of: message.institution).enumerated() {
      var tally: StockTally
      if let known = tallies[id] {
        tally = known
      } else {
        tally = try store.filed(StockTally.self, id) ?? newTally(id, upload, message)
      }
      tally.moved[upload.kind, default: 0] += upload.count.tenThousandths
      tallies[id] = tally
      // A visit under which nothing was sold is one that the sale did not name; the batch's tally decides.
      if depth > 0 && tally.moved(.sale) == 0 { continue }
      if let (out, back) = tally.excess(upload.kind) {
        return .desk(.returnExceeds, about: "[\(row)] \(upload.goods.batch) \(back.text) > \(out.text)")
      }
    }
    return nil
  }

  private static func newTally(_ id: String, _ upload: StockUpload, _ message: MessageContext) -> StockTally {
    StockTally(
      id: id, owner: message.institution,
      subject: StockMovement.subject(of: message.institution, batch: upload.goods.batch), time: message.time)
  }

  private static func stands(_ serial: String, _ store: any PayerReading) throws(StoreError) -> Bool {
    guard let known = try store.filed(StockSerial.self, serial) else { return false }
    return try store.filed(StockMovement.self, known.movement)?.deleted == nil
  }

  /// Deletes an institution's movements of some kinds in a batch (3507); they stay, marked.
  public func deleteStock(_ kinds: [StockKind], batch: String, _ message: MessageContext) async
    -> Result<[StockMovement], DeskRefusal>
  {
    await once(
      message, again: { store, made throws(StoreError) in .success(try Self.movements(numbered: made, store)) },
      { transaction throws(StoreError) in
        let subject = StockMovement.subject(of: message.institution, batch: batch)
        var gone = try transaction.filed(StockMovement.self, about: subject)
          .filter { $0.deleted == nil && kinds.contains($0.upload.kind) }
        if gone.isEmpty { return .failure(.desk(.stockUnknown, about: batch)) }
        var tallies: [String: StockTally] = [:]
        for place in gone.indices {
          gone[place].deleted = message.time
          let upload = gone[place].upload
          for id in StockTally.ids(upload, of: message.institution) {
            let known = tallies[id]
            guard var tally = try known == nil ? transaction.filed(StockTally.self, id) : known else { continue }
            tally.moved[upload.kind, default: 0] -= upload.count.tenThousandths
            tallies[id] = tally
          }
        }
        for movement in gone { try transaction.put(movement) }
        for tally in tallies.values { try transaction.put(tally) }
        return .success((gone, made: gone.map(\.id).joined(separator: "\n")))
      })
  }

  /// How much of each of an institution's goods in a batch there is: what was last counted, with what moved since.
  public func stock(of institution: String, batch: String) async -> Result<[StockOnHand], DeskRefusal> {
    await stockMovements(of: institution, batch: batch).map { movements in
      var counts: [String: (goods: StockGoods, count: Int64)] = [:]
      for upload in movements.filter({ $0.deleted == nil }).map(\.upload) {
        let before = counts[upload.goods.institutionItem]?.count ?? 0
        let after = upload.effect.map { before + $0.tenThousandths } ?? upload.count.tenThousandths
        counts[upload.goods.institutionItem] = (upload.goods, after)
      }
      return counts.sorted { $0.key < $1.key }.map {
        StockOnHand(goods: $0.value.goods, count: Quantity(tenThousandths: $0.value.count))
      }
    }
  }

  /// Every movement of an institution's batch in order of time, deleted ones included.
  public func stockMovements(of institution: String, batch: String) async -> Result<[StockMovement], DeskRefusal> {
    await read { store throws(StoreError) in
      let subject = StockMovement.subject(of: institution, batch: batch)
      return .success(try store.filed(StockMovement.self, about: subject))
    }
  }

  /// Every movement that carried a trace code, in order of time, deleted ones included; supervision asks by code.
  public func traces(of code: String) async -> Result<[TraceCode], DeskRefusal> {
    await read { store throws(StoreError) in .success(try store.filed(TraceCode.self, about: code)) }
  }

  private static func movements(numbered made: String, _ store: any PayerReading) throws(StoreError)
    -> [StockMovement]
  {
    var movements: [StockMovement] = []
    for number in made.split(separator: "\n") {
      if let movement = try store.filed(StockMovement.self, String(number)) { movements.append(movement) }
    }
    return movements
  }
}

extension StockTally {
  /// What went out and what came back when more came back than went out; only returns are asked about.
  func excess(_ kind: StockKind) -> (out: Quantity, back: Quantity)? {
    let outgoing: StockKind
    switch kind {
    case .purchaseReturn: outgoing = .purchase
    case .saleReturn: outgoing = .sale
    case .stocktake, .change, .purchase, .sale: return nil
    }
    guard moved(kind) > moved(outgoing) else { return nil }
    return (Quantity(tenThousandths: moved(outgoing)), Quantity(tenThousandths: moved(kind)))
  }
}
