import Foundation
public import Kernel
public import Payment
import Policy
import StrictYAML

/// What regions pay institutions by, beside the case contracts: `payment/` below every region's folder.
///
/// | file | what |
/// |---|---|
/// | `clearing.yaml` | point pool, months, year, assessment |
/// | `community.yaml` | medical communities |
/// | `adjustment_fund.yaml` | a province's adjustment fund |
/// | `fund_loss.yaml` | what a fine is a multiple of |
/// | `coefficient.yaml` | how institutions' coefficients are built |
/// | `weighting.yaml` | how weights or scores come from past cases |
///
/// ```swift
/// let policies = PolicyFolder(path: "Policies").load(vocabulary: definitions)
/// let loaded = ClearingFolder.load(beside: policies)
/// ```
public struct ClearingFolder: Sendable {
  /// Contracts by region code.
  public private(set) var contracts: [String: ClearingContract] = [:]
  /// Terms of communities by region code.
  public private(set) var communities: [String: CommunityTerms] = [:]
  /// Terms of adjustment funds by region code.
  public private(set) var adjustmentFunds: [String: AdjustmentFundTerms] = [:]
  /// Fines by region code; `national` where they are the nation's.
  public private(set) var fines: [String: LossOutcome.FineTerms] = [:]
  /// How institutions' coefficients are built, by region code.
  public private(set) var coefficients: [String: CoefficientPolicy] = [:]
  /// How weights or scores come from past cases, by region code.
  public private(set) var weightings: [String: WeightPolicy] = [:]
  /// The files that were read, by region code and name: `clearing`, `community`.
  public private(set) var files: [String: [String: String]] = [:]
  /// Everything found wrong, in order of region, file and line.
  public private(set) var diagnostics: [Diagnostic] = []

  /// Whether nothing is wrong.
  public var isSound: Bool { !diagnostics.contains { $0.severity == .error } }

  /// Reads the files beside policies that were loaded; a file with an error is left out and reported.
  public static func load(beside policies: PolicyFolder.Loaded) -> ClearingFolder {
    var folder = ClearingFolder()
    guard let book = policies.book else {
      folder.diagnostics = policies.diagnostics
      return folder
    }
    for (code, path) in policies.folders.sorted(by: { $0.key < $1.key }) {
      guard let region = book.regions[code] else { continue }
      let readings = book.lineage(of: region).flatMap(\.interpretations.keys)
      for name in ["clearing", "community", "adjustment_fund", "fund_loss", "coefficient", "weighting"] {
        let file = "\(path)/payment/\(name).yaml"
        guard FileManager.default.fileExists(atPath: file), let text = FileText.read(file, &folder.diagnostics) else {
          continue
        }
        folder.files[code, default: [:]][name] = file
        let yaml = YAMLDocument(text: text, file: file)
        let (documents, interpretations) = (Set(book.documents.keys), Set(readings))
        if name == "coefficient" || name == "weighting" {
          folder.read(
            name, ContractReader(yaml: yaml, documents: documents, interpretations: interpretations), region: code)
        } else {
          let citations = CitationReader(yaml: yaml, documents: documents, interpretations: interpretations)
          folder.read(name, TermReader(yaml: yaml, citations: citations), region: code)
        }
        folder.diagnostics += yaml.diagnostics
      }
    }
    return folder
  }

  private mutating func read(_ name: String, _ terms: TermReader, region: String) {
    switch name {
    case "clearing":
      if let read = ClearingFile.read(terms, region: region), terms.yaml.isSound { contracts[region] = read }
    case "community":
      if let read = CommunityFile.read(terms, region: region), terms.yaml.isSound { communities[region] = read }
    case "adjustment_fund":
      if let read = AdjustmentFundFile.read(terms, region: region), terms.yaml.isSound {
        adjustmentFunds[region] = read
      }
    default:
      if let read = FundLossFile.read(terms), terms.yaml.isSound { fines[region] = read }
    }
  }

  private mutating func read(_ name: String, _ reader: ContractReader, region: String) {
    var reader = reader
    if name == "coefficient" {
      if let read = CoefficientFile.read(&reader, region: region), reader.yaml.isSound { coefficients[region] = read }
    } else if let read = WeightingFile.read(&reader, region: region), reader.yaml.isSound {
      weightings[region] = read
    }
  }
}
