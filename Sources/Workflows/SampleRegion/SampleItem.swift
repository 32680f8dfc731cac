import Catalog
import Claims
import Kernel
import People

/// An item of the sample region's catalogue with its price.
///
/// Names are what such items are called everywhere; codes, classes and prices are nobody's.
struct SampleItem {
  /// What it is used for, which decides on which bills it stands.
  enum Use: CaseIterable {
    case bed, consultation, laboratory, imaging, therapy, operation, nursing, consumable, drug, herb, patent
  }

  let code: String
  let name: String
  let use: Use
  let chargeClass: ChargeClass
  /// The price charged, fen.
  let price: Int64
  /// The price from the middle of the year on, when it fell by volume-based procurement; fen.
  let laterPrice: Int64?

  private init(_ code: String, _ name: String, _ use: Use, _ chargeClass: ChargeClass, _ price: Int64, _ later: Int64?)
  {
    (self.code, self.name, self.use, self.chargeClass, self.price, laterPrice) =
      (code, name, use, chargeClass, price, later)
  }

  /// Whether payment is limited to stated conditions.
  var isLimitedUse: Bool { name.contains("白蛋白") }

  /// The price on a day of the sample year.
  func price(in month: Int) -> Int64 { month >= 7 ? laterPrice ?? price : price }

  private var category: (list: String, fee: String) {
    switch use {
    case .bed: ("201", "01")
    case .consultation: ("201", "02")
    case .imaging: ("201", "03")
    case .laboratory: ("201", "04")
    case .therapy: ("201", "05")
    case .operation: ("201", "06")
    case .nursing: ("201", "07")
    case .consumable: ("301", "08")
    case .drug: ("101", "09")
    case .herb: ("102", "10")
    case .patent: ("101", "11")
    }
  }

  /// The item as the catalogue lists it.
  func listed(over period: DateRange) -> ListedItem {
    ListedItem(
      code: code, name: name, listType: category.list, feeCategory: category.fee, period: period,
      chargeClass: chargeClass,
      ceilings: use == .imaging ? [.township: UnitPrice(microyuan: price * 8_000)] : [:],
      firstSelfPay: chargeClass == .b
        ? [.employee: Rate(millionths: 100_000), .resident: Rate(millionths: 150_000)] : [:],
      isLimitedUse: isLimitedUse, isTraditionalChinese: use == .herb || use == .patent)
  }

  /// The items of a use.
  static func of(_ use: Use) -> [SampleItem] { byUse[use] ?? [] }

  private static let byUse = Dictionary(grouping: all, by: \.use)

  /// The whole catalogue.
  static let all: [SampleItem] = rows.flatMap { use, items in
    items.enumerated().map { number, row in
      SampleItem("\(prefix(use))\(number + 1 < 10 ? "0" : "")\(number + 1)", row.0, use, row.1, row.2, row.3)
    }
  }

  private static func prefix(_ use: Use) -> String {
    switch use {
    case .bed: "SR-FW-CW"
    case .consultation: "SR-FW-ZC"
    case .laboratory: "SR-FW-HY"
    case .imaging: "SR-FW-JC"
    case .therapy: "SR-FW-ZL"
    case .operation: "SR-FW-SS"
    case .nursing: "SR-FW-HL"
    case .consumable: "SR-HC"
    case .drug: "SR-XY"
    case .herb: "SR-YP"
    case .patent: "SR-ZC"
    }
  }

