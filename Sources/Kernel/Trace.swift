/// One step of a calculation: what was done, to how much, with which policy value, and what came out.
///
/// A step is a plain value without text, so that a trace costs little to record; rooms render it with their own
/// message tables.
public struct TraceStep<Code: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
  /// What was done, in the room's own closed vocabulary.
  public let code: Code
  /// What it was done to, counted from 0 (a fee line, a band, an account); -1 for the whole claim.
  public let subject: Int32
  /// The amount that went in.
  public let base: Money
  /// The rate applied, when there is one.
  public let rate: Rate?
  /// The line, ceiling or balance compared with, when there is one.
  public let limit: Money?
  /// The amount that came out.
  public let result: Money
  /// The policy value used, as an index into the policy's list of sources; `nil` when none was.
  public let source: ValueReference?

  /// Makes a step.
  @inlinable
  public init(
    _ code: Code, subject: Int32 = -1, base: Money = .zero, rate: Rate? = nil, limit: Money? = nil,
    result: Money = .zero, source: ValueReference? = nil
  ) {
    self.code = code
    self.subject = subject
    self.base = base
    self.rate = rate
    self.limit = limit
    self.result = result
    self.source = source
  }
}

/// An index into a compiled policy's list of sources, which holds the value's identifier, effective date and citation.
public struct ValueReference: Hashable, Codable, Sendable {
  /// The position in the list.
  public let index: UInt16

  /// Makes a reference.
  @inlinable
  public init(index: UInt16) { self.index = index }
}

// MARK: - Stored form

extension TraceStep {
  private enum CodingKeys: CodingKey { case code, subject, base, rate, limit, result, source }

  /// Reads the stored form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    code = try container.decode(Code.self, forKey: .code)
    subject = try container.decode(forKey: .subject, usual: -1)
    base = try container.decode(forKey: .base, usual: .zero)
    rate = try container.decodeIfPresent(Rate.self, forKey: .rate)
    limit = try container.decodeIfPresent(Money.self, forKey: .limit)
    result = try container.decode(forKey: .result, usual: .zero)
    source = try container.decodeIfPresent(ValueReference.self, forKey: .source)
  }

  /// Writes what is not as usual.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(subject, forKey: .subject, unless: -1)
    try container.encode(base, forKey: .base, unless: .zero)
    try container.encodeIfPresent(rate, forKey: .rate)
    try container.encodeIfPresent(limit, forKey: .limit)
    try container.encode(result, forKey: .result, unless: .zero)
    try container.encodeIfPresent(source, forKey: .source)
  }
}

extension ValueReference {
  /// Reads the index.
  public init(from decoder: any Decoder) throws { self.init(index: try UInt16(from: decoder)) }

  /// Writes the index.
  public func encode(to encoder: any Encoder) throws { try index.encode(to: encoder) }
}
