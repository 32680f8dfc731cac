public import Catalog
public import Kernel
public import People

/// An item of the insurance catalogue as it stands from one day to another (医保目录, interface 1312, 1318, 1319).
public struct ListedItem: Hashable, Codable, Sendable {
  /// The national code (医疗目录编码, `med_list_codg`).
  public var code: String
  /// The name.
  public var name: String
  /// The kind of list (目录类别, `list_type`): 101 drugs, 201 services, 301 consumables and so on.
  public var listType: String
  /// The fee category on a bill (医疗收费项目类别, `med_chrgitm_type`).
  public var feeCategory: String
  /// When this version holds.
  public var period: DateRange
  /// The class.
  public var chargeClass: ChargeClass
  /// Price ceilings by level; a level not listed has none.
  public var ceilings: [InstitutionLevel: UnitPrice]
  /// First self-pay shares by scheme; a scheme not listed takes the region's default.
  public var firstSelfPay: [InsuranceScheme: Rate]
  /// Whether payment is limited to stated conditions (限制使用标志, `lmt_used_flag`).
  public var isLimitedUse: Bool
  /// Whether it is Chinese medicine.
  public var isTraditionalChinese: Bool
  /// Whether the region pays for it on its own line.
  public var isSeparatelyPaid: Bool

  /// Makes an item; everything beyond the class defaults to "nothing special".
  public init(
    code: String, name: String, listType: String, feeCategory: String, period: DateRange, chargeClass: ChargeClass,
    ceilings: [InstitutionLevel: UnitPrice] = [:], firstSelfPay: [InsuranceScheme: Rate] = [:],
    isLimitedUse: Bool = false, isTraditionalChinese: Bool = false, isSeparatelyPaid: Bool = false
  ) {
    self.code = code
    self.name = name
    self.listType = listType
    self.feeCategory = feeCategory
    self.period = period
    self.chargeClass = chargeClass
    self.ceilings = ceilings
    self.firstSelfPay = firstSelfPay
    self.isLimitedUse = isLimitedUse
    self.isTraditionalChinese = isTraditionalChinese
    self.isSeparatelyPaid = isSeparatelyPaid
  }

  /// What the catalogue says about the item at a level of institution for a scheme.
  public func terms(at level: InstitutionLevel, for scheme: InsuranceScheme) -> ItemTerms {
    ItemTerms(
      chargeClass, priceCeiling: ceilings[level], firstSelfPay: firstSelfPay[scheme], isLimitedUse: isLimitedUse,
      isTraditionalChinese: isTraditionalChinese, isSeparatelyPaid: isSeparatelyPaid)
  }
}

// MARK: - Stored form

extension ListedItem {
  /// Writes every member; ceilings and shares in one order, so that an item is stored alike everywhere.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(name, forKey: .name)
    try container.encode(listType, forKey: .listType)
    try container.encode(feeCategory, forKey: .feeCategory)
    try container.encode(period, forKey: .period)
    try container.encode(chargeClass, forKey: .chargeClass)
    try Self.write(ceilings.sorted { $0.key < $1.key }, to: container.nestedUnkeyedContainer(forKey: .ceilings))
    try Self.write(
      firstSelfPay.sorted { $0.key.rawValue < $1.key.rawValue },
      to: container.nestedUnkeyedContainer(forKey: .firstSelfPay))
    try container.encode(isLimitedUse, forKey: .isLimitedUse)
    try container.encode(isTraditionalChinese, forKey: .isTraditionalChinese)
    try container.encode(isSeparatelyPaid, forKey: .isSeparatelyPaid)
  }

  /// Keys and values in turn, as dictionaries without text keys are read.
  private static func write<Key: Encodable, Value: Encodable>(
    _ pairs: [(key: Key, value: Value)], to list: any UnkeyedEncodingContainer
  ) throws {
    var list = list
    for (key, value) in pairs {
      try list.encode(key)
      try list.encode(value)
    }
  }
}
