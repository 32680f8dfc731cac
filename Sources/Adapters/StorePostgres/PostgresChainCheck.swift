#if PostgreSQL
  import Foundation
  import StoreRecords
  import Workflows

  /// Follows the chain's strands in portions, each on a snapshot of its own, so that a long check holds no old rows.
  ///
  /// Rows never change, so the portions together are one consistent state up to the heads that were read first.
  struct PostgresChainCheck {
    private let readers: BoundedQueue<PostgresReader.Work>
    private let portion: Int64 = 2_000
    private let operation = "verify chain"

    init(_ readers: BoundedQueue<PostgresReader.Work>) { self.readers = readers }

    func run() async throws(StoreError) -> [String] {
      let heads = try await ask { reading throws(StoreError) in
        let rows = try reading.rows("verify chain", PostgresSQL.heads, [], about: .everySettlement)
        return (0..<rows.count).reduce(into: [Int64: Head]()) { heads, row in
          heads[rows.integer(row, 0)] = (rows.integer(row, 1), rows.data(row, 2))
        }
      }
      var faults: [String] = []
      for strand in 0..<Int64(PostgresStrand.count) {
        if let head = heads[strand] {
          faults += try await walk(strand, toward: head).map { "strand \(strand): \($0)" }
        } else {
          faults.append("the head of strand \(strand) is missing")
        }
      }
      return faults + (try await ask { reading throws(StoreError) in try Self.strays(reading) })
    }

    private typealias Head = (sequence: Int64, hash: Data)

    private func walk(_ strand: Int64, toward head: Head) async throws(StoreError) -> [String] {
      // Strands begin with their numbers, so that records cannot change over.
      var walk = ChainWalk(toward: head, after: Data(count: 24) + withUnsafeBytes(of: strand.bigEndian) { Data($0) })
      while !walk.isOver {
        let from = walk
        let until = min(from.sequence + portion, from.head)
        walk = try await ask { reading throws(StoreError) in try Self.follow(strand, from, until: until, reading) }
      }
      walk.finish()
      return walk.faults
    }

    private func ask<Answer: Sendable>(
      _ body: @escaping @Sendable (PostgresReading) throws(StoreError) -> Answer
    ) async throws(StoreError) -> Answer {
      try await StoreWork.ask(operation, on: readers) { reading throws(StoreError) in try body(reading) }
    }

    private static func follow(
      _ strand: Int64, _ start: ChainWalk, until: Int64, _ reading: PostgresReading
    ) throws(StoreError) -> ChainWalk {
      var walk = start
      let range: [PostgresValue] = [.integer(strand), .integer(walk.sequence), .integer(until)]
      let postings = try reading.rows("verify chain", PostgresSQL.postings, range, about: .everySettlement)
      var lines: [Int64: [ChainLink.Line]] = [:]
      for row in 0..<postings.count {
        lines[postings.integer(row, 0), default: []].append(
          .init(account: postings.text(row, 1), holder: postings.text(row, 2), amount: postings.integer(row, 3)))
      }
      let rows = try reading.rows("verify chain", PostgresSQL.links, range, about: .everySettlement)
      for row in 0..<rows.count {
        let link = ChainLink(rows, row, lines: lines[rows.integer(row, 0)] ?? [])
        walk.follow(link, stored: rows.data(row, 14))
      }
      walk.reach(until)
      return walk
    }

    /// What is stored beside the chain: records that are not in it, postings and accumulators without a record.
    private static func strays(_ reading: PostgresReading) throws(StoreError) -> [String] {
      var faults: [String] = []
      let last = try reading.rows("verify chain", PostgresSQL.strayPosting, [], about: .everySettlement)
      if last.count > 0, !last.isNull(0, 0) {
        faults.append("postings belong to record \(last.integer(0, 0)), which is not stored")
      }
      let outside = try reading.rows("verify chain", PostgresSQL.straySettlements, [], about: .everySettlement)
      for row in 0..<outside.count { faults.append("\(outside.text(row, 0)) stands outside the chain") }
      let lonely = try reading.rows("verify chain", PostgresSQL.lonelyAccumulators, [], about: .everySettlement)
      for row in 0..<lonely.count {
        let (person, scheme, year) = (lonely.text(row, 0), lonely.text(row, 1), lonely.integer(row, 2))
        faults.append("\(MaskedNumber.of(person)) has accumulators of \(year), \(scheme), without a settlement")
      }
      return faults + (try changedSources(reading))
    }

    /// Sources of policy values whose text is not the one that gave them their name.
    private static func changedSources(_ reading: PostgresReading) throws(StoreError) -> [String] {
      let rows = try reading.rows("verify chain", PostgresSQL.policySources, [], about: .everySettlement)
      return (0..<rows.count).filter { SourceTexts.key(of: rows.text($0, 1)) != rows.text($0, 0) }
        .map { "the policy source \(rows.text($0, 0)) is not what was stored" }
    }
  }

  extension ChainLink {
    /// The row as `PostgresSQL.links` reads it.
    fileprivate init(_ rows: PostgresRows, _ row: Int, lines: [Line]) {
      self.init(
        sequence: rows.integer(row, 0), id: rows.text(row, 1), reverses: rows.optionalText(row, 2),
        visit: rows.text(row, 3), person: rows.text(row, 4), institution: rows.text(row, 5), scheme: rows.text(row, 6),
        year: Int(rows.integer(row, 7)), medfee: rows.integer(row, 8), fund: rows.integer(row, 9),
        account: rows.integer(row, 10), cash: rows.integer(row, 11), time: rows.text(row, 12),
        record: rows.text(row, 13), lines: lines)
    }
  }
#endif
