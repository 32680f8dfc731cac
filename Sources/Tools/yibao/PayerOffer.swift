import ArgumentParser
import Foundation
import Kernel
import Logging
import NationalInterface
import Policy
import PolicyFiles
import Settlement
import StoreSQLite
import WebService
import Workflows
import ZipFiles

/// What the server offers: the handler of the interface's calls, and the store behind it.
struct PayerOffer: Sendable {
  let handler: ServedHandler
  let isReady: @Sendable () async -> Bool
  let close: @Sendable () async -> Void

  /// Opens the store, reads the policies, fills in the sample register when asked, and joins them to the interface.
  ///
  /// - Throws: `ExitCode` 2 after saying what cannot be used.
  static func make(
    store name: String, policies: String, region: String, sample: Int, requiresSignIn: Bool, logger: Logger
  ) throws -> PayerOffer {
    let library = try library(policies)
    guard let covered = library.book.regions[region]?.covered else {
      Terminal.error(PolicyRefusal.unknownRegion(region).message.chinese)
      throw ExitCode(2)
    }
    let store = try OpenStore(name)
    if sample > 0 {
      logger.notice("filling in invented persons", metadata: ["count": "\(sample)"])
      try Blocking.run { () async throws in
        try await SampleRegister.fill(store.payer, persons: sample, over: covered) { done in
          if done.isMultiple(of: 100_000) { logger.notice("persons", metadata: ["done": "\(done)"]) }
        }
      }
    }
    let desk = PayerDesk(store: store.payer, library: library, region: region)
    let interface = InterfaceService(
      desk: desk, settings: InterfaceSettings(requiresSignIn: requiresSignIn), archive: ZipArchive()
    ) { now() }
    return PayerOffer(
      handler: { request in
        let signer = request.gateway.map { MessageSigner(institution: $0.institution, transaction: $0.name) }
        let reply = await interface.answer(
          request.body, pathInfno: request.transaction, contentType: request.headers["content-type"], signer: signer)
        let known = InterfaceService.isKnown(reply.outcome.transaction)
        return ServedResponse(
          contentType: reply.isFile ? "application/octet-stream" : "application/json; charset=utf-8", body: reply.bytes,
          transaction: known ? reply.outcome.transaction : nil, resultCode: "\(reply.outcome.number)")
      },
      isReady: { await desk.isReady() }, close: store.close)
  }

  private static func library(_ policies: String) throws -> PolicyLibrary {
    let loaded = PolicyFolder(path: policies).load(vocabulary: SettlementVocabulary.definitions)
    Terminal.report(loaded.diagnostics.filter { $0.severity == .error }, .chinese)
    guard let book = loaded.book else { throw ExitCode(2) }
    return PolicyLibrary(book)
  }

  /// The time of day in China.
  private static func now() -> WallTime {
    let milliseconds = Int64(Date().timeIntervalSince1970 * 1_000)
    guard let time = WallTime(unixMilliseconds: milliseconds) else {
      preconditionFailure("the calendar has no 1970-01-01")
    }
    return time
  }
}

/// A store opened by its name on the command line: `sqlite:PATH`, `postgres:URL` or `memory`.
struct OpenStore {
  let payer: any PayerStore
  let close: @Sendable () async -> Void

  init(_ name: String) throws {
    if name == "memory" {
      payer = MemoryStore()
      close = {}
    } else if name.hasPrefix("sqlite:") {
      do throws(StoreError) {
        let store = try SQLitePayerStore(path: String(name.dropFirst("sqlite:".count)))
        payer = store
        close = { store.close() }
      } catch {
        Terminal.error("\(name): \(error.operation): \(error.detail)")
        throw ExitCode(2)
      }
    } else if let url = PostgresName.url(name) {
      do throws(StoreError) {
        (payer, close) = try PostgresName.open(url, isReadOnly: false)
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

/// Waiting on the main thread for asynchronous work of a command.
enum Blocking {
  static func run(_ body: @escaping @Sendable () async throws -> Void) throws {
    let done = DispatchSemaphore(value: 0)
    let failure = FailureBox()
    Task.detached {
      do { try await body() } catch { failure.error = error }
      done.signal()
    }
    done.wait()
    if let error = failure.error {
      Terminal.error("\(error)")
      throw ExitCode(2)
    }
  }

  /// Written by the task before it signals, read by the waiter after.
  private final class FailureBox: @unchecked Sendable {
    var error: (any Error)?
  }
}
