public import Kernel

/// A fund that the platform keeps accounts for (S11), with the interface field of its payments.
public enum Fund: UInt8, Codable, Sendable, CaseIterable {
  /// Pooled fund of the employee scheme (职工统筹基金, `hifp_pay`).
  case employeePooled
  /// Pooled fund of the resident scheme (居民统筹基金, `hifp_pay`).
  case residentPooled
  /// Large-sum subsidy for employees (职工大额医疗费用补助, `hifob_pay`).
  case largeSum
  /// Catastrophic insurance for residents (居民大病保险, `hifmi_pay`).
  case catastrophic
  /// Catastrophic insurance for employees (职工大病保险, shown in `hifob_pay`).
  case employeeCatastrophic
  /// Civil servants' supplement (公务员医疗补助, `cvlserv_pay`).
  case civilServant
  /// Enterprise supplement (企业补充医疗保险, `hifes_pay`).
  case enterprise
  /// Medical assistance (医疗救助, `maf_pay`).
  case assistance
  /// Other funds of the region (其他基金, `oth_pay`).
  case other

  /// The word used in files.
  public var word: String {
    switch self {
    case .employeePooled: "employee_pooled"
    case .residentPooled: "resident_pooled"
    case .largeSum: "large_sum"
    case .catastrophic: "catastrophic"
    case .employeeCatastrophic: "employee_catastrophic"
    case .civilServant: "civil_servant"
    case .enterprise: "enterprise"
    case .assistance: "assistance"
    case .other: "other"
    }
  }

  /// What people call it.
  public var title: LocalizedText {
    switch self {
    case .employeePooled: LocalizedText("职工统筹基金", "employees' pooled fund")
    case .residentPooled: LocalizedText("居民统筹基金", "residents' pooled fund")
    case .largeSum: LocalizedText("职工大额医疗费用补助", "large-sum subsidy")
    case .catastrophic: LocalizedText("居民大病保险", "residents' catastrophic insurance")
    case .employeeCatastrophic: LocalizedText("职工大病保险", "employees' catastrophic insurance")
    case .civilServant: LocalizedText("公务员医疗补助", "civil servants' supplement")
    case .enterprise: LocalizedText("企业补充医疗保险", "enterprise supplement")
    case .assistance: LocalizedText("医疗救助", "medical assistance")
    case .other: LocalizedText("其他基金", "other funds")
    }
  }
}

/// An account that postings go to.
public enum LedgerAccount: Hashable, Sendable {
  /// A fund's spending.
  case fund(Fund)
  /// The personal account of an insured person (个人账户), by person number.
  case personalAccount(String)
  /// The accounts of family members that the person may use (账户共济), by person number.
  case familyAccount(String)
  /// What the person pays in cash or by credit, kept as a memorandum (个人现金).
  case personalCash(String)
  /// What an institution must bear itself (医院负担), by institution code.
  case borneByInstitution(String)
  /// What an institution delivered and is to be paid for (应付定点机构), by institution code.
  case institution(String)
  /// The bank account that a fund pays from (基金支出户).
  case bank(Fund)
  /// The quality deposit held of an institution (质量保证金), by institution code.
  case deposit(String)
  /// The reserve of a fund (风险储备金), from which the effect of policy changes is paid.
  case reserve(Fund)
  /// The provincial adjustment fund of a scheme's fund (省级调剂金).
  case adjustmentFund(Fund)
  /// A pooling region as a party of the adjustment fund (统筹区), by region code.
  case region(String)

