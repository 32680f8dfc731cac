import Foundation
import Kernel
import Payment
import People
import Policy
import PolicyFiles
import Settlement
import TabularFiles
import Testing

/// The sample contracts as policy data: read, cited, used; and what is refused.
struct SampleContractTests {
  private static let policies: String = {
    var folder = URL(fileURLWithPath: #filePath)
    repeat {
      folder.deleteLastPathComponent()
    } while folder.path != "/"
      && !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path)
    return folder.appendingPathComponent("Policies").path
  }()

  private static let documents: Set<String> = ["sample-2025-141"]

  private static func table(_ request: ContractFiles.TableRequest) -> (GroupTable?, [Diagnostic]) {
    let reading = GroupTableFile.read(CSVReader(path: request.path), edition: request.edition, place: request.place)
    return (reading.value, reading.diagnostics)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(Self.policies)/sample/payment/contracts/\(name).yaml", encoding: .utf8)
  }

  private func read(_ name: String, _ change: (String) -> String = { $0 }) throws -> (PaymentContract?, [Diagnostic]) {
    let read = ContractFiles.read(
      text: change(try text(name)), file: "\(Self.policies)/sample/payment/contracts/\(name).yaml",
      documents: Self.documents,
      interpretations: [], region: "990100", table: Self.table)
    return (read.contract, read.diagnostics)
  }

  private func contract(_ name: String) throws -> PaymentContract {
    let (contract, diagnostics) = try read(name)
    #expect(diagnostics.map { $0.text(.english) } == [])
    return try #require(contract)
  }

  @Test func `示例合同可读入且每项条款有出处`() throws {
    let points = try contract("drg-points")
    #expect(points.schemes == [.employee])
    #expect(points.routes.map(\.name) == ["bed_day", "day_surgery", "outside_groups"])
    #expect(points.sources.count == 21)
    #expect(points.sources.allSatisfy { $0.line > 0 })
    let dip = try contract("dip")
    #expect(dip.otherwise.terms != points.otherwise.terms)
    #expect(dip.year == 2026)
  }

  @Test func `政策目录中的合同随政策一起读入`() throws {
    let folder = PolicyFolder(path: Self.policies).load(vocabulary: SettlementVocabulary.definitions)
    let book = try #require(folder.book)
    let loaded = ContractFiles(folders: folder.folders, book: book).load(table: Self.table)
    #expect(loaded.diagnostics.map { $0.text(.english) } == [])
    #expect(loaded.isSound)
    #expect(loaded.contracts.map(\.identifier) == ["sample-dip-2026", "sample-drg-points-2026"])
    for contract in loaded.contracts {
      for source in contract.sources {
        guard case .document(let name, clause: _) = source.citation else { continue }
        #expect(book.documents[name]?.trust == .sample)
      }
    }
  }

