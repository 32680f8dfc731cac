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
