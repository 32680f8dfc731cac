public import Kernel
import Settlement

/// What the numbers of outcomes mean, as the log of messages holds them.
public enum OutcomeWords {
  /// What an outcome of settling, of the desk or of the store means and what to do; `nil` for those of the interface
  /// itself and for numbers that nobody gave.
  public static func text(_ outcome: Int) -> LocalizedText? {
    guard let number = UInt16(exactly: outcome) else { return nil }
    if number == 0 { return LocalizedText("成功", "carried out") }
    if number == 500 {
      return LocalizedText("系统暂时不可用，未记账；可稍后重发", "the store could not do it; nothing was stored, send it again")
    }
    return DeskOutcome(rawValue: number)?.message ?? SettlementOutcome(rawValue: number)?.message
  }
}