  private static let rows: [(Use, [(String, ChargeClass, Int64, Int64?)])] = [
    (.bed, [("普通病房床位费", .a, 4_000, nil), ("双人间床位费", .b, 8_000, nil), ("单人间床位费（特需）", .c, 30_000, nil)]),
    (.consultation, [("普通门诊诊察费", .a, 1_200, nil), ("主任医师门诊诊察费", .b, 3_000, nil), ("住院诊察费", .a, 2_500, nil)]),
    (
      .laboratory,
      [
        ("血细胞分析", .a, 2_000, nil), ("尿液分析", .a, 1_000, nil), ("肝功能检验", .a, 6_000, nil), ("肾功能检验", .a, 4_500, nil),
        ("葡萄糖测定", .a, 500, nil), ("糖化血红蛋白测定", .a, 6_500, nil), ("血脂检验", .a, 4_800, nil),
        ("凝血功能检验", .a, 7_500, nil), ("C 反应蛋白测定", .a, 2_500, nil), ("肿瘤标志物检验", .b, 22_000, nil),
        ("血气分析", .a, 8_000, nil), ("降钙素原检测", .b, 12_000, nil),
      ]
    ),
    (
      .imaging,
      [
        ("胸部正位 X 线摄影", .a, 6_000, nil), ("常规心电图检查", .a, 2_000, nil), ("腹部彩色超声检查", .a, 11_000, nil),
        ("胸部 CT 平扫", .b, 21_000, nil), ("颅脑磁共振平扫", .b, 48_000, nil), ("胃镜检查", .b, 26_000, nil),
        ("心脏彩色超声检查", .b, 18_000, nil), ("动态心电图检查", .b, 16_000, nil),
      ]
    ),
    (
      .therapy,
      [
        ("静脉输液", .a, 800, nil), ("肌肉注射", .a, 300, nil), ("雾化吸入治疗", .a, 1_000, nil), ("低流量吸氧", .a, 400, nil),
        ("普通针刺", .a, 3_500, nil), ("中药熏洗治疗", .a, 4_000, nil), ("换药（中）", .a, 1_800, nil),
      ]
    ),
    (
      .operation,
      [
        ("手术费（一类）", .a, 60_000, nil), ("手术费（二类）", .a, 150_000, nil), ("手术费（三类）", .b, 280_000, nil),
        ("全身麻醉", .b, 120_000, nil),
      ]
    ),
    (.nursing, [("Ⅰ级护理", .a, 2_000, nil), ("Ⅱ级护理", .a, 1_200, nil), ("Ⅲ级护理", .a, 800, nil)]),
    (
      .consumable,
      [
        ("一次性使用输液器", .a, 150, nil), ("药物洗脱冠状动脉支架", .b, 84_500, 79_000), ("人工髋关节组件", .b, 690_000, 640_000),
        ("吻合器", .b, 180_000, 98_000), ("人工晶状体", .b, 98_000, 62_000), ("可吸收缝线", .b, 6_500, nil),
        ("一次性防护服", .c, 4_500, nil),
      ]
    ),
    (
      .drug,
      [
        ("氨氯地平片", .a, 1_480, 320), ("二甲双胍片", .a, 1_260, 410), ("阿托伐他汀钙片", .b, 3_960, 560),
        ("阿司匹林肠溶片", .a, 1_380, nil), ("头孢呋辛注射剂", .a, 1_850, 980), ("左氧氟沙星注射剂", .b, 2_900, 1_250),
        ("奥美拉唑注射剂", .b, 2_400, 690), ("氯化钠注射液", .a, 320, nil), ("葡萄糖注射液", .a, 310, nil),
        ("甘精胰岛素注射液", .b, 7_600, 4_850), ("阿莫西林胶囊", .a, 980, 450), ("布洛芬缓释胶囊", .a, 1_650, nil),
        ("人血白蛋白", .b, 42_000, nil), ("硝苯地平控释片", .a, 2_600, 890), ("氯吡格雷片", .b, 5_200, 1_760),
        ("复合维生素片", .c, 6_800, nil), ("美托洛尔缓释片", .a, 1_900, nil), ("孟鲁司特钠片", .b, 4_300, 1_150),
      ]
    ),
    (.herb, [("黄芪", .a, 35, nil), ("当归", .a, 60, nil), ("党参", .a, 55, nil), ("茯苓", .a, 30, nil), ("甘草", .a, 25, nil)]),
    (
      .patent,
      [("复方丹参滴丸", .a, 2_650, nil), ("六味地黄丸", .a, 1_980, nil), ("连花清瘟胶囊", .a, 1_480, nil), ("血塞通软胶囊", .b, 3_880, nil)]
    ),
  ]
}
