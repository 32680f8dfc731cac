import Catalog
import Claims
import Kernel
import Settlement
import Workflows

/// How a fee line is split, as 2204, 2301, 5204 and pharmacies' `detlcutinfo` show it.
struct FeeSplit {
  let line: UploadedLine
  let share: LineShare

  /// Refuses to answer when a line's parts do not add up to it.
  static func check(_ splits: [FeeSplit]) throws(Refused) {
    for split in splits where !split.holds {
      throw .interface(
        InterfaceRefusal(
          .identityBroken, "明细 \(split.line.serial) 拆分金额不平，未返回结果；请联系经办机构",
          "the parts of line \(split.line.serial) do not add up; nothing is answered"))
    }
  }

  private var holds: Bool {
    line.line.amount == share.fullySelfPaid + share.overLimit + share.preliminarySelfPay + share.inPolicy
  }

  /// Prints the line's fields.
  func write(to writer: inout JSONWriter) {
    let terms = line.line.terms
    writer.text("feedetl_sn", line.serial)
    writer.amount("det_item_fee_sumamt", line.line.amount)
    writer.number("cnt", line.line.quantity.tenThousandths, decimals: 4)
    writer.number("pric", line.line.price.microyuan, decimals: 6)
    // Platforms report 999999 where there is no ceiling.
    writer.number("pric_uplmt_amt", terms.priceCeiling?.microyuan ?? 999_999_000_000, decimals: 6)
    writer.number("selfpay_prop", selfPayRate, decimals: 4)
    writer.amount("fulamt_ownpay_amt", share.fullySelfPaid)
    writer.amount("overlmt_amt", share.overLimit)
    writer.amount("preselfpay_amt", share.preliminarySelfPay)
    writer.amount("inscp_scp_amt", share.inPolicy)
    writer.text("chrgitm_lv", terms.chargeClass.level)
    writer.text("med_chrgitm_type", line.feeCategory)
    writer.text("bas_medn_flag", "")
    writer.text("hi_nego_drug_flag", "")
    writer.text("chld_medc_flag", "")
    writer.text("list_sp_item_flag", terms.isSeparatelyPaid ? "1" : "0")
    writer.text("lmt_used_flag", terms.isLimitedUse ? "1" : "0")
    writer.text("drt_reim_flag", "")
    writer.text("memo", "")
    writer.text("exp_content", "")
  }

  /// The share that the person pays first, in ten-thousandths: all of what the fund does not pay for; else the
  /// item's own, or what the region's default came to.
  private var selfPayRate: Int64 {
    let sign: Int64 = line.line.amount.isNegative ? -1 : 1
    let base = Money(fen: sign * (share.preliminarySelfPay + share.inPolicy).fen)
    if base == .zero { return share.fullySelfPaid == .zero ? 0 : 10_000 }
    if let own = line.line.terms.firstSelfPay, line.line.terms.chargeClass == .b { return own.millionths / 100 }
    return Rounding.halfUp.divide(sign * share.preliminarySelfPay.fen * 10_000, by: base.fen)
  }
}

extension ChargeClass {
  /// The level of a charge (收费项目等级, `chrgitm_lv`).
  var level: String {
    switch self {
    case .a: "01"
    case .b: "02"
    case .c: "03"
    }
  }

  /// The class of a `chrgitm_lv`.
  init?(level: String) {
    guard let match = Self.allCases.first(where: { $0.level == level }) else { return nil }
    self = match
  }
}
