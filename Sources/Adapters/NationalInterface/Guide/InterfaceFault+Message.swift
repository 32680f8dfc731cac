public import Kernel

extension InterfaceFault {
  /// What it means and what to do.
  public var message: LocalizedText {
    switch self {
    case .notJSON:
      LocalizedText("报文不是 UTF-8 编码的 JSON；请核对应答所指字节", "the body is not JSON in UTF-8; look at the byte named")
    case .notEnvelope: LocalizedText("报文不是交易报文；请按接口规范组织", "the body is no envelope; send one")
    case .headerMissing: LocalizedText("报文头有必填字段为空；请补填", "a field of the envelope is empty; fill it in")
    case .headerForm:
      LocalizedText("报文头字段格式有误；请核对应答所指字段", "a field of the envelope has the wrong form; look at the field named")
    case .transactionUnknown: LocalizedText("交易编号不存在；请核对 infno", "no transaction has that number; check infno")
    case .transactionNotOffered: LocalizedText("该交易暂不提供", "the transaction is known but not offered")
    case .inputMissing: LocalizedText("缺少 input，或不是 JSON 对象；请补填", "input is missing or no object; fill it in")
    case .nodeMissing: LocalizedText("input 缺少节点，或节点为空；请补填", "a node of the input is missing or empty; fill it in")
    case .nodeForm:
      LocalizedText("节点应为对象或对象数组，且不超过行数上限；请核对", "a node must be an object or an array of them, not too many")
    case .fieldMissing: LocalizedText("有必填字段为空；请补填应答所指字段", "a required field is empty; fill in the one named")
    case .valueForm:
      LocalizedText("字段长度或格式有误；请核对应答所指字段", "a value has the wrong length or form; look at the field named")
    case .codeUnknown: LocalizedText("代码不在代码表内；可填的代码见应答", "a code is not in its list; the answer lists the codes")
    case .contradiction: LocalizedText("报文内容相互矛盾；请按应答核对", "values contradict each other; the answer says which")
    case .careNotOffered: LocalizedText("该医疗类别暂不支持联网结算", "the kind of care is not settled here")
    case .fileNotMade: LocalizedText("文件未能打包；请稍后重发", "a file could not be packed; send the message again later")
    case .identityBroken:
      LocalizedText("应答金额不平，未返回；请联系经办机构", "an answer would break an identity of money; call the handling centre")
    }
  }
}
