/// A closed list of codes that a field may hold; the values are those of the edition of 2024-10 and, where the national
/// baseline has more, of both.
struct CodeList: Sendable {
  let title: String
  let values: [(code: String, title: String)]

  private init(_ title: String, _ values: KeyValuePairs<String, String>) {
    self.title = title
    self.values = values.map { (code: $0.key, title: $0.value) }
  }

  func contains(_ code: String) -> Bool { values.contains { $0.code == code } }

  /// The values as a message lists them; the first ones of a long list.
  var choices: String {
    let shown = values.prefix(12).map { "\($0.code) \($0.title)" }.joined(separator: "、")
    return values.count > 12 ? shown + " 等" : shown
  }
}

extension CodeList {
  static let scheme = CodeList(
    "险种类型",
    [
      "310": "职工基本医疗保险", "390": "城乡居民基本医疗保险", "320": "公务员医疗补助", "330": "大额医疗费用补助", "340": "离休人员医疗保障",
      "350": "一至六级残废军人医疗补助", "360": "老红军医疗保障", "370": "企业补充医疗保险", "380": "新型农村合作医疗", "391": "城镇居民基本医疗保险",
      "392": "城乡居民大病医疗保险", "399": "其他特殊人员医疗保障", "39905": "二乙医疗保险", "410": "长期照护保险", "510": "生育保险",
    ])

  static let medicalType = CodeList(
    "医疗类别",
    [
      "11": "普通门诊", "12": "门诊挂号", "13": "急诊", "14": "门诊慢特病", "21": "普通住院", "2101": "普通住院", "22": "外伤住院", "28": "日间手术",
      "41": "定点药店购药", "51": "生育门诊", "52": "生育住院", "1301": "急诊抢救", "2102": "单病种住院", "2105": "康复治疗住院",
      "2106": "生育平产（居民）", "2107": "生育剖宫产（居民）", "9901": "门诊两病", "18": "特药购药", "71": "家庭病床", "1103": "癌症筛查",
      "2109": "新生儿抢救", "21303": "精神病住院", "9903": "意外伤害门诊", "9904": "大病特药", "990101": "门诊单病种", "990103": "新冠病毒核酸检测",
    ])

  static let credential = CodeList("就诊凭证类型", ["01": "医保电子凭证", "02": "居民身份证", "03": "社会保障卡"])

  static let accountUse = CodeList("个人账户使用标志", ["0": "不使用", "1": "使用本人个账", "2": "使用共济人个账"])

  static let approval = CodeList("医院审批标志", ["0": "无须审批", "1": "审批通过", "2": "审批不通过"])

  static let diagnosisKind = CodeList("诊断类别", ["1": "西医诊断", "2": "中医主病诊断", "3": "中医主证诊断"])

  static let leaving = CodeList(
    "离院方式",
    ["1": "医嘱离院", "2": "医嘱转院", "3": "医嘱转社区卫生服务机构/乡镇卫生院", "4": "非医嘱离院", "5": "死亡", "9": "其他"])

  static let settlingWay = CodeList("个人结算方式", ["01": "按项目结算", "02": "按定额结算"])

  static let clearingKind = CodeList(
    "清算类别",
    [
      "11": "门诊", "12": "门诊挂号", "13": "急诊", "14": "门诊慢特病", "15": "两病门诊", "21": "住院", "22": "意外伤害住院", "27": "单病种住院",
      "28": "日间手术", "41": "药店购药", "51": "暂缓结算", "53": "生育门诊", "18": "特药购药", "99": "其他", "1103": "意外伤害门诊",
      "9909": "域内异地", "9978": "普通生育住院", "99922": "职工门诊慢特病清算", "99927": "职工住院清算", "99940": "生育住院",
    ])

  static let delivery = CodeList(
    "生育类别",
    ["1": "正常产", "2": "助娩产", "3": "剖宫产", "4": "难产", "5": "流产", "6": "引产", "7": "产前检查", "9": "其他"])

  static let familyPlanning = CodeList(
    "计划生育手术类别",
    [
      "1": "放置宫内节育器", "2": "取出宫内节育器", "3": "流产术", "4": "引产术", "5": "绝育手术", "6": "绝育复通手术", "7": "绝育手术（输精管）",
      "8": "绝育复通手术（输精管）", "9": "其他",
    ])

  static let institutionKind = CodeList(
    "定点医疗服务机构类型",
    ["1": "定点医疗机构", "2": "定点零售药店", "3": "工伤定点康复机构", "4": "辅助器具配置机构", "5": "计划生育服务机构"])

  static let herbalUse = CodeList("中药使用方式", ["1": "复方", "2": "单方"])

  static let listType = CodeList(
    "目录类别",
    [
      "101": "西药中成药", "102": "中药饮片", "103": "自制剂", "104": "民族药", "105": "其他", "106": "中药配方颗粒", "201": "医疗服务项目",
      "301": "医用耗材",
    ])

  static let stockChange = CodeList(
    "库存变更类型",
    [
      "101": "调拨入库", "102": "调拨出库", "103": "盘盈", "104": "盘损", "105": "销毁", "106": "其他入库", "107": "其他出库",
      "108": "商品采购入库", "109": "商品退货出库", "110": "赠药入库", "111": "赠药退回出库",
    ])

  static let stockData = CodeList("进销存数据类型", ["1": "盘存信息", "2": "库存变更信息", "3": "采购信息", "4": "销售信息"])

  static let feeSettling = CodeList("医保费用结算类型", ["0": "非医疗保险结算", "1": "本地医疗保险结算", "2": "异地医疗保险结算"])

  static let chargeLevel = CodeList("收费项目等级", ["01": "甲类", "02": "乙类", "03": "丙类"])

  static let ceilingKind = CodeList("医保目录限价类型", ["1": "一级及以下", "2": "二级", "3": "三级"])

  static let selfPayPerson = CodeList(
    "医保目录自付比例人员类别", ["310": "城镇职工", "390": "城乡居民", "330": "离休人员", "99": "其他"])

  static let selfPayKind = CodeList("目录自付比例类别", ["10": "目录先自付比例", "20": "目录直接报销比例", "30": "按费用单价范围配置自付比例"])

  static let operatorKind = CodeList("经办人类别", ["1": "经办人", "2": "自助终端", "3": "移动终端"])
}
