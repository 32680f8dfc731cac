public import Kernel

/// Keeps what funds received, beside what they spent (S11).
///
/// ```swift
/// let filed = await FundDesk(store: store).file(receipts)
/// ```
public struct FundDesk: Sendable {
  /// What became of receipts.
  public struct Filed: Hashable, Sendable {
    /// Filed for the first time.
    public var added = 0
    /// There already, the same.
    public var same = 0

    /// Nothing.
    public init() {}
  }

  /// Why receipts are not filed; none of them is then.
  public enum Refusal: Error, Hashable, Sendable {
    /// A number is there with another content.
    case differs(String)
    /// An amount is nothing.
    case nothing(String)
    /// The store could not carry it out.
    case store(StoreError)

    /// What is wrong, and what to do.
    public var message: LocalizedText {
      switch self {
      case .differs(let id):
        LocalizedText(
          "编号 \(id) 已入账且内容不同；已入账的不能改，请另用编号做相反金额的更正",
          "number \(id) is filed with another content; what is filed stays: set it right by another number")
      case .nothing(let id): LocalizedText("编号 \(id) 的金额为零，请删去该行", "number \(id) has no amount; leave the row out")
      case .store(let error): DeskRefusal.store(error).message
      }
    }
  }

  private let store: any PayerStore

  /// Opens a desk.
  public init(store: any PayerStore) { self.store = store }

  /// Files receipts, all or none; one that is there already changes nothing.
  public func file(_ receipts: [FundReceipt]) async -> Result<Filed, Refusal> {
    if let empty = receipts.first(where: { $0.amount == .zero }) { return .failure(.nothing(empty.id)) }
    do throws(StoreError) {
      return try await store.write { transaction throws(StoreError) in
        var filed = Filed()
        var new: [String: FundReceipt] = [:]
        for receipt in receipts {
          let filedBefore = try transaction.filed(FundReceipt.self, receipt.id)
          if let known = new[receipt.id] ?? filedBefore {
            guard known == receipt else { return .failure(.differs(receipt.id)) }
            filed.same += 1
            continue
          }
          new[receipt.id] = receipt
          filed.added += 1
        }
        for receipt in new.values.sorted(by: { $0.id < $1.id }) { try transaction.put(receipt) }
        return .success(filed)
      }
    } catch { return .failure(.store(error)) }
  }

  /// The receipts of a year, by day and number.
  public func receipts(in year: Int) async throws(StoreError) -> [FundReceipt] {
    try await store.read { reading throws(StoreError) in
      try reading.filed(FundReceipt.self, of: "", from: "\(year)-01-01", to: "\(year)-12-31 23:59:59")
    }
  }
}
