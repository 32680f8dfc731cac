/// The parts of a form (`multipart/form-data`, RFC 7578), by name, as clients upload files (9101).
struct FormData {
  private var parts: [String: [UInt8]] = [:]

  /// Whether a media type is that of a form.
  static func isForm(_ contentType: String) -> Bool { contentType.lowercased().hasPrefix("multipart/form-data") }

  /// Takes a form apart; `nil` when it is none, or does not end.
  init?(_ body: [UInt8], contentType: String) {
    guard let boundary = Self.parameter("boundary", of: contentType), !boundary.isEmpty, boundary.utf8.count <= 70
    else { return nil }
    let line = Array("--\(boundary)".utf8)
    guard body.starts(with: line) else { return nil }
    let delimiter = [0x0D, 0x0A] + line
    var start = line.count
    while !body[start...].starts(with: Array("--".utf8)) {
      guard body[start...].starts(with: [0x0D, 0x0A]),
        let end = Self.place(of: delimiter, in: body, from: start),
        let blank = Self.place(of: [0x0D, 0x0A, 0x0D, 0x0A], in: body, from: start), blank <= end
      else { return nil }
      if let name = Self.name(body[start..<blank]) { parts[name] = Array(body[min(blank + 4, end)..<end]) }
      start = end + delimiter.count
    }
  }

  /// The content of a part.
  subscript(name: String) -> [UInt8]? { parts[name] }

  /// The name that a part's header gives it.
  private static func name(_ header: ArraySlice<UInt8>) -> String? {
    String(decoding: header, as: UTF8.self).split(whereSeparator: \.isNewline)
      .first { $0.lowercased().hasPrefix("content-disposition:") }
      .flatMap { parameter("name", of: String($0)) }
  }

  /// A parameter of a header, with or without quotes.
  private static func parameter(_ name: String, of header: String) -> String? {
    for part in header.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == name else { continue }
      return String(pair[1].drop { $0 == " " || $0 == "\"" }.prefix { $0 != "\"" && $0 != " " })
    }
    return nil
  }

  private static func place(of wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
    var index = start
    let last = bytes.count - wanted.count
    return bytes.withUnsafeBufferPointer { bytes in
      while index <= last {
        if bytes[index] == first, bytes[index..<index + wanted.count].elementsEqual(wanted) { return index }
        index += 1
      }
      return nil
    }
  }
}
