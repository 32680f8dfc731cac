public import Kernel

/// What an institution calls an item of the catalogue, and when (目录对照, 3301).
///
/// A mapping that is taken back stays, with the time of that.
public struct ItemMapping: FiledRecord {
  /// The register of mappings.
  public static let register = "item-mapping"

  /// The platform's number (`rid`).
  public var id: String
  /// The institution (`fixmedins_code`).
  public var owner: String
  /// When it came in, `yyyy-MM-dd HH:mm:ss`.
  public var time: String
  /// The item as the institution and the catalogue call it.
  public var upload: MappingUpload
  /// When it was taken back (3302), `nil` while it stands.
  public var withdrawn: String?

  /// Makes a standing mapping.
  public init(id: String, owner: String, time: String, upload: MappingUpload) {
    self.id = id
    self.owner = owner
    self.time = time
    self.upload = upload
  }

  /// The institution's item; fee lines are resolved by it.
  public var subject: String { Self.subject(of: owner, item: upload.institutionItem) }

  /// The last time anything about it changed (`updt_time`).
  public var changed: String { withdrawn ?? time }

  static func subject(of institution: String, item: String) -> String { "\(institution) \(item)" }

  /// Whether it says what the institution's item is on a day.
  public func holds(on day: CalendarDate) -> Bool { withdrawn == nil && upload.period.contains(day) }
}

/// One row of a mapping as an institution sends it (3301).
public struct MappingUpload: Hashable, Codable, Sendable {
  /// The institution's own code (`fixmedins_hilist_id`, `medins_list_codg`).
  public var institutionItem: String
  /// The institution's own name (`fixmedins_hilist_name`, `medins_list_name`).
  public var institutionName: String
  /// The kind of list (`list_type`).
  public var listType: String
  /// The national code (`med_list_codg`).
  public var item: String
  /// The days on which it holds (`begndate`, `enddate`).
  public var period: DateRange
  /// What else the institution says.
  public var remarks: MappingRemarks

  /// Makes a row.
  public init(
    institutionItem: String, institutionName: String, listType: String, item: String, period: DateRange,
    remarks: MappingRemarks = MappingRemarks()
  ) {
    self.institutionItem = institutionItem
    self.institutionName = institutionName
    self.listType = listType
    self.item = item
    self.period = period
    self.remarks = remarks
  }
}

/// What an institution says about its item beside the code; kept and shown, never read by the payer.
public struct MappingRemarks: Hashable, Codable, Sendable {
  /// The approval number (`aprvno`).
  public var approvalNumber = ""
  /// The dosage form (`dosform`).
  public var dosageForm = ""
  /// What the item does not include (`exct_cont`).
  public var excluded = ""
  /// What the item includes (`item_cont`).
  public var included = ""
  /// The unit that is charged (`prcunt`).
  public var unit = ""
  /// The specification (`spec`).
  public var specification = ""
  /// The packaging (`pacspec`).
  public var packaging = ""
  /// A note (`memo`).
  public var note = ""

  /// Says nothing.
  public init() {}
}

/// Which mappings a query asks for (1317); what is left open matches everything.
public struct MappingQuery: Sendable {
  /// The institution's own code.
  public var institutionItem: String?
  /// A part of the institution's own name.
  public var institutionName: String?
  /// The kind of list.
  public var listType: String?
  /// The national code.
  public var item: String?
  /// Mappings that hold on a day.
  public var day: CalendarDate?
  /// Mappings that begin on a day or later.
  public var from: CalendarDate?
  /// Mappings that stand, or that were taken back.
  public var isStanding: Bool?
  /// Mappings that changed on a day or later.
  public var changedFrom: CalendarDate?

  /// A query for everything.
  public init() {}

  func matches(_ mapping: ItemMapping) -> Bool {
    let upload = mapping.upload
    guard institutionItem.map({ $0 == upload.institutionItem }) ?? true,
      listType.map({ $0 == upload.listType }) ?? true,
      item.map({ $0 == upload.item }) ?? true, institutionName.map({ upload.institutionName.contains($0) }) ?? true,
      isStanding.map({ $0 == (mapping.withdrawn == nil) }) ?? true
    else { return false }
    return (day.map { upload.period.contains($0) } ?? true) && (from.map { $0 <= upload.period.first } ?? true)
      && (changedFrom.map { "\($0)" <= mapping.changed } ?? true)
  }
}
