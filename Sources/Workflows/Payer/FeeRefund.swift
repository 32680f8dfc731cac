import Claims
import Kernel

/// Which line a refund line takes back from (退费明细, `init_feedetl_sn`).
public struct FeeRefund: FiledRecord {
  /// The register of refunds.
  public static let register = "fee-refund"

  /// The visit and the refund line's serial number.
  public var id: String
  /// The institution.
  public var owner: String
  /// The visit.
  public var subject: String
  /// When it came.
  public var time: String
  /// The refund line (`feedetl_sn`).
  public var serial: String
  /// The line that it takes back from (`init_feedetl_sn`).
  public var original: String

  /// Makes a refund.
  public init(visit: String, institution: String, time: String, serial: String, original: String) {
    id = "\(visit) \(serial)"
    owner = institution
    subject = visit
    self.time = time
    self.serial = serial
    self.original = original
  }
}

/// The fee lines of a visit with what was taken back from them.
///
/// A refund is a line of its own with a negative quantity and amount. It takes back from one earlier line of the same
/// item and price; both stay stored, and settlement sees what is left of the earlier one.
struct NetFees {
  /// Lines with a quantity left, in order of upload.
  private(set) var lines: [UploadedLine] = []

  /// Nets lines.
  ///
  /// - Parameter refunds: the lines that refunds take back from, by the refunds' serial numbers.
  init(_ all: [UploadedLine], refunds: [String: String]) {
    guard all.contains(where: \.isRefund) else {
      lines = all
      return
    }
    var taken: [String: (quantity: Int64, amount: Money)] = [:]
    for line in all where line.isRefund {
      let original = refunds[line.serial] ?? ""
      let before = taken[original] ?? (0, .zero)
      taken[original] = (before.quantity + line.line.quantity.tenThousandths, before.amount + line.line.amount)
    }
    for line in all where !line.isRefund {
      var net = line
      if let back = taken[line.serial] {
        net.line.quantity.tenThousandths += back.quantity
        net.line.amount += back.amount
        if net.line.quantity.tenThousandths == 0 { continue }
      }
      lines.append(net)
    }
  }

  /// The line that a refund takes back from: the one it names, else the latest of the item and price with enough left.
  ///
  /// `nil` when there is none, or when what would be left is not its quantity times its price.
  /// - Parameter item: the national code of the refund's item.
  func original(of refund: FeeUpload, item: String) -> UploadedLine? {
    let back = -refund.quantity.tenThousandths
    let fits = { (line: UploadedLine) in
      guard line.line.item == item, line.line.price == refund.price,
        line.line.quantity.tenThousandths >= back
      else { return false }
      // Below the quantity that is left, the products below are no larger than the line's own.
      let left = Quantity(tenThousandths: line.line.quantity.tenThousandths - back)
      return refund.amount == -refund.price.total(for: Quantity(tenThousandths: back), rounding: .halfUp)
        && line.line.amount + refund.amount == refund.price.total(for: left, rounding: .halfUp)
    }
    if let named = refund.refunds { return lines.last { $0.serial == named && fits($0) } }
    return lines.last(where: fits)
  }
}

extension UploadedLine {
  /// Whether it takes back from another line.
  var isRefund: Bool { line.quantity.tenThousandths < 0 }
}

extension PayerReading {
  /// The lines that refunds of a visit take back from, by the refunds' serial numbers; nothing is read when no line is
  /// a refund.
  func refunds(of visit: String, among lines: [UploadedLine]) throws(StoreError) -> [String: String] {
    guard lines.contains(where: \.isRefund) else { return [:] }
    let refunds = try filed(FeeRefund.self, about: visit)
    return Dictionary(refunds.map { ($0.serial, $0.original) }, uniquingKeysWith: { _, last in last })
  }

  /// The fee lines of a visit as settlement sees them.
  func netLines(of visit: String) throws(StoreError) -> [UploadedLine] {
    let lines = try lines(of: visit)
    return NetFees(lines, refunds: try refunds(of: visit, among: lines)).lines
  }
}
