package import Kernel
package import Payment
import People

/// What every payment store refuses, so that memory and files agree.
package enum PaymentStoreRules {
  /// Refuses cases that some store could not keep or order.
  ///
  /// Identifiers are ASCII, which every store orders alike; no text holds a NUL, which PostgreSQL cannot keep.
  package static func check(_ cases: [PaymentCase]) throws(StoreError) {
    for item in cases {
      guard !item.id.isEmpty, item.id.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
        throw refused("put cases", "the identifier of a case is empty or not ASCII: \(item.id)")
      }
      for text in [item.institution, item.group, item.department, item.physician] where text.utf8.contains(0) {
        throw refused("put cases", "a text of case \(item.id) holds a NUL")
      }
    }
  }

  /// Decides about a run that is to be published.
  ///
  /// - Parameters:
  ///   - new: the run.
  ///   - known: what was published under its identity.
  ///   - latest: what was published last of the same kind, region, scheme and period.
  /// - Returns: whether it has to be stored; `false` when it was before.
  package static func isNew(
    _ new: PublishedRun, known: PublishedRun?, latest: PublishedRun?
  ) throws(StoreError) -> Bool {
    let operation = "publish run"
    let inputs = new.run.inputs
    let subject = "\(inputs.kind.rawValue) \(inputs.region) \(inputs.scheme.rawValue) \(inputs.period)"
    if let known {
      if known.run == new.run { return false }
      throw refused(operation, "\(subject): another result was published under \(new.run.identity)")
    }
    guard let latest else {
      if new.run.corrects == nil { return true }
      throw refused(operation, "\(subject): there is no published run to correct")
    }
    if new.run.corrects == latest.run.identity { return true }
    throw refused(operation, "\(subject) was published as \(latest.run.identity), which this run does not correct")
  }

  private static func refused(_ operation: String, _ detail: String) -> StoreError {
    StoreError(.refused, operation: operation, detail: detail)
  }
}

extension RunSelection {
  /// Whether a run is among those wanted.
  package func contains(_ inputs: PaymentRun.Inputs) -> Bool {
    (kind == nil || kind == inputs.kind) && region == inputs.region && (scheme == nil || scheme == inputs.scheme)
      && (period == nil || period == inputs.period)
  }

  /// Which runs may not stand beside a run unless one corrects the other.
  package init(beside inputs: PaymentRun.Inputs) {
    self.init(kind: inputs.kind, region: inputs.region, scheme: inputs.scheme, period: inputs.period)
  }
}

extension PaymentPeriod {
  /// The months of the period, in order.
  package var months: [YearMonth] {
    switch self {
    case .month(let month): [month]
    case .year(let year): (1...12).compactMap { YearMonth(year: year, month: $0) }
    }
  }
}
