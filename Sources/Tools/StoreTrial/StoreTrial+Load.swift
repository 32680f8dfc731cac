#if PostgreSQL
  import ArgumentParser
  import Foundation
  import Kernel
  import People
  import StorePostgres
  import Workflows

  /// `StoreTrial load`: persons a second by `COPY`, and one by one.
  struct LoadTrial: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "load")

    @Option(help: "postgres:URL (its schema `trial`)") var store: String
    @Option var policies: String
    @Option(help: "persons to load by COPY") var count = 200_000
    @Option(help: "persons to put one by one, one caller") var singly = 2_000

    func run() async throws {
      let desk = try TrialDesk(policies: policies)
      guard let store = try TrialStore(store).payer as? PostgresPayerStore else {
        throw TrialDesk.Unready(description: "load is for PostgreSQL")
      }
      defer { store.close() }
      let person = try desk.person("P")
      let clock = ContinuousClock()
      for title in ["new", "there already"] {
        let time = try await clock.measure { _ = try await store.load(persons: Self.copies(of: person, count)) }
        print("load of \(count), \(title): \(Int(Double(count) / (time / .seconds(1))))/s")
      }
      let time = try await clock.measure {
        for number in 0..<singly {
          var copy = person
          copy.person.number = "Q\(number)"
          copy.certificateNumber = "C-Q\(number)"
          let record = copy
          try await store.write { store throws(StoreError) in
            try store.put(record, balance: AccountBalance(own: Money(fen: 1)))
          }
        }
      }
      print("put one by one: \(Int(Double(singly) / (time / .seconds(1))))/s")
    }

    /// Persons that differ in number and certificate, made as they are asked for.
    private static func copies(
      of person: PersonRecord, _ count: Int
    ) -> some Sequence<(person: PersonRecord, balance: AccountBalance?)> & Sendable {
      (0..<count).lazy.map { number in
        var copy = person
        copy.person.number = "P\(number)"
        copy.certificateNumber = "C-P\(number)"
        return (copy, AccountBalance(own: Money(fen: Int64(number))))
      }
    }
  }
#endif
