extension InterfaceService {
  /// How a transaction is carried out.
  typealias CarryOut = @Sendable (InterfaceService, InterfaceRequest) async throws(Refused) -> Output

  /// Every transaction that is offered, in the national numbering.
  static let transactions: [String: CarryOut] = [
    "9001": { (service, request) async throws(Refused) in try await service.signIn(request) },
    "9002": { (service, request) async throws(Refused) in try await service.signOut(request) },
    "1101": { (service, request) async throws(Refused) in try await service.person(request) },
    "1201": { (service, request) async throws(Refused) in try await service.institution(request) },
    "2001": { (service, request) async throws(Refused) in try await service.eligibility(request) },
    "2101": { (service, request) async throws(Refused) in try await service.preSettlePurchase(request) },
    "2102": { (service, request) async throws(Refused) in try await service.settlePurchase(request) },
    "2103": { (service, request) async throws(Refused) in try await service.reverse(request) },
    "2201": { (service, request) async throws(Refused) in try await service.registerOutpatient(request) },
    "2202": { (service, request) async throws(Refused) in try await service.withdrawRegistration(request) },
    "2203": { (service, request) async throws(Refused) in try await service.changeOutpatient(request) },
    "2204": { (service, request) async throws(Refused) in try await service.uploadFees(request) },
    "2205": { (service, request) async throws(Refused) in try await service.withdrawBatch(request) },
    "2206": { (service, request) async throws(Refused) in try await service.preSettle(request) },
    "2207": { (service, request) async throws(Refused) in try await service.settle(request) },
    "2208": { (service, request) async throws(Refused) in try await service.reverse(request) },
    "2301": { (service, request) async throws(Refused) in try await service.uploadFees(request) },
    "2302": { (service, request) async throws(Refused) in try await service.withdrawFees(request) },
    "2303": { (service, request) async throws(Refused) in try await service.preSettle(request) },
    "2304": { (service, request) async throws(Refused) in try await service.settle(request) },
    "2305": { (service, request) async throws(Refused) in try await service.reverse(request) },
    "2401": { (service, request) async throws(Refused) in try await service.admit(request) },
    "2402": { (service, request) async throws(Refused) in try await service.discharge(request) },
    "2403": { (service, request) async throws(Refused) in try await service.changeStay(request) },
    "2404": { (service, request) async throws(Refused) in try await service.withdrawRegistration(request) },
    "2405": { (service, request) async throws(Refused) in try await service.undoDischarge(request) },
    "2503": { (service, request) async throws(Refused) in try await service.fileDisease(request) },
    "2504": { (service, request) async throws(Refused) in try await service.withdrawDisease(request) },
    "2601": { (service, request) async throws(Refused) in try await service.undo(request) },
    "3201": { (service, request) async throws(Refused) in try await service.reconcile(request) },
    "5201": { (service, request) async throws(Refused) in try await service.queryVisit(request) },
    "5203": { (service, request) async throws(Refused) in try await service.querySettlement(request) },
    "5204": { (service, request) async throws(Refused) in try await service.queryFees(request) },
    "5301": { (service, request) async throws(Refused) in try await service.queryDiseases(request) },
  ]
}
