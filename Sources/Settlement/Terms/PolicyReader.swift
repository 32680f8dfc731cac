import Kernel
import People
import Policy

/// Reads typed values from a snapshot, remembers where each came from, and collects what does not fit together.
struct PolicyReader {
  let snapshot: PolicySnapshot
  private(set) var sources: [PolicySource] = []
  private(set) var defects: [PolicyDefects.Defect] = []
  private(set) var remarks: [PolicyDefects.Defect] = []
  private var references: [String: ValueReference] = [:]

  init(_ snapshot: PolicySnapshot) { self.snapshot = snapshot }

  // MARK: Values

  mutating func money(_ identifier: String, _ keys: [String: [String]] = [:]) -> Cited<Money>? {
    guard case .amount(let amount)? = content(identifier, keys) else { return nil }
    return Cited(value: amount, source: reference(identifier))
  }

  mutating func rate(_ identifier: String, _ keys: [String: [String]] = [:]) -> Cited<Rate>? {
    guard case .rate(let rate)? = content(identifier, keys) else { return nil }
    return Cited(value: rate, source: reference(identifier))
  }

  mutating func number(_ identifier: String, _ keys: [String: [String]] = [:]) -> Cited<Int>? {
    guard case .number(let number)? = content(identifier, keys) else { return nil }
    return Cited(value: number, source: reference(identifier))
  }

  mutating func bands(_ identifier: String, _ keys: [String: [String]]) -> Cited<[Band]>? {
    guard case .bands(let bands)? = content(identifier, keys) else { return nil }
    return Cited(value: bands, source: reference(identifier))
  }

  func monthDay(_ identifier: String, _ keys: [String: [String]] = [:]) -> MonthDay? {
    guard case .monthDay(let day)? = content(identifier, keys) else { return nil }
    return day
  }

  func flag(_ identifier: String) -> Bool? {
    guard case .flag(let flag)? = content(identifier, [:]) else { return nil }
    return flag
  }

  func choice(_ identifier: String) -> String? {
    guard case .choice(let word)? = content(identifier, [:]) else { return nil }
    return word
  }

  func choices(_ identifier: String) -> [String]? {
    guard case .choices(let words)? = content(identifier, [:]) else { return nil }
    return words
  }

  func states(_ identifier: String) -> Bool { snapshot[identifier] != nil }

  func keys(_ identifier: String, _ dimension: String) -> Set<String> {
    snapshot[identifier]?.keys(of: dimension) ?? []
  }

  private func content(_ identifier: String, _ keys: [String: [String]]) -> PolicyNode? {
    snapshot[identifier]?.content(preferring: keys)
  }

  // MARK: Sources and defects

  mutating func reference(_ identifier: String) -> ValueReference {
    if let known = references[identifier] { return known }
    guard let value = snapshot[identifier] else {
      preconditionFailure("a value that is not in force has no source")
    }
    precondition(sources.count < Int(UInt16.max), "too many policy values in one snapshot")
    let reference = ValueReference(index: UInt16(sources.count))
    references[identifier] = reference
    sources.append(
      PolicySource(
        identifier: identifier, title: value.entry.title, effective: value.effective, citation: value.citation,
        region: value.region))
    return reference
  }

  mutating func report(_ identifier: String, _ message: LocalizedText) {
    let defect = PolicyDefects.Defect(
      identifier: identifier, file: snapshot[identifier]?.entry.file, message: message)
    if !defects.contains(defect) { defects.append(defect) }
  }

  /// Remarks on something that is probably forgotten.
  mutating func remark(_ identifier: String, _ message: LocalizedText) {
    remarks.append(
      PolicyDefects.Defect(identifier: identifier, file: snapshot[identifier]?.entry.file, message: message))
  }

  /// Reports that one value is stated without another that it needs.
  mutating func require(_ needed: String, by identifier: String) {
    guard states(identifier), !states(needed) else { return }
    report(
      identifier,
      LocalizedText(
        "规定了 \(identifier)，但缺少 \(needed)；请补充该值文件并注明出处",
        "\(identifier) is stated without \(needed); add a file for it with its source"))
  }
}

extension PolicyReader {
  /// The keys to look a category up by: an elder retiree is a retiree where a table does not tell them apart.
  static func category(_ category: PersonCategory) -> [String] {
    category == .retiredElder
      ? [PersonCategory.retiredElder.rawValue, PersonCategory.retired.rawValue] : [category.rawValue]
  }

  /// Bands as a scale with both ends.
  static func scale(_ bands: [Band], adjusting: (Rate) -> Rate = { $0 }) -> [ScaleBand] {
    bands.indices.map { place in
      ScaleBand(
        from: bands[place].above.fen,
        to: place + 1 < bands.count ? bands[place + 1].above.fen : Int64.max,
        rate: adjusting(bands[place].rate))
    }
  }
}
