/// How the value of a personal field is hidden.
public enum PersonalField: String, Sendable, CaseIterable {
  /// A name keeps its first character: `张**`.
  case name
  /// A number keeps its first three and last two characters when it has eight or more: `430*************12`.
  case number
  /// A day or time keeps its year: `1985-**-**`.
  case date
  /// An address keeps its first three characters, which name the province: `湖南省***`.
  case address
  /// Nothing is kept: pictures, tokens, what a person told a physician.
  case hidden

  /// How a field of the national interface is hidden; `nil` for fields that are not personal.
  ///
  /// Names compare without case and underscores, since senders write `psn_no` and `psnNo`.
  public static func named(_ field: some StringProtocol) -> PersonalField? {
    let key = String(decoding: field.utf8.lazy.filter { $0 != UInt8(ascii: "_") }.map(lower), as: UTF8.self)
    if let kind = byName[key] { return kind }
    return byEnding.first { key.hasSuffix($0.ending) }?.kind
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  /// Fields with a kind of their own, of patients, contacts, staff and whoever acts for somebody.
  static let fields: [PersonalField: String] = [
    .name: """
    psn_name patn_name patient_name name coner_name agnter_name illhis_stte_name psn_user_name user_name \
    operator_name opter_name inv_chg_opter_name purc_retn_opter_name sel_retn_opter_name hsorg_opter crter_name \
    create_user chker_name rchker_name appler_name appy_clgl_psn_name opnn_resper_name dept_resper_name deptdrt_name \
    codr_name delver_name delv_conner dspeer_name nurs_name resp_nurs_name qltctrl_nurs_name qltctrl_dr_name \
    chfdr_name chfpdr_name atddr_name ipdr_name ipt_dr_name train_dr_name intn_dr_name pote_intn_dr_name dr_name \
    bilg_dr_name orders_dr_name diag_dr_name dise_dor_name drord_dr_name isu_drord_dr_name end_drord_dr_name \
    drord_chker_name drord_ptr_name prsc_dr_name undo_dr_name rec_doc rec_doc_name rpot_doc prnt_doc_name \
    phar_name rchk_phar_name prac_psn_name oper_name oper_dr_name oprn_oper_name anst_dr_name asit_1_name \
    asit_name2 oprn_asit_name1 oprn_asit_name2 adm_diag_dr resc_psn_list acct_name emp_name matn_name spus_name
    """,
    .number: """
    psn_no certno cert_no mdtrt_cert_no patn_id patn_idcard patn_sscno id_no psn_user_id_card ssn hi_no card_no \
    agnter_certno agnter_tel coner_tel psn_tel tel mob emp_tel empr_tel delv_con_tel delver_tel dept_resper_tel \
    delver_certno dspeer_certno phar_certno rchk_phar_certno prsc_dr_certno undo_dr_certno prac_cert_no \
    phar_prac_cert_no matn_certno psn_insu_rlts_id medcasno ipt_no ipt_otp_no patient_id poscode curr_addr_poscode \
    resd_addr_poscode empr_poscode emp_poscode bank_acct bankacct bank_acct_no acct_no card_id wxno
    """,
    .date: "brdy birthday birth_date patn_brdy",
    .address: """
    addr agnter_addr coner_addr curr_addr resd_addr resd_addr_prov resd_addr_city resd_addr_coty resd_addr_subd \
    resd_addr_vil resd_addr_housnum birplc napl delv_addr emp_addr empr_addr email
    """,
    .hidden: """
    card_sn ec_token pay_token revs_token epc_token ec_auth_code pay_auth_no auth_no auth_code cainfo sign_digest \
    recog_pic cert_pic model_pic appl_pic sp_dcla_pic delver_lat delver_lng rx_file original_rx_file original_value \
    chfcomp dise_now dise_his illhis psn_his fmhis mena_his mrg_his bld_his oprn_his ifet_his algs algs_his \
    password passwd
    """,
  ]

  /// What further fields of that kind end in, whatever they begin with.
  static let endings: [(ending: String, kind: PersonalField)] = [
    ("certno", .number), ("idcard", .number), ("idcardno", .number), ("psnno", .number), ("sscno", .number),
    ("tel", .number), ("mobile", .number), ("phone", .number), ("bankacct", .number), ("psnname", .name),
    ("patnname", .name), ("drname", .name), ("brdy", .date), ("addr", .address), ("token", .hidden),
  ]

  private static let byName: [String: PersonalField] = fields.reduce(into: [:]) { names, fields in
    for field in fields.value.split(separator: " ") { names[field.filter { $0 != "_" }.lowercased()] = fields.key }
  }

  private static let byEnding = endings

  /// Hides a value.
  public func hide(_ value: String) -> String {
    switch self {
    case .name: value.count < 2 ? Self.stars(value.count) : "\(value.prefix(1))**"
    case .number: Self.ends(of: value)
    case .date: value.count > 4 ? value.prefix(4) + Self.digitsHidden(value.dropFirst(4)) : Self.stars(value.count)
    case .address: value.count > 6 ? "\(value.prefix(3))***" : Self.stars(min(value.count, 3))
    case .hidden: Self.stars(min(value.count, 3))
    }
  }

  /// The first three and last two characters, and no more than every second of a short number: none below eight.
  private static func ends(of value: String) -> String {
    guard value.count >= 8 else { return stars(value.count) }
    return "\(value.prefix(3))\(stars(value.count - 5))\(value.suffix(2))"
  }

  private static func digitsHidden(_ text: Substring) -> String {
    String(text.map { $0.isNumber || $0.isLetter ? "*" : $0 })
  }

  private static func stars(_ count: Int) -> String { String(repeating: "*", count: count) }
}
