/// Numbers that some editions use for a transaction of the national numbering, and names that differ between them.
///
/// Data, not code: a further edition is a further row.
enum Dialect {
  /// One number of an edition beside the national one.
  struct Variant: Sendable {
    /// The number as clients send it.
    let number: String
    /// The national number that does the same.
    let canonical: String
    /// Where it was seen.
    let edition: String
    /// How it differs.
    let difference: String
  }

  /// Every variant known for pharmacies, outpatient visits and stays.
  static let variants: [Variant] = [
    Variant(
      number: "2203A", canonical: "2203", edition: "湖南、河北",
      difference: "就诊信息上传的扩展版，节点相同，药店办理门诊业务时多传处方医药机构和处方文件"),
    Variant(number: "2206A", canonical: "2206", edition: "河北", difference: "门诊预结算的另一编号，节点相同"),
    Variant(
      number: "2207A", canonical: "2207", edition: "河北", difference: "门诊结算的另一编号，节点相同（2207 对应服务的第二版）"),
    Variant(
      number: "4101A", canonical: "4101", edition: "国家基线、内蒙古",
      difference: "结算清单上传的新版：人员以编号给出，手术操作带起止时间，输血为多行，没有收费项目和基金支付节点"),
  ]

  private static let canonicalByNumber = Dictionary(
    variants.map { ($0.number, $0.canonical) }, uniquingKeysWith: { first, _ in first })

  /// The national number of a number as clients send it.
  static func canonical(_ number: String) -> String { canonicalByNumber[number] ?? number }

  /// Fields of answers that editions name differently; answers carry every name.
  enum Name {
    /// The person's cash in an outpatient reversal, beside `psn_cash_pay`.
    static let outpatientReversalCash: StaticString = "pdn_cash_pay"
  }
}
