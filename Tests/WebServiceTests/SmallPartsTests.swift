import Foundation
import Testing

@testable import WebService

/// Parts that are easier to see through by themselves.
@Suite struct SmallPartsTests {
  @Test func `日期按标准书写`() {
    #expect(HTTPDate.text(of: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(HTTPDate.text(of: 951_782_400) == "Tue, 29 Feb 2000 00:00:00 GMT")
  }

  @Test func `毫秒有三位小数`() {
    #expect(Duration.microseconds(12_345).milliseconds == "12.345")
    #expect(Duration.microseconds(7).milliseconds == "0.007")
    #expect(Duration.seconds(2).milliseconds == "2000.000")
  }

  @Test func `请求目标分成路径与查询`() {
    let cases = [
      ("/a?b=c?d", "/a", "b=c?d"), ("/a", "/a", ""), ("http://h:1/a/b?c", "/a/b", "c"), ("http://h", "", ""),
      ("*", "*", ""), ("", "", ""), ("/a?", "/a", ""), ("/x://y/z", "/x://y/z", ""),
    ]
    for (target, path, query) in cases {
      let parts = Edge.split(target)
      #expect(parts.path == path && parts.query == query, "\(target)")
    }
  }

  @Test func `字段名不分大小写但不混淆符号`() {
    let headers = ServedHeaders([(name: "Content-Type", value: "a"), (name: "_api_name", value: "b")])
    #expect(headers["content-type"] == "a")
    #expect(headers["_API_NAME"] == "b")
    // Underscore and DEL differ in the bit that tells the cases of letters apart.
    #expect(ServedHeaders([(name: "a_", value: "")])["a\u{7F}"] == nil)
    #expect(headers["content"] == nil)
  }

  @Test func `阻塞的工作有自己的线程`() async {
    let lane = BlockingLane(threads: 4)
    // Four pieces of work wait for each other: they can only end if all of them run at once.
    let meeting = Meeting(size: 4)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 { group.addTask { await lane.run { meeting.waitForAll() } } }
      for await met in group { #expect(met) }
    }
    await lane.stop()
  }
}

/// Threads that wait until all of them have come.
final class Meeting: Sendable {
  private let condition = NSCondition()
  private nonisolated(unsafe) var missing: Int

  init(size: Int) { missing = size }

  /// Whether all came before the patience of ten seconds was over.
  func waitForAll() -> Bool {
    condition.lock()
    defer { condition.unlock() }
    missing -= 1
    condition.broadcast()
    let end = Date().addingTimeInterval(10)
    while missing > 0 { guard condition.wait(until: end) else { return missing == 0 } }
    return true
  }
}
