/// Categories, adjacent groups and groups in the order of evaluation.
///
/// Rules are numbered in the same order: those of the categories first, then the adjacent groups', then the groups'.
struct GroupTree: Hashable, Sendable {
  struct Category: Hashable, Sendable {
    var code: String
    var name: String
    var rule: String
    /// Its adjacent groups, the fallback row left out.
    var adjacentGroups: Range<Int>
    /// The row that takes what no other does (`x00`).
    var fallback: Int?
  }

  struct AdjacentGroup: Hashable, Sendable {
    var code: String
    var name: String
    var rule: String
    var category: Int
    var groups: Range<Int>
    var isAmbiguous: Bool
  }

  struct Group: Hashable, Sendable {
    var code: String
    var name: String
    var rule: String
    var adjacentGroup: Int
  }

  let categories: [Category]
  let adjacentGroups: [AdjacentGroup]
  let groups: [Group]

  var ruleCount: Int { categories.count + adjacentGroups.count + groups.count }

  func rule(ofCategory place: Int) -> Int { place }
  func rule(ofAdjacentGroup place: Int) -> Int { categories.count + place }
  func rule(ofGroup place: Int) -> Int { categories.count + adjacentGroups.count + place }
}
