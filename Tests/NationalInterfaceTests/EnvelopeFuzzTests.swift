import NationalInterface
import Testing

/// Whatever comes in, a well-formed envelope goes out.
struct EnvelopeFuzzTests {
  /// Messages to begin with: one of each family in the spellings of different clients, and one of every form.
  private static let seeds: [[UInt8]] = {
    let fee = OutpatientMessages.fee("9901001", "F1", item: "XA001", price: "23.5", count: "2", sum: "47")
    let admit = StayMessages.admit("P0000002", scheme: "310", from: "2026-02-01")
    let inputs: [(String, String)] = [
      ("9001", #"{"signIn":{"opter_no":"001","mac":"00-00","ip":"127.0.0.1"}}"#),
      ("1101", #"{"data":{"mdtrt_cert_type":"02","mdtrt_cert_no":"1","psn_cert_type":"01","certno":"1"}}"#),
      ("2201", OutpatientMessages.register()), ("2203", OutpatientMessages.visit("9901001")),
      ("2204", #"{"feedetail":[\#(fee)]}"#), ("2206", OutpatientMessages.settle("9901001", total: "47.00")),
      ("2207", OutpatientMessages.settle("9901001", total: "47.00")),
      ("2208", OutpatientMessages.reverse("9901001", "990100S1")), ("2401", admit),
      ("2402", StayMessages.discharge("9901002", "P0000002", scheme: "310", on: "2026-02-08")),
      ("2304", StayMessages.settle("9901002", "P0000002", scheme: "310", total: "1.00")),
      ("2601", #"{"data":{"psn_no":"P0000002","omsgid":"M1","oinfno":"2207"}}"#),
      ("2501", FilingTransactionTests.transfer), ("2505", FilingTransactionTests.designation("08")),
      ("2507", FilingTransactionTests.injury), ("3101", AnalysisTransactionTests.details),
      ("3103", AnalysisTransactionTests.feedback), ("4101", SettlementListTransactionTests.seed),
      ("4102", #"{"data":{"stastinfo":[{"psn_no":"P0000002","setl_id":"990100S1","stas_type":"1"}]}}"#),
      (
        "3202",
        #"{"data":{"setl_optins":"1","file_qury_no":"F1","stmt_begndate":"2026-03-01","stmt_enddate":"2026-03-02"}}"#
      ),
      ("5201", #"{"data":{"psn_no":"P0000002","begntime":"2026-03-01","endtime":"2026-03-31"}}"#),
      ("5206", #"{"data":{"psn_no":"P0000002","cum_ym":"202603"}}"#),
      ("5303", #"{"data":{"psn_no":"","begntime":"2026-03-01","endtime":"2026-03-31"}}"#),
      ("3201", #"{"data":{"insutype":"310","clr_type":"11","setl_optins":"1","stmt_begndate":"2026-03-01"}}"#),
    ]
    return (inputs + FormSamples.inputs).map {
      Array(InterfaceTrial.envelope($0.0, $0.1, msgid: "M\($0.0)\($0.1.utf8.count)").utf8)
    }
  }()

  /// Pieces that clients and accidents put where they do not belong.
  private static let pieces = [
    "null", "\"null\"", "\"\"", "{}", "[]", "[{}]", "-1", "0", "99999999999999.99", "9999999999.999999",
    "922337203685477580", "-922337203685477.58", "1e400", "1E-5", "0.0000001", "true", "\"0001-01-01 00:00:00\"",
    "\"2026-02-30\"", "\"9999-12-31 23:59:59\"", "\"1900-01-01\"", "\"2999-12-31\"", "\"\\u0000\"",
    "\"\\ud83d\\ude00\"",
    "\"\\\\\"", ",", ":", "}", "]", "\"input\":", "\u{FEFF}", "\"P0000002\"", "\"9901001\"", "\"2026-03-02 09:00:00\"",
  ].map { Array($0.utf8) }

  /// Replaces whole JSON values as often as single bytes, so that many mutants are still envelopes.
  private static func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
    switch Int.random(in: 0..<8, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    case 2: bytes.removeSubrange(place..<min(place + Int.random(in: 1...60, using: &random), bytes.count))
    case 3: bytes.insert(contentsOf: piece, at: place)
    default:
      guard let colon = bytes[place...].firstIndex(of: UInt8(ascii: ":")) else { return }
      let end = bytes[(colon + 1)...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? bytes.count
      bytes.replaceSubrange((colon + 1)..<end, with: piece)
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `十万个变异报文都得到完整的应答`(seed: UInt64) async throws {
    let trial = try await InterfaceTrial(persons: 6)
    var random = Seeded(state: seed &* 0x5DEE_CE66)
    var numbers: [UInt16: Int] = [:]
    for round in 0..<25_000 {
      var bytes = Self.seeds[round % Self.seeds.count]
      for _ in 0..<Int.random(in: 0...4, using: &random) { Self.mutate(&bytes, &random) }
      let reply = await trial.service.answer(bytes, pathInfno: round % 5 == 0 ? "2207" : nil)
      numbers[reply.outcome.number, default: 0] += 1
      let text = String(decoding: bytes, as: UTF8.self)
      do {
        let root = try JSONDocument(reply.bytes).root
        let isSound =
          root["infcode"]?.plainText == "\(reply.outcome.code)" && root["inf_refmsgid"]?.string?.utf8.count == 30
          && root["err_msg"]?.string?.isEmpty == (reply.outcome.code == 0)
          && (root["output"]?.kind == .object || root["output"]?.kind == .null)
        if !isSound { Issue.record("\(text) → \(String(decoding: reply.bytes, as: UTF8.self))") }
      } catch {
        Issue.record("\(text) → \(error)")
      }
    }
    // The mutants reach every stage: not JSON, no envelope, wrong form, the desk, and success.
    for number: UInt16 in [0, 201, 204, 301, 303, 308, 310, 311, 312] {
      #expect(numbers[number, default: 0] > 0, "\(number)")
    }
  }
}
