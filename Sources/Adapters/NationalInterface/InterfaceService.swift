import Kernel
public import Workflows

/// The national interface of designated institutions (医保信息平台定点医药机构接口): bytes in, bytes out.
///
/// Reads the envelope, checks the input against the transaction's form, asks the payer's desk, and prints the answer.
/// Whatever comes in, a well-formed envelope goes out.
///
/// ```swift
/// let service = InterfaceService(desk: desk) { now() }
/// let reply = await service.answer(body, pathInfno: nil)
/// ```
public struct InterfaceService: Sendable {
  let desk: PayerDesk
  /// Packs downloads; without it they are not offered.
  let archive: (any FileArchive)?
  private let clock: @Sendable () -> WallTime
  private let settings: InterfaceSettings
  private let counter = ReplyCounter()

  /// Opens the interface on a desk.
  ///
  /// - Parameters:
  ///   - desk: the payer.
  ///   - settings: limits, and whether operators must sign in.
  ///   - archive: packs the files of downloads; without it they are refused.
  ///   - clock: the time of day in China.
  public init(
    desk: PayerDesk, settings: InterfaceSettings = InterfaceSettings(), archive: (any FileArchive)? = nil,
    clock: @escaping @Sendable () -> WallTime
  ) {
    self.desk = desk
    self.archive = archive
    self.settings = settings
    self.clock = clock
  }

  /// Answers one message.
  ///
  /// - Parameters:
  ///   - body: the bytes that came in.
  ///   - pathInfno: the transaction that the path ends with, when it ends with one; the envelope's own word goes first.
  ///   - contentType: the media type of the body; a form's part `jsonStr` is the envelope, another one the file.
  ///   - signer: who signed the request and for which transaction, when a gateway checked it; the envelope must agree.
  public func answer(
    _ body: [UInt8], pathInfno: String?, contentType: String? = nil, signer: MessageSigner? = nil
  ) async -> InterfaceReply {
    let received = clock()
    var named = Named()
    do throws(Refused) {
      var (body, attachment): ([UInt8], [UInt8]?) = (body, nil)
      if let contentType, FormData.isForm(contentType) { (body, attachment) = try Self.parts(of: body, contentType) }
      var envelope = try read(body, pathInfno, &named)
      envelope.attachment = attachment
      try signer?.check(envelope)
      let output = try await carryOut(envelope, received)
      return InterfaceReply(
        bytes: output.file ?? reply(received).success(output), isFile: output.file != nil,
        outcome: named.outcome(code: 0, number: 0))
    } catch {
      return InterfaceReply(
        bytes: reply(received).failure(number: error.number, error.message.chinese), isFile: false,
        outcome: named.outcome(code: -1, number: error.number))
    }
  }

  /// Whether the edition knows a transaction's number, offered or not; only known numbers may name a metric.
  public static func isKnown(_ transaction: String) -> Bool { TransactionTitles.title(of: transaction) != nil }

  private func reply(_ received: WallTime) -> ReplyEnvelope {
    ReplyEnvelope(region: desk.region, received: received, answered: clock(), sequence: counter.next())
  }

  /// What a message says of itself, for a log: never more than these may hold.
  private struct Named {
    var transaction = ""
    var institution = ""
    var message = ""

    func outcome(code: Int, number: UInt16) -> InterfaceOutcome {
      InterfaceOutcome(
        transaction: transaction, institution: institution, message: message, code: code, number: number)
    }
  }

  private func read(_ body: [UInt8], _ pathInfno: String?, _ named: inout Named) throws(Refused) -> RequestEnvelope {
    let document: JSONDocument
    do throws(JSONFault) {
      document = try JSONDocument(body, limits: settings.limits)
    } catch {
      throw .interface(InterfaceRefusal(.notJSON, error.message.chinese, error.message.english))
    }
    do throws(InterfaceRefusal) {
      // A log shall name them even when the envelope is refused.
      named.transaction = String(FieldText.text(of: document.root["infno"]).prefix(6))
      named.institution = String(FieldText.text(of: document.root["fixmedins_code"]).prefix(30))
      named.message = String(FieldText.text(of: document.root["msgid"]).prefix(30))
      let envelope = try RequestEnvelope(document, pathInfno: pathInfno, limits: settings.limits)
      named.transaction = String(envelope.transaction.prefix(6))
      return envelope
    } catch { throw .interface(error) }
  }

  private func carryOut(_ envelope: RequestEnvelope, _ received: WallTime) async throws(Refused) -> Output {
    let number = Dialect.canonical(envelope.transaction)
    guard let form = TransactionForm.of(number), let carry = Self.transactions[number] else {
      throw .interface(Self.notOffered(envelope.transaction))
    }
    if let first = InputCheck.violations(in: envelope.input, of: form).first {
      throw .interface(InterfaceRefusal(first.code, first.message, first.message))
    }
    if settings.requiresSignIn && number != "9001" {
      guard try await desk.isSignedIn(envelope.signIn, institution: envelope.institution).orRefused() else {
        throw .desk(.desk(.signInUnknown, about: envelope.signIn))
      }
    }
    let request = InterfaceRequest(envelope: envelope, number: number, received: received)
    return try await carry(self, request)
  }

  private static func parts(of body: [UInt8], _ contentType: String) throws(Refused) -> ([UInt8], [UInt8]?) {
    guard let form = FormData(body, contentType: contentType), let envelope = form["jsonStr"] else {
      throw .interface(
        InterfaceRefusal(
          .notEnvelope, "multipart 报文应有 jsonStr（报文）和 file（文件）两部分", "a form needs the parts jsonStr and file"))
    }
    return (envelope, form["file"] ?? form["in"])
  }

  static func notOffered(_ number: String) -> InterfaceRefusal {
    let shown = FieldText.shortened(number)
    guard let title = TransactionTitles.title(of: number) else {
      return InterfaceRefusal(
        .transactionUnknown, "交易编号 \(shown) 不存在；请核对 infno", "no transaction has the number \(shown); check infno")
    }
    return InterfaceRefusal(
      .transactionNotOffered, "该交易暂不提供：\(number) \(title)", "the transaction \(number) is known but not offered")
  }
}

/// Who signed a request at the gateway, and for what.
public struct MessageSigner: Sendable {
  /// The institution that the key belongs to (`fixmedins_code`).
  public let institution: String
  /// The transaction that was signed for (`_api_name`).
  public let transaction: String

  /// Makes a signer.
  public init(institution: String, transaction: String) {
    self.institution = institution
    self.transaction = transaction
  }

  /// Refuses a message that speaks for another institution, or is another transaction, than was signed for.
  func check(_ envelope: RequestEnvelope) throws(Refused) {
    guard envelope.institution == institution else {
      throw .contradiction(
        "报文的机构编号与网关签名的机构不符；请核对 fixmedins_code", "the message is not of the institution that signed it")
    }
    guard envelope.transaction == transaction else {
      throw .contradiction("报文的交易编号与网关签名的不符；请核对 infno", "the message is not the transaction that was signed for")
    }
  }
}

/// How strictly the interface takes messages.
public struct InterfaceSettings: Sendable {
  /// The largest size and depth of a body.
  public var limits: JSONLimits
  /// Whether every transaction but 9001 needs the number of an operator who signed in.
  public var requiresSignIn: Bool

  /// Makes settings; operators need not sign in unless it is asked for.
  public init(limits: JSONLimits = JSONLimits(), requiresSignIn: Bool = false) {
    self.limits = limits
    self.requiresSignIn = requiresSignIn
  }
}