  @Test func `DRG点数示例合同逐步支付`() throws {
    let contract = try contract("drg-points")
    let paid = try PaymentTrial.paid("SC29", cost: "9000.00")
    let payment = CaseEngine.pay(paid, under: contract)
    // 0.96 × 100 × 1.04; at 103.5 yuan.
    #expect(payment.points == Points("99.84"))
    #expect(payment.payable == Money(yuan: "10333.44"))
    let words = payment.explanation(under: contract)
    #expect(words.map(\.word).contains("high_bound"))
    #expect(words.first { $0.word == "high_bound" }?.source?.term == "otherwise.deviation.high")
    // Base group: as level one, whatever the hospital; Chinese medicine: 3 % more.
    let base = CaseEngine.pay(try PaymentTrial.paid("SD25", cost: "5000.00"), under: contract)
    #expect(base.points == Points("42.64"))
    let medicine = CaseEngine.pay(try PaymentTrial.paid("SE15", cost: "7000.00", level: .secondary), under: contract)
    #expect(medicine.points == Points("68.495"))
    // An institution's own coefficient goes before its level's.
    var own = paid
    own.institution = "H990100009"
    #expect(CaseEngine.pay(own, under: contract).points == Points("86.4"))
    // Routes and cases without a group.
    let bed = CaseEngine.pay(try PaymentTrial.paid("", cost: "1.00", days: 31, marks: [.bedDay]), under: contract)
    #expect(bed.payable == Money(yuan: "12930.00"))
    let day = CaseEngine.pay(try PaymentTrial.paid("SC29", cost: "1.00", marks: [.daySurgery]), under: contract)
    #expect(day.payable == Money(yuan: "8800.00"))
    #expect(CaseEngine.pay(try PaymentTrial.paid("SC29", cost: "1.00", days: 61), under: contract).outcome == .perItem)
    #expect(CaseEngine.pay(try PaymentTrial.paid("SQY", cost: "7.00"), under: contract).outcome == .ambiguous)
    #expect(
      CaseEngine.pay(try PaymentTrial.paid("0000", cost: "10.00"), under: contract).payable == Money(yuan: "8.00"))
    #expect(CaseEngine.pay(try PaymentTrial.paid("SH19", cost: "7.00"), under: contract).outcome == .unstable)
  }

  @Test func `DIP示例合同辅助目录与偏差`() throws {
    let contract = try contract("dip")
    func pay(_ group: String, _ cost: String, types: Set<String> = []) throws -> CasePayment {
      CaseEngine.pay(
        try PaymentTrial.paid(group, cost: cost, scheme: .resident), under: contract,
        determination: CaseDetermination(auxiliaryTypes: types))
    }
    #expect(try pay("S10.1:90.0001", "15000.00").points == Points("1568.8"))
    #expect(try pay("S20.0:-", "5000.00").points == Points("520"))
    #expect(try pay("S10.1:90.0001", "15000.00", types: ["severe", "moderate"]).points == Points("1961"))
    #expect(try pay("S40.9:92.0001", "30000.00", types: ["severe"]).points == Points("3608.24"))
    #expect(try pay("KBBZ", "8000.00").points == Points("528.3019"))
    #expect(try pay("S20.0:-", "30000.00").outcome == .extremeOutlier)
    #expect(try pay("S20.0:-", "30000.00").payable == nil)
  }

  @Test(arguments: [
    ("drg-points", "    inclusive: no\n      falls", "    inclusiv: no\n      falls", "inclusiv"),
    ("drg-points", "method: drg_points", "method: drg_point", "drg_point"),
    ("drg-points", "clause: 第十二条", "claus: 第十二条", "claus"),
    (
      "drg-points", "document: sample-2025-141, clause: 第七条", "document: sample-2025-149, clause: 第七条",
      "sample-2025-149"
    ),
    ("drg-points", "    source: {document: sample-2025-141, clause: 第七条}\n", "", "source"),
    ("drg-points", "bound: \"0.4\"", "bound: \"0,4\"", "0,4"),
    ("drg-points", "groups: \"587\"", "groups: \"8\"", "check the edition"),
    ("drg-points", "file: drg-weights.csv", "file: none.csv", "none.csv"),
    ("drg-points", "{below: \"3\", multiple: \"2.2\"}", "{below: \"0.5\", multiple: \"2.2\"}", "ascend"),
    ("drg-points", "        - {multiple: \"1.8\"}\n", "", "edge"),
    ("drg-points", "tertiary: \"1.04\"", "tertiry: \"1.04\"", "tertiry"),
    ("drg-points", "region: \"990100\"", "region: \"990101\"", "990101"),
    ("drg-points", "as_level: primary", "as_level: primary\n    raised: \"1\"", "exactly one"),
    ("drg-points", "- {above: \"30\"", "- {above: \"0\"", "ascend"),
    ("dip", "table: dip-scores", "table: dip-score", "dip-score"),
    ("dip", "  rounding:\n    amount: half_up\n    points", "  roundin:\n    amount: half_up\n    points", "roundin"),
  ])
  func `写错的合同被拒绝并指出行`(name: String, old: String, new: String, about: String) throws {
    #expect(try text(name).contains(old))
    let (contract, diagnostics) = try read(name) { $0.replacingOccurrences(of: old, with: new) }
    #expect(contract == nil)
    let errors = diagnostics.filter { $0.severity == .error }
    #expect(errors.contains { $0.text(.english).contains(about) }, "\(errors.map { $0.text(.english) })")
    #expect(errors.allSatisfy { $0.file.hasSuffix(".yaml") ? $0.line != nil : true })
  }

  @Test(arguments: [
    ("DRG编码,RW\nA1,1.5\nA1,1.6\n", "repeats line 2"), ("DRG编码,RW\n,1.5\n", "empty"),
    ("DRG编码,RW\nA1,1.1234567\n", "six decimals"), ("DRG编码,RW\nA1,-1\n", "six decimals"),
    ("DRG编码,名称\nA1,甲\n", "worth"), ("名称,RW\n甲,1\n", "required column"),
    ("DRG编码,RW,基础病组\nA1,1,对\n", "是 or 否"), ("DRG编码,RW\n", "no group"),
  ])
  func `写错的权重表被拒绝`(content: String, about: String) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("weights-\(UUID()).csv").path
    try content.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let reading = GroupTableFile.read(CSVReader(path: path), edition: "trial")
    #expect(reading.value == nil)
    #expect(reading.diagnostics.contains { $0.text(.english).contains(about) })
  }
}
