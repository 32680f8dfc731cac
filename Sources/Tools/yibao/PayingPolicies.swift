import ArgumentParser
import Foundation
import Kernel
import Payment
import People
import Policy
import PolicyFiles
import Settlement
import TabularFiles
import Workflows

/// Everything of a policy folder that paying needs: contracts, clearing, communities, and the documents they cite.
struct PayingPolicies {
  let book: PolicyBook
  let contracts: ContractFiles.Loaded
  let clearing: ClearingFolder

  /// Reads a folder; what is wrong goes to standard error and ends the command with code 2.
  init(_ path: String, _ language: Language) throws {
    let loaded = PolicyFolder(path: path).load(vocabulary: SettlementVocabulary.definitions)
    guard let book = loaded.book else {
      Terminal.report(loaded.diagnostics, language)
      throw ExitCode(2)
    }
    self.book = book
    contracts = Self.contracts(loaded.folders, book)
    clearing = ClearingFolder.load(beside: loaded)
    let errors = (contracts.diagnostics + clearing.diagnostics).filter { $0.severity == .error }
    guard errors.isEmpty else {
      Terminal.report(errors, language)
      throw ExitCode(2)
    }
  }

  /// Reads contracts with the tables that they name.
  static func contracts(_ folders: [String: String], _ book: PolicyBook) -> ContractFiles.Loaded {
    ContractFiles(folders: folders, book: book).load { request in
      let reading = GroupTableFile.read(
        CSVReader(path: request.path), edition: request.edition, place: request.place)
      return (reading.value, reading.diagnostics)
    }
  }

  /// Reads one contract that does not lie in the policy folder, with its tables beside it.
  static func contract(file: String, region: String, _ book: PolicyBook) -> (PaymentContract?, [Diagnostic]) {
    guard let data = FileManager.default.contents(atPath: file), let text = String(validating: data, as: UTF8.self)
    else {
      return (nil, [Diagnostic(.error, LocalizedText("无法读取文件", "the file cannot be read"), file: file)])
    }
    let read = ContractFiles.read(
      text: text, file: file, documents: Set(book.documents.keys),
      interpretations: Set(book.regions[region]?.interpretations.keys.map { $0 } ?? []), region: region
    ) { request in
      let reading = GroupTableFile.read(
        CSVReader(path: request.path), edition: request.edition, place: request.place)
      return (reading.value, reading.diagnostics)
    }
    return (read.contract, read.diagnostics)
  }

  /// Everything found wrong with contracts, their tables, and the other files below `payment/`.
  static func diagnostics(
    _ folders: [String: String], _ book: PolicyBook, beside policies: PolicyFolder.Loaded
  ) -> [Diagnostic] {
    contracts(folders, book).diagnostics + ClearingFolder.load(beside: policies).diagnostics
  }

  /// The case contracts of a region and year, by scheme, each with its files.
  func contracts(region: String, year: Int) -> [InsuranceScheme: (contract: PaymentContract, files: [String])] {
    var found: [InsuranceScheme: (PaymentContract, [String])] = [:]
    for (contract, files) in zip(contracts.contracts, contracts.files)
    where contract.region == region && contract.year == year {
      for scheme in contract.schemes where found[scheme] == nil { found[scheme] = (contract, files) }
    }
    return found
  }

  /// Everything that a region has agreed on, one for each contract; nothing without a clearing.
  func terms(region: String) throws -> [PayingTerms] {
    guard let clearing = clearing.contracts[region], let file = self.clearing.files[region]?["clearing"] else {
      return []
    }
    return try zip(contracts.contracts, contracts.files).filter { $0.0.region == region }.map { contract, files in
      PayingTerms(
        cases: contract, clearing: clearing, identity: try SHA256ContentDigest().text(ofFiles: files + [file]))
    }
  }

  /// The terms of a region, year and scheme; without any the command ends with code 1.
  func terms(region: String, year: Int, scheme: InsuranceScheme, _ language: Language) throws -> PayingTerms {
    guard let known = contracts(region: region, year: year)[scheme], let clearing = clearing.contracts[region],
      let file = self.clearing.files[region]?["clearing"]
    else {
      Terminal.error(
        Terminal.say(
          language,
          "统筹区 \(region) 没有 \(year) 年\(scheme.title.chinese)的付费合同或清算办法（payment/contracts/*.yaml、payment/clearing.yaml）",
          "region \(region) has no contract or clearing for \(year), \(scheme.rawValue) (payment/contracts/*.yaml, "
            + "payment/clearing.yaml)"))
      throw ExitCode(1)
    }
    return PayingTerms(
      cases: known.contract, clearing: clearing,
      identity: try SHA256ContentDigest().text(ofFiles: known.files + [file]))
  }
}
