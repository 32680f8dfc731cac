public import Kernel

/// The class of a charged item in the insurance catalogue (收费项目等级, `chrgitm_lv`).
public enum ChargeClass: String, Codable, Sendable, CaseIterable {
  /// Paid without a first self-pay share (甲类, `01`).
  case a = "A"
  /// Paid after a first self-pay share (乙类, `02`).
  case b = "B"
  /// Not paid by the fund (丙类, `03`).
  case c = "C"

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .a: LocalizedText("甲类", "class A")
    case .b: LocalizedText("乙类", "class B")
    case .c: LocalizedText("丙类", "class C")
    }
  }
}

/// What the catalogue in force says about one charged item at one place and date.
///
/// Prices are ceilings for the institution's level and already resolved; `nil` means the catalogue sets none.
public struct ItemTerms: Hashable, Codable, Sendable {
  /// The class of the item.
  public var chargeClass: ChargeClass
  /// The highest unit price that counts (限价, `pric_uplmt_amt`).
  public var priceCeiling: UnitPrice?
  /// The item's own first self-pay share (先行自付比例, `selfpay_prop`); without it a class B item takes the region's.
  public var firstSelfPay: Rate?
  /// Whether payment is limited to stated conditions (限制使用标志, `lmt_used_flag`).
  public var isLimitedUse: Bool
  /// Whether the item is traditional Chinese medicine (中药饮片、中医诊疗项目).
  public var isTraditionalChinese: Bool
  /// Whether the region pays for the item on its own line, outside deductible and bands (单行支付).
  public var isSeparatelyPaid: Bool

  /// Makes terms; everything beyond the class defaults to "nothing special".
  @inlinable
  public init(
    _ chargeClass: ChargeClass, priceCeiling: UnitPrice? = nil, firstSelfPay: Rate? = nil,
    isLimitedUse: Bool = false, isTraditionalChinese: Bool = false, isSeparatelyPaid: Bool = false
  ) {
    self.chargeClass = chargeClass
    self.priceCeiling = priceCeiling
    self.firstSelfPay = firstSelfPay
    self.isLimitedUse = isLimitedUse
    self.isTraditionalChinese = isTraditionalChinese
    self.isSeparatelyPaid = isSeparatelyPaid
  }
}

// MARK: - Stored form

extension ItemTerms {
  private enum CodingKeys: CodingKey {
    case chargeClass, priceCeiling, firstSelfPay, isLimitedUse, isTraditionalChinese, isSeparatelyPaid
  }

  /// Whether there is nothing to say but the class, which is then all that is stored.
  package var isClassAlone: Bool { self == ItemTerms(chargeClass) }

  /// Reads the stored form.
  public init(from decoder: any Decoder) throws {
    if let word = try? decoder.singleValueContainer().decode(ChargeClass.self) {
      self.init(word)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(ChargeClass.self, forKey: .chargeClass),
      priceCeiling: try container.decodeIfPresent(UnitPrice.self, forKey: .priceCeiling),
      firstSelfPay: try container.decodeIfPresent(Rate.self, forKey: .firstSelfPay),
      isLimitedUse: try container.decode(forKey: .isLimitedUse, usual: false),
      isTraditionalChinese: try container.decode(forKey: .isTraditionalChinese, usual: false),
      isSeparatelyPaid: try container.decode(forKey: .isSeparatelyPaid, usual: false))
  }

  /// Writes what is not as usual.
  public func encode(to encoder: any Encoder) throws {
    if isClassAlone { return try chargeClass.encode(to: encoder) }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(chargeClass, forKey: .chargeClass)
    try container.encodeIfPresent(priceCeiling, forKey: .priceCeiling)
    try container.encodeIfPresent(firstSelfPay, forKey: .firstSelfPay)
    try container.encode(isLimitedUse, forKey: .isLimitedUse, unless: false)
    try container.encode(isTraditionalChinese, forKey: .isTraditionalChinese, unless: false)
    try container.encode(isSeparatelyPaid, forKey: .isSeparatelyPaid, unless: false)
  }
}
