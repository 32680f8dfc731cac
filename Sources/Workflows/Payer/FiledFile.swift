/// A file that an institution uploaded (文件, 9101), found by its query number (`file_qury_no`).
///
/// ```swift
/// let file = try store.filed(FiledFile.self, "F0001")
/// ```
public struct FiledFile: FiledRecord {
  /// The register of files.
  public static let register = "file"

  /// The file's query number (`file_qury_no`).
  public var id: String
  /// The institution that uploaded it (`fixmedins_code`).
  public var owner: String
  /// What it was uploaded for.
  public var subject: String
  /// When it came in, `yyyy-MM-dd HH:mm:ss`.
  public var time: String
  /// The file's name (`filename`).
  public var name: String
  /// The bytes, as base64 (RFC 4648, with padding, without line breaks).
  public var contentBase64: String

  /// Makes a file.
  public init(id: String, owner: String, subject: String, time: String, name: String, contentBase64: String) {
    self.id = id
    self.owner = owner
    self.subject = subject
    self.time = time
    self.name = name
    self.contentBase64 = contentBase64
  }
}
