import ArgumentParser
import Dispatch
import Synchronization

/// Waiting on the main thread for asynchronous work of a command.
enum Waiting {
  /// The work's answer; its error is handed on.
  @discardableResult
  static func value<Answer: Sendable>(_ body: @escaping @Sendable () async throws -> Answer) throws -> Answer {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Answer, any Error>?>(nil)
    Task.detached {
      let found: Result<Answer, any Error>
      do { found = .success(try await body()) } catch { found = .failure(error) }
      result.withLock { $0 = found }
      done.signal()
    }
    done.wait()
    guard let found = result.withLock({ $0 }) else { preconditionFailure("the work signalled without a result") }
    return try found.get()
  }

  /// The work's answer; an error is printed and ends the command with code 2.
  @discardableResult
  static func orExit<Answer: Sendable>(_ body: @escaping @Sendable () async throws -> Answer) throws -> Answer {
    do { return try value(body) } catch {
      Terminal.error("\(error)")
      throw ExitCode(2)
    }
  }
}
