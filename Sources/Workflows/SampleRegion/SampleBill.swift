import Kernel
import People

/// Makes up the bills of sample visits.
struct SampleBill {
  private var numbers: SampleNumbers
  private var charges: [SampleCharge] = []

  init(_ numbers: SampleNumbers) { self.numbers = numbers }

  /// A stay's bill that comes near a total: bed, nursing and rounds by the day, the rest spread over what was done.
  ///
  /// - Parameters:
  ///   - total: what the bill should come near, fen.
  ///   - days: the days of the stay, at least one.
  static func stay(
    total: Int64, days: [CalendarDate], isOperated: Bool, isTraditional: Bool, _ numbers: SampleNumbers
  ) -> [SampleCharge] {
    var bill = SampleBill(numbers)
    guard let first = days.first, let last = days.last else { return [] }
    let count = Int64(max(days.count - 1, 1))
    bill.add(SampleItem.of(.bed)[bill.numbers.happens(60) ? 2 : bill.numbers.below(2)], count, last)
    bill.add(SampleItem.of(.nursing)[bill.numbers.below(3)], count, last)
    bill.add(SampleItem.of(.consultation)[2], count, last)
    bill.add(SampleItem.of(.therapy)[0], count * 2, last)
    var rest = max(total - bill.sum, total / 4)
    bill.spread(rest * 20 / 100, over: .laboratory, most: 5, first)
    bill.spread(rest * 16 / 100, over: .imaging, most: 3, first)
    let middle = days[days.count / 2]
    if isOperated {
      bill.spread(rest * 22 / 100, over: .operation, most: 2, middle)
      bill.spread(rest * 20 / 100, over: .consumable, most: 3, middle)
      rest -= rest * 42 / 100
    }
    if isTraditional {
      bill.spread(rest * 15 / 100, over: .herb, most: 4, middle)
      bill.spread(rest * 10 / 100, over: .patent, most: 2, middle)
      bill.spread(rest * 8 / 100, over: .therapy, most: 2, middle)
    }
    bill.spread(rest * 44 / 100, over: .drug, most: 6, middle)
    return bill.charges
  }

  /// The bill of a stay in which next to nothing is done.
  static func emptyBed(days: [CalendarDate], _ numbers: SampleNumbers) -> [SampleCharge] {
    var bill = SampleBill(numbers)
    guard let last = days.last else { return [] }
    let count = Int64(max(days.count - 1, 1))
    bill.add(SampleItem.of(.bed)[0], count, last)
    bill.add(SampleItem.of(.nursing)[2], count, last)
    bill.add(SampleItem.of(.consultation)[2], count, last)
    bill.add(SampleItem.of(.laboratory)[0], 1, last)
    return bill.charges
  }

  /// An outpatient visit: a consultation, now and then a test, mostly drugs.
  static func outpatient(_ day: CalendarDate, at level: InstitutionLevel, _ numbers: SampleNumbers) -> [SampleCharge] {
    var bill = SampleBill(numbers)
    bill.add(SampleItem.of(.consultation)[level == .tertiary && bill.numbers.happens(350) ? 1 : 0], 1, day)
    if level >= .township {
      if bill.numbers.happens(550) { bill.add(bill.numbers.pick(SampleItem.of(.laboratory)), 1, day) }
      if bill.numbers.happens(300) { bill.add(bill.numbers.pick(SampleItem.of(.imaging)), 1, day) }
    }
    if bill.numbers.happens(250) { bill.add(bill.numbers.pick(SampleItem.of(.therapy)), 3, day) }
    for _ in 0...bill.numbers.below(3) {
      bill.add(bill.numbers.pick(SampleItem.of(.drug)), Int64(1 + bill.numbers.below(3)), day)
    }
    if bill.numbers.happens(220) { bill.add(bill.numbers.pick(SampleItem.of(.patent)), 2, day) }
    return bill.charges
  }

  /// A month's drugs for a chronic disease, with its test.
  static func chronic(_ disease: String, _ day: CalendarDate, _ numbers: SampleNumbers) -> [SampleCharge] {
    var bill = SampleBill(numbers)
    let drugs = SampleItem.of(.drug)
    bill.add(SampleItem.of(.consultation)[0], 1, day)
    if disease == "M01600" {
      bill.add(drugs[1], 2, day)
      if bill.numbers.happens(300) { bill.add(drugs[9], 2, day) }
      bill.add(SampleItem.of(.laboratory)[bill.numbers.happens(250) ? 5 : 4], 1, day)
    } else {
      bill.add(drugs[bill.numbers.happens(500) ? 0 : 13], 4, day)
      if bill.numbers.happens(300) { bill.add(drugs[16], 2, day) }
    }
    return bill.charges
  }

  /// A purchase at a pharmacy.
  static func purchase(_ day: CalendarDate, _ numbers: SampleNumbers) -> [SampleCharge] {
    var bill = SampleBill(numbers)
    for _ in 0...bill.numbers.below(3) {
      let use: SampleItem.Use = bill.numbers.happens(650) ? .drug : .patent
      let item = bill.numbers.pick(SampleItem.of(use))
      if item.isLimitedUse { continue }
      bill.add(item, Int64(1 + bill.numbers.below(2)), day)
    }
    if bill.charges.isEmpty { bill.add(SampleItem.of(.drug)[10], 1, day) }
    return bill.charges
  }

  private var sum: Int64 { charges.reduce(0) { $0 + $1.amount } }

  /// Adds a line; a second one of the same item on the same day adds to the first.
  private mutating func add(_ item: SampleItem, _ quantity: Int64, _ day: CalendarDate) {
    if let place = charges.firstIndex(where: { $0.item.code == item.code && $0.day == day }) {
      charges[place] = SampleCharge(item: item, quantity: charges[place].quantity + quantity, day: day)
    } else {
      charges.append(SampleCharge(item: item, quantity: quantity, day: day))
    }
  }

  /// Spreads an amount over some items of a use: each gets a like part, in whole pieces, the dear ones one at the least
  /// where the amount allows.
  private mutating func spread(_ amount: Int64, over use: SampleItem.Use, most: Int, _ day: CalendarDate) {
    let items = numbers.shuffle(SampleItem.of(use).filter { $0.price <= amount })
    guard !items.isEmpty else { return }
    let count = min(1 + numbers.below(most), items.count)
    for item in items.prefix(count) {
      let pieces = amount / Int64(count) / item.price(in: day.month)
      if pieces > 0 { add(item, pieces, day) }
    }
  }
}
