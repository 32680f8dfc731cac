import Crypto
package import Foundation
import Kernel
import Ledger
import People
package import Settlement
package import Workflows

/// A settlement's row as it is stored and hashed.
package struct ChainLink {
  /// A posting's row.
  package struct Line {
    package let account: String
    package let holder: String
    package let amount: Int64

    package init(account: String, holder: String, amount: Int64) {
      self.account = account
      self.holder = holder
      self.amount = amount
    }
  }

  package var sequence: Int64
  package var id: String
  package var reverses: String?
  package var visit: String
  package var person: String
  package var institution: String
  package var scheme: String
  package var year: Int
  /// Amounts count downwards for a reversal, so that sums over rows are balances.
  package var medfee: Int64
  package var fund: Int64
  package var account: Int64
  package var cash: Int64
  package var time: String
  package var record: String
  package var lines: [Line]

  package init(
    sequence: Int64, id: String, reverses: String?, visit: String, person: String, institution: String, scheme: String,
    year: Int, medfee: Int64, fund: Int64, account: Int64, cash: Int64, time: String, record: String, lines: [Line]
  ) {
    self.sequence = sequence
    self.id = id
    self.reverses = reverses
    self.visit = visit
    self.person = person
    self.institution = institution
    self.scheme = scheme
    self.year = year
    self.medfee = medfee
    self.fund = fund
    self.account = account
    self.cash = cash
    self.time = time
    self.record = record
    self.lines = lines
  }

  /// SHA-256 over the hash before it and every column, each with its length in front, so that no two rows read alike.
  package func hash(after previous: Data) -> Data {
    var bytes = [UInt8](previous)
    withUnsafeBytes(of: sequence.bigEndian) { bytes += $0 }
    bytes += content
    return Data(SHA256.hash(data: bytes))
  }

  /// What is hashed after the hash before it and the place in the chain: `SHA-256(previous ‖ sequence ‖ content)`.
  package var content: [UInt8] {
    var bytes = [UInt8]()
    bytes.reserveCapacity(record.utf8.count + 1024)
    func add(_ number: Int64) { withUnsafeBytes(of: number.bigEndian) { bytes += $0 } }
    func add(_ text: String) {
      add(Int64(text.utf8.count))
      bytes += text.utf8
    }
    add(id)
    add(reverses == nil ? 0 : 1)
    add(reverses ?? "")
    for text in [visit, person, institution, scheme] { add(text) }
    for number in [Int64(year), medfee, fund, account, cash] { add(number) }
    add(time)
    add(record)
    add(Int64(lines.count))
    for line in lines {
      add(line.account)
      add(line.holder)
      add(line.amount)
    }
    return bytes
  }
}

extension ChainLink {
  /// The row of a record at a place in the chain.
  ///
  /// - Parameter naming: names the sources of policy values, which are kept by themselves.
  package init(_ settlement: SettlementRecord, sequence: Int64, naming: @escaping (PolicySource) -> String) {
    let (amounts, sign) = (settlement.settled.amounts, settlement.sign)
    self.init(
      sequence: sequence, id: settlement.id, reverses: settlement.reverses, visit: settlement.visit.id,
      person: settlement.visit.person, institution: settlement.visit.institution,
      scheme: settlement.settled.cover.scheme.rawValue, year: settlement.year, medfee: sign * amounts.total.fen,
      fund: sign * amounts.fund.fen, account: sign * amounts.account.fen, cash: sign * amounts.cash.fen,
      time: settlement.time, record: RecordText.of(settlement, naming: naming),
      lines: settlement.entry.postings.map { posting in
        let (account, holder) = posting.account.words
        return Line(account: account, holder: holder, amount: posting.amount.fen)
      })
  }
}
