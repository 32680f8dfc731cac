public import Catalog
public import Claims
public import Kernel
public import People
import Policy
import Settlement

/// Which items a query asks for (1304, 1312, 1316, 1318, 1319); what is left open matches everything.
public struct ItemQuery: Sendable {
  /// The national code.
  public var code: String?
  /// A part of the name.
  public var name: String?
  /// The kind of list.
  public var listType: String?
  /// The fee category on a bill.
  public var feeCategory: String?
  /// The class.
  public var chargeClass: ChargeClass?
  /// Whether payment is limited to stated conditions.
  public var isLimitedUse: Bool?
  /// Versions that hold on a day.
  public var day: CalendarDate?
  /// Versions that begin on a day or later.
  public var from: CalendarDate?
  /// Versions that begin on a day or earlier.
  public var beginsUntil: CalendarDate?
  /// Versions that end on a day or earlier.
  public var until: CalendarDate?
  /// The row's own number.
  public var record: String?

  /// A query for everything.
  public init() {}

  func matches(_ item: ListedItem) -> Bool {
    guard code.map({ $0 == item.code }) ?? true, name.map({ item.name.contains($0) }) ?? true,
      listType.map({ $0 == item.listType }) ?? true, feeCategory.map({ $0 == item.feeCategory }) ?? true,
      chargeClass.map({ $0 == item.chargeClass }) ?? true, isLimitedUse.map({ $0 == item.isLimitedUse }) ?? true
    else { return false }
    return (day.map { item.period.contains($0) } ?? true) && (from.map { $0 <= item.period.first } ?? true)
      && (beginsUntil.map { $0 >= item.period.first } ?? true)
      && (until.map { until in item.period.last.map { $0 <= until } ?? false } ?? true)
  }
}

extension ListedItem {
  /// The number of this version (`rid`): code and first day.
  public var record: String { "\(code)-\("\(period.first)".filter { $0 != "-" })" }

  func isRecord(_ number: String) -> Bool { record == number }
}

/// A price ceiling of an item at a level of institution (1318).
public struct CeilingRow: Hashable, Sendable {
  /// The item.
  public let item: ListedItem
  /// The level.
  public let level: InstitutionLevel
  /// The highest unit price that counts.
  public let price: UnitPrice
  /// The row's number (`rid`).
  public var record: String { "\(item.record)-\(level.word)" }
}

/// A first self-pay share of an item in a scheme (1319).
public struct FirstSelfPayRow: Hashable, Sendable {
  /// The item.
  public let item: ListedItem
  /// The scheme.
  public let scheme: InsuranceScheme
  /// The share; everything for class C.
  public let share: Rate
  /// The row's number (`rid`).
  public var record: String { "\(item.record)-\(scheme.insutype)" }
}

extension PayerDesk {
  /// A list of the catalogue with its versions (1301–1311, 1313–1315).
  public func edition(of list: CatalogueList) async -> Result<CatalogueEdition, DeskRefusal> {
    if let listType = list.listType {
      return await catalogue().map { items in
        CatalogueEdition(items.filter { $0.listType == listType }.map(CatalogueEntry.item))
      }
    }
    return await shelf.codes(of: list) {
      await read { store throws(StoreError) in .success(try store.filed(CodedEntry.self, about: list.rawValue)) }
    }.map { CatalogueEdition($0.map(CatalogueEntry.code)) }
  }

  /// The items that a query asks for, in order of code and first day (1304, 1312, 1316).
  public func items(_ query: ItemQuery, _ page: PageRequest) async -> Result<Page<ListedItem>, DeskRefusal> {
    await catalogue().map { items in
      Page(of: items, where: { query.matches($0) && (query.record.map($0.isRecord) ?? true) }, page)
    }
  }

  /// The drugs of ethnic medicine that a query asks for, in order of change, each with its version (1304).
  ///
  /// - Parameter held: what follows a version that the institution holds; everything for `nil`.
  public func ethnicDrugs(_ query: ItemQuery, after held: String?, _ page: PageRequest) async
    -> Result<Page<(item: ListedItem, version: String)>, DeskRefusal>
  {
    await edition(of: .ethnicDrugs).map { edition in
      let rows = edition.changes(after: held ?? CatalogueEdition.none).compactMap { row in
        if case .item(let item) = row.entry { (item: item, version: row.version) } else { nil }
      }
      return Page(
        rows.filter { query.matches($0.item) && (query.record.map($0.item.isRecord) ?? true) }, page)
    }
  }

  /// The price ceilings of the items that a query asks for, by item and level (1318).
  public func ceilings(_ query: ItemQuery, at levels: [InstitutionLevel], _ page: PageRequest) async
    -> Result<Page<CeilingRow>, DeskRefusal>
  {
    await catalogue().map { items in
      let rows = items.filter { !$0.ceilings.isEmpty && query.matches($0) }.flatMap { item in
        item.ceilings.filter { levels.contains($0.key) }.sorted { $0.key < $1.key }
          .map { CeilingRow(item: item, level: $0.key, price: $0.value) }
      }
      return Page(of: rows, where: { row in query.record.map { $0 == row.record } ?? true }, page)
    }
  }

  /// The first self-pay shares of the items that a query asks for, by item and scheme (1319): the item's own, else for
  /// class B the region's on the day asked about or the version's first day; none where neither says one.
  public func firstSelfPay(_ query: ItemQuery, in schemes: [InsuranceScheme], _ page: PageRequest) async
    -> Result<Page<FirstSelfPayRow>, DeskRefusal>
  {
    await catalogue().map { items in
      var usual: [CalendarDate: [InsuranceScheme: Rate]] = [:]
      var rows: [FirstSelfPayRow] = []
      for item in items where query.matches(item) {
        for scheme in schemes {
          let share: Rate?
          switch item.chargeClass {
          case .a: share = item.firstSelfPay[scheme] ?? .zero
          case .c: share = .one
          case .b:
            let day = query.day ?? item.period.first
            if usual[day] == nil { usual[day] = classBSelfPay(on: day) }
            share = item.firstSelfPay[scheme] ?? usual[day]?[scheme]
          }
          if let share { rows.append(FirstSelfPayRow(item: item, scheme: scheme, share: share)) }
        }
      }
      return Page(of: rows, where: { row in query.record.map { $0 == row.record } ?? true }, page)
    }
  }

  /// The region's first self-pay share of class B by scheme; nothing on a day without policy.
  private func classBSelfPay(on day: CalendarDate) -> [InsuranceScheme: Rate] {
    guard case .success(let policy) = library.policy(region: region, dates: EventDates(on: day)) else { return [:] }
    var shares: [InsuranceScheme: Rate] = [:]
    for scheme in InsuranceScheme.allCases { shares[scheme] = policy.classBSelfPay(scheme) }
    return shares
  }

  /// Every version of every item, from the shelf or the store; read in one consistent state.
  private func catalogue() async -> Result<[ListedItem], DeskRefusal> {
    await shelf.items {
      await read { store throws(StoreError) in
        var items: [ListedItem] = []
        while true {
          let some = try store.items(after: items.last.map { CatalogPlace($0) }, limit: 5_000)
          if some.isEmpty { return .success(items) }
          items += some
        }
      }
    }
  }
}
