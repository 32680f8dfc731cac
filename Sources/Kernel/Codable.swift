// Stored forms: amounts, rates, prices and quantities as whole numbers, dates and months as the text people read.

extension Money: Codable {
  /// Reads fen.
  public init(from decoder: any Decoder) throws { self.init(fen: try Int64(from: decoder)) }

  /// Writes fen.
  public func encode(to encoder: any Encoder) throws { try fen.encode(to: encoder) }
}

extension Rate: Codable {
  /// Reads millionths.
  public init(from decoder: any Decoder) throws { self.init(millionths: try Int64(from: decoder)) }

  /// Writes millionths.
  public func encode(to encoder: any Encoder) throws { try millionths.encode(to: encoder) }
}

extension UnitPrice: Codable {
  /// Reads millionths of a yuan.
  public init(from decoder: any Decoder) throws { self.init(microyuan: try Int64(from: decoder)) }

  /// Writes millionths of a yuan.
  public func encode(to encoder: any Encoder) throws { try microyuan.encode(to: encoder) }
}

extension Quantity: Codable {
  /// Reads ten-thousandths.
  public init(from decoder: any Decoder) throws { self.init(tenThousandths: try Int64(from: decoder)) }

  /// Writes ten-thousandths.
  public func encode(to encoder: any Encoder) throws { try tenThousandths.encode(to: encoder) }
}

extension CalendarDate: Codable {
  /// Reads `2026-03-01`; throws for a day that does not exist.
  public init(from decoder: any Decoder) throws {
    let text = try String(from: decoder)
    guard let date = CalendarDate(text) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no such day: \(text)"))
    }
    self = date
  }

  /// Writes `2026-03-01`.
  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension YearMonth: Codable {
  /// Reads `2026-03`; throws for a month that does not exist.
  public init(from decoder: any Decoder) throws {
    let text = try String(from: decoder)
    guard let month = YearMonth(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no such month: \(text)"))
    }
    self = month
  }

  /// Writes `2026-03`.
  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

// Most amounts of a settlement are zero and most marks unset; what has its usual value is left out of the stored text.

extension KeyedEncodingContainer {
  /// Writes a value unless it is the usual one.
  package mutating func encode<Value: Encodable & Equatable>(_ value: Value, forKey key: Key, unless usual: Value)
    throws
  {
    if value != usual { try encode(value, forKey: key) }
  }
}

extension KeyedDecodingContainer {
  /// Reads a value, the usual one where nothing was written.
  package func decode<Value: Decodable>(forKey key: Key, usual: Value) throws -> Value {
    try decodeIfPresent(Value.self, forKey: key) ?? usual
  }
}
