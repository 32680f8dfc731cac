import Kernel
import People

/// The institutions of a sample region: hospitals of every level, a county community, pharmacies, village clinics, and
/// one hospital of another city.
public struct SampleInstitutions: Sendable {
  /// Hospitals of the third level in the city.
  public let tertiary: [InstitutionRecord]
  /// Hospitals of the second level in the city.
  public let secondary: [InstitutionRecord]
  /// The hospital that leads the county's medical community, and its second hospital.
  public let county: [InstitutionRecord]
  /// Township health centres of the community and community health centres of the city.
  public let township: [InstitutionRecord]
  /// Village clinics.
  public let village: [InstitutionRecord]
  /// Pharmacies.
  public let pharmacy: [InstitutionRecord]
  /// A hospital outside the pooling region.
  public let elsewhere: InstitutionRecord

  /// Everything.
  public var all: [InstitutionRecord] {
    tertiary + secondary + county + township + village + pharmacy + [elsewhere]
  }

  init(people: Int) {
    var number = 100
    func row(
      _ count: Int, _ name: (Int) -> String, _ level: InstitutionLevel, _ levelCode: String, _ initial: String = "H",
      traditional: (Int) -> Bool = { _ in false }
    ) -> [InstitutionRecord] {
      (1...count).map { place in
        number += 1
        return InstitutionRecord(
          institution: Institution(
            code: "\(initial)\(SampleRegion.code)\(Self.padded(number))", level: level,
            isTraditionalChinese: traditional(place)),
          name: name(place), kind: initial == "P" ? "2" : "1", region: SampleRegion.code, levelCode: levelCode)
      }
    }
    tertiary = row(
      1 + people / 200_000, { "示例市第\(Self.numeral($0))人民医院" }, .tertiary, "2")
    secondary = row(
      1 + people / 120_000, { $0 == 1 ? "示例市中医医院" : "示例市第\(Self.numeral($0))医院" }, .secondary, "5",
      traditional: { $0 == 1 })
    county = row(2, { $0 == 1 ? "东湖县人民医院（东湖县医共体牵头医院）" : "东湖县中医院" }, .secondary, "5", traditional: { $0 == 2 })
    township = row(3 + people / 8_000, { $0 == 1 ? "示例市城关社区卫生服务中心" : "东湖县第\($0 - 1)中心卫生院" }, .township, "11")
    village = row(4 + people / 4_000, { "东湖县第\($0)村卫生室" }, .village, "11")
    pharmacy = row(3 + people / 4_000, { "示例大药房连锁有限公司第\($0)分店" }, .pharmacy, "11", "P")
    elsewhere = InstitutionRecord(
      institution: Institution(code: "H99020000001", level: .tertiary), name: "邻省示例医科大学附属医院", kind: "1",
      region: "990200", levelCode: "1")
  }

  private static func numeral(_ number: Int) -> String {
    let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
    return number <= numerals.count ? numerals[number - 1] : "\(number)"
  }

  private static func padded(_ number: Int) -> String { String("\(100_000 + number)".dropFirst()) }
}