  /// What people call this kind of account.
  public var title: LocalizedText {
    switch self {
    case .fund: LocalizedText("基金支出", "fund's spending")
    case .personalAccount: LocalizedText("个人账户", "personal account")
    case .familyAccount: LocalizedText("账户共济", "family accounts")
    case .personalCash: LocalizedText("个人现金", "paid in cash")
    case .borneByInstitution: LocalizedText("医院负担", "borne by the institution")
    case .institution: LocalizedText("应付定点机构", "payable to the institution")
    case .bank: LocalizedText("基金支出户", "fund's bank account")
    case .deposit: LocalizedText("质量保证金", "quality deposit")
    case .reserve: LocalizedText("风险储备金", "reserve")
    case .adjustmentFund: LocalizedText("省级调剂金", "provincial adjustment fund")
    case .region: LocalizedText("统筹区", "pooling region")
    }
  }
}

/// One line of an entry: an account and an amount, positive on the debit side.
public struct Posting: Hashable, Codable, Sendable {
  /// The account.
  public let account: LedgerAccount
  /// The amount; debit is positive, credit negative.
  public let amount: Money

  /// Makes a posting.
  @inlinable
  public init(_ account: LedgerAccount, _ amount: Money) {
    self.account = account
    self.amount = amount
  }
}

/// A set of postings that belong together and add up to nothing; never changed once made.
public struct LedgerEntry: Hashable, Codable, Sendable {
  /// What the entry is for: the settlement or reversal it belongs to.
  public let reference: String
  /// The postings.
  public let postings: [Posting]

  /// Makes an entry; postings that do not balance are a defect of the caller and trap.
  public init(reference: String, postings: [Posting]) {
    var sum: Int64 = 0
    for posting in postings { sum += posting.amount.fen }
    precondition(sum == 0, "ledger entry is out of balance by fen: \(sum)")
    self.reference = reference
    self.postings = postings
  }

  /// The entry that undoes this one: same accounts, opposite amounts.
  public func reversed(reference: String) -> LedgerEntry {
    LedgerEntry(reference: reference, postings: postings.map { Posting($0.account, -$0.amount) })
  }
}

// MARK: - Stored form

extension LedgerAccount: Codable {
  /// The kind of account and whose it is; for a fund, which.
  package var words: (kind: String, holder: String) {
    switch self {
    case .fund(let fund): ("fund", fund.word)
    case .personalAccount(let person): ("personal_account", person)
    case .familyAccount(let person): ("family_account", person)
    case .personalCash(let person): ("personal_cash", person)
    case .borneByInstitution(let code): ("borne_by_institution", code)
    case .institution(let code): ("institution", code)
    case .bank(let fund): ("bank", fund.word)
    case .deposit(let code): ("deposit", code)
    case .reserve(let fund): ("reserve", fund.word)
    case .adjustmentFund(let fund): ("adjustment_fund", fund.word)
    case .region(let code): ("region", code)
    }
  }

  /// The account that words name; `nil` when they name none.
  package init?(kind: String, holder: String) {
    switch kind {
    case "fund", "bank", "reserve", "adjustment_fund":
      guard let fund = Fund.allCases.first(where: { $0.word == holder }) else { return nil }
      switch kind {
      case "fund": self = .fund(fund)
      case "bank": self = .bank(fund)
      case "reserve": self = .reserve(fund)
      default: self = .adjustmentFund(fund)
      }
    case "personal_account": self = .personalAccount(holder)
    case "family_account": self = .familyAccount(holder)
    case "personal_cash": self = .personalCash(holder)
    case "borne_by_institution": self = .borneByInstitution(holder)
    case "institution": self = .institution(holder)
    case "deposit": self = .deposit(holder)
    case "region": self = .region(holder)
    default: return nil
    }
  }

  /// Reads `fund employee_pooled` or `institution H99010000001`.
  public init(from decoder: any Decoder) throws {
    let text = try String(from: decoder)
    let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard words.count == 2, let account = LedgerAccount(kind: words[0], holder: words[1]) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no such account: \(text)"))
    }
    self = account
  }

  /// Writes the words that name it.
  public func encode(to encoder: any Encoder) throws {
    let (kind, holder) = words
    try "\(kind) \(holder)".encode(to: encoder)
  }
}
