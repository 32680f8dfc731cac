import Foundation
import Grouping
import Kernel
import TabularFiles
import Testing

/// The outline catalogue that comes with the product.
@Suite struct DIPOutlineTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let folder = root.appending(path: "Editions/dip-outline")

  @Test func `示意目录由种子历史重建后逐字节相同`() throws {
    let base = Self.folder.appending(path: "base").path
    var start = try #require(DIPCatalogueFolder.read(base).value)
    let terms = DIPBuildingTerms(
      coreThreshold: 15, diagnosisLength: 4, clustering: .allProcedures,
      trimming: DIPBuildingTerms.Trimming(lowPerMille: 25, highPerMille: 975, minimumCases: 25),
      yearWeights: [2023: 1, 2024: 2, 2025: 7], yearWeighting: .means, overallMean: .allCases, scale: 1_000,
      decimals: 4)
    start.manifest.notes += terms.notes
    let names = DIPNames(
      diagnoses: CodeTableFile.read(CSVReader(path: base + "/diagnoses.csv")).value,
      procedures: CodeTableFile.read(CSVReader(path: base + "/procedures.csv")).value)
    let history = DIPSampleHistory(cases: 40_000, seed: 1)
    var clustering = try DIPClustering(base: start, terms: terms)
    for past in history { clustering.add(past) }
    var statistics = try DIPStatistics(clustering.catalogue(names: names), terms: terms)
    for past in history { statistics.add(past) }
    let built = FileManager.default.temporaryDirectory.appending(path: "dip-\(UUID())")
    defer { try? FileManager.default.removeItem(at: built) }
    try DIPCatalogueFolder.write(statistics.finish(names: names), to: built.path)
    let files = { (folder: URL) in
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".csv") }.sorted()
    }
    #expect(try files(built) == files(Self.folder))
    for file in try files(built) {
      let (fresh, shipped) = try (
        Data(contentsOf: built.appending(path: file)), Data(contentsOf: Self.folder.appending(path: file))
      )
      #expect(fresh == shipped, "\(file) is out of date; build it as Editions/dip-outline/README.md says")
    }
    #expect(statistics.summary.statuses[.grouped] == 39_795)
  }

  @Test func `示意目录没有任何问题且每层都有病种`() throws {
    let reading = DIPCatalogueFolder.read(Self.folder.path)
    let catalogue = try #require(reading.value)
    #expect(reading.diagnostics.isEmpty)
    #expect(catalogue.manifest.name.contains("outline for demonstration and tests"))
    #expect(Set(catalogue.groups.map(\.layer)) == Set(catalogue.manifest.layers))
  }

  @Test func `示例病例各入其组`() throws {
    let grouper = try DIPGrouper(try #require(DIPCatalogueFolder.read(Self.folder.path).value))
    var found: [String: String] = [:]
    let file = CSVReader(path: Self.root.appending(path: "Examples/dip/cases.csv").path)
    try DIPCaseFile(file, isHistory: false).forEach { past, _ in
      let grouping = grouper.group(past.unit)
      found[past.unit.id] = grouping.code.isEmpty ? grouping.status.word : grouping.code
    } bad: {
      throw $0
    }
    #expect(
      found == [
        "1": "K35.8:47.0100", "2": "BX-2", "3": "XQ-2", "4": "XQ-3", "5": "FZ-4", "6": "FZ-8",
        "7": "rejected_principal_diagnosis", "8": "K35.8:0", "9": "K29.5:44.1300", "10": "G20-1",
        "11": "no_principal_diagnosis",
      ])
  }
}
