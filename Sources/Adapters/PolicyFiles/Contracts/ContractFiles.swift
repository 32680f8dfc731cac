import Foundation
public import Kernel
public import Payment
public import Policy
import StrictYAML

/// The payment contracts of a policy folder: every `payment/contracts/*.yaml` below a region (付费政策).
///
/// Contracts are read beside the policy book, because they name tables of groups that lie beside them as CSV; whoever
/// reads the files brings the tables in.
public struct ContractFiles {
  /// A table that a contract names.
  public struct TableRequest: Hashable, Sendable {
    /// The file's path.
    public let path: String
    /// What the publisher calls the edition.
    public let edition: String
    /// The place whose columns are meant, where a file has several.
    public let place: String?
  }

  /// What came of reading.
  public struct Loaded: Sendable {
    /// The contracts that could be read, by region, year and identifier.
    public let contracts: [PaymentContract]
    /// Everything found wrong, in order of file and line.
    public let diagnostics: [Diagnostic]
    /// The files that each contract was read from, its own first, in the order of the contracts.
    public let files: [[String]]

    /// Whether nothing wrong was found.
    public var isSound: Bool { !diagnostics.contains { $0.severity == .error } }
  }

  private let folders: [String: String]
  private let book: PolicyBook

  /// Names regions' folders.
  ///
  /// - Parameters:
  ///   - folders: the folder of each region by code.
  ///   - book: the book of the same policy folder, whose documents and readings contracts cite.
  public init(folders: [String: String], book: PolicyBook) {
    self.folders = folders
    self.book = book
  }

  /// Reads every contract.
  ///
  /// - Parameter table: reads a table; what is wrong with it is returned with it.
  public func load(table: (TableRequest) -> (GroupTable?, [Diagnostic])) -> Loaded {
    var (contracts, diagnostics, files) = ([PaymentContract](), [Diagnostic](), [[String]]())
    for (region, folder) in folders.sorted(by: { $0.key < $1.key }) {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/payment/contracts")) ?? []
      for name in names.sorted() where name.hasSuffix(".yaml") {
        let path = "\(folder)/payment/contracts/\(name)"
        guard let text = FileText.read(path, &diagnostics) else { continue }
        var named = [path]
        let read = Self.read(
          text: text, file: path, documents: Set(book.documents.keys),
          interpretations: Set(book.regions[region]?.interpretations.keys.map { $0 } ?? []), region: region
        ) { request in
          named.append(request.path)
          return table(request)
        }
        diagnostics += read.diagnostics
        guard let contract = read.contract else { continue }
        contracts.append(contract)
        files.append(named)
      }
    }
    return Loaded(contracts: contracts, diagnostics: diagnostics, files: files)
  }

  /// Reads one contract from its text.
  ///
  /// - Parameters:
  ///   - text: the YAML.
  ///   - file: the file, as messages name it; tables lie beside it.
  ///   - documents: the documents that may be cited.
  ///   - interpretations: the readings that may be cited.
  ///   - region: the region in whose folder the file lies.
  ///   - table: reads a table.
  public static func read(
    text: String, file: String, documents: Set<String>, interpretations: Set<String>, region: String,
    table: (TableRequest) -> (GroupTable?, [Diagnostic])
  ) -> (contract: PaymentContract?, diagnostics: [Diagnostic]) {
    let yaml = YAMLDocument(text: text, file: file)
    var reader = ContractReader(yaml: yaml, documents: documents, interpretations: interpretations)
    let contract = reader.read(region: region, table: table)
    let diagnostics = yaml.diagnostics + reader.tableDiagnostics
    let isSound = !diagnostics.contains { $0.severity == .error }
    return (isSound ? contract : nil, diagnostics)
  }
}
