import CLibZip

/// The archive that an `.xlsx` file is, read part by part by libzip, which checks each part's CRC.
final class WorkbookPackage {
  private let archive: OpaquePointer
  private let limits: WorkbookLimits

  /// Opens a file that is known to be there.
  init(path: String, limits: WorkbookLimits) throws(WorkbookFault) {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw .damaged("zip", String(cString: zip_error_strerror(&error)))
    }
    self.archive = archive
    self.limits = limits
    let count = zip_get_num_entries(archive, 0)
    if count > limits.archiveEntries {
      throw WorkbookFault(
        "压缩包内有 \(count) 个文件，不是工作簿。", "the archive holds \(count) files; it is not a workbook.")
    }
  }

  deinit { zip_discard(archive) }

  /// Whether the archive has a part; names are compared as the format wants it, letters of either case.
  func contains(_ part: String) -> Bool { locate(part) != nil }

  private func locate(_ part: String) -> zip_uint64_t? {
    let index = zip_name_locate(archive, part, zip_flags_t(ZIP_FL_NOCASE | ZIP_FL_ENC_GUESS))
    return index < 0 ? nil : zip_uint64_t(index)
  }

  /// Unpacks a part piece by piece.
  ///
  /// - Parameters:
  ///   - part: its name, without a slash in front.
  ///   - limit: bytes that it may unpack to.
  ///   - space: gives room for so many bytes.
  ///   - take: receives how many bytes were put there; false when no more are wanted.
  func unpack(
    _ part: String, limit: Int, into space: (Int) -> UnsafeMutableRawPointer?,
    _ take: (Int) throws(WorkbookFault) -> Bool
  ) throws(WorkbookFault) {
    guard let index = locate(part) else {
      throw WorkbookFault("不是 Excel 工作簿：缺少 \(part)。", "not an Excel workbook: \(part) is missing.")
    }
    var state = zip_stat_t()
    zip_stat_init(&state)
    guard zip_stat_index(archive, index, 0, &state) == 0 else { throw .damaged(part, reason) }
    if state.encryption_method != ZIP_EM_NONE {
      throw WorkbookFault("工作簿有密码；请去掉密码后另存。", "the workbook has a password; save it without one.")
    }
    if state.size > zip_uint64_t(limit) { throw .tooLarge(part, limit) }
    guard let file = zip_fopen_index(archive, index, 0) else { throw .damaged(part, reason) }
    defer { zip_fclose(file) }
    let ratioLimit = max(limits.ratioFreeBytes, Int(clamping: state.comp_size) * limits.packingRatio)
    var total = 0
    while true {
      guard let room = space(Self.pieceBytes) else { throw .damaged(part, "no memory") }
      let count = Int(zip_fread(file, room, zip_uint64_t(Self.pieceBytes)))
      guard count >= 0 else { throw .damaged(part, String(cString: zip_file_strerror(file))) }
      total += count
      if total > limit { throw .tooLarge(part, limit) }
      if total > ratioLimit { throw .tooLarge(part, ratioLimit) }
      if try !take(count) || count == 0 { return }
    }
  }

  private static let pieceBytes = 64 << 10

  private var reason: String { String(cString: zip_strerror(archive)) }
}
