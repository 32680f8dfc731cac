/// A number that rules may compare; the raw value is its place in a coded case.
enum NumberVariable: UInt8, CaseIterable, Hashable, Sendable {
  case ageYears = 0
  case ageDays = 1
  case birthWeight = 2
  case sex = 3
  case stayDays = 4
  case dischargeKind = 5
  case intensiveCare = 6

  /// The name in the rule language.
  var name: String {
    switch self {
    case .ageYears: "NL"
    case .ageDays: "XSRTL"
    case .birthWeight: "XSRTZ"
    case .sex: "XB"
    case .stayDays: "ZYTS"
    case .dischargeKind: "LYFS"
    case .intensiveCare: "ZZJH"
    }
  }
}
