import ArgumentParser

/// Puts a store to the test from a process of its own: what survives a kill, and how fast it is.
@main
struct Trial: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "StoreTrial", abstract: "Puts a payer's store to the test.",
    subcommands: subcommands)

  private static var subcommands: [any ParsableCommand.Type] {
    #if PostgreSQL
      [WriteTrial.self, MeasureTrial.self, FillTrial.self, PayingTrial.self, MonitoringTrial.self, LoadTrial.self]
    #else
      [WriteTrial.self, MeasureTrial.self, FillTrial.self, PayingTrial.self, MonitoringTrial.self]
    #endif
  }
}
