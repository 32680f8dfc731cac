/// How large the parts of a workbook may be, so that a hostile or damaged one is refused before it fills the memory.
///
/// A sheet is read as a stream: only the texts that sheets share are held, one row, and the buffers.
public struct WorkbookLimits: Hashable, Sendable {
  /// Bytes of one unpacked sheet.
  public var sheetBytes = 4 << 30
  /// Bytes of the texts that sheets share, unpacked.
  public var sharedTextBytes = 512 << 20
  /// Bytes of any other unpacked part: the list of sheets, the styles.
  public var partBytes = 16 << 20
  /// Bytes of one cell; the format allows 32,767 characters.
  public var cellBytes = 256 << 10
  /// Bytes of one row.
  public var rowBytes = 8 << 20
  /// Files in the archive.
  public var archiveEntries = 10_000
  /// How many times a part may unpack to its packed size, once it has unpacked to more than ``ratioFreeBytes``.
  ///
  /// Tables of codes pack to a tenth; deflate cannot do more than a thousand.
  public var packingRatio = 200
  /// Bytes up to which the ratio is not looked at.
  public var ratioFreeBytes = 32 << 20

  /// Makes the limits that files from outside are read under.
  public init() {}

  /// The last column of a sheet, `XFD`.
  static let columns = 16_384
  /// The last row of a sheet.
  static let rows = 1_048_576
}
