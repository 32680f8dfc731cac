import Workflows

/// What the next message may draw on.
struct Turn {
  /// The number of the connection.
  let worker: Int
  /// Counts every round of every connection of this run, so that persons and ids are distinct.
  let serial: Int
  /// How many persons there are to choose from.
  let persons: Int
  /// Tells the ids of this run from those of others.
  let run: String
  /// The day of the visits: `2026-03-02`.
  let day: String
  /// The visit that the payer opened in this round (就诊ID, `mdtrt_id`).
  var visit = ""
}

/// One message of a scenario: its transaction number and its `input`.
struct Message: Sendable {
  let transaction: String
  let input: @Sendable (Turn) -> String
}

/// The messages that a connection sends again and again, each after the answer to the one before.
struct Scenario: Sendable {
  let name: String
  let messages: [Message]
  /// The message whose answers are counted as settlements.
  var settlement: String?
  /// The institution that sends them, when it is not the usual one.
  var institution: String?

  static let all = [hello, person, settle, purchase]

  /// One small message; for a server that only answers.
  static let hello = Scenario(name: "hello", messages: [Message(transaction: "9001") { _ in #"{"signIn":{}}"# }])

  /// Asks who somebody is and how insured.
  static let person = Scenario(name: "person", messages: [Message(transaction: "1101", input: personQuery)])

  /// An outpatient visit: registration, five fee lines, settlement; another person each time.
  static let settle = Scenario(
    name: "settle",
    messages: [
      Message(transaction: "2201", input: registration), Message(transaction: "2204", input: feeLines),
      Message(transaction: "2207", input: settlement),
    ],
    settlement: "2207")

  /// A purchase of five items at a pharmacy, settled in one message; another person each time.
  static let purchase = Scenario(
    name: "purchase", messages: [Message(transaction: "2102", input: purchaseInput)], settlement: "2102",
    institution: "P99010000001")

  /// Invented persons of the sample register, as many as the payer was started with; even numbers are employees or retired (`310`).
  static func person(_ turn: Turn) -> String { "P" + padded(number(turn), 7) }

  /// The certificate number of the sample region's person.
  static func certificate(_ turn: Turn) -> String {
    let number = number(turn)
    let birth = "\(1942 + number * 7 % 78)\(padded(1 + number % 12, 2))\(padded(1 + number % 28, 2))"
    return "990100\(birth)\(padded(number % 1000, 3))\(SampleRegister.lastLetter(number))"
  }

  private static func number(_ turn: Turn) -> Int { 2 * (turn.serial % max(turn.persons / 2, 1)) + 2 }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  @Sendable private static func personQuery(_ turn: Turn) -> String {
    return """
      {"data":{"mdtrt_cert_type":"02","mdtrt_cert_no":"\(certificate(turn))","card_sn":"","begntime":"",\
      "psn_cert_type":"01","certno":"\(certificate(turn))","psn_name":"\(SampleRegister.name(number(turn)))"}}
      """
  }

  @Sendable private static func registration(_ turn: Turn) -> String {
    let person = person(turn)
    return """
      {"data":{"psn_no":"\(person)","insutype":"310","begntime":"\(turn.day) 09:00:00","mdtrt_cert_type":"02",\
      "mdtrt_cert_no":"\(certificate(turn))","psn_cert_type":"01","certno":"\(certificate(turn))",\
      "psn_type":"11","psn_name":"\(SampleRegister.name(number(turn)))",\
      "ipt_otp_no":"OP\(turn.run)-\(turn.serial)","atddr_no":"D99010000001","dr_name":"医师","dept_code":"03",\
      "dept_name":"内科","caty":"A03"}}
      """
  }

  @Sendable private static func feeLines(_ turn: Turn) -> String {
    let person = person(turn)
    let lines = (1...5).map { line in
      """
      {"feedetl_sn":"\(line)","mdtrt_id":"\(turn.visit)","psn_no":"\(person)",\
      "chrg_bchno":"B\(turn.run)-\(turn.serial)",\
      "dise_codg":"","rxno":"R\(turn.run)-\(turn.serial)","rx_circ_flag":"0","fee_ocur_time":"\(turn.day) 09:30:00",\
      "med_list_codg":"\(codes[line - 1])","medins_list_codg":"L\(line)","det_item_fee_sumamt":"20.00","cnt":"2",\
      "pric":"10.00","sin_dos_dscr":"","used_frqu_dscr":"","prd_days":"1","medc_way_dscr":"","bilg_dept_codg":"03",\
      "bilg_dept_name":"内科","bilg_dr_codg":"D99010000001","bilg_dr_name":"医师","hosp_appr_flag":"1"}
      """
    }
    return "{\"feedetail\":[\(lines.joined(separator: ","))]}"
  }

  @Sendable private static func settlement(_ turn: Turn) -> String {
    let person = person(turn)
    return """
      {"data":{"psn_no":"\(person)","mdtrt_cert_type":"02","mdtrt_cert_no":"\(certificate(turn))","psn_cert_type":"01",\
      "certno":"\(certificate(turn))","med_type":"11","medfee_sumamt":"100.00","psn_setlway":"01",\
      "mdtrt_id":"\(turn.visit)",\
      "chrg_bchno":"B\(turn.run)-\(turn.serial)","insutype":"310","acct_used_flag":"1","invono":"",\
      "fulamt_ownpay_amt":"0",\
      "overlmt_selfpay":"0","preselfpay_amt":"0","inscp_scp_amt":"100.00"}}
      """
  }

  @Sendable private static func purchaseInput(_ turn: Turn) -> String {
    let lines = (1...5).map { line in
      """
      {"feedetl_sn":"\(line)","rxno":"","rx_circ_flag":"0","fee_ocur_time":"\(turn.day) 09:30:00",\
      "med_list_codg":"\(codes[line - 1])","medins_list_codg":"L\(line)","det_item_fee_sumamt":"20.00","cnt":"2",\
      "pric":"10.00","sin_dos_dscr":"","used_frqu_dscr":"","prd_days":"1","medc_way_dscr":"","bilg_dr_codg":"",\
      "bilg_dr_name":"","tcmdrug_used_way":""}
      """
    }
    return """
      {"druginfo":{"psn_no":"\(person(turn))","mdtrt_cert_type":"02","mdtrt_cert_no":"\(certificate(turn))",\
      "begntime":"\(turn.day) 09:30:00","medfee_sumamt":"100.00","invono":"","insutype":"310","dise_codg":"",\
      "dise_name":"","acct_used_flag":"1","med_type":"41"},"drugdetail":[\(lines.joined(separator: ","))]}
      """
  }

  /// Class A items of the sample region's catalogue: wholly within the policy's scope.
  private static let codes = ["XA001", "XA002", "XA004", "XA005", "XA007"]
}
