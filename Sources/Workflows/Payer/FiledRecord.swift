/// Something that a message files beside money: a mapping, a stock movement, a settlement list, an approval.
///
/// Stores keep each in a register of its kind, whole, and find it by number, by what it is about or by whose it is.
/// What is taken back stays, marked so in the record: nothing that was filed is lost.
///
/// ```swift
/// try transaction.put(movement)
/// let movements = try store.filed(StockMovement.self, about: "XA01")
/// ```
public protocol FiledRecord: Codable, Hashable, Sendable {
  /// The register's name, part of the stored key: never changed once used, and no other kind's.
  static var register: String { get }
  /// The number, unique in the register.
  var id: String { get }
  /// Whose it is: an institution's code, or empty for the platform's own.
  var owner: String { get }
  /// What it is about: a person's number, a visit's identifier, an item's code.
  var subject: String { get }
  /// When, `yyyy-MM-dd` or `yyyy-MM-dd HH:mm:ss`; lists come in this order, then by number.
  var time: String { get }
}
