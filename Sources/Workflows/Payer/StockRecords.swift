public import Kernel

/// What a movement does to an institution's stock (进销存, 3501–3506).
public enum StockKind: String, Codable, CodingKeyRepresentable, Hashable, Sendable, CaseIterable {
  /// Stock counted (盘存, 3501).
  case stocktake
  /// Stock changed otherwise (库存变更, 3502).
  case change
  /// Bought (采购, 3503).
  case purchase
  /// Given back to the supplier (采购退货, 3504).
  case purchaseReturn
  /// Sold (销售, 3505).
  case sale
  /// Taken back from a buyer (销售退货, 3506).
  case saleReturn
}

/// Which goods a movement is about.
public struct StockGoods: Hashable, Codable, Sendable {
  /// The national code (`med_list_codg`); goods outside the catalogue have one of their own.
  public var item: String
  /// The institution's own code (`fixmedins_hilist_id`).
  public var institutionItem: String
  /// The institution's own name (`fixmedins_hilist_name`).
  public var name: String
  /// The institution's own number of the batch (`fixmedins_bchno`).
  public var batch: String
  /// The maker's batch (`manu_lotnum`).
  public var lot: String
  /// When it was made (`manu_date`).
  public var made: CalendarDate?
  /// The last day of use (`expy_end`).
  public var expires: CalendarDate?

  /// Names goods.
  public init(
    item: String, institutionItem: String, name: String, batch: String, lot: String = "", made: CalendarDate? = nil,
    expires: CalendarDate? = nil
  ) {
    self.item = item
    self.institutionItem = institutionItem
    self.name = name
    self.batch = batch
    self.lot = lot
    self.made = made
    self.expires = expires
  }
}

/// One movement of stock as an institution sends it.
public struct StockUpload: Hashable, Codable, Sendable {
  /// What the movement does.
  public var kind: StockKind
  /// Which goods.
  public var goods: StockGoods
  /// How many: above zero, and for a stocktake not below.
  public var count: Quantity
  /// The unit price (`pric`, `finl_trns_pric`), when there is one.
  public var price: UnitPrice?
  /// When it happened: `yyyy-MM-dd HH:mm:ss`, or a day for its beginning.
  public var time: String
  /// The institution's own serial of the movement, unique in its kind.
  public var serial: String
  /// What kind of change it is (`inv_chg_type`), empty for other movements.
  public var change = ""
  /// The visit that the goods were sold in (`mdtrt_sn`).
  public var visit = ""
  /// The settlement that paid for them (`setl_id`), as the institution names it.
  public var settlement = ""
  /// The person (`psn_no`).
  public var person = ""
  /// The trace codes of the packs (`drug_trac_codg`).
  public var traceCodes: [String] = []
  /// Everything else that came with it, by the interface's names.
  public var details: [String: String] = [:]

  /// Makes a movement.
  public init(
    kind: StockKind, goods: StockGoods, count: Quantity, price: UnitPrice? = nil, time: String, serial: String
  ) {
    self.kind = kind
    self.goods = goods
    self.count = count
    self.price = price
    self.time = time
    self.serial = serial
  }

  /// What the movement adds to the stock on hand; `nil` for a stocktake, which says how much there is.
  public var effect: Quantity? {
    switch kind {
    case .stocktake: nil
    case .purchase, .saleReturn: count
    case .purchaseReturn, .sale: Quantity(tenThousandths: -count.tenThousandths)
    case .change: Quantity(tenThousandths: StockChange.sign(change) * count.tenThousandths)
    }
  }
}

/// The kinds of change (库存变更类型, `inv_chg_type`).
enum StockChange {
  /// 1 for what comes in, -1 for what goes out; 0 for purchases and their returns, which 3503 and 3504 report.
  static func sign(_ code: String) -> Int64 {
    switch code {
    case "101", "103", "106", "110": 1
    case "102", "104", "105", "107", "111": -1
    default: 0
    }
  }
}

/// A movement that was taken down; it stays when it is deleted, with the time of that.
public struct StockMovement: FiledRecord {
  /// The register of movements.
  public static let register = "stock-movement"

  /// The platform's number.
  public var id: String
  /// The institution (`fixmedins_code`).
  public var owner: String
  /// When the message came, `yyyy-MM-dd HH:mm:ss`.
  public var received: String
  /// What the institution sent.
  public var upload: StockUpload
  /// When it was deleted (3507), `nil` while it counts.
  public var deleted: String?

  /// Makes a movement that counts.
  public init(id: String, owner: String, received: String, upload: StockUpload) {
    self.id = id
    self.owner = owner
    self.received = received
    self.upload = upload
  }

  /// The institution's batch.
  public var subject: String { Self.subject(of: owner, batch: upload.goods.batch) }
  /// When it happened.
  public var time: String { upload.time }

  static func subject(of institution: String, batch: String) -> String { "\(institution) \(batch)" }
}

/// A trace code that a movement carried (药品追溯码, `drug_trac_codg`): found by the code, whoever sent it.
public struct TraceCode: FiledRecord {
  /// The register of trace codes.
  public static let register = "trace-code"

  /// The movement's number and the code's place in it.
  public var id: String
  /// The institution.
  public var owner: String
  /// The code.
  public var subject: String
  /// When the movement happened.
  public var time: String
  /// The movement's number; what was deleted is marked there.
  public var movement: String
  /// What the movement does.
  public var kind: StockKind

  /// Makes the entry of a code.
  public init(_ code: String, place: Int, of movement: StockMovement) {
    id = "\(movement.id)-\(place)"
    owner = movement.owner
    subject = code
    time = movement.time
    self.movement = movement.id
    kind = movement.upload.kind
  }
}

/// Which movement has a serial of an institution.
struct StockSerial: FiledRecord {
  static let register = "stock-serial"

  var id: String
  var owner: String
  var time: String
  var movement: String
  var subject: String { movement }

  static func id(_ upload: StockUpload, of institution: String) -> String {
    "\(institution) \(upload.kind.rawValue) \(upload.serial)"
  }
}

/// What was bought and sold of an institution's goods in a batch, or of them in one visit; what was deleted is not in.
struct StockTally: FiledRecord {
  static let register = "stock-tally"

  var id: String
  var owner: String
  var subject: String
  var time: String
  /// Ten-thousandths that moved, by kind.
  var moved: [StockKind: Int64] = [:]

  func moved(_ kind: StockKind) -> Int64 { moved[kind] ?? 0 }

  /// Names of the tallies that a movement counts in: the goods' in the batch, and the goods' in the visit.
  static func ids(_ upload: StockUpload, of institution: String) -> [String] {
    let goods = "\(institution) \(upload.goods.batch)\u{1F}\(upload.goods.institutionItem)"
    return upload.visit.isEmpty ? [goods] : [goods, "\(goods)\u{1F}\(upload.visit)"]
  }
}

/// How much of an institution's goods in a batch there is.
public struct StockOnHand: Hashable, Sendable {
  /// The goods, as the last movement names them.
  public let goods: StockGoods
  /// How many; below zero when more went out than was reported to come in.
  public let count: Quantity
}
