import Console
import Foundation
import Kernel
import Logging
import Policy
import PolicyFiles
import Settlement
import StoreSQLite
import Synchronization
import Testing
import Workflows

/// A site over stores in memory, asked without a server.
///
/// ```swift
/// let site = try await Site.sample()
/// let page = try await site.visitor(.reader).get("/console/settlements")
/// ```
struct Site {
  let console: ConsoleSite
  let sources: ConsoleSources
  let clock: TestClock

  /// The password of every account of a test.
  static let password = "correct-horse-battery"

  /// A site over sources, with an account for each role, named like the role.
  init(_ sources: ConsoleSources, settings: ConsoleSettings = ConsoleSettings()) async throws {
    let clock = TestClock()
    var sources = sources
    sources.clock = { clock.now }
    sources.hashing = QuickHashing()
    self.sources = sources
    self.clock = clock
    console = ConsoleSite(sources, settings: settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let desk = AccountDesk(store: sources.payer, hashing: QuickHashing())
    for role in Role.allCases {
      let made = await desk.create(
        role.rawValue, role: role, password: Self.password, by: "test", time: "\(clock.now)")
      // The shared world has them from whichever test came first.
      if case .failure(let refusal) = made, refusal != .taken(role.rawValue) { throw refusal }
    }
  }

  /// A site over the sample year that all tests read from.
  static func sample() async throws -> Site { try await Site(try await SampleWorld.shared.sources()) }

  /// A site over stores without anything in them.
  static func empty() async throws -> Site {
    try await Site(try SampleWorld.sources(MemoryStore(), SQLiteMonitoringStore(), MemoryPaymentStore()))
  }

  /// Somebody who signed in.
  func visitor(_ role: Role) async throws -> Visitor {
    let visitor = Visitor(site: self)
    let answer = await visitor.post("/console/sign-in", ["account": role.rawValue, "password": Self.password])
    try #require(answer.status == 303)
    return visitor
  }
}

/// Hashes that cost nothing, since tests sign in a hundred times; the real ones have tests of their own.
struct QuickHashing: PasswordHashing {
  func hash(_ password: String) async -> String { "quick$" + String(password.reversed()) }
  func verify(_ password: String, against hash: String) async -> Bool { await self.hash(password) == hash }
}

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
  private let moment = Mutex(Moment("2026-11-20 09:00:00"))

  var now: Moment {
    get { moment.withLock { $0 } ?? Moment.distant }
    set { moment.withLock { $0 = newValue } }
  }
}

extension Moment {
  /// A day that every calendar has.
  fileprivate static var distant: Moment {
    guard let day = CalendarDate(year: 2000, month: 1, day: 1), let moment = Moment(day) else {
      preconditionFailure("there is such a day")
    }
    return moment
  }
}

/// A sample year of three hundred people, made once for all tests.
actor SampleWorld {
  static let shared = SampleWorld()
  private var made: Task<ConsoleSources, any Error>?

  /// The year of the settlements.
  static let year = 2026

  /// The world; whoever asks while it is being made waits for the same one.
  func sources() async throws -> ConsoleSources {
    let task = made ?? Task { try await Self.make() }
    made = task
    return try await task.value
  }

  private static func make() async throws -> ConsoleSources {
    let store = MemoryStore()
    let library = try Self.library.get()
    let desk = PayerDesk(store: store, library: library, region: SampleRegion.code)
    let covered = try #require(library.book.regions[SampleRegion.code]?.covered)
    _ = try await SampleYear(SampleRegion(people: 300, year: Self.year, seed: 7), through: desk, store: store)
      .live(over: covered)
    let monitoring = try SQLiteMonitoringStore()
    _ = try await MonitoringFeed(store: store, projection: monitoring).catchUp()
    _ = try await QualityFeed(store: store, projection: monitoring).catchUp()
    return try Self.sources(store, monitoring, MemoryPaymentStore())
  }

  static func sources(
    _ payer: any PayerStore, _ monitoring: any MonitoringStore, _ paying: any PaymentStore
  ) throws -> ConsoleSources {
    ConsoleSources(
      payer: payer, monitoring: monitoring, paying: paying, library: try library.get(), region: SampleRegion.code,
      files: PlainFiles(), call: { message in message }, clock: { TestClock().now })
  }

  private static let library = Result<PolicyLibrary, any Error> {
    let loaded = PolicyFolder(path: root + "/Policies").load(vocabulary: SettlementVocabulary.definitions)
    return PolicyLibrary(try #require(loaded.book))
  }

  /// The repository's root: the folder with Package.swift above this file.
  static let root = #filePath.components(separatedBy: "/Tests/")[0]
}

/// Tables as lines of text, so that a test sees every cell.
struct PlainFiles: TableFiles {
  func csv(_ sheet: ExportedSheet) throws(Diagnostic) -> [UInt8] { text(sheet) }
  func workbook(_ sheets: [ExportedSheet]) throws(Diagnostic) -> [UInt8] { sheets.flatMap(text) }

  private func text(_ sheet: ExportedSheet) -> [UInt8] {
    let rows = [sheet.columns.joined(separator: ",")] + sheet.rows.map { $0.map(Self.text).joined(separator: ",") }
    return Array((rows.joined(separator: "\n") + "\n").utf8)
  }

  private static func text(_ cell: ExportedCell) -> String {
    switch cell {
    case .empty: ""
    case .text(let text): text
    case .whole(let number): "\(number)"
    case .decimal(let units, let places): FixedPoint.print(Int64(units), decimals: places)
    }
  }
}
