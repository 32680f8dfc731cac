import Kernel
import People
import Settlement
import Workflows

/// Sign-in, persons, institutions and what they are entitled to.
extension InterfaceService {
  func signIn(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("signIn")
    let signIn = try await desk.signIn(operatorNumber: row.text("opter_no"), request.context).orRefused()
    return Output { writer in
      writer.object("signinoutb") {
        $0.text("sign_time", signIn.time)
        $0.text("sign_no", signIn.number)
      }
    }
  }

  func signOut(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("signOut")
    _ = try await desk.signOut(row.text("sign_no"), request.context).orRefused()
    return Output { writer in
      writer.object("sign_time") { $0.text("sign_time", request.received.text) }
    }
  }

  func person(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let day = row.day("begntime") ?? request.received.day
    let key = try Self.key(row)
    let found = await desk.person(key, on: day)
    if case .certificate(Self.socialSecurityCard, _) = key, case .failure(.desk(.personUnknown, _)) = found {
      throw .contradiction(
        "该社会保障卡号没有登记；请同时填写 psn_cert_type 和 certno", "no person is known by that card; fill in psn_cert_type and certno")
    }
    let answer = try found.orRefused()
    if let name = row.filled("psn_name"), name != answer.record.name {
      throw .contradiction("姓名与证件不符；请核对 psn_name", "name and certificate do not match; check psn_name")
    }
    return Output { PersonNodes(answer: answer, day: request.received.day).write(to: &$0) }
  }

  /// The kind of certificate that a social-security card is (人员证件类型 90).
  private static let socialSecurityCard = "90"

  /// By certificate, else by the credential.
  ///
  /// An identity card counts by its number, a social-security card by the number of the card. The token of an e-voucher
  /// only the national e-voucher service can read.
  private static func key(_ row: InputRow) throws(Refused) -> PersonKey {
    if let number = row.filled("certno") {
      return .certificate(type: row.filled("psn_cert_type") ?? "01", number: number)
    }
    switch (row.text("mdtrt_cert_type"), row.filled("mdtrt_cert_no")) {
    case ("02", let number?): return .certificate(type: "01", number: number)
    case ("03", let number?):
      guard row.filled("card_sn") != nil else { throw row.missing("card_sn") }
      return .certificate(type: socialSecurityCard, number: number)
    case ("01", _?):
      throw .contradiction(
        "电子凭证令牌须由国家医保电子凭证系统解析，本平台未接入；请同时填写 psn_cert_type 和 certno",
        "only the national service reads an e-voucher's token, and it is not joined; fill in psn_cert_type and certno"
      )
    default:
      throw .contradiction(
        "无法识别参保人；请填写 mdtrt_cert_type 02 和 mdtrt_cert_no，或 psn_cert_type 和 certno",
        "nobody is named; fill in mdtrt_cert_no, or psn_cert_type and certno")
    }
  }

  func institution(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("medinsinfo")
    guard let code = row.filled("fixmedins_code") else {
      throw .contradiction("暂不支持按名称查询；请填写 fixmedins_code（定点医药机构编号）", "fill in fixmedins_code")
    }
    let record = try await desk.institution(code).orRefused()
    return Output { writer in
      writer.object("medinsinfo") {
        $0.text("fixmedins_code", record.institution.code)
        $0.text("fixmedins_name", record.name)
        $0.text("uscc", "")
        $0.text("fixmedins_type", record.kind)
        $0.text("hosp_lv", record.levelCode)
        $0.text("exp_content", "")
      }
    }
  }

  func eligibility(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let scheme = try MedicalType.scheme(row.text("insutype"))
    let day = try row.requiredDay("begntime")
    let person = row.text("psn_no")
    let coverage = try await desk.eligibility(person, on: day).orRefused()
    let (enjoys, since, reason) = Self.verdict(coverage, scheme, day)
    return Output { writer in
      writer.list("trtinfo") { writer in
        for fund in [FundCode.pooled(scheme)] + (scheme == .employee ? [.ownAccount] : []) {
          writer.object {
            $0.text("psn_no", person)
            $0.text("trt_chk_type", "01")
            $0.text("fund_pay_type", fund.code)
            $0.text("trt_enjymnt_flag", enjoys ? "1" : "0")
            $0.text("begndate", "\(since)")
            $0.text("enddate", "")
            $0.text("trt_chk_rslt", reason)
            $0.text("exp_content", "")
          }
        }
      }
    }
  }

  private static func verdict(_ coverage: Coverage, _ scheme: InsuranceScheme, _ day: CalendarDate)
    -> (enjoys: Bool, since: CalendarDate, reason: String)
  {
    switch coverage {
    case .covered(let covering, _, let since):
      covering == scheme ? (true, since, "") : (false, day, DeskOutcome.schemeMismatch.message.chinese)
    case .notCovered(let reason):
      (false, day, SettlementOutcome(reason).message.chinese)
    }
  }
}
