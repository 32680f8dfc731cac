import ArgumentParser
import Foundation
import Kernel
import Logging
import NationalInterface
import Policy
import PolicyFiles
import Settlement
import StoreSQLite
import Synchronization
import WebService
import Workflows
import ZipFiles

/// What the server offers: the handler of the interface's calls, and the store behind it.
struct PayerOffer: Sendable {
  let handler: ServedHandler
  /// The console and the API; `nil` when only the interface is served.
  let site: ServedHandler?
  let isReady: @Sendable () async -> Bool
  let close: @Sendable () async -> Void

  /// Opens the store, reads the policies, fills in the sample register when asked, and joins them to the interface.
  ///
  /// - Throws: `ExitCode` 2 after saying what cannot be used.
  static func make(
    store name: String, policies: String, region: String, sample: Int, requiresSignIn: Bool, site: SiteOptions,
    isSecure: Bool, logger: Logger
  ) throws -> PayerOffer {
    let library = try library(policies)
    guard let covered = library.book.regions[region]?.covered else {
      Terminal.error(PolicyRefusal.unknownRegion(region).message.chinese)
      throw ExitCode(2)
    }
    let store = try OpenStore(name)
    if sample > 0 {
      logger.notice("filling in invented persons", metadata: ["count": "\(sample)"])
      try Waiting.orExit { () async throws in
        try await SampleRegister.fill(store.payer, persons: sample, over: covered) { done in
          if done.isMultiple(of: 100_000) { logger.notice("persons", metadata: ["done": "\(done)"]) }
        }
      }
    }
    let desk = PayerDesk(store: store.payer, library: library, region: region)
    let interface = InterfaceService(
      desk: desk, settings: InterfaceSettings(requiresSignIn: requiresSignIn), archive: ZipArchive()
    ) { wallTime() }
    let offer = try site.offer(
      store, library: library, policies: policies, region: region, isSecure: isSecure, logger: logger
    ) { message in
      await interface.answer(message, pathInfno: nil, contentType: "application/json")
    }
    let (log, gauge) = (offer?.log, offer?.gauge)
    return PayerOffer(
      handler: { request in
        let start = ContinuousClock.now
        let signer = request.gateway.map { MessageSigner(institution: $0.institution, transaction: $0.name) }
        let reply = await interface.answer(
          request.body, pathInfno: request.transaction, contentType: request.headers["content-type"], signer: signer)
        let known = InterfaceService.isKnown(reply.outcome.transaction)
        gauge?.note()
        log?.take(MessageLog.Entry(request.body, reply, ContinuousClock.now - start))
        return ServedResponse(
          contentType: reply.isFile ? "application/octet-stream" : "application/json; charset=utf-8", body: reply.bytes,
          transaction: known ? reply.outcome.transaction : nil, resultCode: "\(reply.outcome.number)")
      },
      site: offer?.handler, isReady: { await desk.isReady() },
      close: {
        await offer?.close()
        await store.close()
      })
  }

  private static func library(_ policies: String) throws -> PolicyLibrary {
    let loaded = PolicyFolder(path: policies).load(vocabulary: SettlementVocabulary.definitions)
    Terminal.report(loaded.diagnostics.filter { $0.severity == .error }, .chinese)
    guard let book = loaded.book else { throw ExitCode(2) }
    return PolicyLibrary(book)
  }

}

/// The time of day in China, as the interface prints it.
func wallTime() -> WallTime {
  let milliseconds = Int64(Date().timeIntervalSince1970 * 1_000)
  guard let time = WallTime(unixMilliseconds: milliseconds) else {
    preconditionFailure("the calendar has no 1970-01-01")
  }
  return time
}

/// How many messages a second the interface answers.
final class MessageGauge: Sendable {
  private struct Count {
    var second = 0
    var messages = 0
    var before = 0
  }

  private let limit: Int
  private let start = ContinuousClock.now
  private let count = Mutex(Count())

  /// Makes a gauge.
  ///
  /// - Parameter limit: the messages a second above which the interface is busy.
  init(busyAbove limit: Int) { self.limit = limit }

  /// Counts a message.
  func note() { at { $0.messages += 1 } }

  /// Whether more than the limit came in this second or the one before.
  var isBusy: Bool { at { max($0.messages, $0.before) > limit } }

  private func at<Answer: Sendable>(_ body: (inout Count) -> Answer) -> Answer {
    let second = Int((ContinuousClock.now - start).components.seconds)
    return count.withLock { count in
      if second != count.second {
        count.before = second == count.second + 1 ? count.messages : 0
        (count.second, count.messages) = (second, 0)
      }
      return body(&count)
    }
  }
}

extension MessageLog.Entry {
  /// A message that was answered.
  init(_ message: [UInt8], _ reply: InterfaceReply, _ elapsed: Duration) {
    let (seconds, attoseconds) = elapsed.components
    let isRefused = reply.outcome.number != 0
    self.init(
      time: wallTime().text, transaction: reply.outcome.transaction, institution: reply.outcome.institution,
      message: reply.outcome.message, outcome: Int(reply.outcome.number),
      microseconds: seconds * 1_000_000 + attoseconds / 1_000_000_000_000,
      input: message, bytesOut: reply.bytes.count,
      error: isRefused ? String(decoding: reply.bytes, as: UTF8.self) : "")
  }
}

/// A store opened by its name on the command line: `sqlite:PATH`, `postgres:URL` or `memory`.
struct OpenStore {
  let payer: any PayerStore
  let paying: any PaymentStore
  /// The file of a SQLite store.
  let path: String?
  let close: @Sendable () async -> Void

  init(_ name: String) throws {
    if name == "memory" {
      payer = MemoryStore()
      paying = MemoryPaymentStore()
      path = nil
      close = {}
    } else if name.hasPrefix("sqlite:") {
      do throws(StoreError) {
        let file = String(name.dropFirst("sqlite:".count))
        let store = try SQLitePayerStore(path: file)
        payer = store
        paying = store
        path = file
        close = { store.close() }
      } catch {
        Terminal.error("\(name): \(error.operation): \(error.detail)")
        throw ExitCode(2)
      }
    } else if let url = PostgresName.url(name) {
      do throws(StoreError) {
        (payer, close) = try PostgresName.open(url, isReadOnly: false)
        // Cases and runs lie beside the settlements wherever the store can keep them.
        paying = payer as? any PaymentStore ?? MemoryPaymentStore()
        path = nil
      } catch {
        Terminal.error("--store \(PostgresName.shown(name)): \(error.operation): \(error.detail)")
        throw ExitCode(2)
      }
    } else {
      Terminal.error("--store \(name): 应为 / expected: sqlite:PATH, postgres:URL, memory")
      throw ExitCode(2)
    }
  }
}
