/// Names of a sample region's persons and employers: common ones, long ones, and characters that few fonts have.
enum SampleNames {
  static let surnames = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "罗", "高", "欧阳",
    "司马", "爨", "亓官", "𬱖",
  ]
  private static let firsts = [
    "建", "志", "国", "秀", "春", "晓", "文", "海", "玉", "明", "丽", "子", "雨", "一", "思", "嘉", "俊", "䶮",
  ]
  private static let seconds = [
    "华", "英", "兰", "军", "梅", "强", "芳", "涛", "燕", "辉", "静", "磊", "霞", "鹏", "娟", "轩", "涵", "诺", "㛃", "𫖮",
  ]
  private static let long = ["阿卜杜热合曼·买买提吐尔逊江", "次仁旺姆·格桑德吉卓玛", "额尔敦其其格·乌云塔娜"]

  /// A name under a surname.
  static func name(surname: String, _ numbers: inout SampleNumbers) -> String {
    if numbers.happens(4) { return numbers.pick(long) }
    let second = numbers.pick(seconds)
    return numbers.happens(250) ? surname + second : surname + numbers.pick(firsts) + second
  }

  private static let trades = ["纺织", "机械制造", "电子科技", "物流", "建筑工程", "食品", "商贸", "教育咨询"]

  /// The name of an employer.
  static func employer(_ number: Int) -> String {
    if number == 0 { return "示例市人力资源服务外包与劳务派遣综合管理有限责任公司东湖县第一分公司（含各驻外办事处）" }
    return "示例市第\(number)\(trades[number % trades.count])有限公司"
  }

  private static let characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// How many ways there are to end a certificate's number.
  static let certificateSuffixes = 36 * 36 * 36 * SampleRegister.letters.count

  /// The last four characters of a certificate's number: the last is a letter, where real ones have a digit or X.
  static func certificateSuffix(_ number: Int) -> String {
    let (rest, last) = number.quotientAndRemainder(dividingBy: SampleRegister.letters.count)
    let parts = [rest / 1_296, rest / 36 % 36, rest % 36].map { characters[$0] }
    return String(parts) + String(SampleRegister.letters[last])
  }
}
