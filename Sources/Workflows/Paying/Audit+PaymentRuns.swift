import Kernel

extension Audit {
  /// Looks at everything, the runs of paying included.
  ///
  /// - Parameter paying: where the same store keeps paying.
  public func run(with paying: any PaymentStore) async throws(StoreError) -> AuditReport {
    var report = try await run()
    let check = try await paying.verifyRuns()
    report.runCount = check.runCount
    report.runPostingCount = check.postingCount
    report.differences += check.faults.map { fault in
      AuditDifference(
        .run, fault.run, LocalizedText("支付、清算批次不成立：\(fault.detail)", "the payment run does not hold: \(fault.detail)"))
    }
    return report
  }
}
