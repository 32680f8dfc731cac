import Kernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Bytes that arrive piece by piece, from a file or from memory.
enum ByteSource {
  case file(descriptor: Int32)
  case memory([UInt8], at: Int)

  /// Opens a file; the diagnostic says why it cannot be opened.
  static func open(_ path: String) throws(Diagnostic) -> ByteSource {
    let descriptor = Self.retrying { openReading(path) }
    guard descriptor >= 0 else { throw systemDiagnostic("打不开文件", "cannot open the file", path: path) }
    return .file(descriptor: descriptor)
  }

  /// Appends at most `count` more bytes; false at the end.
  mutating func read(into buffer: inout [UInt8], count: Int, name: String) throws(Diagnostic) -> Bool {
    switch self {
    case .memory(let bytes, let start):
      let end = min(start + count, bytes.count)
      buffer.append(contentsOf: bytes[start..<end])
      self = .memory(bytes, at: end)
      return start < end
    case .file(let descriptor):
      // Bytes are copied rather than zeroed first and overwritten; the error is that of the last call.
      var got = 0
      let piece = [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
        got = Self.retrying { readBytes(descriptor, bytes.baseAddress, count) }
        filled = max(got, 0)
      }
      buffer.append(contentsOf: piece)
      guard got >= 0 else { throw systemDiagnostic("读文件失败", "cannot read the file", path: name) }
      return got > 0
    }
  }

  func close() {
    if case .file(let descriptor) = self { closeDescriptor(descriptor) }
  }

  /// Repeats a system call that a signal interrupted.
  static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}

private func openReading(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC) }

private func readBytes(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}

private func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }

/// What the system says of its last failed call, as a diagnostic.
func systemDiagnostic(_ chinese: String, _ english: String, path: String) -> Diagnostic {
  let reason = String(cString: strerror(errno))
  return Diagnostic(.error, LocalizedText("\(chinese)：\(reason)", "\(english): \(reason)"), file: path)
}

/// A file that replaces its former self only when it has been written completely.
struct ReplacedFile {
  private let path: String
  private let draft: String
  private let descriptor: Int32

  init(path: String) throws(Diagnostic) {
    self.path = path
    draft = "\(path).\(getpid()).part"
    let name = draft
    descriptor = ByteSource.retrying { open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) }
    guard descriptor >= 0 else { throw systemDiagnostic("不能写文件", "cannot write the file", path: path) }
  }

  func write(_ bytes: [UInt8]) throws(Diagnostic) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes { all in
        ByteSource.retrying { writeBytes(descriptor, all.baseAddress?.advanced(by: done), all.count - done) }
      }
      guard written >= 0 else { throw systemDiagnostic("写文件失败", "cannot write the file", path: path) }
      done += written
    }
  }

  /// Puts the file in its place.
  func commit() throws(Diagnostic) {
    let synced = ByteSource.retrying { fsync(descriptor) }
    let closed = close(descriptor)
    guard synced == 0 || errno == EINVAL, closed == 0, rename(draft, path) == 0 else {
      unlink(draft)
      throw systemDiagnostic("不能写文件", "cannot write the file", path: path)
    }
  }

  /// Forgets what was written.
  func abandon() {
    _ = close(descriptor)
    unlink(draft)
  }
}

private func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
