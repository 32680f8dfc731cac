import Kernel
import Payment
import StrictYAML

/// Reads `payment/community.yaml`: how a region pays its medical communities.
enum CommunityFile {
  static func read(_ terms: TermReader, region: String) -> CommunityTerms? {
    let keys = ["title", "covered", "method", "policy_change_first"] + TermReader.bandKeys
    guard
      let map = terms.yaml.mapping(terms.yaml.root, keys: keys, of: LocalizedText("医共体支付", "payment of communities")),
      map.requiredText("title") != nil
    else { return nil }
    let covered = terms.covered(map)
    let method = terms.open(map, "method") { node in
      terms.yaml.value(node, "value", Expected.word(CommunityBudgetMethod.allCases.map(\.word))) {
        CommunityBudgetMethod(word: $0)
      }
    }
    let policyChange = terms.open(map, "policy_change_first", terms.flag)
    guard let bands = terms.bandTerms(map), let covered else { return nil }
    return CommunityTerms(
      region: region, covered: covered, method: method, bands: bands, policyChangeFirst: policyChange)
  }
}

/// Reads `payment/adjustment_fund.yaml`: a province's adjustment fund.
enum AdjustmentFundFile {
  static func read(_ terms: TermReader, region: String) -> AdjustmentFundTerms? {
    let keys = [
      "title", "covered", "contribution_most", "contribution", "distributed_part", "factors", "province_part",
      "shortage", "rounding",
    ]
    guard let map = terms.yaml.mapping(terms.yaml.root, keys: keys, of: LocalizedText("调剂金", "an adjustment fund")),
      map.requiredText("title") != nil
    else { return nil }
    let covered = terms.covered(map)
    let most = terms.stated(map, "contribution_most", terms.share)
    let contribution = terms.open(map, "contribution", terms.share)
    let part = terms.open(map, "distributed_part", terms.share)
    let factors = terms.open(map, "factors", terms.factors)
    let province = terms.open(map, "province_part", terms.share)
    let shortage = terms.open(map, "shortage") { terms.word($0, AdjustmentFundTerms.Shortage.self) }
    let rounding = terms.stated(map, "rounding") { terms.word($0, Rounding.self) }
    guard let covered, let most, let rounding else { return nil }
    if let contribution, contribution.value > most.value {
      terms.yaml.report(
        LocalizedText("上解比例高于上限", "the contribution is above its limit"), at: map["contribution"])
      return nil
    }
    return AdjustmentFundTerms(
      region: region, covered: covered, contributionMost: most, contribution: contribution, distributedPart: part,
      factors: factors.map { FactorSplit($0.value, citation: $0.citation) }, provincePart: province,
      shortage: shortage, rounding: rounding.value)
  }
}

/// Reads `payment/fund_loss.yaml`: what a fine is a multiple of.
enum FundLossFile {
  static func read(_ terms: TermReader) -> LossOutcome.FineTerms? {
    let keys = ["title", "fine_least", "fine_most"]
    guard let map = terms.yaml.mapping(terms.yaml.root, keys: keys, of: LocalizedText("基金损失", "fund loss")),
      map.requiredText("title") != nil
    else { return nil }
    let least = terms.stated(map, "fine_least", terms.rate)
    let most = terms.stated(map, "fine_most", terms.rate)
    guard let least, let most else { return nil }
    guard least.value <= most.value else {
      terms.yaml.report(LocalizedText("罚款下限高于上限", "the least fine is above the largest"), at: map["fine_least"])
      return nil
    }
    return LossOutcome.FineTerms(least: least, most: most)
  }
}
