import Kernel
import People
import Workflows

/// The nodes `baseinfo`, `insuinfo` and `idetinfo`.
struct PersonNodes {
  let answer: PersonAnswer
  let day: CalendarDate

  /// Prints the nodes.
  func write(to writer: inout JSONWriter) {
    let person = answer.record.person
    writer.object("baseinfo") {
      Self.identity(of: answer.record, on: day, to: &$0)
      $0.text("exp_content", "")
    }
    writer.rows("insuinfo", answer.enrolments) { writer, answer in
      insurance(answer, &writer)
    }
    let identities = MedicalType.identity(person.beneficiaryClass).map { [$0] } ?? []
    writer.rows("idetinfo", identities) { writer, identity in
      writer.text("psn_idet_type", identity)
      writer.text("psn_type_lv", "")
      writer.text("memo", "")
      writer.text("begntime", "")
      writer.text("endtime", "")
    }
  }

  private func insurance(_ row: EnrolmentAnswer, _ writer: inout JSONWriter) {
    let enrolment = row.enrolment
    writer.amount("balc", enrolment.kind.scheme == .employee ? answer.balance.own : .zero)
    writer.text("insutype", enrolment.kind.scheme.insutype)
    writer.text("psn_type", MedicalType.personType(enrolment.category))
    writer.text("psn_insu_stas", Self.state(row.coverage))
    writer.text("psn_insu_date", "\(enrolment.registered)")
    writer.text("paus_insu_date", optional: enrolment.ended.map { "\($0)" })
    writer.text("cvlserv_flag", answer.record.person.isCivilServant ? "1" : "0")
    writer.text("insuplc_admdvs", answer.record.region)
    writer.text("emp_name", answer.record.employer ?? "")
  }

  /// The state of an enrolment (人员参保状态, `psn_insu_stas`); whether benefits are due is for 2001 to say.
  private static func state(_ coverage: Coverage) -> String {
    switch coverage {
    case .covered: "1"
    case .notCovered(.waiting): "1"
    case .notCovered(.ended), .notCovered(.deceased): "4"
    case .notCovered(.duplicateEnrolment): "3"
    case .notCovered(.notEnrolled), .notCovered(.notRegulated): "0"
    case .notCovered(.interrupted), .notCovered(.paidLate), .notCovered(.notPaid),
      .notCovered(.tooFewContributionYears):
      "2"
    }
  }

  /// Prints who a person is, with the age on a day.
  static func identity(of record: PersonRecord, on day: CalendarDate, to writer: inout JSONWriter) {
    let person = record.person
    writer.text("psn_no", person.number)
    writer.text("psn_cert_type", record.certificateType)
    writer.text("certno", record.certificateNumber)
    writer.text("psn_name", record.name)
    writer.text("gend", person.sex == .male ? "1" : "2")
    writer.text("naty", record.nationality)
    writer.text("brdy", "\(person.birth)")
    writer.number("age", Int64(person.birth.age(on: day)) * 10, decimals: 1)
  }
}
