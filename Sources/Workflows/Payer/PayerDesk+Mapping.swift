import Claims
import Kernel

extension PayerDesk {
  /// Takes an institution's mapping of its items to the catalogue (3301): all rows, or none.
  ///
  /// Refused, with row and field, when a national code is not in the catalogue on the first day or belongs to another
  /// list, and when an item of the institution would have two mappings on one day.
  public func uploadMappings(_ uploads: [MappingUpload], _ message: MessageContext) async
    -> Result<[ItemMapping], DeskRefusal>
  {
    let desk = self
    return await once(
      message, again: { store, made throws(StoreError) in .success(try Self.mappings(numbered: made, store)) },
      { transaction throws(StoreError) in
        guard try transaction.institution(message.institution) != nil else {
          return .failure(.desk(.institutionUnknown, about: message.institution))
        }
        var standing: [String: [MappingUpload]] = [:]
        for (row, upload) in uploads.enumerated() {
          let subject = ItemMapping.subject(of: message.institution, item: upload.institutionItem)
          if standing[subject] == nil {
            standing[subject] = try transaction.filed(ItemMapping.self, about: subject)
              .filter { $0.withdrawn == nil }.map(\.upload)
          }
          let earlier = standing[subject] ?? []
          if let refusal = try Self.refusal(of: upload, row: row + 1, beside: earlier, transaction) {
            return .failure(refusal)
          }
          standing[subject] = earlier + [upload]
        }
        var mappings: [ItemMapping] = []
        for upload in uploads {
          let number = "\(desk.region)M\(try transaction.nextNumber("mapping"))"
          let mapping = ItemMapping(id: number, owner: message.institution, time: message.time, upload: upload)
          try transaction.put(mapping)
          mappings.append(mapping)
        }
        return .success((mappings, made: mappings.map(\.id).joined(separator: "\n")))
      })
  }

  private static func refusal(
    of upload: MappingUpload, row: Int, beside earlier: [MappingUpload], _ store: any PayerReading
  ) throws(StoreError) -> DeskRefusal? {
    guard let item = try store.item(upload.item, on: upload.period.first) else {
      return .desk(.itemUnknown, about: "data[\(row)].med_list_codg \(upload.item) \(upload.period.first)")
    }
    guard item.listType == upload.listType else {
      return .desk(.listTypeMismatch, about: "data[\(row)].list_type \(upload.listType) ≠ \(item.listType)")
    }
    let clash = earlier.first { $0.period.overlaps(upload.period) }
    return clash.map {
      .desk(
        .mappingOverlaps,
        about: "data[\(row)].fixmedins_hilist_id \(upload.institutionItem) → \($0.item) \($0.period)")
    }
  }

  /// Takes back every standing mapping of an institution's item to a national code (3302).
  public func withdrawMappings(
    of institutionItem: String, to item: String, listType: String, _ message: MessageContext
  ) async -> Result<[ItemMapping], DeskRefusal> {
    await once(
      message, again: { store, made throws(StoreError) in .success(try Self.mappings(numbered: made, store)) },
      { transaction throws(StoreError) in
        let subject = ItemMapping.subject(of: message.institution, item: institutionItem)
        var gone = try transaction.filed(ItemMapping.self, about: subject)
          .filter { $0.withdrawn == nil && $0.upload.item == item && $0.upload.listType == listType }
        if gone.isEmpty { return .failure(.desk(.mappingUnknown, about: "\(institutionItem) \(item)")) }
        for place in gone.indices {
          gone[place].withdrawn = message.time
          try transaction.put(gone[place])
        }
        return .success((gone, made: gone.map(\.id).joined(separator: "\n")))
      })
  }

  /// The mappings of an institution that a query asks for, in the order they came in (1317).
  public func mappings(of institution: String, _ query: MappingQuery, _ page: PageRequest) async
    -> Result<Page<ItemMapping>, DeskRefusal>
  {
    await read { store throws(StoreError) in
      guard try store.institution(institution) != nil else {
        return .failure(.desk(.institutionUnknown, about: institution))
      }
      let known =
        if let item = query.institutionItem {
          try store.filed(ItemMapping.self, about: ItemMapping.subject(of: institution, item: item))
        } else {
          try store.filed(ItemMapping.self, of: institution, from: "", to: "9999-12-31 23:59:59")
        }
      return .success(Page(known.filter(query.matches), page))
    }
  }

  private static func mappings(numbered made: String, _ store: any PayerReading) throws(StoreError) -> [ItemMapping] {
    var mappings: [ItemMapping] = []
    for number in made.split(separator: "\n") {
      if let mapping = try store.filed(ItemMapping.self, String(number)) { mappings.append(mapping) }
    }
    return mappings
  }

  /// The item of a fee line: by its national code, else by the institution's own code and mapping.
  ///
  /// A line whose national code is in the catalogue costs no further look at the store.
  func listed(_ fee: FeeUpload, at institution: String, _ store: any PayerReading) throws(StoreError)
    -> Result<ListedItem, DeskRefusal>
  {
    if !fee.item.isEmpty, let item = try store.item(fee.item, on: fee.day) { return .success(item) }
    if !fee.institutionItem.isEmpty {
      let subject = ItemMapping.subject(of: institution, item: fee.institutionItem)
      let mapping = try store.filed(ItemMapping.self, about: subject).first { $0.holds(on: fee.day) }
      if let mapping, let item = try store.item(mapping.upload.item, on: fee.day) { return .success(item) }
      if let mapping { return .failure(.desk(.itemUnknown, about: "\(mapping.upload.item) \(fee.day)")) }
    }
    return fee.item.isEmpty
      ? .failure(.desk(.itemNotMapped, about: "\(fee.institutionItem) \(fee.day)"))
      : .failure(.desk(.itemUnknown, about: "\(fee.item) \(fee.day)"))
  }
}
