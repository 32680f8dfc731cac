public import Kernel

/// Why bytes are not a JSON document.
public enum JSONFault: Error, Hashable, Sendable {
  /// There is nothing in the body.
  case empty
  /// The body is larger than the limit, in bytes.
  case tooLarge(limit: Int)
  /// Arrays and objects lie more deeply within each other than the limit.
  case tooDeep(limit: Int)
  /// The bytes are not UTF-8 but read well as GBK or GB 18030.
  case looksLikeGBK(offset: Int)
  /// The bytes are UTF-16.
  case looksLikeUTF16
  /// The bytes are not UTF-8.
  case notUTF8(offset: Int)
  /// The text ends in the middle of a value.
  case endsEarly
  /// A byte stands where the grammar allows something else.
  case unexpected(offset: Int, expected: Expected)

  /// What the grammar would have allowed.
  public enum Expected: String, Hashable, Sendable {
    /// Any value.
    case value
    /// The name of a member.
    case name
    /// A colon after a name.
    case colon
    /// A comma or the end of an array or object.
    case comma
    /// The end of the text.
    case end
    /// A digit.
    case digit
    /// A known escape after a backslash, whole surrogate pairs included.
    case escape
    /// A character that may stand in a string; control characters are written as escapes.
    case character
  }

  /// What is wrong and what to do.
  public var message: LocalizedText {
    switch self {
    case .empty: LocalizedText("报文为空，请按接口规范发送 JSON 报文", "the body is empty; send the JSON envelope")
    case .tooLarge(let limit):
      LocalizedText("报文超过 \(limit) 字节，请分批上传", "the body exceeds \(limit) bytes; send it in parts")
    case .tooDeep(let limit):
      LocalizedText("报文嵌套超过 \(limit) 层，请检查报文结构", "the body nests deeper than \(limit); check its structure")
    case .looksLikeGBK(let offset):
      LocalizedText(
        "报文疑似 GBK 编码（第 \(offset + 1) 字节起不是 UTF-8），请改用 UTF-8 编码发送",
        "the body looks like GBK (not UTF-8 from byte \(offset + 1)); send it in UTF-8")
    case .looksLikeUTF16:
      LocalizedText("报文疑似 UTF-16 编码，请改用 UTF-8 编码发送", "the body looks like UTF-16; send it in UTF-8")
    case .notUTF8(let offset):
      LocalizedText(
        "报文第 \(offset + 1) 字节不是合法的 UTF-8，请改用 UTF-8 编码发送",
        "byte \(offset + 1) of the body is not UTF-8; send it in UTF-8")
    case .endsEarly:
      LocalizedText("报文不完整，JSON 在中途结束，请检查是否被截断", "the JSON ends in the middle; check whether it was cut off")
    case .unexpected(let offset, let expected):
      LocalizedText(
        "报文不是合法的 JSON：第 \(offset + 1) 字节处应为\(expected.title.chinese)",
        "the body is not JSON: byte \(offset + 1) should be \(expected.title.english)")
    }
  }
}

extension JSONFault.Expected {
  fileprivate var title: LocalizedText {
    switch self {
    case .value: LocalizedText("一个值", "a value")
    case .name: LocalizedText("带双引号的字段名", "a quoted name")
    case .colon: LocalizedText("冒号", "a colon")
    case .comma: LocalizedText("逗号或结束括号", "a comma or a closing bracket")
    case .end: LocalizedText("报文结尾", "the end")
    case .digit: LocalizedText("数字", "a digit")
    case .escape: LocalizedText("合法的转义字符", "a valid escape")
    case .character: LocalizedText("可见字符（控制字符须转义）", "a printable character (control characters need escapes)")
    }
  }
}
