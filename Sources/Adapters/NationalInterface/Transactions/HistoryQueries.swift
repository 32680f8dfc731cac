import Catalog
import Claims
import Kernel
import People
import Settlement
import Workflows

/// Diagnoses, medication, accumulated amounts, and who is in hospital.
extension InterfaceService {
  func queryDiagnoses(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let (visit, person) = (row.text("mdtrt_id"), row.text("psn_no"))
    let stages = try await desk.diagnoses(ofVisit: visit, of: person, at: request.institution).orRefused()
    return Output { writer in
      writer.list("diseinfo") { writer in
        for stage in stages {
          for (place, diagnosis) in stage.diagnoses.enumerated() {
            writer.object {
              $0.text("diag_info_id", "\(visit)-\(stage.stage.rawValue)-\(place + 1)")
              $0.text("mdtrt_id", visit)
              $0.text("psn_no", person)
              $0.text("inout_diag_type", stage.stage.rawValue)
              $0.text("diag_type", diagnosis.kind)
              $0.text("maindiag_flag", diagnosis.isPrincipal ? "1" : "0")
              $0.number("diag_srt_no", Int64(diagnosis.number))
              $0.text("diag_code", diagnosis.code)
              $0.text("diag_name", diagnosis.name)
              $0.text("adm_cond", diagnosis.condition)
              $0.text("diag_dept", diagnosis.department)
              $0.text("dise_dor_no", diagnosis.physician)
              $0.text("dise_dor_name", diagnosis.physicianName)
              $0.text("diag_time", diagnosis.time)
              $0.text("opt_time", stage.time)
            }
          }
        }
      }
    }
  }

  func queryInHospital(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let span = try row.span("begntime", "endtime", from: request.received.day)
    let found = try await desk.inHospital(at: request.institution, person: row.filled("psn_no"), admitted: span)
      .orRefused()
    let region = try await desk.institution(request.institution).orRefused().region
    return Output { writer in
      writer.rows("data", found) { writer, found in
        writer.text("mdtrt_id", found.visit.id)
        PersonNodes.identity(of: found.person, on: found.visit.admitted, to: &writer)
        writer.text("insutype", found.visit.scheme.insutype)
        writer.text("begndate", "\(found.visit.admitted)")
        writer.text("med_type", found.visit.medicalType)
        writer.text("ipt_otp_no", found.visit.institutionNumber)
        writer.text("out_flag", found.person.region == region ? "0" : "1")
      }
    }
  }

  func queryMedication(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let span = try row.span("begntime", "endtime", from: request.received.day)
    let uses = try await desk.chronicMedication(of: row.text("psn_no"), in: span).orRefused()
    return Output { writer in
      writer.rows("feedetail", uses) { writer, use in
        let line = use.line.line
        writer.text("feedetl_sn", use.line.serial)
        writer.text("fixmedins_code", use.institution.institution.code)
        writer.text("fixmedins_name", use.institution.name)
        writer.text("psn_no", use.visit.person)
        writer.text("med_type", use.visit.medicalType)
        writer.text("fee_ocur_time", "\(line.day) 00:00:00")
        writer.number("cnt", line.quantity.tenThousandths, decimals: 4)
        writer.number("pric", line.price.microyuan, decimals: 6)
        writer.text("chrgitm_lv", line.terms.chargeClass.level)
        writer.text("hilist_code", line.item)
        writer.text("hilist_name", use.item?.name ?? "")
        writer.text("list_type", use.line.listType)
        writer.text("med_list_codg", line.item)
        writer.text("med_chrgitm_type", use.line.feeCategory)
        writer.text("lmt_used_flag", line.terms.isLimitedUse ? "1" : "0")
        writer.text("hosp_appr_flag", Self.approval(line.approval))
      }
    }
  }

  private static func approval(_ approval: HospitalApproval) -> String {
    switch approval {
    case .notSubject: "0"
    case .approved: "1"
    case .refused: "2"
    }
  }

  /// The sums of a year; the kinds of sum are coded as provincial platforms code them.
  func queryAccumulators(_ request: InterfaceRequest) async throws(Refused) -> Output {
    let row = try request.row("data")
    let month: YearMonth
    if let text = row.filled("cum_ym") {
      guard let named = Self.month(text) else {
        throw .interface(
          InterfaceRefusal(
            .valueForm, "字段 cum_ym 的值 \(FieldText.shortened(text)) 不是年月，格式为 yyyyMM", "cum_ym is no month; write yyyyMM")
        )
      }
      month = named
    } else {
      month = request.received.day.yearMonth
    }
    let years = try await desk.accumulators(of: row.text("psn_no"), year: month.year).orRefused()
    let sums = years.flatMap { year in CumulativeSum.sums(of: year).map { (year: year, sum: $0) } }
    let digits = month.month < 10 ? "\(month.year)0\(month.month)" : "\(month.year)\(month.month)"
    return Output { writer in
      writer.rows("cuminfo", sums) { writer, row in
        writer.text("insutype", row.year.scheme.insutype)
        writer.text("year", "\(row.year.year)")
        writer.text("cum_ym", digits)
        writer.text("cum_type_code", row.sum.code)
        writer.number("cum", row.sum.hundredths, decimals: 2)
      }
    }
  }

  private static func month(_ text: String) -> YearMonth? {
    guard text.utf8.count == 6 else { return nil }
    return YearMonth("\(text.prefix(4))-\(text.suffix(2))")
  }
}

/// One sum of a year under the code that provincial platforms give it (累计类别代码, `cum_type_code`).
///
/// No edition prints the list. C0000 (住院次数), Q0000 (起付线) and D with the fund's code, its last digit 1, are read alike
/// by independent clients of two provinces; only such sums are answered.
struct CumulativeSum {
  let code: String
  /// The sum in hundredths: fen, or a count times a hundred.
  let hundredths: Int64

  /// The sums of a year that are not nothing.
  static func sums(of year: Accumulators) -> [CumulativeSum] {
    let deductible = CareCategory.allCases.reduce(Money.zero) { $0 + year.totals.deductible[$1] }
    let pooled = CareCategory.allCases.reduce(Money.zero) { $0 + year.totals.pooled[$1] }
    var sums = [
      CumulativeSum(code: "C0000", hundredths: Int64(year.stays.count) * 100),
      CumulativeSum(code: "Q0000", hundredths: deductible.fen),
      CumulativeSum(code: paid(.pooled(year.scheme)), hundredths: pooled.fen),
    ]
    for layer in SupplementLayer.allCases {
      sums.append(CumulativeSum(code: paid(fund(layer, year.scheme)), hundredths: year.totals.layerPaid[layer].fen))
    }
    return sums.filter { $0.hundredths != 0 }
  }

  private static func paid(_ fund: FundCode) -> String { "D\(fund.code.dropLast())1" }

  private static func fund(_ layer: SupplementLayer, _ scheme: InsuranceScheme) -> FundCode {
    switch layer {
    case .largeSum: .largeSum
    case .catastrophic: scheme == .resident ? .residentCatastrophic : .employeeCatastrophic
    case .civilServant: .civilServant
    case .enterprise: .enterprise
    case .assistance: .assistance
    case .other: .other
    }
  }
}
