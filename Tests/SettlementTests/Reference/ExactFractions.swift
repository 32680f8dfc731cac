import Kernel

/// Exact numbers of the reference: fen times millionths, wide enough never to overflow.
typealias Exact = Int128

/// One whole in millionths.
let wholeRate: Exact = 1_000_000

/// Divides and rounds to the nearest whole number, a half away from zero (spec: `round`).
func roundedQuotient(_ dividend: Exact, by divisor: Exact) -> Exact {
  let twice = 2 * (dividend < 0 ? -dividend : dividend)
  let size = (twice + divisor) / (2 * divisor)
  return dividend < 0 ? -size : size
}

/// `round(amount × rate)`, the rate in millionths.
func roundedShare(_ fen: Int64, _ rate: Int64) -> Int64 {
  Int64(roundedQuotient(Exact(fen) * Exact(rate), by: wholeRate))
}

/// `round(price × quantity)` in fen: millionths of a yuan times ten-thousandths of a unit.
func roundedTotal(_ price: UnitPrice, _ quantity: Quantity) -> Exact {
  roundedQuotient(Exact(price.microyuan) * Exact(quantity.tenThousandths), by: 100_000_000)
}

/// One band of a scale: a rate in millionths from a threshold up to the next one, or without end.
struct ReferenceBand: Hashable {
  var from: Int64
  var upTo: Int64?
  var rate: Int64

  /// How much of the stretch from `start` to `end` lies in the band.
  func overlap(_ start: Int64, _ end: Int64) -> Int64 {
    let last = min(end, upTo ?? end)
    return max(last - max(start, from), 0)
  }
}

/// What bands give for the stretch from `start` to `end`, exactly.
func exactPay(_ bands: [ReferenceBand], _ start: Int64, _ end: Int64) -> Exact {
  var sum: Exact = 0
  for band in bands { sum += Exact(band.overlap(start, end)) * Exact(band.rate) }
  return sum
}
