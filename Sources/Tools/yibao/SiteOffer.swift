import ArgumentParser
import Console
import Foundation
import Kernel
import Logging
import NationalInterface
import StoreSQLite
import WebService
import Workflows

/// The console and the API of a server: the site, what it reads from, and what follows the store for it.
struct SiteOffer: Sendable {
  let handler: ServedHandler
  /// Takes note of every message of the interface.
  let log: MessageLog
  /// Is told of every message of the interface.
  let gauge: MessageGauge
  let close: @Sendable () async -> Void

  /// Opens the site on a payer's store.
  ///
  /// - Parameters:
  ///   - store: the store's name on the command line; what follows it lies beside a SQLite file, in memory otherwise.
  ///   - call: answers a message of the interface, for the page that tries it out.
  /// - Throws: `ExitCode` 2 after saying what cannot be used.
  static func make(
    store: OpenStore, library: PolicyLibrary, region: String, alarms: [AlarmRule], payment: PaymentOffer,
    isSecure: Bool, logger: Logger, call: @escaping @Sendable ([UInt8]) async -> InterfaceReply
  ) throws -> SiteOffer {
    let monitoring = try monitoring(beside: store.path)
    let log = MessageLog(into: monitoring)
    let gauge = MessageGauge(busyAbove: 500)
    let followed = try store.path.map { try follower($0) }
    var sources = ConsoleSources(
      payer: store.payer, monitoring: monitoring, paying: store.paying, library: library, region: region,
      files: SpreadsheetFiles(),
      call: { message in
        let start = ContinuousClock.now
        let reply = await call(message)
        log.take(MessageLog.Entry(message, reply, ContinuousClock.now - start))
        return reply.bytes
      }, clock: { ChinaTime.now() })
    sources.alarms = alarms
    sources.examples = StoredExamples(store.payer, monitoring, library, region: region)
    payment.join(&sources)
    var settings = ConsoleSettings()
    settings.isSecure = isSecure
    let site = ConsoleSite(sources, settings: settings, logger: logger)
    let source: any PayerStore = followed ?? store.payer
    let failure: @Sendable (StoreError) -> Void = { error in
      logger.warning("monitoring lags", metadata: ["operation": "\(error.operation)", "detail": "\(error.detail)"])
    }
    let tasks = [
      Task {
        // While institutions keep the server busy, what follows it takes a twentieth of one core, and catches up later.
        await MonitoringFeed(store: source, projection: monitoring) { gauge.isBusy ? .milliseconds(400) : nil }
          .run(every: .seconds(1), failure: failure)
      },
      Task { await QualityFeed(store: source, projection: monitoring).run(every: .seconds(30), failure: failure) },
      Task { await log.run(failure: failure) },
    ]
    return SiteOffer(
      handler: { request in
        let target = request.query.isEmpty ? request.path : request.path + "?" + request.query
        return ServedResponse(
          await site.respond(
            SiteRequest(method: request.method, target: target, headers: request.headers.fields, body: request.body)))
      }, log: log, gauge: gauge,
      close: {
        log.close()
        for task in tasks.dropLast() { task.cancel() }
        for task in tasks { await task.value }
        do throws(StoreError) { try monitoring.close() } catch { failure(error) }
        followed?.close()
      })
  }

  private static func monitoring(beside path: String?) throws -> SQLiteMonitoringStore {
    do throws(StoreError) {
      guard let path else { return try SQLiteMonitoringStore() }
      return try SQLiteMonitoringStore(path: SQLiteMonitoringStore.path(besideStore: path))
    } catch {
      Terminal.error("\(path ?? "memory"): \(error.operation): \(error.detail)")
      throw ExitCode(2)
    }
  }

  /// The store once more, to be read by what follows it, so that it never takes the server's readers.
  private static func follower(_ path: String) throws -> SQLitePayerStore {
    var options = SQLitePayerStore.Options()
    options.isReadOnly = true
    options.readerCount = 1
    do throws(StoreError) {
      return try SQLitePayerStore(path: path, options: options)
    } catch {
      Terminal.error("\(path): \(error.operation): \(error.detail)")
      throw ExitCode(2)
    }
  }
}

extension ServedResponse {
  /// The site's answer as the server sends it.
  init(_ response: SiteResponse) {
    let type = response.headers.first { $0.name.lowercased() == "content-type" }?.value
    self.init(
      status: response.status, contentType: type ?? "text/plain; charset=utf-8",
      headers: response.headers.filter { $0.name.lowercased() != "content-type" }, body: response.body,
      resultCode: "\(response.status)", route: response.route)
  }
}

/// The time of day in China.
enum ChinaTime {
  static func now() -> Moment {
    let wall = wallTime()
    guard let moment = Moment(wall.day, second: wall.milliseconds / 1_000) else {
      preconditionFailure("a time of day is within the day")
    }
    return moment
  }
}
