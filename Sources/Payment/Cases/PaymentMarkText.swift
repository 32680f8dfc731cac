extension PaymentMark {
  /// Marks as stores and files write them: their words in order, joined by `|`; empty for none.
  package static func text(_ marks: Set<PaymentMark>) -> String {
    marks.isEmpty ? "" : marks.map(\.rawValue).sorted().joined(separator: "|")
  }

  /// Reads what ``text(_:)`` writes; `nil` when a word is unknown or stands twice.
  package static func read(_ text: some StringProtocol) -> Set<PaymentMark>? {
    if text.isEmpty { return [] }
    var marks: Set<PaymentMark> = []
    for word in text.split(separator: "|", omittingEmptySubsequences: false) {
      guard let mark = PaymentMark(rawValue: String(word)), marks.insert(mark).inserted else { return nil }
    }
    return marks
  }
}
