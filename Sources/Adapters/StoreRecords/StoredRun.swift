import Crypto
package import Foundation
import Kernel
import Ledger
import Payment
import People
package import Workflows

/// A published run as its row: the columns that it is found by, the rest as text, and the hash of everything.
package struct StoredRun: Hashable, Sendable {
  package var identity: String
  package var kind: String
  package var region: String
  package var scheme: String
  package var period: String
  package var corrects: String?
  package var time: String
  package var publisher: String
  /// SHA-256 of the run's bytes with when and by whom it was published.
  package var hash: Data
  package var record: String

  package init(
    identity: String, kind: String, region: String, scheme: String, period: String, corrects: String?, time: String,
    publisher: String, hash: Data, record: String
  ) {
    self.identity = identity
    self.kind = kind
    self.region = region
    self.scheme = scheme
    self.period = period
    self.corrects = corrects
    self.time = time
    self.publisher = publisher
    self.hash = hash
    self.record = record
  }
}

extension StoredRun {
  /// What no column holds; lists are in order, so that equal runs give equal text.
  private struct Record: Codable {
    struct Text: Codable {
      let name: String
      let value: String
    }

    struct Amount: Codable {
      let name: String
      let fen: Int64
    }

    struct Line: Codable {
      let holder: String
      let amounts: [Amount]
    }

    struct Entry: Codable {
      let reference: String
      let postings: [Posting]
    }

    let contract: String
    let cases: String
    let further: [Text]
    let lines: [Line]
    let entries: [Entry]

    init(_ run: PaymentRun) {
      contract = run.inputs.contract
      cases = run.inputs.cases
      further = run.inputs.further.sorted { $0.key < $1.key }.map { Text(name: $0.key, value: $0.value) }
      lines = run.lines.map { line in
        Line(
          holder: line.holder,
          amounts: line.amounts.sorted { $0.key < $1.key }.map { Amount(name: $0.key, fen: $0.value.fen) })
      }
      entries = run.entries.map { Entry(reference: $0.reference, postings: $0.postings) }
    }
  }

  /// The row of a run.
  ///
  /// - Throws: `refused` when the run is not identified by the store's digest.
  package init(_ published: PublishedRun) throws(StoreError) {
    let (run, inputs) = (published.run, published.run.inputs)
    guard run.isIdentified(by: RunDigest.of) else {
      throw StoreError(
        .refused, operation: "publish run", detail: "\(run.identity) is not the SHA-256 of the run's inputs")
    }
    let text: [UInt8]
    do { text = try CompactJSON.encode(Record(run)) } catch {
      throw StoreError(.refused, operation: "publish run", detail: "the run cannot be written: \(error)")
    }
    self.init(
      identity: run.identity, kind: inputs.kind.rawValue, region: inputs.region, scheme: inputs.scheme.rawValue,
      period: "\(inputs.period)", corrects: run.corrects, time: published.time, publisher: published.publisher,
      hash: Self.hash(published), record: String(decoding: text, as: UTF8.self))
  }

  /// The run of the row, when it is still what was stored.
  ///
  /// - Throws: `damaged`, with what does not hold.
  package func restored() throws(StoreError) -> PublishedRun {
    guard let kind = PaymentRun.Kind(rawValue: kind), let scheme = InsuranceScheme(rawValue: scheme),
      let period = PaymentPeriod(period)
    else { throw damaged("its kind, scheme or period is unknown") }
    let record: Record
    do { record = try JSONDecoder().decode(Record.self, from: Data(self.record.utf8)) } catch {
      throw damaged("its record cannot be read")
    }
    guard let further = Self.table(record.further.map { ($0.name, $0.value) }) else {
      throw damaged("an input stands twice")
    }
    var lines: [PaymentRun.Line] = []
    for line in record.lines {
      guard let amounts = Self.table(line.amounts.map { ($0.name, Money(fen: $0.fen)) }) else {
        throw damaged("an amount stands twice")
      }
      lines.append(.init(holder: line.holder, amounts: amounts))
    }
    for entry in record.entries where !Self.isBalanced(entry.postings) {
      throw damaged("the entry \(entry.reference) is out of balance")
    }
    let inputs = PaymentRun.Inputs(
      kind: kind, region: region, scheme: scheme, period: period, contract: record.contract, cases: record.cases,
      further: further)
    let run = PaymentRun(
      restoring: identity, inputs: inputs, corrects: corrects, lines: lines,
      entries: record.entries.map { LedgerEntry(reference: $0.reference, postings: $0.postings) },
      digest: RunDigest.of)
    guard let run else { throw damaged("its identity is not the digest of its inputs, or its parts are out of order") }
    let published = PublishedRun(run: run, time: time, publisher: publisher)
    guard Self.hash(published) == hash else { throw damaged("its content is not what was published") }
    return published
  }

  private func damaged(_ what: String) -> StoreError {
    StoreError(.damaged, operation: "read run", detail: "run \(identity): \(what)")
  }

  private static func table<Value>(_ pairs: [(String, Value)]) -> [String: Value]? {
    let table = Dictionary(pairs) { first, _ in first }
    return table.count == pairs.count ? table : nil
  }

  private static func isBalanced(_ postings: [Posting]) -> Bool {
    var sum: Int64 = 0
    for posting in postings {
      let (next, overflows) = sum.addingReportingOverflow(posting.amount.fen)
      if overflows { return false }
      sum = next
    }
    return sum == 0
  }

  private static func hash(_ published: PublishedRun) -> Data {
    var hash = SHA256()
    for bytes in [published.run.bytes, Array(published.time.utf8), Array(published.publisher.utf8)] {
      withUnsafeBytes(of: Int64(bytes.count).bigEndian) { hash.update(bufferPointer: $0) }
      hash.update(data: bytes)
    }
    return Data(hash.finalize())
  }
}
