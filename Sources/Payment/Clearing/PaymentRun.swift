public import Kernel
public import Ledger
public import People

/// A run of paying or clearing, identified by what went into it; published once and never changed.
///
/// The same inputs give the same identity and the same bytes. What turns out wrong is corrected by a new run that names
/// the one it corrects, takes its postings back and lists the differences.
public struct PaymentRun: Hashable, Sendable {
  /// What is run.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Paying a month.
    case month
    /// Clearing a year.
    case year
    /// Clearing a medical community.
    case community
    /// Contributions to and allocations of a provincial adjustment fund.
    case adjustmentFund = "adjustment_fund"
    /// Loss by unlawful charges: what is ordered back, and what clearing again without them pays.
    case fundLoss = "fund_loss"
  }

  /// What goes into a run.
  public struct Inputs: Hashable, Sendable {
    /// What is run.
    public var kind: Kind
    /// The pooling region.
    public var region: String
    /// The scheme.
    public var scheme: InsuranceScheme
    /// The period.
    public var period: PaymentPeriod
    /// The identity of the contract's data.
    public var contract: String
    /// The identity of the set of cases, from ``PaymentCase/write(_:to:)``.
    public var cases: String
    /// Everything else that was given, by name: the fund's money, findings, scores.
    public var further: [String: String]

    /// Makes inputs.
    public init(
      kind: Kind, region: String, scheme: InsuranceScheme, period: PaymentPeriod, contract: String, cases: String,
      further: [String: String] = [:]
    ) {
      self.kind = kind
      self.region = region
      self.scheme = scheme
      self.period = period
      self.contract = contract
      self.cases = cases
      self.further = further
    }

    /// The inputs as bytes, of which the identity is a digest.
    public var bytes: [UInt8] { bytes(correcting: nil) }

    func bytes(correcting earlier: String?) -> [UInt8] {
      CanonicalBytes.of { bytes in
        for text in [kind.rawValue, region, scheme.rawValue, "\(period)", contract, cases, earlier ?? ""] {
          bytes.append(text)
        }
        bytes.append(further.count)
        for (name, value) in further.sorted(by: { $0.key < $1.key }) {
          bytes.append(name)
          bytes.append(value)
        }
      }
    }
  }

  /// What one holder gets: an institution, a member, a region.
  public struct Line: Hashable, Sendable {
    /// Whose line it is.
    public var holder: String
    /// Amounts by name, fen.
    public var amounts: [String: Money]

    /// Makes a line.
    public init(holder: String, amounts: [String: Money]) {
      self.holder = holder
      self.amounts = amounts
    }
  }

  /// The digest of the inputs.
  public let identity: String
  /// What went in.
  public let inputs: Inputs
  /// The run that this one corrects.
  public let corrects: String?
  /// The lines, ascending by holder.
  public let lines: [Line]
  /// The postings.
  public let entries: [LedgerEntry]

  /// Makes a run.
  ///
  /// - Parameters:
  ///   - inputs: what went in.
  ///   - lines: what came out, one line a holder; two of one holder trap.
  ///   - digest: gives the digest of bytes as text, such as SHA-256 in hexadecimal.
  ///   - entries: makes the postings, which bear the identity as their reference.
  public init(
    _ inputs: Inputs, lines: [Line], digest: ([UInt8]) -> String, entries: (_ identity: String) -> [LedgerEntry]
  ) {
    self.init(inputs, corrects: nil, lines: lines, digest: digest, entries: entries)
  }

  private init(
    _ inputs: Inputs, corrects: String?, lines: [Line], digest: ([UInt8]) -> String,
    entries: (_ identity: String) -> [LedgerEntry]
  ) {
    self.inputs = inputs
    self.corrects = corrects
    self.lines = lines.sorted { $0.holder < $1.holder }
    precondition(Set(lines.map(\.holder)).count == lines.count, "a holder has two lines in one run")
    identity = digest(inputs.bytes(correcting: corrects))
    self.entries = entries(identity)
  }

  /// The result as bytes: the same inputs give the same.
  public var bytes: [UInt8] {
    CanonicalBytes.of { bytes in
      bytes.append(identity)
      bytes.append(lines.count)
      for line in lines {
        bytes.append(line.holder)
        Self.write(line.amounts.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }, to: &bytes)
      }
      bytes.append(entries.count)
      for entry in entries {
        bytes.append(entry.reference)
        Self.write(
          entry.postings.map { ($0.account.words.kind + " " + $0.account.words.holder, $0.amount) }, to: &bytes)
      }
    }
  }

  private static func write(_ amounts: [(String, Money)], to bytes: inout CanonicalBytes) {
    bytes.append(amounts.count)
    for (name, amount) in amounts {
      bytes.append(name)
      bytes.append(amount.fen)
    }
  }

  /// The entries of this run itself, without those that take back the run it corrects.
  public var ownEntries: [LedgerEntry] {
    guard let corrects else { return entries }
    let back = "\(identity) \(corrects)"
    return entries.filter { $0.reference != back && !$0.reference.hasPrefix(back + " ") }
  }

  /// A run that corrects this one: the postings of this one reversed, then its own.
  ///
  /// What this run took back itself stays taken back, so that along a chain of corrections the last one alone counts.
  public func correction(
    _ inputs: Inputs, lines: [Line], digest: ([UInt8]) -> String, entries: (_ identity: String) -> [LedgerEntry]
  ) -> PaymentRun {
    PaymentRun(inputs, corrects: identity, lines: lines, digest: digest) { identity in
      self.ownEntries.map { $0.reversed(reference: "\(identity) \($0.reference)") } + entries(identity)
    }
  }

  /// What differs from an earlier run, by holder and name.
  public func differences(from earlier: PaymentRun) -> [RunDifference] {
    let before = Dictionary(uniqueKeysWithValues: earlier.lines.map { ($0.holder, $0.amounts) })
    let after = Dictionary(uniqueKeysWithValues: lines.map { ($0.holder, $0.amounts) })
    return Set(before.keys).union(after.keys).sorted().flatMap { holder in
      let (old, new) = (before[holder] ?? [:], after[holder] ?? [:])
      return Set(old.keys).union(new.keys).sorted().compactMap { name in
        old[name] == new[name]
          ? nil : RunDifference(holder: holder, name: name, before: old[name], after: new[name])
      }
    }
  }
}

/// One amount in which a run differs from an earlier one (清算差异).
public struct RunDifference: Hashable, Sendable {
  /// Whose amount it is.
  public let holder: String
  /// Which amount.
  public let name: String
  /// What it was; `nil` when there was none.
  public let before: Money?
  /// What it is; `nil` when there is none.
  public let after: Money?

  /// Makes a difference.
  public init(holder: String, name: String, before: Money?, after: Money?) {
    self.holder = holder
    self.name = name
    self.before = before
    self.after = after
  }

  /// What has to be paid beside, fen; less than nothing: returned.
  public var change: Money { (after ?? .zero) - (before ?? .zero) }
}
