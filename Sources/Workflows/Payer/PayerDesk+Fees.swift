import Catalog
public import Claims
public import Kernel
import People
public import Settlement

/// A fee line as an institution sends it (2204, 2301).
public struct FeeUpload: Sendable {
  /// The institution's serial number of the line (`feedetl_sn`).
  public var serial: String
  /// The batch (`chrg_bchno`).
  public var batch: String
  /// The national code of the item (`med_list_codg`); empty when the institution names only its own.
  public var item: String
  /// The institution's own code of the item (`medins_list_codg`).
  public var institutionItem: String
  /// The day of use (`fee_ocur_time`).
  public var day: CalendarDate
  /// The unit price (`pric`).
  public var price: UnitPrice
  /// The quantity (`cnt`); negative for a refund.
  public var quantity: Quantity
  /// The total of the line (`det_item_fee_sumamt`); negative for a refund.
  public var amount: Money
  /// The hospital's approval (`hosp_appr_flag`).
  public var approval: HospitalApproval
  /// The line that a refund takes back from (`init_feedetl_sn`), when the institution names it.
  public var refunds: String?

  /// Makes an upload.
  public init(
    serial: String, batch: String, item: String, day: CalendarDate, price: UnitPrice, quantity: Quantity,
    amount: Money, approval: HospitalApproval, institutionItem: String = "", refunds: String? = nil
  ) {
    self.serial = serial
    self.batch = batch
    self.item = item
    self.institutionItem = institutionItem
    self.day = day
    self.price = price
    self.quantity = quantity
    self.amount = amount
    self.approval = approval
    self.refunds = refunds
  }
}

/// A fee line as taken down, with how it is split.
public struct FeeAnswer: Sendable {
  /// The line.
  public let line: UploadedLine
  /// How it is split among self-pay and policy.
  public let share: LineShare
}

extension PayerDesk {
  /// Takes fee lines of a visit (2204, 2301): all of them, or none.
  ///
  /// Items are looked up in the catalogue of their own day; a serial number may stand once in a visit. The answer
  /// splits each line as the settlement will, under what the visit holds so far. A line with a negative quantity takes
  /// back from an earlier one of the same item and price.
  public func uploadFees(_ fees: [FeeUpload], to visit: String, of person: String?, _ message: MessageContext) async
    -> Result<[FeeAnswer], DeskRefusal>
  {
    let desk = self
    return await once(
      message, again: { store, batch throws(StoreError) in try desk.answers(visit: visit, batch: batch, store) },
      { transaction throws(StoreError) in
        let found: Visit
        switch try Self.visit(visit, of: person, at: message.institution, in: [.open, .discharged], transaction) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let known): found = known
        }
        let standing = try transaction.lines(of: visit)
        var used = Set(standing.map(\.serial))
        for fee in fees where !used.insert(fee.serial).inserted {
          return .failure(.desk(.feeSerialUsed, about: fee.serial))
        }
        let uploaded: FeeSplitting
        switch try desk.split(fees, after: standing, found, transaction) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let split): uploaded = split
        }
        try transaction.append(uploaded.answers.map(\.line), to: visit)
        for (serial, original) in uploaded.refunds.sorted(by: { $0.key < $1.key }) {
          try transaction.put(
            FeeRefund(
              visit: visit, institution: message.institution, time: message.time, serial: serial, original: original))
        }
        return .success((uploaded.answers, made: fees.map(\.serial).joined(separator: "\n")))
      })
  }

  /// The answers of lines taken before, by their serial numbers.
  private func answers(visit id: String, batch: String, _ store: any PayerReading) throws(StoreError)
    -> Result<[FeeAnswer], DeskRefusal>
  {
    guard let visit = try store.visit(id) else { return .failure(.desk(.visitUnknown, about: id)) }
    let serials = Set(batch.split(separator: "\n").map(String.init))
    let lines = try store.lines(of: id)
    let refunds = try store.refunds(of: id, among: lines)
    let first = lines.firstIndex { serials.contains($0.serial) } ?? lines.endIndex
    let new = lines[first...].filter { serials.contains($0.serial) }
    return try split(new, after: Array(lines[..<first]), refunds, visit, store)
  }

  /// Fee lines with the catalogue's terms for their day, at the visit's institution and scheme.
  func priced(_ fees: [FeeUpload], _ visit: Visit, _ store: any PayerReading) throws(StoreError)
    -> Result<[UploadedLine], DeskRefusal>
  {
    guard let place = try store.institution(visit.institution) else {
      return .failure(.desk(.institutionUnknown, about: visit.institution))
    }
    var lines: [UploadedLine] = []
    for fee in fees {
      let item: ListedItem
      switch try listed(fee, at: visit.institution, store) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let found): item = found
      }
      let line = FeeLine(
        item: item.code, day: fee.day, price: fee.price, quantity: fee.quantity, amount: fee.amount,
        terms: item.terms(at: place.institution.level, for: visit.scheme), approval: fee.approval)
      lines.append(
        UploadedLine(
          serial: fee.serial, batch: fee.batch, line: line, listType: item.listType, feeCategory: item.feeCategory))
    }
    return .success(lines)
  }

  /// Takes fee lines of an unsettled visit away (2205, 2302).
  ///
  /// - Parameters:
  ///   - serials: serial numbers; `nil` takes all lines of the batch, or of the visit when no batch is named.
  ///   - batch: the batch, `nil` for all.
  /// - Returns: the serial numbers taken away.
  public func withdrawFees(
    _ serials: [String]?, batch: String?, from visit: String, of person: String?, _ message: MessageContext
  ) async -> Result<[String], DeskRefusal> {
    await once(
      message,
      again: { _, made throws(StoreError) in .success(made.split(separator: "\n").map(String.init)) },
      { transaction throws(StoreError) in
        if case .failure(let refusal) = try Self.visit(
          visit, of: person, at: message.institution, in: [.open, .discharged], transaction)
        {
          return .failure(refusal)
        }
        let standing = try transaction.lines(of: visit)
        let inBatch = standing.filter { batch == nil || $0.batch == batch }.map(\.serial)
        let gone = serials ?? inBatch
        for serial in gone where !inBatch.contains(serial) {
          return .failure(.desk(.feeSerialUnknown, about: serial))
        }
        // A refund whose line goes would take back from nothing: both go, or the refund first.
        let refunds = try transaction.refunds(of: visit, among: standing)
        let leaving = Set(gone)
        for (refund, original) in refunds.sorted(by: { $0.key < $1.key }) {
          guard standing.contains(where: { $0.serial == refund && $0.isRefund }) else { continue }
          if leaving.contains(original) && !leaving.contains(refund) {
            return .failure(.desk(.refundUnmatched, about: refund))
          }
        }
        try transaction.withdraw(gone, from: visit)
        return .success((gone, made: gone.joined(separator: "\n")))
      })
  }
}
