public import Catalog
import Kernel

/// The first reading of a history: counts every combination of principal diagnosis and treatment that occurs, and
/// makes a core group of each that occurs often enough (穷举聚类).
///
/// Cases that the base catalogue already groups are not counted again. Hand the same history to ``DIPStatistics``
/// afterwards.
public struct DIPClustering {
  /// What a combination is made of.
  struct Cluster: Hashable, Comparable {
    var principal: PackedCode
    /// The procedures, ascending; empty for conservative treatment.
    var procedures: [PackedCode]

    static func < (left: Cluster, right: Cluster) -> Bool {
      if left.principal != right.principal { return left.principal < right.principal }
      return left.procedures.lexicographicallyPrecedes(right.procedures)
    }
  }

  private let grouper: DIPGrouper
  private let terms: DIPBuildingTerms
  private let base: DIPCatalogue
  private var counts: [Cluster: Int] = [:]
  private var unit = DIPCase()
  private var workspace = DIPGrouper.Workspace()

  /// Makes an empty clustering.
  ///
  /// - Parameters:
  ///   - base: the catalogue to build on: its lists, classes and core groups stay, its composite groups do not.
  ///   - terms: the definitions.
  /// - Throws: ``DIPGrouper/Refusal`` when the base does not read.
  public init(base: DIPCatalogue, terms: DIPBuildingTerms) throws(DIPGrouper.Refusal) {
    var core = base
    core.groups.removeAll { $0.layer == .composite }
    core.manifest.compositeCategories = .listed
    core.manifest.blankGroup = nil
    core.manifest.selection = .firstLayer
    if !core.manifest.layers.contains(.basic) { core.manifest.layers.append(.basic) }
    core.manifest.layers.removeAll { $0 == .composite }
    self.base = core
    self.terms = terms
    grouper = try DIPGrouper(core)
  }

  /// How many different combinations there are.
  public var clusterCount: Int { counts.count }

  /// Counts a case.
  public mutating func add(_ past: DIPHistoryCase) {
    guard terms.yearWeights[past.year] != nil, past.hasPlausibleCost,
      grouper.group(past.unit, using: &workspace).status == .notInCatalogue
    else { return }
    _ = grouper.prepare(past.unit, &unit)
    var procedures: [PackedCode] = []
    if unit.main != 0 {
      switch terms.clustering {
      case .mainProcedure: procedures = [PackedCode(bits: unit.main)]
      case .allProcedures: procedures = Set(unit.procedures).map { PackedCode(bits: $0) }.sorted()
      }
    }
    let principal = PackedCode(bits: unit.principal).prefix(terms.diagnosisLength)
    counts[Cluster(principal: principal, procedures: procedures), default: 0] += 1
  }

  /// The base catalogue with the core groups that the history makes, and composite groups for everything else.
  public func catalogue(names: DIPNames = DIPNames()) -> DIPCatalogue {
    var built = base
    built.manifest.layers.append(.composite)
    built.manifest.compositeCategories = .every
    built.manifest.choice[.basic] = nil
    built.manifest.emptyProcedure[.basic] = .conservative
    var row = built.groups.filter { $0.layer == .basic }.map(\.row).max() ?? 1
    for (cluster, _) in counts.filter({ $0.value >= terms.coreThreshold }).sorted(by: { $0.key < $1.key }) {
      row += 1
      built.groups.append(group(cluster, row, names))
    }
    return built
  }

  private func group(_ cluster: Cluster, _ row: Int, _ names: DIPNames) -> DIPCatalogue.GroupRow {
    let principal = cluster.principal.text(.diagnosis)
    let procedures = cluster.procedures.map { $0.text(.procedure) }.joined(separator: "+")
    var group = DIPCatalogue.GroupRow(
      layer: .basic, code: "\(principal):\(procedures.isEmpty ? "0" : procedures)",
      name: names.name(cluster.principal, cluster.procedures), row: row)
    group.principal = principal
    switch (procedures.isEmpty, terms.clustering) {
    case (true, _): group.mainProcedure = "保守治疗"
    case (false, .mainProcedure): group.mainProcedure = procedures
    case (false, .allProcedures): group.procedures = procedures
    }
    return group
  }
}

/// What diagnoses and procedures are called, for the names of the groups that are built.
public struct DIPNames: Sendable {
  private var diagnoses: [PackedCode: String] = [:]
  private var procedures: [PackedCode: String] = [:]

  /// Makes names from code tables; a category is called as the first code that begins so.
  public init(diagnoses: Catalog.CodeTable? = nil, procedures: Catalog.CodeTable? = nil) {
    for entry in diagnoses?.entries ?? [] {
      guard let code = PackedCode(entry.code, .diagnosis) else { continue }
      for length in 3...max(3, code.length) where self.diagnoses[code.prefix(length)] == nil {
        self.diagnoses[code.prefix(length)] = entry.name
      }
    }
    for entry in procedures?.entries ?? [] {
      if let code = PackedCode(entry.code, .procedure) { self.procedures[code] = entry.name }
    }
  }

  func name(_ principal: PackedCode, _ codes: [PackedCode]) -> String {
    let treatment = codes.map { procedures[$0] ?? $0.text(.procedure) }.joined(separator: " + ")
    let first = diagnoses[principal] ?? principal.text(.diagnosis)
    return "\(first)：\(treatment.isEmpty ? DIPTreatment.conservative.title.chinese : treatment)"
  }

  func name(_ category: PackedCode, _ treatment: DIPTreatment) -> String {
    "\(diagnoses[category] ?? category.text(.diagnosis))：\(treatment.title.chinese)（综合）"
  }
}
