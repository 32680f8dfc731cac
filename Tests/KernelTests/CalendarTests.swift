import Kernel
import Testing

/// Days of a month by the definition of the Gregorian calendar, written independently of the room.
private func dayCount(_ year: Int, _ month: Int) -> Int {
  let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
}

@Test func `1900 年至 2999 年每一天的日序与往返换算一致`() throws {
  // 1900-01-01 lies 25,567 days before 1970-01-01: 70 years and 17 leap days.
  var number = -25_567
  let epoch = try #require(CalendarDate(year: 1970, month: 1, day: 1))
  var wrong: [String] = []
  for year in 1900...2999 {
    for month in 1...12 {
      for day in 1...dayCount(year, month) {
        guard let date = CalendarDate(year: year, month: month, day: day) else {
          wrong.append("\(year)-\(month)-\(day)")
          continue
        }
        if date.dayNumber != number || epoch.adding(days: number) != date || CalendarDate(date.description) != date {
          wrong.append(date.description)
        }
        number += 1
      }
      if CalendarDate(year: year, month: month, day: dayCount(year, month) + 1) != nil {
        wrong.append("\(year)-\(month)")
      }
    }
  }
  #expect(wrong.isEmpty)
  #expect(number == 376_200)
}

@Test(arguments: [
  "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-01", "2026-01-1", "26-01-01", "2026/01/01", "2026-01-01 ", "",
  "+026-01-01", "２０２６-01-01", "1899-12-31", "3000-01-01", "2026-01", "2026-01-01-01",
])
func `不是日期的文字一律不收`(text: String) {
  #expect(CalendarDate(text) == nil)
}

@Test func `月份加减与打印往返`() throws {
  for year in [1900, 1999, 2000, 2026, 2999] {
    for month in 1...12 {
      let value = try #require(YearMonth(year: year, month: month))
      #expect(YearMonth(value.description) == value)
      #expect(value.dayCount == dayCount(year, month))
      #expect(value.adding(months: 25).adding(months: -25) == value)
      #expect(value.firstDay == CalendarDate(year: year, month: month, day: 1))
    }
  }
  #expect(YearMonth("2025-12")?.adding(months: 1) == YearMonth("2026-01"))
  #expect(YearMonth("2026-13") == nil)
  #expect(YearMonth("2026-03-01") == nil)
}

@Test(arguments: [
  ("2000-02-29", "2001-02-28", 0), ("2000-02-29", "2001-03-01", 1), ("2000-03-01", "2070-02-28", 69),
  ("2000-03-01", "2070-03-01", 70), ("2026-03-01", "2020-01-01", 0),
])
func `周岁按生日当天计`(birth: String, day: String, age: Int) throws {
  let (born, on) = (try #require(CalendarDate(birth)), try #require(CalendarDate(day)))
  #expect(born.age(on: on) == age)
}

@Test func `月日遇平年二月二十九取月末`() throws {
  let endOfFebruary = try #require(MonthDay(month: 2, day: 29))
  #expect(endOfFebruary.date(in: 2024) == CalendarDate("2024-02-29"))
  #expect(endOfFebruary.date(in: 2025) == CalendarDate("2025-02-28"))
  #expect(MonthDay(month: 2, day: 30) == nil)
}

@Test func `随时间变化的值按生效日取用`() throws {
  let (first, second, third) = (
    try #require(CalendarDate("2024-01-01")), try #require(CalendarDate("2025-01-01")),
    try #require(CalendarDate("2026-01-01"))
  )
  // Given out of order on purpose.
  let dated = try #require(
    Dated<Int>([
      .init(effective: third, value: nil), .init(effective: first, value: 1), .init(effective: second, value: 2),
    ]))
  func word(_ day: CalendarDate) -> String {
    switch dated.lookup(on: day) {
    case .inForce(let version, let value): "\(value) since \(version.effective)"
    case .repealed(let version): "repealed \(version.effective)"
    case .notCovered: "not covered"
    }
  }
  #expect(word(first.adding(days: -1)) == "not covered")
  #expect(word(first) == "1 since 2024-01-01")
  #expect(word(second.adding(days: -1)) == "1 since 2024-01-01")
  #expect(word(second) == "2 since 2025-01-01")
  #expect(word(third) == "repealed 2026-01-01")
  #expect(Dated<Int>([]) == nil)
  #expect(Dated<Int>([.init(effective: first, value: 1), .init(effective: first, value: 2)]) == nil)
}
