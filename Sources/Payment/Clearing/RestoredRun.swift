public import Ledger

extension PaymentRun {
  /// Restores a run from what a store kept of it; nothing is worked out anew.
  ///
  /// - Parameters:
  ///   - identity: the identity under which it is kept.
  ///   - inputs: what went in.
  ///   - corrects: the run that it corrects.
  ///   - lines: the lines, ascending by holder.
  ///   - entries: the postings.
  ///   - digest: the digest by which runs of the store are identified.
  /// - Returns: `nil` when the identity is not the digest of the inputs, lines are not ascending, or an entry bears
  ///   another reference than the identity: what is kept is not what was made.
  public init?(
    restoring identity: String, inputs: Inputs, corrects: String?, lines: [Line], entries: [LedgerEntry],
    digest: ([UInt8]) -> String
  ) {
    guard digest(inputs.bytes(correcting: corrects)) == identity,
      zip(lines, lines.dropFirst()).allSatisfy({ $0.holder < $1.holder }),
      entries.allSatisfy({ $0.reference.hasPrefix(identity) })
    else { return nil }
    self.identity = identity
    self.inputs = inputs
    self.corrects = corrects
    self.lines = lines
    self.entries = entries
  }

  /// Whether a digest of the inputs gives the identity.
  public func isIdentified(by digest: ([UInt8]) -> String) -> Bool {
    digest(inputs.bytes(correcting: corrects)) == identity
  }
}
