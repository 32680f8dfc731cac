import Kernel
import Testing

/// Edit distance by its definition.
private func distance(_ first: ArraySlice<Character>, _ second: ArraySlice<Character>) -> Int {
  guard let one = first.first, let other = second.first else { return max(first.count, second.count) }
  if one == other { return distance(first.dropFirst(), second.dropFirst()) }
  return 1
    + min(
      distance(first.dropFirst(), second), distance(first, second.dropFirst()),
      distance(first.dropFirst(), second.dropFirst()))
}

/// Every word over the letters up to a length.
private func words(over letters: String, upTo length: Int) -> [String] {
  var all = [""]
  var last = [""]
  for _ in 0..<length {
    last = last.flatMap { word in letters.map { word + String($0) } }
    all += last
  }
  return all
}

@Test func `编辑距离与定义逐一相符`() {
  let all = words(over: "ab", upTo: 4)
  var wrong: [String] = []
  for first in all {
    for second in all {
      let expected = distance(Array(first)[...], Array(second)[...])
      for limit in 0...5 where Nearest.distance(Array(first), Array(second), limit: limit) != min(expected, limit + 1) {
        wrong.append("\(first) \(second) \(limit)")
      }
    }
  }
  #expect(wrong.isEmpty)
}

@Test func `索引与逐个比较的结果相同`() {
  let table = words(over: "ab", upTo: 6).enumerated().filter { $0.offset % 7 == 3 }.map(\.element)
  let index = NearestIndex(table + table)
  var wrong: [String] = []
  for word in words(over: "abc", upTo: 5) {
    let distances = table.map { (word: $0, distance: Nearest.distance(Array(word), Array($0), limit: 9)) }
    let least = distances.map(\.distance).min() ?? 9
    let nearest = distances.filter { $0.distance == least }.map(\.word).sorted()
    for within in 0...3 where index.nearest(to: word, within: within, count: 99) != (least <= within ? nearest : []) {
      wrong.append("\(word) within \(within)")
    }
  }
  #expect(wrong.isEmpty)
  #expect(NearestIndex([String]()).nearest(to: "a", within: 2, count: 3).isEmpty)
}

@Test func `随机长编码的索引结果与逐个比较相同`() {
  var generator = SplitMix(state: 7)
  let table = (0..<400).map { _ in
    String((0..<Int.random(in: 5...12, using: &generator)).map { _ in "01AB".randomElement(using: &generator) ?? "0" })
  }
  let index = NearestIndex(table)
  for word in table.prefix(150) {
    var letters = Array(word)
    for _ in 0..<3 {
      let place = Int.random(in: 0..<letters.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: letters[place] = "C"
      case 1: letters.insert("1", at: place)
      default: if letters.count > 1 { letters.remove(at: place) }
      }
    }
    let distances = Set(table).map { (word: $0, distance: Nearest.distance(letters, Array($0), limit: 3)) }
    let least = distances.map(\.distance).min() ?? 4
    let expected = least > 3 ? [] : distances.filter { $0.distance == least }.map(\.word).sorted()
    #expect(index.nearest(to: String(letters), within: 3, count: 999) == expected)
  }
}

@Test func `候选按远近再按字序排列`() {
  #expect(
    Nearest.words(to: "deductable", among: ["deduct", "deductible", "deductibles", "ratio"], within: 3, count: 2)
      == ["deductible", "deductibles"])
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
