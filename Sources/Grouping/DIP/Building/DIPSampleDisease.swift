/// A disease of the made-up history: how often, in whom, with which codes, and the ways in which it is treated.
///
/// The frequencies and costs are nobody's; the codes are real ones, so that code tables know them.
package struct DIPSampleDisease {
  /// A way of treatment: how often, which procedures, and what a plain case costs in yuan.
  package struct Way {
    package let weight: Int
    package let procedures: [String]
    package let yuan: Int64

    init(_ weight: Int, _ procedures: [String], _ yuan: Int64) {
      self.weight = weight
      self.procedures = procedures
      self.yuan = yuan
    }
  }

  package let weight: Int
  package let department: String
  /// Principal diagnoses, each as likely as the others.
  package let codes: [String]
  /// Ages in years, for the newborn in days.
  package let ages: Range<Int>
  package let sex: PatientSex?
  /// One of these is among the other diagnoses.
  package let further: [String]
  package let isNewborn: Bool
  package let ways: [Way]

  init(
    _ weight: Int, _ department: String, _ codes: [String], ages: Range<Int>, sex: PatientSex? = nil,
    further: [String] = [], isNewborn: Bool = false, ways: [Way]
  ) {
    self.weight = weight
    self.department = department
    self.codes = codes
    self.ages = ages
    self.sex = sex
    self.further = further
    self.isNewborn = isNewborn
    self.ways = ways
  }

  /// Further diagnoses that anybody may have, and in how many of a thousand cases they are stated.
  package static let others: [(code: String, perMille: Int)] = [
    ("I10.x00", 260), ("E11.900", 150), ("E78.500", 120), ("D64.900", 60), ("E87.600", 50), ("I50.900", 30),
    ("J96.000", 12),
  ]

  /// Procedures that now and then stand behind the others.
  static let rareProcedures = ["38.9300", "99.1500", "89.5400", "88.7200", "87.4100", "99.0400"]

  package static let all: [DIPSampleDisease] = [
    DIPSampleDisease(
      60, "呼吸内科", ["J18.900", "J15.900", "J15.900"], ages: 1..<91,
      ways: [
        Way(80, [], 6_200), Way(12, ["33.2400"], 9_800), Way(5, ["93.9000"], 17_500), Way(2, ["96.7101"], 31_000),
        Way(1, ["96.7201"], 68_000),
      ]),
    DIPSampleDisease(
      45, "呼吸内科", ["J44.100", "J44.000"], ages: 55..<92,
      ways: [Way(78, [], 9_200), Way(18, ["93.9000"], 19_000), Way(4, ["96.7201", "96.0400"], 72_000)]),
    DIPSampleDisease(18, "呼吸内科", ["J20.900"], ages: 1..<80, ways: [Way(100, [], 3_100)]),
    DIPSampleDisease(
      65, "神经内科", ["I63.900", "I63.300", "I63.300"], ages: 45..<90,
      ways: [Way(84, [], 12_500), Way(12, ["88.4100"], 21_000), Way(4, ["38.9300"], 16_500)]),
    DIPSampleDisease(20, "神经内科", ["G45.900"], ages: 45..<85, ways: [Way(92, [], 7_600), Way(8, ["88.4100"], 15_800)]),
    DIPSampleDisease(
      26, "心血管内科", ["I21.400", "I21.900"], ages: 40..<88,
      ways: [
        Way(22, [], 13_800), Way(20, ["88.5600"], 21_500), Way(46, ["36.0700", "00.6600", "88.5600"], 52_000),
        Way(12, ["00.6600", "88.5600"], 39_000),
      ]),
    DIPSampleDisease(
      38, "心血管内科", ["I20.000"], ages: 40..<85,
      ways: [Way(50, [], 8_800), Way(28, ["88.5600"], 16_500), Way(22, ["36.0700", "00.6600", "88.5600"], 48_500)]),
    DIPSampleDisease(30, "心血管内科", ["I50.900"], ages: 50..<92, ways: [Way(92, [], 9_900), Way(8, ["93.9000"], 18_800)]),
    DIPSampleDisease(
      28, "心血管内科", ["I10.x00", "I11.900"], ages: 35..<88, ways: [Way(97, [], 5_400), Way(3, ["88.7200"], 6_100)]),
    DIPSampleDisease(
      14, "心血管内科", ["I48.900"], ages: 45..<85, ways: [Way(64, [], 7_900), Way(36, ["37.3400", "37.2600"], 76_000)]),
    DIPSampleDisease(40, "内分泌科", ["E11.900", "E11.500"], ages: 30..<85, ways: [Way(100, [], 6_700)]),
    DIPSampleDisease(24, "消化内科", ["K29.500"], ages: 18..<82, ways: [Way(58, [], 4_300), Way(42, ["44.1300"], 5_400)]),
    DIPSampleDisease(
      30, "消化内科", ["K63.500"], ages: 25..<82, ways: [Way(12, ["45.2300"], 4_900), Way(88, ["45.4200"], 8_200)]),
    DIPSampleDisease(16, "消化内科", ["K92.200"], ages: 25..<88, ways: [Way(50, [], 8_900), Way(50, ["44.1300"], 10_500)]),
    DIPSampleDisease(
      12, "消化内科", ["K74.600"], ages: 35..<82, ways: [Way(86, [], 10_800), Way(14, ["99.0400"], 14_000)]),
    DIPSampleDisease(14, "消化内科", ["K52.900"], ages: 1..<80, ways: [Way(100, [], 2_900)]),
    DIPSampleDisease(
      34, "普通外科", ["K35.800"], ages: 6..<80,
      ways: [Way(14, [], 5_200), Way(22, ["47.0901"], 9_800), Way(64, ["47.0100"], 13_200)]),
    DIPSampleDisease(
      38, "普通外科", ["K80.100", "K80.000"], ages: 20..<85,
      ways: [Way(14, [], 6_900), Way(74, ["51.2300"], 17_200), Way(12, ["51.2200"], 19_500)]),
    DIPSampleDisease(
      30, "普通外科", ["K40.900"], ages: 1..<88,
      ways: [Way(30, ["53.0001"], 7_300), Way(44, ["53.0500"], 11_200), Way(26, ["17.1200"], 13_800)]),
    DIPSampleDisease(12, "普通外科", ["L03.900"], ages: 5..<85, ways: [Way(74, [], 4_900), Way(26, ["86.2200"], 8_700)]),
    DIPSampleDisease(14, "普通外科", ["I83.900"], ages: 30..<80, ways: [Way(8, [], 4_100), Way(92, ["38.5900"], 10_800)]),
    DIPSampleDisease(18, "甲乳外科", ["C73.x00"], ages: 20..<75, ways: [Way(100, ["06.3900"], 19_800)]),
    DIPSampleDisease(
      16, "甲乳外科", ["C50.900"], ages: 30..<80, sex: .female, ways: [Way(34, [], 9_000), Way(66, ["85.4300"], 23_500)]),
    DIPSampleDisease(
      30, "泌尿外科", ["N20.100", "N20.000"], ages: 20..<80,
      ways: [Way(22, [], 4_800), Way(40, ["98.5100"], 4_600), Way(38, ["56.0x00", "59.8x00"], 15_600)]),
    DIPSampleDisease(
      22, "泌尿外科", ["N40.x00"], ages: 55..<90, sex: .male, ways: [Way(34, [], 6_100), Way(66, ["60.2901"], 15_200)]),
    DIPSampleDisease(10, "泌尿外科", ["N39.000"], ages: 20..<85, ways: [Way(100, [], 5_200)]),
    DIPSampleDisease(
      44, "眼科", ["H25.900", "H26.900"], ages: 50..<92, ways: [Way(100, ["13.4100x001", "13.7100"], 7_100)]),
    DIPSampleDisease(
      18, "骨科", ["S72.000"], ages: 50..<95,
      ways: [
        Way(16, [], 8_800), Way(34, ["81.5100"], 48_000), Way(36, ["81.5200"], 39_500), Way(14, ["79.3500"], 34_000),
      ]),
    DIPSampleDisease(16, "骨科", ["S82.100"], ages: 15..<80, ways: [Way(26, [], 6_600), Way(74, ["79.3601"], 31_500)]),
    DIPSampleDisease(26, "骨科", ["M51.202"], ages: 25..<80, ways: [Way(70, [], 6_100), Way(30, ["80.5100"], 24_500)]),
    DIPSampleDisease(12, "骨科", ["M17.900"], ages: 50..<85, ways: [Way(34, [], 5_900), Way(66, ["81.5400"], 44_500)]),
    DIPSampleDisease(
      24, "产科", ["O82.900", "O34.200"], ages: 20..<43, sex: .female, ways: [Way(100, ["74.1x01"], 9_600)]),
    DIPSampleDisease(
      30, "产科", ["O80.900"], ages: 18..<42, sex: .female, ways: [Way(70, [], 4_200), Way(30, ["73.5900"], 4_700)]),
    DIPSampleDisease(
      16, "妇科", ["D25.900"], ages: 28..<60, sex: .female,
      ways: [Way(14, [], 4_400), Way(46, ["68.2900"], 15_800), Way(40, ["68.4901"], 18_900)]),
    DIPSampleDisease(16, "耳鼻喉科", ["J35.000"], ages: 3..<45, ways: [Way(100, ["28.2x00"], 8_300)]),
    DIPSampleDisease(
      34, "肿瘤科", ["Z51.100"], ages: 25..<82, further: ["C34.900", "C18.900", "C50.900", "C16.900"],
      ways: [Way(88, ["99.2503"], 8_200), Way(12, [], 5_300)]),
    DIPSampleDisease(
      18, "胸外科", ["C34.900", "C34.100"], ages: 40..<84, ways: [Way(72, [], 10_500), Way(28, ["33.2400"], 13_200)]),
    DIPSampleDisease(9, "肿瘤科", ["C18.900"], ages: 35..<85, ways: [Way(45, [], 9_600), Way(55, ["45.7300"], 46_500)]),
    DIPSampleDisease(8, "肿瘤科", ["C16.900"], ages: 35..<85, ways: [Way(46, [], 9_900), Way(54, ["43.7x00"], 52_000)]),
    DIPSampleDisease(
      2, "神经内科", ["G20.x00", "G40.900", "G35.x00", "G51.000", "G47.000", "G44.200", "G50.000", "G30.900"],
      ages: 20..<85, ways: [Way(94, [], 7_400), Way(6, ["88.4100"], 15_500)]),
    DIPSampleDisease(
      2, "血液内科", ["D50.900", "D61.900", "D69.300", "D46.900", "C83.300", "C92.000", "C91.000", "C90.000"],
      ages: 10..<80, ways: [Way(70, [], 13_500), Way(30, ["99.0400"], 16_000)]),
    DIPSampleDisease(
      2, "风湿免疫科", ["M05.900", "M32.900", "M10.900", "M45.x00", "M06.900", "M35.000"], ages: 20..<78,
      ways: [Way(100, [], 7_900)]),
    DIPSampleDisease(
      2, "皮肤科", ["L40.900", "L20.900", "L50.900", "B02.900", "L30.900", "L10.000"], ages: 5..<80,
      ways: [Way(92, [], 5_600), Way(8, ["86.2200"], 7_800)]),
    DIPSampleDisease(
      2, "普通外科", ["K56.600", "K57.300", "K60.300", "K61.000", "K64.900", "K25.900", "K26.900", "K85.900"],
      ages: 18..<85, ways: [Way(56, [], 8_300), Way(22, ["54.2100"], 13_900), Way(22, ["45.2300"], 9_700)]),
    DIPSampleDisease(
      2, "骨科", ["S42.200", "S52.500", "S92.000", "M16.900", "M75.100", "S32.000"], ages: 10..<88,
      ways: [Way(60, [], 6_900), Way(40, ["79.3900"], 21_500)]),
    DIPSampleDisease(
      1, "耳鼻喉科", ["H66.900", "J32.900", "J34.200", "H81.000", "J38.100"], ages: 5..<75,
      ways: [Way(80, [], 5_300), Way(20, ["22.6300"], 11_900)]),
    DIPSampleDisease(
      1, "内分泌科", ["E05.900", "E03.900", "E04.100", "E27.400", "E21.000"], ages: 18..<80,
      ways: [Way(86, [], 6_300), Way(14, ["06.3900"], 18_800)]),
    DIPSampleDisease(
      16, "肾内科", ["N18.500", "N18.900"], ages: 25..<85, ways: [Way(48, [], 9_400), Way(52, ["39.9500"], 12_800)]),
    DIPSampleDisease(
      8, "感染科", ["A15.000", "A16.200"], ages: 16..<80, further: ["U84.300", "E11.900", "D64.900"],
      ways: [Way(84, [], 7_800), Way(16, ["33.2400"], 10_900)]),
    DIPSampleDisease(
      7, "重症医学科", ["A41.900"], ages: 30..<90, further: ["R57.200", "J96.000"],
      ways: [Way(54, [], 21_500), Way(26, ["96.7201"], 82_000), Way(20, ["39.9500"], 58_000)]),
    DIPSampleDisease(
      4, "烧伤科", ["T20.200", "T21.300"], ages: 1..<70, further: ["T31.000", "T31.100"],
      ways: [Way(52, [], 8_800), Way(28, ["86.2200"], 16_800), Way(20, ["86.6900"], 33_500)]),
    DIPSampleDisease(
      8, "新生儿科", ["P59.900"], ages: 0..<28, isNewborn: true, ways: [Way(40, [], 3_900), Way(60, ["99.8300"], 4_400)]),
    DIPSampleDisease(
      4, "新生儿科", ["P07.100", "P07.200"], ages: 0..<28, isNewborn: true,
      ways: [Way(70, [], 31_000), Way(30, ["93.9000"], 56_000)]),
    DIPSampleDisease(8, "神经外科", ["S06.000"], ages: 8..<80, ways: [Way(100, [], 4_300)]),
    DIPSampleDisease(6, "精神科", ["F32.900"], ages: 15..<75, ways: [Way(100, [], 11_500)]),
    DIPSampleDisease(5, "体检科", ["Z76.800"], ages: 20..<80, ways: [Way(100, [], 2_100)]),
  ]
}
