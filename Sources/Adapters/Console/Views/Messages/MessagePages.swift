import Kernel
import Workflows

/// What the pages about messages share: words for transactions and outcomes, cells.
struct MessagePages {
  let inquiry: Inquiry
  let sources: ConsoleSources

  /// A transaction with its title.
  func transaction(_ number: String) -> LocalizedText {
    guard let title = sources.examples?.title(of: number) else { return LocalizedText(number, number) }
    return LocalizedText("\(number) \(title.chinese)", "\(number) \(title.english)")
  }

  /// What an outcome means and what to do.
  func meaning(_ outcome: Int) -> LocalizedText {
    OutcomeWords.text(outcome) ?? sources.examples?.refusal(outcome)
      ?? LocalizedText("编号 \(outcome)，见接口说明", "number \(outcome); see the interface's reference")
  }

  /// An outcome as a cell: its number with what it means.
  func outcome(_ outcome: Int, link: String? = nil) -> Cell {
    let text = meaning(outcome)
    let shown = outcome == 0 ? text : LocalizedText("\(outcome) \(text.chinese)", "\(outcome) \(text.english)")
    return Cell(.words(shown), link: link, tone: outcome == 0 ? nil : .warning)
  }

  /// Milliseconds with three decimals.
  static func milliseconds(_ microseconds: Int64) -> Value { .decimal(Int(microseconds), places: 3) }

  /// A link to the messages that match.
  static func path(_ query: [String: String?]) -> String { Address.path("messages", query) }

  /// The transactions that may be chosen.
  func transactionField(value: String) -> Form.Field {
    guard let offered = sources.examples?.offered else {
      return Form.Field("infno", "交易编号", "Transaction", value: value)
    }
    var options = offered.map { (value: $0.number, title: transaction($0.number)) }
    if !value.isEmpty && !options.contains(where: { $0.value == value }) {
      options.append((value: value, title: transaction(value)))
    }
    return Form.Field(
      "infno", "交易", "Transaction", .choice([("", LocalizedText("全部", "all"))] + options), value: value)
  }
}
