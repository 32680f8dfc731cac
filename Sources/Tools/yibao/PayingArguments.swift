public import ArgumentParser
public import Kernel
public import Payment
public import People

extension YearMonth: ExpressibleByArgument {
  /// Reads `2026-03`.
  public init?(argument: String) { self.init(argument) }
}

extension PaymentPeriod: ExpressibleByArgument {
  /// Reads `2026` or `2026-03`.
  public init?(argument: String) { self.init(argument) }
}

extension InsuranceScheme: ExpressibleByArgument {}
