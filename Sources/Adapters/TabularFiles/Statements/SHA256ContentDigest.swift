import Crypto
public import Kernel
public import Payment
public import Workflows

/// Identifies runs, sets of cases and contracts by SHA-256, in 64 lower-case hexadecimal digits.
public struct SHA256ContentDigest: ContentDigest {
  private final class Sum {
    var hash = SHA256()
  }

  /// Makes a digest.
  public init() {}

  /// The digest of whatever is written, piece by piece.
  public func text(of write: (inout CanonicalBytes) -> Void) -> String {
    let sum = Sum()
    var bytes = CanonicalBytes { piece in
      piece.withUnsafeBytes { sum.hash.update(bufferPointer: $0) }
    }
    write(&bytes)
    bytes.finish()
    return FileBytes.hexadecimal(sum.hash.finalize())
  }

  /// The digest of bytes.
  public func text(_ bytes: [UInt8]) -> String { FileBytes.sha256(bytes) }

  /// The digest of files, by their names and bytes; the folders that they lie in do not matter.
  ///
  /// - Throws: a ``Kernel/Diagnostic`` when a file cannot be read.
  public func text(ofFiles paths: [String]) throws(Diagnostic) -> String {
    var files: [(name: String, sum: String)] = []
    for path in paths {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      files.append((name, FileBytes.sha256(try FileBytes.read(path))))
    }
    return text { bytes in
      bytes.append(files.count)
      for file in files.sorted(by: { ($0.name, $0.sum) < ($1.name, $1.sum) }) {
        bytes.append(file.name)
        bytes.append(file.sum)
      }
    }
  }
}
