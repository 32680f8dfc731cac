import Kernel

/// Why a message is refused before the payer looks at it: a closed vocabulary with numbers that never change.
public enum InterfaceFault: UInt16, Error, Sendable, CaseIterable {
  /// The body is not JSON in UTF-8.
  case notJSON = 301
  /// The body is JSON but no envelope.
  case notEnvelope = 302
  /// A field of the envelope is missing.
  case headerMissing = 303
  /// A field of the envelope has the wrong form.
  case headerForm = 304
  /// No edition has such a transaction.
  case transactionUnknown = 305
  /// The transaction exists but is not offered.
  case transactionNotOffered = 306
  /// The input is missing or is no object.
  case inputMissing = 307
  /// A node of the input is missing.
  case nodeMissing = 308
  /// A node of the input is neither an object nor an array of objects, or has too many rows.
  case nodeForm = 309
  /// A required field is empty.
  case fieldMissing = 310
  /// A value has the wrong length or form.
  case valueForm = 311
  /// A code is not in its list.
  case codeUnknown = 312
  /// The values of one message contradict each other.
  case contradiction = 313
  /// The kind of care is known but not settled here.
  case careNotOffered = 314
  /// A file could not be packed.
  case fileNotMade = 320
  /// An answer would break the identities of money; nothing is told rather than something wrong.
  case identityBroken = 399
}

/// A refusal of the interface itself.
struct InterfaceRefusal: Error {
  let fault: InterfaceFault
  let text: LocalizedText

  init(_ fault: InterfaceFault, _ chinese: String, _ english: String) {
    self.fault = fault
    self.text = LocalizedText(chinese, english)
  }
}
