extension View {
  /// Every page and resource, in the order of the navigation.
  static let all: [View] = [
    overview, months,
    settlements, settlement,
    persons, person,
    institutions, institution,
    ledger,
    accounts, account, trail,
  ]
}

extension Action {
  /// Everything that can be done.
  static let all: [Action] = [reveal, createAccount, updateAccount]
}
