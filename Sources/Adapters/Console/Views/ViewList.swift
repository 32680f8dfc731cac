extension View {
  /// Every page and resource, in the order of the navigation.
  static let all: [View] = [
    overview, months,
    settlements, settlement,
    persons, person,
    institutions, institution,
    ledger,
    policy, policyValue, policyDifferences, policyDocuments, policyDocument, policyInterpretations,
    messages, messageRates, message, tryList, tryOne,
    quality, qualityRule,
    groups, group, paymentCase,
    payment, paymentRun, paymentStatement, paymentContract, paymentSimulation,
    accounts, account, trail,
  ]
}

extension Action {
  /// Everything that can be done.
  static let all: [Action] = [reveal, sendTransaction, createAccount, updateAccount]
}
