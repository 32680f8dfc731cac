import Catalog
import Claims
import Kernel
import People
import Settlement

/// A table in memory whose changes wait in a draft until they are kept, so that giving them up costs no copy of what
/// stands.
struct DraftTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var standing: [Key: Value] = [:]
  private var draft: [Key: Value?] = [:]

  /// The value as the open write sees it.
  subscript(key: Key) -> Value? {
    get {
      if let drafted = draft[key] { return drafted }
      return standing[key]
    }
    set { draft.updateValue(newValue, forKey: key) }
  }

  /// Keys with a value, in no order.
  var keys: [Key] { Set(standing.keys).union(draft.keys).filter { self[$0] != nil } }

  /// Ends the open write: keeps its changes, or gives them up.
  mutating func close(keeping: Bool) {
    if keeping {
      for (key, value) in draft { standing[key] = value }
    }
    if !draft.isEmpty { draft.removeAll(keepingCapacity: true) }
  }
}

extension DraftTable where Value == [String] {
  /// Adds a text at the end of a list.
  mutating func append(_ text: String, to key: Key) { self[key] = (self[key] ?? []) + [text] }
}

/// Everything that the payer keeps, as tables.
struct MemoryStoreState: Sendable {
  struct Certificate: Hashable {
    let type: String
    let number: String
  }

  struct Filing: Hashable {
    let register: String
    let id: String
  }

  struct PersonYear: Hashable {
    let person: String
    let scheme: InsuranceScheme
    let year: Int
  }

  var persons = DraftTable<String, PersonRecord>()
  var certificates = DraftTable<Certificate, String>()
  var balances = DraftTable<String, AccountBalance>()
  var institutions = DraftTable<String, InstitutionRecord>()
  /// Versions of an item, by first day ascending.
  var items = DraftTable<String, [ListedItem]>()
  var visits = DraftTable<String, Visit>()
  var visitsOfPerson = DraftTable<String, [String]>()
  var lines = DraftTable<String, [UploadedLine]>()
  var accumulators = DraftTable<PersonYear, Accumulators>()
  var settlements = DraftTable<String, SettlementRecord>()
  /// Identifiers of settlements and reversals by their place in the order of appending, from 0.
  var order = DraftTable<Int, String>()
  var reversals = DraftTable<String, String>()
  var settlementsOfVisit = DraftTable<String, [String]>()
  var settlementsOfPerson = DraftTable<String, [String]>()
  var messages = DraftTable<String, MessageRecord>()
  /// What was filed, by register and number.
  var filed = DraftTable<Filing, any FiledRecord>()
  /// Numbers in a register by what they are about, and by whose they are; a record that moved is left out on reading.
  var filedAbout = DraftTable<Filing, [String]>()
  var filedOf = DraftTable<Filing, [String]>()
  var signIns = DraftTable<String, SignIn>()
  /// Single numbers: how many records were appended, and the closed year.
  var numbers = DraftTable<String, Int>()
  /// The last number given of each sequence; not part of a draft, so that a number given up is not given again.
  var sequences: [String: Int64] = [:]

  /// Ends the open write: keeps its changes, or gives them up.
  mutating func close(keeping: Bool) {
    persons.close(keeping: keeping)
    certificates.close(keeping: keeping)
    balances.close(keeping: keeping)
    institutions.close(keeping: keeping)
    items.close(keeping: keeping)
    visits.close(keeping: keeping)
    visitsOfPerson.close(keeping: keeping)
    lines.close(keeping: keeping)
    accumulators.close(keeping: keeping)
    settlements.close(keeping: keeping)
    order.close(keeping: keeping)
    reversals.close(keeping: keeping)
    settlementsOfVisit.close(keeping: keeping)
    settlementsOfPerson.close(keeping: keeping)
    messages.close(keeping: keeping)
    filed.close(keeping: keeping)
    filedAbout.close(keeping: keeping)
    filedOf.close(keeping: keeping)
    signIns.close(keeping: keeping)
    numbers.close(keeping: keeping)
  }
}
