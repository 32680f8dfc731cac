/// Files packed into one and unpacked again, as the interface sends them (文件为 TXT 的压缩包).
///
/// The payer knows only that there is such a thing; an adapter does it.
public protocol FileArchive: Sendable {
  /// Packs files into an archive; the same files give the same bytes.
  func pack(_ files: [ArchivedFile]) throws(ArchiveFault) -> [UInt8]

  /// Unpacks an archive that somebody sent.
  ///
  /// - Parameter limit: how many bytes the files may hold together; an archive that claims or turns out to hold more is
  ///   refused.
  func unpack(_ bytes: [UInt8], limit: Int) throws(ArchiveFault) -> [ArchivedFile]
}

/// A file in an archive.
public struct ArchivedFile: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// Its content.
  public let bytes: [UInt8]

  /// Makes a file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Why an archive cannot be read or made.
public enum ArchiveFault: Error, Hashable, Sendable {
  /// It is no archive, or a damaged or encrypted one; with what the library says.
  case unreadable(String)
  /// What it holds is larger than allowed.
  case tooLarge(limit: Int)
  /// It could not be made; with what the library says.
  case notMade(String)
}
