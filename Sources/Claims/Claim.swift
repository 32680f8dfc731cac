public import Catalog
public import Kernel
public import People

/// One visit or stay as it comes to settlement: who treated, when, and every fee line.
public struct Claim: Hashable, Codable, Sendable {
  /// The caller-made identifier of the settlement, unique for ever.
  public var id: String
  /// The kind of care, which selects the benefit plan (医疗类别, `med_type`).
  public var care: CareCategory
  /// Where.
  public var institution: Institution
  /// The first day: admission, or the day of the visit (`begntime`).
  public var admitted: CalendarDate
  /// The last day: discharge, or the day of the visit (`dscg_time`).
  public var discharged: CalendarDate
  /// Every fee line, in the order of the hospital's bill.
  public var lines: [FeeLine]
  /// How care outside the pooling region was filed (异地就医备案).
  public var filing: CrossRegionFiling
  /// The chain of referrals that the stay belongs to, a name shared by its stays (双向转诊).
  public var referralChain: String?
  /// The chronic or special outpatient disease treated (`opsp_dise_code`).
  public var chronicDisease: String?
  /// The kind of case where a fixed amount is paid for it: kind of delivery, or per-disease settlement (单病种).
  public var caseKind: String?
  /// Whether the disease is on a list that catastrophic insurance treats separately.
  public var isListedDisease: Bool

  /// Makes a claim.
  public init(
    id: String, care: CareCategory, institution: Institution, admitted: CalendarDate, discharged: CalendarDate,
    lines: [FeeLine], filing: CrossRegionFiling = .local, referralChain: String? = nil,
    chronicDisease: String? = nil, caseKind: String? = nil, isListedDisease: Bool = false
  ) {
    self.id = id
    self.care = care
    self.institution = institution
    self.admitted = admitted
    self.discharged = discharged
    self.lines = lines
    self.filing = filing
    self.referralChain = referralChain
    self.chronicDisease = chronicDisease
    self.caseKind = caseKind
    self.isListedDisease = isListedDisease
  }
}

/// One charged item (费用明细, interface 2204/2301).
public struct FeeLine: Hashable, Codable, Sendable {
  /// The item's national code (医疗目录编码, `med_list_codg`).
  public var item: String
  /// The day on which it was used (`fee_ocur_time`).
  public var day: CalendarDate
  /// The unit price charged (`pric`).
  public var price: UnitPrice
  /// How many (`cnt`).
  public var quantity: Quantity
  /// The total charged (`det_item_fee_sumamt`).
  public var amount: Money
  /// What the catalogue says about the item on that day.
  public var terms: ItemTerms
  /// The hospital's word on limited use and approval (`hosp_appr_flag`).
  public var approval: HospitalApproval
  /// Whether this is a second or later operation through the same incision (同一切口).
  public var isSameIncisionOperation: Bool

  /// Makes a fee line; the total is price times quantity, rounded half up to fen, unless it is given.
  public init(
    item: String, day: CalendarDate, price: UnitPrice, quantity: Quantity, amount: Money? = nil, terms: ItemTerms,
    approval: HospitalApproval = .notSubject, isSameIncisionOperation: Bool = false
  ) {
    self.item = item
    self.day = day
    self.price = price
    self.quantity = quantity
    self.amount = amount ?? price.total(for: quantity, rounding: .halfUp)
    self.terms = terms
    self.approval = approval
    self.isSameIncisionOperation = isSameIncisionOperation
  }
}

/// The hospital's approval of an item (医院审批标志, `hosp_appr_flag`).
///
/// With ``ItemTerms/isLimitedUse`` it decides: limited and not approved is self-paid; not limited and refused is
/// self-paid (interface facts, section 4).
public enum HospitalApproval: String, Codable, Sendable, CaseIterable {
  /// No approval is needed (无须审批, `0`).
  case notSubject = "not_subject"
  /// The conditions for payment are met (审批通过, `1`).
  case approved
  /// The conditions are not met; the patient pays (审批不通过, `2`).
  case refused
}

// MARK: - Stored form

// In order and without names: a stay has hundreds of lines, and every settlement keeps all of them.

extension FeeLine {
  /// Reads the stored form.
  public init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    self.init(
      item: try list.decode(String.self), day: try list.decode(CalendarDate.self),
      price: try list.decode(UnitPrice.self), quantity: try list.decode(Quantity.self),
      amount: try list.decode(Money.self), terms: try list.decode(ItemTerms.self),
      approval: list.isAtEnd ? .notSubject : try list.decode(HospitalApproval.self),
      isSameIncisionOperation: list.isAtEnd ? false : try list.decode(Bool.self))
  }

  /// Writes the stored form: item, day, price, quantity, total, terms, and where one is unusual approval and incision.
  public func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    try list.encode(item)
    try list.encode(day)
    try list.encode(price)
    try list.encode(quantity)
    try list.encode(amount)
    try list.encode(terms)
    guard approval != .notSubject || isSameIncisionOperation else { return }
    try list.encode(approval)
    try list.encode(isSameIncisionOperation)
  }
}
