public import Grouping
public import Kernel

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Opens editions: from the files, checked and compiled, or compiled before from a cache.
///
/// A cached file's name is the digest of all the files an edition is made of, with the version of the compiled form, so
/// that a changed table or switch is compiled anew. A cached file that is damaged is passed over with a warning.
///
/// ```swift
/// let opened = EditionCache(folder: EditionCache.usualFolder).open(EditionFile("editions/chs_drg_11"))
/// ```
public struct EditionCache: Sendable {
  /// The folder; without one, editions are compiled every time.
  public let folder: String?

  /// Names a folder; it is made when the first edition is kept.
  public init(folder: String?) { self.folder = folder }

  /// `$XDG_CACHE_HOME/openyibao/editions`, else `~/.cache/openyibao/editions`; `nil` when there is no home.
  public static var usualFolder: String? {
    let caches = variable("XDG_CACHE_HOME") ?? variable("HOME").map { "\($0)/.cache" }
    return caches.map { "\($0)/openyibao/editions" }
  }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// An edition with what was said about it.
  public struct Opened: Sendable {
    /// The edition; `nil` when a diagnostic is an error.
    public let edition: Edition?
    /// What is wrong with the files, what the checker found, and a cached file that was passed over.
    public let diagnostics: [Diagnostic]
    /// Whether it came from the cache; the checker's warnings are then not repeated.
    public let isFromCache: Bool
  }

  /// Opens an edition.
  public func open(_ file: EditionFile) -> Opened {
    var diagnostics: [Diagnostic] = []
    var place: String?
    if let folder {
      do throws(Diagnostic) {
        place = "\(folder)/\(try file.contentHash(salt: "format \(Edition.format)")).edition"
      } catch {
        return Opened(edition: nil, diagnostics: [error], isFromCache: false)
      }
    }
    if let place, access(place, F_OK) == 0 {
      do {
        return Opened(edition: try Edition(encoded: FileBytes.read(place)), diagnostics: [], isFromCache: true)
      } catch let error as EditionCodingError {
        diagnostics.append(Diagnostic(.warning, error.text, file: place))
      } catch let error as Diagnostic {
        diagnostics.append(Self.warning(error))
      } catch {
        preconditionFailure("no other errors are thrown")
      }
    }
    let reading = file.read()
    diagnostics += reading.diagnostics
    guard let tables = reading.value else {
      return Opened(edition: nil, diagnostics: diagnostics, isFromCache: false)
    }
    let (edition, findings) = Edition.compile(tables)
    diagnostics += findings.map { $0.diagnostic(file: file.place(of: $0.sheet)) }
    if let place, let edition {
      do throws(Diagnostic) { try keep(edition, at: place) } catch { diagnostics.append(Self.warning(error)) }
    }
    return Opened(edition: edition, diagnostics: diagnostics, isFromCache: false)
  }

  private func keep(_ edition: Edition, at place: String) throws(Diagnostic) {
    // Each folder on the way that is not there yet.
    var path = place.hasPrefix("/") ? "" : "."
    for part in place.split(separator: "/").dropLast() {
      path += "/\(part)"
      if mkdir(path, 0o755) != 0, errno != EEXIST {
        throw systemDiagnostic("不能建立缓存目录", "cannot make the cache's folder", path: path)
      }
    }
    try FileBytes.write(edition.encoded(), to: place)
  }

  /// A failing cache is no reason to refuse an edition.
  private static func warning(_ diagnostic: Diagnostic) -> Diagnostic {
    Diagnostic(.warning, diagnostic.message, file: diagnostic.file, line: diagnostic.line)
  }
}
