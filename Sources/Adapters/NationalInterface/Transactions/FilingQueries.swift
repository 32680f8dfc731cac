import Kernel
import People
import Workflows

/// What stands on file, and who is in hospital.
extension InterfaceService {
  func queryDiseases(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let person = row.text("psn_no")
    let answer = try await desk.person(.number(person), on: request.received.day).orRefused()
    let numbered = try await desk.standing(DiseaseFiling.self, of: person).orRefused()
    return Output { writer in
      writer.rows("feedetail", answer.record.person.chronicFilings) { writer, filing in
        let name = numbered.last { $0.disease == filing.disease && $0.period == filing.period }?.name
        writer.text("opsp_dise_code", filing.disease)
        writer.text("opsp_dise_name", name ?? "")
        writer.text("begndate", "\(filing.period.first)")
        writer.text("enddate", filing.period.lastText)
        writer.text("exp_content", "")
      }
    }
  }

  func queryDesignations(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let today = request.received.day
    let filings = try await desk.standing(DesignationFiling.self, of: row.text("psn_no")).orRefused()
      .filter { $0.business == row.text("biz_appy_type") && $0.holds(on: today) }
    let coverage = try await desk.eligibility(row.text("psn_no"), on: today).orRefused()
    return Output { writer in
      writer.rows("psnfixmedin", filings) { writer, filing in
        writer.text("psn_no", filing.person)
        writer.text("insutype", coverage.schemeCode)
        writer.text("fix_srt_no", filing.order)
        writer.text("fixmedins_code", filing.institution)
        writer.text("fixmedins_name", filing.institutionName)
        writer.text("begndate", "\(filing.period.first)")
        writer.text("enddate", filing.period.lastText)
        writer.text("memo", filing.remark)
      }
    }
  }

  func queryTransfers(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let span = try row.span("begntime", "endtime", from: request.received.day)
    let answer = try await desk.person(.number(row.text("psn_no")), on: request.received.day).orRefused()
    let coverage = try await desk.eligibility(row.text("psn_no"), on: request.received.day).orRefused()
    // An institution sees the transfers that it made and those that lead to it.
    let filings = try await desk.standing(TransferFiling.self, of: row.text("psn_no")).orRefused()
      .filter { $0.owner == request.institution || $0.destination == request.institution }
      .filter { span.contains($0.date) }
    return Output { writer in
      writer.rows("refmedin", filings) { writer, filing in
        writer.text("insutype", coverage.schemeCode)
        writer.text("dcla_souc", "01")
        PersonNodes.identity(of: answer.record, on: filing.date, to: &writer)
        writer.text("tel", filing.contact.telephone)
        writer.text("addr", filing.contact.address)
        writer.text("insu_optins", answer.record.region)
        writer.text("emp_name", answer.record.employer ?? "")
        writer.text("diag_code", filing.diagnosis)
        writer.text("diag_name", filing.diagnosisName)
        writer.text("dise_cond_dscr", filing.condition)
        writer.text("reflin_medins_no", filing.destination)
        writer.text("reflin_medins_name", filing.destinationName)
        writer.text("out_flag", filing.reach == .city ? "0" : "1")
        writer.text("refl_date", "\(filing.date)")
        writer.text("refl_rea", filing.reason)
        writer.text("begndate", "\(filing.period.first)")
        writer.text("enddate", filing.period.lastText)
        writer.text("hosp_agre_refl_flag", filing.hospitalAgrees ? "1" : "0")
        writer.text("opt_time", filing.time)
      }
    }
  }
}

extension DateRange {
  /// The last day as the interface writes it, empty for an open range.
  var lastText: String { last.map { "\($0)" } ?? "" }
}

extension Coverage {
  /// The scheme that covers, empty when none does.
  var schemeCode: String {
    guard case .covered(let scheme, _, _) = self else { return "" }
    return scheme.insutype
  }
}

extension InputRow {
  /// The days between two fields, both included; without an end up to a day.
  func span(_ from: StaticString, _ to: StaticString, from today: CalendarDate) throws(Refused) -> DateRange {
    let first = try requiredDay(from)
    let last = day(to) ?? max(today, first)
    guard let span = DateRange(first, last) else { throw .desk(.desk(.datesImpossible, about: "\(first)…\(last)")) }
    return span
  }
}
