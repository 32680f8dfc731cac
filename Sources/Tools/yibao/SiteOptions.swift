import ArgumentParser
import Foundation
import Kernel
import Logging
import NationalInterface
import WebService
import Workflows

/// Options of the console.
struct SiteOptions: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: "是否提供控制台和 API / whether the console and the API are served")
  var console = true

  @Option(help: "次均费用高于前期均值多少（千分比）时预警 / alarm: mean cost of a visit above so many per mille of the months before")
  var alarmCost: Int?

  @Option(help: "接口拒绝率高于多少（千分比）时预警 / alarm: refused messages above so many per mille")
  var alarmRefusals: Int?

  @Option(help: "结算撤销率高于多少（千分比）时预警 / alarm: reversals above so many per mille")
  var alarmReversals: Int?

  @Option(help: "次均费用与前几个月相比 / months that the mean cost is compared with")
  var alarmMonths = 3

  @Option(help: "至少有多少笔才预警 / how many visits, messages or settlements an alarm needs")
  var alarmLeast = 30

  @OptionGroup(title: "控制台：支付与试算 / console: payment and what-if") var payment: PaymentSiteOptions

  func validate() throws {
    for (name, value) in [("cost", alarmCost), ("refusals", alarmRefusals), ("reversals", alarmReversals)] {
      guard value ?? 0 >= 0 else { throw ValidationError("--alarm-\(name): 不得为负 / not below 0") }
    }
    guard alarmMonths > 0, alarmLeast > 0 else {
      throw ValidationError("--alarm-months, --alarm-least: 至少为 1 / at least 1")
    }
  }

  /// The rules that have a threshold.
  var alarms: [AlarmRule] {
    [
      alarmCost.map { .costPerVisit(abovePerMille: $0, monthsBefore: alarmMonths, leastVisits: alarmLeast) },
      alarmRefusals.map { .refusals(abovePerMille: $0, leastMessages: alarmLeast) },
      alarmReversals.map { .reversals(abovePerMille: $0, leastSettlements: alarmLeast) },
    ].compactMap(\.self)
  }

  /// The site on a store, with an administrator when nobody could sign in yet.
  func offer(
    _ store: OpenStore, library: PolicyLibrary, policies: String, region: String, isSecure: Bool, logger: Logger,
    call: @escaping @Sendable ([UInt8]) async -> InterfaceReply
  ) throws -> SiteOffer? {
    guard console else { return nil }
    let payment = try PaymentOffer(policies: policies, region: region, options: payment)
    let offer = try SiteOffer.make(
      store: store, library: library, region: region, alarms: alarms, payment: payment, isSecure: isSecure,
      logger: logger, call: call)
    let payer = store.payer
    try Waiting.orExit {
      guard let password = try await FirstAccounts(payer).begin(at: ChinaTime.now()) else { return }
      print("控制台账户 / account of the console: admin    密码 / password: \(password)")
      print("密码只显示这一次；请登录后在“账户”页修改。 / It is shown this once; change it on the page of accounts.")
      fflush(nil)
    }
    return offer
  }
}
