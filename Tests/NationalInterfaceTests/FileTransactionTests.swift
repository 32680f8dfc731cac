import Foundation
import Kernel
import NationalInterface
import Testing
import Workflows

/// 9101 and 9102.
struct FileTransactionTests {
  private static let content: [UInt8] = [0x50, 0x4B, 0, 0xFF, 0x0D, 0x0A, 0x2D, 0x2D, 0x62]

  private func upload(_ text: String, owner: String = InterfaceTrial.hospital) -> String {
    #"{"fsUploadIn":{"in":"\#(text)","filename":"对账.zip","fixmedins_code":"\#(owner)"}}"#
  }

  private func fetch(_ trial: InterfaceTrial, _ number: String, institution: String = InterfaceTrial.hospital) async
    -> InterfaceReply
  {
    let input =
      #"{"fsDownloadIn":{"file_qury_no":"\#(number)","filename":"对账.zip","fixmedins_code":"\#(institution)"}}"#
    let body = InterfaceTrial.envelope("9102", input, institution: institution)
    return await trial.service.answer(Array(body.utf8), pathInfno: nil)
  }

  @Test func `上传的文件原样取回，别的机构取不到`() async throws {
    let trial = try await InterfaceTrial()
    let text = Data(Self.content).base64EncodedString()
    let answer = try await trial.succeed("9101", upload(text), msgid: "M1")
    let fields = (answer.root["output"]?.members ?? []).map { "\($0.name)=\($0.value.string ?? "?")" }
    #expect(
      fields == ["file_qury_no=990100U1", "filename=对账.zip", "fixmedins_code=H99010000001", "dld_endtime="])
    #expect(try await trial.succeed("9101", upload(text), msgid: "M1").value("file_qury_no") == "990100U1")
    let fetched = await fetch(trial, "990100U1")
    #expect(fetched.isFile && fetched.bytes == Self.content)
    let other = await fetch(trial, "990100U1", institution: InterfaceTrial.pharmacy)
    #expect(!other.isFile && other.outcome.number == DeskOutcome.fileUnknown.rawValue)
    let missing = try Answer(await fetch(trial, "990100U2"))
    #expect(missing.number == DeskOutcome.fileUnknown.rawValue && missing.error.contains("990100U2"))
  }

  @Test func `空文件、坏编码、他人机构编号都被拒绝`() async throws {
    let trial = try await InterfaceTrial()
    let cases: [(String, UInt16)] = [
      (upload(""), InterfaceFault.fieldMissing.rawValue), (upload("¥¥¥"), DeskOutcome.fileUnreadable.rawValue),
      (upload("UEs=", owner: InterfaceTrial.pharmacy), DeskOutcome.notOwn.rawValue),
      (#"{"fsUploadIn":{"in":[80,75],"filename":"a","fixmedins_code":"H99010000001"}}"#, 311),
      (#"{"fsUploadIn":{"in":"UEs=","fixmedins_code":"H99010000001"}}"#, InterfaceFault.fieldMissing.rawValue),
    ]
    for (input, number) in cases {
      let answer = try await trial.ask("9101", input)
      #expect(answer.number == number, "\(answer.error)")
    }
    let large = Data(count: PayerDesk.largestFile + 1).base64EncodedString()
    let refused = try await trial.ask("9101", upload(large))
    #expect(refused.number == DeskOutcome.fileSize.rawValue && refused.error.contains("4194304"))
  }

  /// A form as the sample program of one edition builds it.
  private func form(_ parts: [(String, [UInt8])], boundary: String = "----b0") -> [UInt8] {
    var bytes: [UInt8] = []
    for (header, content) in parts {
      bytes += Array("--\(boundary)\r\nContent-Disposition: form-data; \(header)\r\n\r\n".utf8) + content
      bytes += Array("\r\n".utf8)
    }
    return bytes + Array("--\(boundary)--\r\n".utf8)
  }

  @Test func `表单上传：报文和文件各为一部分`() async throws {
    let trial = try await InterfaceTrial()
    let input = #"{"fsUploadIn":{"filename":"对账.zip","fixmedins_code":"H99010000001"}}"#
    let envelope = Array(InterfaceTrial.envelope("9101", input, msgid: "M1").utf8)
    let send = { (file: [UInt8], name: String, type: String) async throws -> Answer in
      let body = form([("name=\"jsonStr\"", envelope), ("name=\"\(name)\"; filename=\"a.zip\"", file)])
      return try Answer(await trial.service.answer(body, pathInfno: nil, contentType: type))
    }
    for (name, type) in [
      ("file", "multipart/form-data; boundary=----b0"),
      ("in", "Multipart/Form-Data; charset=utf-8; boundary=\"----b0\""),
    ] {
      #expect(try await send(Self.content, name, type).value("file_qury_no") == "990100U1")
    }
    #expect(await fetch(trial, "990100U1").bytes == Self.content)
    let other = try await send([1], "file", "multipart/form-data; boundary=----b0")
    #expect(other.number == DeskOutcome.messageConflict.rawValue)
    let lost = try await send(Self.content, "elsewhere", "multipart/form-data; boundary=----b0")
    #expect(lost.number == InterfaceFault.fieldMissing.rawValue)
  }

  @Test func `残缺的表单得到说明`() async throws {
    let trial = try await InterfaceTrial()
    let whole = form([("name=\"jsonStr\"", Array("{}".utf8)), ("name=\"file\"", Self.content)])
    let type = "multipart/form-data; boundary=----b0"
    for length in 0..<whole.count - 4 {
      let reply = await trial.service.answer(Array(whole.prefix(length)), pathInfno: nil, contentType: type)
      #expect(reply.outcome.number == InterfaceFault.notEnvelope.rawValue, "\(length)")
    }
    for type in ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"] {
      let reply = await trial.service.answer(whole, pathInfno: nil, contentType: type)
      #expect(reply.outcome.number == InterfaceFault.notEnvelope.rawValue, "\(type)")
    }
  }
}
