import Claims
import Kernel
import People
import Testing

/// Every rule of the settlement list's check: a list that breaks none, and for each rule a list that breaks it alone.
@Suite struct SettlementListRuleTests {
  @Test func `合规的清单没有任何质控意见`() {
    #expect(SettlementListCheck.findings(in: ListSample.sound, against: ListSample.facts) == [])
    var (list, facts) = (ListSample.sound, ListSample.facts)
    ListSample.chronic(&list, &facts)
    list.procedures = []
    list.intensiveCare = []
    #expect(SettlementListCheck.findings(in: list, against: facts) == [])
    (list, facts) = (ListSample.sound, ListSample.facts)
    ListSample.newborn(&list, &facts)
    #expect(SettlementListCheck.findings(in: list, against: facts) == [])
  }

  @Test(arguments: ListSample.breaches) func `每条规则都能单独触发`(breach: ListBreach) {
    var (list, facts) = (ListSample.sound, ListSample.facts)
    breach.change(&list, &facts)
    let found = SettlementListCheck.findings(in: list, against: facts).map(\.rule)
    // A category that differs is told twice, by itself.
    #expect(Set(found) == [breach.rule], "\(found)")
  }

  @Test func `每条规则都有触发它的用例，编号、字段、双语说明齐全`() {
    #expect(ListSample.breaches.map(\.rule) == SettlementListRule.allCases)
    for rule in SettlementListRule.allCases {
      #expect(!rule.field.isEmpty && !rule.message.chinese.isEmpty && !rule.message.english.isEmpty, "\(rule)")
    }
  }

  @Test func `二十八天的新生儿须有体重，二十九天的不须`() {
    var (list, facts) = (ListSample.sound, ListSample.facts)
    for (birth, rules) in [
      ("2026-01-04", [.birthWeightMissing, .admissionWeightMissing, .newbornAdmissionMissing]), ("2026-01-03", []),
    ] as [(String, [SettlementListRule])] {
      facts.birth = ListSample.day(birth)
      list.patient.birth = facts.birth
      #expect(SettlementListCheck.findings(in: list, against: facts).map(\.rule) == rules, "\(birth)")
    }
  }

  @Test func `时长按天、小时、分钟读取`() {
    #expect(CareDuration("1/13/24")?.minuteCount == 2_244)
    for text in ["", "1/13", "1/13/24/5", "1/-1/0", "一/0/0", "1.5/0/0", "+1/0/0"] {
      #expect(CareDuration(text) == nil, "\(text)")
    }
  }

  @Test func `时刻的读写与先后`() {
    #expect(Moment("2026-02-28 23:59:59")?.description == "2026-02-28 23:59:59")
    #expect(Moment("2026-02-28")?.description == "2026-02-28 00:00:00")
    #expect(ListSample.time("2026-02-28 23:59:00").minutes(to: ListSample.time("2026-03-01 00:01:00")) == 2)
    for text in [
      "2026-02-29", "2026-02-28 24:00:00", "2026-02-28 23:60:00", "2026-02-28T00:00:00", "2026-02-28 1:00:00",
      "2026-02-28 +1:00:00",
    ] {
      #expect(Moment(text) == nil, "\(text)")
    }
  }
}
