extension View {
  /// Every page and resource, in the order of the navigation.
  static let all: [View] = [
    settlements, settlement,
    accounts, account, trail,
  ]
}

extension Action {
  /// Everything that can be done.
  static let all: [Action] = [createAccount, updateAccount]
}
