private import CLibZip
private import Foundation
public import Workflows

/// Zip archives by libzip, in memory.
///
/// Archives carry one fixed time and no system's file rights, so that the same files give the same bytes.
///
/// ```swift
/// let bytes = try ZipArchive().pack([ArchivedFile(name: "1301.txt", bytes: Array("XA001\t…\n".utf8))])
/// ```
public struct ZipArchive: FileArchive {
  /// Makes the archiver; it holds nothing.
  public init() {}

  /// Packs files into an archive.
  public func pack(_ files: [ArchivedFile]) throws(ArchiveFault) -> [UInt8] {
    let buffer = try ZipBuffer(copying: [])
    let archive = try buffer.open(ZIP_TRUNCATE)
    var isClosed = false
    defer { if !isClosed { zip_discard(archive) } }
    for file in files { try add(file, to: archive) }
    guard zip_close(archive) == 0 else { throw .notMade(ZipBuffer.reason(archive)) }
    isClosed = true
    return try buffer.bytes()
  }

  private func add(_ file: ArchivedFile, to archive: OpaquePointer) throws(ArchiveFault) {
    let source = try ZipBuffer.source(copying: file.bytes)
    let place = zip_file_add(archive, file.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard place >= 0 else {
      zip_source_free(source)
      throw .notMade(ZipBuffer.reason(archive))
    }
    let index = zip_uint64_t(place)
    // 1980-01-01 00:00:00, the first time there is in the format.
    let isSet =
      zip_file_set_dostime(archive, index, 0, 1 << 5 | 1, 0) == 0
      && zip_set_file_compression(archive, index, zip_int32_t(ZIP_CM_DEFLATE), 6) == 0
      && zip_file_set_external_attributes(archive, index, 0, zip_uint8_t(ZIP_OPSYS_UNIX), 0o100644 << 16) == 0
    if !isSet { throw .notMade(ZipBuffer.reason(archive)) }
  }

  /// Unpacks an archive; folders are left out.
  public func unpack(_ bytes: [UInt8], limit: Int) throws(ArchiveFault) -> [ArchivedFile] {
    // The library would make a new archive of nothing.
    if bytes.isEmpty { throw .unreadable("no bytes") }
    let buffer = try ZipBuffer(copying: bytes)
    let archive = try buffer.open(ZIP_RDONLY | ZIP_CHECKCONS)
    defer { zip_discard(archive) }
    var files: [ArchivedFile] = []
    var rest = limit
    for index in 0..<zip_uint64_t(max(0, zip_get_num_entries(archive, 0))) {
      guard let name = zip_get_name(archive, index, 0).map({ String(cString: $0) }) else {
        throw .unreadable(ZipBuffer.reason(archive))
      }
      if name.hasSuffix("/") { continue }
      let content = try read(index, of: archive, atMost: rest, limit: limit)
      rest -= content.count
      files.append(ArchivedFile(name: name, bytes: content))
    }
    return files
  }

  /// Reads a file to its end, whatever size it claims; one byte more than allowed is enough to refuse it.
  private func read(_ index: zip_uint64_t, of archive: OpaquePointer, atMost rest: Int, limit: Int)
    throws(ArchiveFault) -> [UInt8]
  {
    guard let file = zip_fopen_index(archive, index, 0) else { throw .unreadable(ZipBuffer.reason(archive)) }
    defer { zip_fclose(file) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = chunk.withUnsafeMutableBytes { space in
        space.baseAddress.map { zip_fread(file, $0, zip_uint64_t(space.count)) } ?? -1
      }
      guard count >= 0 else { throw .unreadable("damaged content") }
      if count == 0 { return content }
      if content.count + Int(count) > rest { throw .tooLarge(limit: limit) }
      content.append(contentsOf: chunk[..<Int(count)])
    }
  }
}

/// Bytes that libzip reads from and writes to, with a copy of its own.
private final class ZipBuffer {
  private let source: OpaquePointer

  init(copying bytes: [UInt8]) throws(ArchiveFault) {
    source = try Self.source(copying: bytes)
  }

  deinit { zip_source_free(source) }

  /// Opens the archive that the bytes are.
  func open(_ flags: Int32) throws(ArchiveFault) -> OpaquePointer {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    // The archive takes one hold of the source, the buffer keeps its own.
    zip_source_keep(source)
    guard let archive = zip_open_from_source(source, flags, &error) else {
      zip_source_free(source)
      throw .unreadable(String(cString: zip_error_strerror(&error)))
    }
    return archive
  }

  /// The bytes after an archive was closed; nothing when it held no files.
  func bytes() throws(ArchiveFault) -> [UInt8] {
    var state = zip_stat_t()
    guard zip_source_stat(source, &state) == 0, zip_source_open(source) == 0 else { throw .notMade(sourceReason) }
    defer { zip_source_close(source) }
    var bytes = [UInt8](repeating: 0, count: Int(state.size))
    let count = bytes.withUnsafeMutableBytes { space in
      space.baseAddress.map { zip_source_read(source, $0, zip_uint64_t(space.count)) } ?? 0
    }
    guard count == bytes.count else { throw .notMade(sourceReason) }
    return bytes
  }

  private var sourceReason: String { String(cString: zip_error_strerror(zip_source_error(source))) }

  /// A source with a copy of bytes, which it frees itself.
  static func source(copying bytes: [UInt8]) throws(ArchiveFault) -> OpaquePointer {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    let copy = malloc(max(bytes.count, 1))
    copy?.copyMemory(from: bytes, byteCount: bytes.count)
    guard let copy, let source = zip_source_buffer_create(copy, zip_uint64_t(bytes.count), 1, &error) else {
      free(copy)
      throw .notMade(String(cString: zip_error_strerror(&error)))
    }
    return source
  }

  static func reason(_ archive: OpaquePointer) -> String { String(cString: zip_strerror(archive)) }
}
