import Kernel

/// The axis of a chart: round steps from nothing, or from below nothing, to above the greatest value.
struct ChartScale {
  let ticks: [Int64]
  private let places: Int

  init(_ values: [Int64], places: Int) {
    self.places = places
    let (low, high) = (min(0, values.min() ?? 0), max(0, values.max() ?? 0))
    let step = Self.step(for: max(1, high - low))
    // Downwards and upwards to the next step.
    let first = low >= 0 ? 0 : -((-low + step - 1) / step) * step
    let last = max(first + step, (high + step - 1) / step * step)
    ticks = Array(stride(from: first, through: last, by: Int(step)))
  }

  /// The smallest of 1, 2, 5, 10, 20 … that needs no more than five steps.
  private static func step(for span: Int64) -> Int64 {
    var power: Int64 = 1
    while true {
      for factor in [1, 2, 5] as [Int64] where power * factor * 5 >= span { return power * factor }
      power *= 10
    }
  }

  /// A value's place between 0 and a length.
  func place(_ value: Int64, on length: Int) -> Int {
    guard let first = ticks.first, let last = ticks.last else { return 0 }
    return Int((value - first) * Int64(length) / (last - first))
  }

  /// A tick in words: 120 万 rather than 1,200,000.00.
  func text(_ value: Int64, _ language: Language) -> String {
    var unit: Int64 = 1
    for _ in 0..<places { unit *= 10 }
    let step = ticks.count > 1 ? ticks[1] - ticks[0] : unit
    let large: [(Int64, String)] =
      switch language {
      case .chinese: [(100_000_000, " 亿"), (10_000, " 万")]
      case .english: [(1_000_000, " m"), (1_000, " k")]
      }
    for (size, word) in large where step.isMultiple(of: size * unit) && value.isMultiple(of: size * unit) {
      return value == 0 ? "0" : Value.grouped("\(value / (size * unit))") + word
    }
    guard value.isMultiple(of: unit) else { return Value.grouped(FixedPoint.print(value, decimals: places)) }
    return Value.grouped("\(value / unit)")
  }
}
