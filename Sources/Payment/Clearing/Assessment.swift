public import Kernel
public import Policy

/// A yearly assessment: dimensions, their indicators, and how many points each can earn (年度考核方案).
///
/// Shapes differ by place: Wuxi has 7 dimensions, Hubei 7 classes with 31 indicators. What a document names without
/// a number stands as `nil` and must be agreed before anybody is assessed.
public struct AssessmentScheme: Hashable, Sendable {
  /// One indicator.
  public struct Indicator: Hashable, Sendable {
    /// Its code, unique in the scheme.
    public var code: String
    /// Its name as printed.
    public var name: String
    /// What it earns at best; `nil` where the document leaves it open.
    public var full: Points?

    /// Makes an indicator.
    public init(code: String, name: String, full: Points?) {
      self.code = code
      self.name = name
      self.full = full
    }
  }

  /// A group of indicators.
  public struct Dimension: Hashable, Sendable {
    /// Its code.
    public var code: String
    /// Its name as printed.
    public var name: String
    /// Its indicators.
    public var indicators: [Indicator]

    /// Makes a dimension.
    public init(code: String, name: String, indicators: [Indicator]) {
      self.code = code
      self.name = name
      self.indicators = indicators
    }
  }

  /// What a score gives.
  public enum Effect: Hashable, Sendable {
    /// In proportion to the full score.
    case proportional
    /// The rate of the highest step that the score reaches, steps descending; below the last, nothing.
    case steps([ScoreStep])
  }

  /// A score and the rate from there on.
  public struct ScoreStep: Hashable, Sendable {
    /// The least score, as a share of the full score.
    public var atLeast: Rate
    /// What it gives.
    public var rate: Rate

    /// Makes a step.
    public init(atLeast: Rate, rate: Rate) {
      self.atLeast = atLeast
      self.rate = rate
    }
  }

  /// The dimensions.
  public var dimensions: [Dimension]
  /// What a score gives; `nil` where the document leaves it open.
  public var effect: Effect?
  /// Where the scheme comes from.
  public var citation: Citation

  /// Makes a scheme.
  public init(dimensions: [Dimension], effect: Effect?, citation: Citation) {
    self.dimensions = dimensions
    self.effect = effect
    self.citation = citation
  }

  /// All indicators in order.
  public var indicators: [Indicator] { dimensions.flatMap(\.indicators) }
}

/// What an institution earned in an assessment (考核得分).
public struct AssessmentResult: Hashable, Sendable {
  /// The points earned.
  public let score: Points
  /// The points that could be earned.
  public let full: Points
  /// What the score gives, held between nothing and the whole; rounded down to a millionth.
  public let rate: Rate
  /// What each dimension earned, in the scheme's order.
  public let byDimension: [Points]
  /// Where the scheme comes from.
  public let citation: Citation

  /// Assesses an institution.
  ///
  /// - Parameters:
  ///   - scores: points by indicator code; every indicator of the scheme, nothing else.
  ///   - scheme: the scheme.
  /// - Returns: the result, or why there is none: an open weight or effect, a missing, unknown or impossible score.
  public static func assess(
    _ scores: [String: Points], under scheme: AssessmentScheme
  ) -> Result<AssessmentResult, ClearingRefusal> {
    guard let effect = scheme.effect else { return .failure(.init(.localRuleOpen)) }
    var (sum, full) = (Points.zero, Points.zero)
    var parts: [Points] = []
    for dimension in scheme.dimensions {
      var part = Points.zero
      for indicator in dimension.indicators {
        guard let most = indicator.full else { return .failure(.init(.weightOpen, indicator.code)) }
        guard let score = scores[indicator.code] else { return .failure(.init(.scoreMissing, indicator.code)) }
        guard score >= .zero, score <= most else { return .failure(.init(.scoreOutOfRange, indicator.code)) }
        part += score
        full += most
      }
      parts.append(part)
      sum += part
    }
    let known = Set(scheme.indicators.map(\.code))
    if let stranger = scores.keys.sorted().first(where: { !known.contains($0) }) {
      return .failure(.init(.scoreOutOfRange, stranger))
    }
    guard full > .zero else { return .failure(.init(.weightOpen)) }
    return .success(
      AssessmentResult(
        score: sum, full: full, rate: rate(sum, full, effect), byDimension: parts, citation: scheme.citation))
  }

  private static func rate(_ score: Points, _ full: Points, _ effect: AssessmentScheme.Effect) -> Rate {
    let (earned, most) = (Int128(score.millionths), Int128(full.millionths))
    switch effect {
    case .proportional: return Rate(millionths: Rounding.down.divide(earned * 1_000_000, by: most))
    case .steps(let steps):
      let reached = steps.filter { earned * 1_000_000 >= Int128($0.atLeast.millionths) * most }
      return reached.max { $0.atLeast < $1.atLeast }?.rate.bounded ?? .zero
    }
  }
}
