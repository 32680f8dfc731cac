import Foundation

/// The file of gateway keys (`yibao serve --gateway-keys`).
///
/// UTF-8, one key on each line: access key, institution, secret, with one or more blanks or tabs between them. Empty
/// lines and lines that begin with `#` are left out. Everything else is refused, with its line: another number of
/// fields, a key twice, an institution's code that is none, a secret of fewer than sixteen characters. So is a file
/// that others than its owner may read or write.
///
/// ```text
/// # access key   institution    secret
/// AK-0001        H99010000001   kOYh7b3QmZsWw4dF
/// ```
public enum GatewayKeyFile {
  /// Why a file of keys cannot be used.
  public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is not there or cannot be read.
    case unreadable(String)
    /// Others than its owner may read or write it.
    case open(String, mode: Int)
    /// A line is not as it has to be.
    case line(Int, String)
    /// There is no key in it.
    case empty

    /// What is wrong, in Chinese and English; never a secret.
    public var description: String {
      switch self {
      case .unreadable(let path): "密钥文件不存在或不可读 / the key file cannot be read: \(path)"
      case .open(let path, let mode):
        "密钥文件权限应为 0600，现为 0\(String(mode, radix: 8)) / the key file must be its owner's alone: chmod 600 \(path)"
      case .line(let number, let problem): "密钥文件第 \(number) 行 / line \(number) of the key file: \(problem)"
      case .empty: "密钥文件中没有密钥 / there is no key in the file"
      }
    }
  }

  /// The keys of a file.
  public static func keys(path: String) throws(Fault) -> [String: GatewayKeys.Key] {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular,
      let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue
    else { throw .unreadable(path) }
    guard mode & 0o077 == 0 else { throw .open(path, mode: mode) }
    guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self)
    else { throw .unreadable(path) }
    return try keys(in: text)
  }

  /// The keys of a file's text.
  static func keys(in text: String) throws(Fault) -> [String: GatewayKeys.Key] {
    var keys: [String: GatewayKeys.Key] = [:]
    for (place, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let fields = line.split { $0 == " " || $0 == "\t" }.map(String.init)
      guard let first = fields.first, !first.hasPrefix("#") else { continue }
      let number = place + 1
      guard fields.count == 3 else {
        throw .line(number, "应为三列：访问标识、机构编号、密钥 / three fields: access key, institution, secret")
      }
      guard keys[first] == nil else { throw .line(number, "访问标识重复 / the access key stands twice") }
      guard isCode(fields[1]) else { throw .line(number, "机构编号应为 H 或 P 加 11 位数字 / H or P and eleven digits") }
      guard fields[2].utf8.count >= 16 else { throw .line(number, "密钥不足 16 个字符 / a secret has at least 16 characters") }
      keys[first] = GatewayKeys.Key(institution: fields[1], secret: fields[2])
    }
    guard !keys.isEmpty else { throw .empty }
    return keys
  }

  private static func isCode(_ text: String) -> Bool {
    text.utf8.count == 12 && (text.hasPrefix("H") || text.hasPrefix("P"))
      && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
  }
}
