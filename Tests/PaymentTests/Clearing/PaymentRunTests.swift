import Kernel
import Ledger
import Payment
import People
import Testing

/// A digest good enough for a test: FNV-1a, 64 bits; the adapter takes SHA-256.
private func digest(_ bytes: [UInt8]) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  return String(hash, radix: 16)
}

@Suite struct PaymentRunTests {
  private func cases() throws -> [PaymentCase] {
    let month = try #require(YearMonth("2026-03"))
    return (0..<500).map { number in
      PaymentCase(
        id: "C\(1_000 + number)", institution: "H\(number % 7)", level: .secondary, scheme: .employee, month: month,
        cost: fen(Int64(number) * 977 + 5), fundShare: fen(Int64(number) * 600), group: "G\(number % 9)",
        marks: number % 2 == 0 ? [.transfer, .bedDay, .daySurgery] : [])
    }
  }

  private func identity(_ cases: [PaymentCase]) -> String {
    digest(CanonicalBytes.of { PaymentCase.write(cases, to: &$0) })
  }

  private func run(_ cases: [PaymentCase], fund: Money = yuan(2_000)) throws -> PaymentRun {
    let totals = InstitutionTotals.sum(cases, scheme: .employee, period: .year(2026)) {
      .points(Points(millionths: $0.cost.fen * 1_000))
    }
    let pool = try PointPool.settle(.year(2026), fund: fund, totals: totals, under: .trial(.fund)).get()
    let inputs = PaymentRun.Inputs(
      kind: .year, region: "990100", scheme: .employee, period: .year(2026), contract: "K", cases: identity(cases),
      further: ["fund": "\(fund)", "findings": ""])
    return PaymentRun(
      inputs,
      lines: pool.lines.map {
        .init(holder: $0.totals.institution, amounts: ["share": $0.share, "payable": $0.payable])
      },
      digest: digest
    ) { identity in
      pool.lines.map { line in
        LedgerEntry(
          reference: "\(identity) \(line.totals.institution)",
          postings: [
            Posting(.fund(.employeePooled), line.share), Posting(.institution(line.totals.institution), -line.share),
          ])
      }
    }
  }

  @Test func `病例次序与重复运行不改变一个字节`() throws {
    let cases = try cases()
    let first = try run(cases)
    var dice = Dice(3)
    for _ in 0..<20 {
      let again = try run(cases.shuffled(using: &dice))
      #expect(again == first)
      #expect(again.bytes == first.bytes)
      #expect(again.inputs.bytes == first.inputs.bytes)
    }
  }

  @Test func `任何一处不同都是另一次运行`() throws {
    let cases = try cases()
    let base = identity(cases)
    var found: Set<String> = [base]
    let changes: [(inout PaymentCase) -> Void] = [
      { $0.id = "X" }, { $0.institution = "X" }, { $0.level = .tertiary }, { $0.scheme = .resident },
      { $0.month = $0.month.adding(months: 1) }, { $0.cost += fen(1) }, { $0.fundShare += fen(1) },
      { $0.group = "X" }, { $0.stayDays += 1 }, { $0.ageYears += 1 }, { $0.dischargeKind = 5 },
      { $0.department = "X" }, { $0.physician = "X" }, { $0.traditionalChinese = fen(1) }, { $0.marks = [.transfer] },
    ]
    for change in changes {
      var other = cases
      change(&other[100])
      found.insert(identity(other))
    }
    #expect(found.count == changes.count + 1)
    #expect(try run(cases).identity != run(cases, fund: yuan(2_001)).identity)
  }

  @Test func `同一结算号出现两次的病例集没有身份`() throws {
    var cases = try cases()
    cases[1] = cases[0]
    var written = true
    let bytes = CanonicalBytes.of { written = PaymentCase.write(cases, to: &$0) }
    #expect(!written && bytes.isEmpty)
  }

  @Test func `文本与数字不会混淆`() {
    func bytes(_ write: (inout CanonicalBytes) -> Void) -> String {
      String(decoding: CanonicalBytes.of(write), as: UTF8.self)
    }
    #expect(
      bytes {
        $0.append("医保"); $0.append(-12); $0.append(0)
      } == "6:医保-12;0;")
    #expect(
      bytes {
        $0.append("ab"); $0.append("")
      }
        != bytes {
          $0.append("a"); $0.append("b")
        })
    #expect(bytes { $0.append(Int64.min) } == "-9223372036854775808;")
  }

  @Test func `分段交出的字节与一次写出相同`() throws {
    let cases = try cases()
    final class Pieces { var all: [[UInt8]] = [] }
    let pieces = Pieces()
    var small = CanonicalBytes(capacity: 100) { pieces.all.append(copy $0) }
    PaymentCase.write(cases, to: &small)
    small.finish()
    #expect(pieces.all.count > 100)
    #expect(pieces.all.flatMap { $0 } == CanonicalBytes.of { PaymentCase.write(cases, to: &$0) })
  }

  @Test func `更正是新的运行并列出差异且分录相抵`() throws {
    var cases = try cases()
    let first = try run(cases)
    cases[3].cost += yuan(100)
    let second = try run(cases)
    let correction = first.correction(second.inputs, lines: second.lines, digest: digest) { identity in
      second.entries.map { LedgerEntry(reference: "\(identity) \($0.reference)", postings: $0.postings) }
    }
    #expect(correction.corrects == first.identity && first.corrects == nil)
    #expect(correction.identity != second.identity)
    let differences = correction.differences(from: first)
    // Seven institutions share a closed budget: one rises, none of the others does.
    let raised = differences.filter { $0.change > .zero }
    #expect(Set(raised.map(\.holder)) == ["H3"])
    #expect(differences.filter { $0.name == "share" }.reduce(Money.zero) { $0 + $1.change } == .zero)
    #expect(first.differences(from: first).isEmpty)
    var balances: [LedgerAccount: Money] = [:]
    for posting in (first.entries + correction.entries).flatMap(\.postings) {
      balances[posting.account, default: .zero] += posting.amount
    }
    for line in second.lines { #expect(balances[.institution(line.holder)] == line.amounts["share"].map { -$0 }) }
  }

  @Test func `新增与撤销的机构列为差异`() throws {
    let first = try run(try cases())
    let rest = try run(try cases().filter { $0.institution != "H6" })
    let gone = rest.differences(from: first).filter { $0.holder == "H6" }
    #expect(gone.map(\.name) == ["payable", "share"])
    #expect(gone.allSatisfy { $0.after == nil && $0.change == $0.before.map { -$0 } })
  }
}
