import Kernel
import Payment
import People
import StrictYAML

/// Reads `payment/clearing.yaml`: the point pool, the months, the year and its assessment.
enum ClearingFile {
  static func read(_ terms: TermReader, region: String) -> ClearingContract? {
    let keys = ["title", "schemes", "covered", "pool", "advance", "yearly", "assessment"]
    guard let map = terms.yaml.mapping(terms.yaml.root, keys: keys, of: LocalizedText("清算办法", "clearing")),
      let title = map.requiredText("title")
    else { return nil }
    let schemes = readSchemes(map, terms)
    let covered = terms.covered(map)
    let pool = section(map, "pool") { readPool($0, terms) }
    let advance = section(map, "advance") { readAdvance($0, terms) }
    let yearly = map.required("yearly").flatMap { readYear($0, terms) }
    let assessment = section(map, "assessment") { AssessmentReader(terms: terms).read($0) }
    guard let schemes, let covered, let yearly else { return nil }
    if !yearly.assessed.value.isEmpty && map.value("assessment") == nil {
      terms.yaml.report(
        LocalizedText("结果与考核挂钩，但没有考核方案", "the result is tied to an assessment, but there is none"),
        at: map["assessment"])
      return nil
    }
    return ClearingContract(
      title: title, region: region, schemes: schemes, covered: covered, pool: pool, advance: advance, yearly: yearly,
      assessment: assessment)
  }

  /// A part of the file that may be `null`, but not left out.
  private static func section<Value>(_ map: YAMLMapping, _ key: String, _ read: (YAMLNode) -> Value?) -> Value? {
    guard let node = map.required(key), !node.isNull else { return nil }
    return read(node)
  }

  private static func readSchemes(_ map: YAMLMapping, _ terms: TermReader) -> Set<InsuranceScheme>? {
    let what = LocalizedText("schemes", "schemes")
    guard let list = terms.yaml.elements(map.required("schemes"), of: what) else { return nil }
    let found = list.compactMap { terms.word($0, InsuranceScheme.self) }
    guard found.count == list.count, !found.isEmpty else { return nil }
    return Set(found)
  }

  private static func readPool(_ node: YAMLNode, _ terms: TermReader) -> PoolTerms? {
    let keys = ["basis", "fund_share", "payable", "decimals", "rounding"]
    guard let map = terms.yaml.mapping(node, keys: keys, of: LocalizedText("点数池", "the pool")) else { return nil }
    let share = terms.open(map, "fund_share") { node in
      terms.yaml.value(node, "value", Expected.percent) { text in
        Ratio(percent: text).flatMap { $0.numerator > 0 && $0.numerator <= $0.denominator ? $0 : nil }
      }
    }
    let words = ["fund", "whole_cost", "whole_cost_of_period"]
    let basis = terms.stated(map, "basis") { node -> PoolTerms.Basis? in
      let word = terms.yaml.value(node, "value", Expected.word(words)) { words.contains($0) ? $0 : nil }
      switch word {
      case "fund": return .fund
      case "whole_cost_of_period": return .wholeCostOfPeriod
      case "whole_cost":
        if share == nil {
          terms.yaml.report(
            LocalizedText("按既定比例还原时须写明 fund_share", "whole_cost needs fund_share"), at: map["fund_share"])
        }
        return share.map { .wholeCost(fundShare: $0.value) }
      default: return nil
      }
    }
    let payable = terms.stated(map, "payable") { terms.word($0, PoolTerms.Payable.self) }
    let decimals = terms.stated(map, "decimals") { node in
      terms.yaml.value(node, "value", LocalizedText("0 至 6", "0 to 6")) { text in
        Words.number(text).flatMap { $0 <= 6 ? $0 : nil }
      }
    }
    let rounding = terms.stated(map, "rounding") { terms.word($0, Rounding.self) }
    guard let basis, let payable, let decimals, let rounding else { return nil }
    guard basis.value != .fund || payable.value == .share else {
      terms.yaml.report(
        LocalizedText("按基金分配时只能按份额支付", "of the fund's own money nothing but the share is paid"), at: map["payable"])
      return nil
    }
    return PoolTerms(basis: basis, payable: payable, decimals: decimals, rounding: rounding.value)
  }

  private static func readAdvance(_ node: YAMLNode, _ terms: TermReader) -> AdvanceTerms? {
    let keys = ["base", "monthly_share", "deposit_share", "deposit_base", "rounding"]
    guard let map = terms.yaml.mapping(node, keys: keys, of: LocalizedText("月度预拨", "advances")) else { return nil }
    let month = terms.stated(map, "base") { terms.word($0, AdvanceTerms.Base.self) }
    let share = terms.stated(map, "monthly_share", terms.share)
    let deposit = terms.stated(map, "deposit_share", terms.share)
    let base = terms.stated(map, "deposit_base") { terms.word($0, AdvanceTerms.DepositBase.self) }
    let rounding = terms.stated(map, "rounding") { terms.word($0, Rounding.self) }
    guard let month, let share, let deposit, let base, let rounding else { return nil }
    return AdvanceTerms(
      base: month, monthlyShare: share, depositShare: deposit, depositBase: base, rounding: rounding.value)
  }

  private static func readYear(_ node: YAMLNode, _ terms: TermReader) -> YearlyTerms? {
    let keys = TermReader.bandKeys + ["assessed", "negative_budget"]
    guard let map = terms.yaml.mapping(node, keys: keys, of: LocalizedText("年度清算", "the year")) else { return nil }
    let assessed = terms.stated(map, "assessed") { node -> Set<YearlyTerms.AssessedPart>? in
      guard let list = terms.yaml.elements(node, of: LocalizedText("assessed", "assessed")) else { return nil }
      let found = list.compactMap { terms.word($0, YearlyTerms.AssessedPart.self) }
      return found.count == list.count ? Set(found) : nil
    }
    let negative = terms.open(map, "negative_budget") { terms.word($0, BandTerms.NegativeBudget.self) }
    guard var bands = terms.bandTerms(map), let assessed else { return nil }
    bands.negativeBudget = negative
    return YearlyTerms(bands: bands, assessed: assessed)
  }
}
