/// Numbers that follow from a seed and from what they are for (SplitMix64): the same on every machine, in any order.
struct SampleNumbers {
  private var state: UInt64

  /// Numbers that go on from a state.
  init(state: UInt64) { self.state = state }

  /// Numbers for one purpose, named by whole numbers such as the person and the month.
  init(_ seed: UInt64, _ purpose: SamplePurpose, _ words: Int...) {
    state = seed &* 0x2545_F491_4F6C_DD1D
    advance(purpose.rawValue)
    for word in words { advance(UInt64(bitPattern: Int64(word))) }
  }

  private mutating func advance(_ word: UInt64) {
    state ^= word &* 0xD6E8_FEB8_6659_FD93
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from nothing up to, not including, a bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// Whether something happens that does so in so many of a thousand cases.
  mutating func happens(_ perMille: Int) -> Bool { below(1_000) < perMille }

  /// One of some elements, each as likely as the others.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// One of some elements, as likely as its weight among all.
  mutating func pick<Element>(_ elements: [Element], _ weight: (Element) -> Int) -> Element {
    var rest = below(elements.reduce(0) { $0 + weight($1) })
    for element in elements {
      rest -= weight(element)
      if rest < 0 { return element }
    }
    return elements[elements.count - 1]
  }

  /// Elements in another order.
  mutating func shuffle<Element>(_ elements: [Element]) -> [Element] {
    var shuffled = elements
    for place in stride(from: shuffled.count - 1, to: 0, by: -1) { shuffled.swapAt(place, below(place + 1)) }
    return shuffled
  }
}

/// What numbers are drawn for, so that no two purposes share them.
enum SamplePurpose: UInt64 {
  case household = 1
  case person
  case visits
  case stay
  case bill
  case hours
  case enrolment
  case newborn
  case slips
  case wage
}
