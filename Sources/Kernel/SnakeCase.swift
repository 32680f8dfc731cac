/// Words for files and JSON made from the names of enum cases.
public enum SnakeCase {
  /// `noFirstSelfPayRate` as `no_first_self_pay_rate`.
  public static func word(_ name: String) -> String {
    var word = ""
    for character in name {
      if character.isUppercase { word += "_" }
      word += character.lowercased()
    }
    return word
  }
}
