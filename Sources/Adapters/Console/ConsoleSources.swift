public import Kernel
public import Workflows

/// What the console and the API read and use: ports and rooms, handed in by whoever opens the site.
public struct ConsoleSources: Sendable {
  /// The payer's store.
  public var payer: any PayerStore
  /// What lists, totals and charts are read from: it follows the payer's store.
  public var monitoring: any MonitoringStore
  /// Where cases and runs of paying are.
  public var paying: any PaymentStore
  /// The policy.
  public var library: PolicyLibrary
  /// The pooling region that the payer stands for.
  public var region: String
  /// Writes tables as files.
  public var files: any TableFiles
  /// Answers a message of the national interface, for the page that tries it out.
  public var call: @Sendable (_ message: [UInt8]) async -> [UInt8]
  /// What the interface offers, with examples; without it transactions have no titles and cannot be tried out.
  public var examples: (any TransactionExamples)?
  /// Which institutions the overview marks; no rule without a threshold.
  public var alarms: [AlarmRule] = []
  /// What accounts have to keep to.
  public var access = AccessRules()
  /// Hashes passwords.
  public var hashing: any PasswordHashing = ScryptHashing()
  /// How the region pays, one a year and set of schemes; pages that need terms say so where there are none.
  public var terms: [PayingTerms] = []
  /// Other terms that the region's may be compared with.
  public var rivals: [RivalTerms] = []
  /// What cases can be grouped by; nothing for a site that groups none.
  public var groupings: [CaseGrouping] = []
  /// Sums of whole years, kept for some minutes.
  let groupFigures = KeptAnswers<YearOfScheme, GroupFigures>()
  /// Comparisons of whole years, kept for some minutes.
  let simulations = KeptAnswers<SimulationQuestion, PaymentSimulation>()
  /// Now, as clocks in China show it.
  public var clock: @Sendable () -> Moment

  /// Joins the sources.
  public init(
    payer: any PayerStore, monitoring: any MonitoringStore, paying: any PaymentStore, library: PolicyLibrary,
    region: String, files: any TableFiles,
    call: @escaping @Sendable (_ message: [UInt8]) async -> [UInt8], clock: @escaping @Sendable () -> Moment
  ) {
    self.payer = payer
    self.monitoring = monitoring
    self.paying = paying
    self.library = library
    self.region = region
    self.files = files
    self.call = call
    self.clock = clock
  }
}

/// Writes tables as the files that people open.
public protocol TableFiles: Sendable {
  /// A CSV file that spreadsheets read Chinese from.
  func csv(_ sheet: ExportedSheet) throws(Diagnostic) -> [UInt8]
  /// An Excel workbook.
  func workbook(_ sheets: [ExportedSheet]) throws(Diagnostic) -> [UInt8]
}

/// A table to be written as a file.
public struct ExportedSheet: Sendable {
  /// The sheet's name.
  public let name: String
  /// Titles of the columns.
  public let columns: [String]
  /// The rows.
  public let rows: [[ExportedCell]]
}

/// A cell to be written as a file.
public enum ExportedCell: Hashable, Sendable {
  /// Nothing.
  case empty
  /// Text.
  case text(String)
  /// A whole number.
  case whole(Int)
  /// A number with decimal places: `decimal(1250, places: 2)` is 12.50.
  case decimal(Int, places: Int)
}

/// How the site behaves.
public struct ConsoleSettings: Sendable {
  /// Whether it is reached over TLS, so that cookies may be kept to it.
  public var isSecure = false
  /// Minutes without a request after which somebody has to sign in again.
  public var idleMinutes = 30
  /// Hours after which somebody has to sign in again whatever they do.
  public var longestHours = 12
  /// Minutes that a person stays visible in full after a reason was given.
  public var revealMinutes = 10
  /// The usual settings.
  public init() {}
}

/// What the national interface offers, for the pages that show messages and try transactions out.
public protocol TransactionExamples: Sendable {
  /// The transactions that are offered, by number.
  var offered: [(number: String, title: LocalizedText)] { get }
  /// What a transaction is called, offered or not; `nil` for numbers that no edition has.
  func title(of transaction: String) -> LocalizedText?
  /// What a refusal of the interface itself means and what to do; `nil` for other outcomes.
  func refusal(_ outcome: Int) -> LocalizedText?
  /// A whole message about what is wished for, with a new identifier; `nil` for a transaction that is not offered.
  func message(_ transaction: String, about wish: ExampleWish) async throws(StoreError) -> String?
}
