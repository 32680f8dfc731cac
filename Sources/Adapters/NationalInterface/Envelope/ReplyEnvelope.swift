import Kernel
import Synchronization

/// An answer: its bytes, and what a log may say about it.
public struct InterfaceReply: Sendable {
  /// The envelope as JSON in UTF-8, or the file that was asked for (9102).
  public let bytes: [UInt8]
  /// Whether the bytes are a file.
  public let isFile: Bool
  /// What became of the message, without personal data.
  public let outcome: InterfaceOutcome
}

/// What became of a message, without personal data.
public struct InterfaceOutcome: Hashable, Sendable {
  /// The transaction as it was named; empty when the message named none.
  public let transaction: String
  /// The institution that sent it; empty when the message named none.
  public let institution: String
  /// The sender's identifier of it (`msgid`); empty when the message named none.
  public let message: String
  /// 0 for success, -1 for failure (`infcode`).
  public let code: Int
  /// The number of the refusal; 0 for success.
  public let number: UInt16
}

/// Prints answers (interface facts, section 1).
struct ReplyEnvelope {
  let region: String
  let received: WallTime
  let answered: WallTime
  let sequence: UInt64

  /// The answer of a transaction that was carried out.
  func success(_ output: Output) -> [UInt8] {
    var writer = JSONWriter(capacity: 8_192)
    writer.object { writer in
      head(&writer, code: 0, error: "", warning: output.warning)
      output.write("output", &writer)
    }
    return writer.bytes
  }

  /// The answer of a transaction that was refused.
  func failure(number: UInt16, _ message: String) -> [UInt8] {
    var writer = JSONWriter(capacity: 512)
    writer.object { writer in
      head(&writer, code: -1, error: Self.shortened("[\(number)] \(message)"), warning: nil)
      writer.null("output")
    }
    return writer.bytes
  }

  private func head(_ writer: inout JSONWriter, code: Int64, error: String, warning: String?) {
    writer.number("infcode", code)
    writer.text("inf_refmsgid", messageNumber)
    writer.text("refmsg_time", received.milliseconds17)
    writer.text("respond_time", answered.milliseconds17)
    writer.text("err_msg", error)
    writer.text("warn_msg", optional: warning.map(Self.shortened))
  }

  /// Region, time and a sequence of ten digits, 30 characters in all.
  private var messageNumber: String {
    region.prefix(6) + received.seconds14
      + FixedPoint.padded(Int(sequence % 10_000_000_000), width: 10)
  }

  /// Messages hold 200 characters.
  static func shortened(_ message: String) -> String {
    guard message.isLonger(than: 200) else { return message }
    return String(String.UnicodeScalarView(message.unicodeScalars.prefix(199))) + "…"
  }
}

/// Counts answers, so that each has a number of its own.
final class ReplyCounter: Sendable {
  private let last = Atomic<UInt64>(0)

  func next() -> UInt64 { last.wrappingAdd(1, ordering: .relaxed).newValue }
}

/// The output of a transaction that was carried out.
struct Output {
  /// What to look at although it was carried out (`warn_msg`).
  var warning: String?
  /// A file that goes out instead of an envelope.
  private(set) var file: [UInt8]?
  /// Prints the output as a member of a name.
  let write: (StaticString, inout JSONWriter) -> Void

  /// An output of nodes, which the body prints.
  init(warning: String? = nil, _ nodes: @escaping (inout JSONWriter) -> Void) {
    self.warning = warning
    self.write = { $1.object($0, nodes) }
  }

  private init(write: @escaping (StaticString, inout JSONWriter) -> Void) {
    self.warning = nil
    self.write = write
  }

  /// An output that is an array of rows.
  static func rows<Row>(_ rows: [Row], _ body: @escaping (inout JSONWriter, Row) -> Void) -> Output {
    Output(write: { $1.rows($0, rows, body) })
  }

  /// A file, which takes the place of the envelope.
  static func file(_ bytes: [UInt8]) -> Output {
    var output = Output.none
    output.file = bytes
    return output
  }

  /// No nodes at all.
  static var none: Output { Output(warning: nil) { _ in } }
}
