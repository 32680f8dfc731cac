import People

/// Finds a person by what somebody at a counter would type: number, certificate, its end, or the beginning of a name.
///
/// Whole numbers and certificates are looked up in the payer's store, so that persons without a settlement are found
/// too; parts of them among those that had something settled.
public struct PersonSearch: Sendable {
  private let store: any PayerStore
  private let monitoring: any SettlementMonitoring

  /// Searches a store and its projection.
  public init(store: any PayerStore, monitoring: any SettlementMonitoring) {
    (self.store, self.monitoring) = (store, monitoring)
  }

  /// The persons that match, whole matches first, at most so many.
  ///
  /// - Parameters:
  ///   - text: what was typed; blanks around it do not count.
  ///   - certificateTypes: which certificates a whole number may be of.
  public func find(_ text: String, certificateTypes: [String] = ["01"], limit: Int = 50) async throws(StoreError)
    -> [MonitoredPerson]
  {
    let text = String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    guard !text.isEmpty, limit > 0 else { return [] }
    var found = try await store.read { reading throws(StoreError) in
      var whole: [PersonRecord] = []
      if let person = try reading.person(text) { whole.append(person) }
      for type in certificateTypes {
        if let person = try reading.person(certificateType: type, number: text) { whole.append(person) }
      }
      return whole.map(MonitoredPerson.init)
    }
    let isEnding = (4...6).contains(text.count) && text.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLetter) }
    if isEnding { found += try await monitoring.persons(.certificateEnding(text), limit: limit) }
    if text.contains(where: { !$0.isNumber }) {
      found += try await monitoring.persons(.namePrefix(text), limit: limit)
    }
    var seen = Set<String>()
    return Array(found.filter { seen.insert($0.number).inserted }.prefix(limit))
  }
}

extension MonitoredPerson {
  /// What the projection would know of an enrolled person.
  public init(_ record: PersonRecord) {
    self.init(
      number: record.person.number, name: record.name, certificateEnding: String(record.certificateNumber.suffix(6)))
  }
}
