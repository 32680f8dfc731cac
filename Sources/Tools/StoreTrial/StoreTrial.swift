import ArgumentParser

/// Puts a store to the test from a process of its own: what survives a kill, and how fast it is.
@main
struct Trial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "StoreTrial", abstract: "Puts a payer's store to the test.",
    subcommands: subcommands)

  private static let trials: [any ParsableCommand.Type] = [
    WriteTrial.self, MeasureTrial.self, FillTrial.self, PayingTrial.self, PublishTrial.self, MonitoringTrial.self,
  ]

  private static var subcommands: [any ParsableCommand.Type] {
    #if PostgreSQL
      trials + [LoadTrial.self]
    #else
      trials
    #endif
  }
}
