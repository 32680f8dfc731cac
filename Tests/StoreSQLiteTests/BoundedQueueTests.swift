import Foundation
import StoreRecords
import Synchronization
import Testing

/// One thread serves, others stand in for it.
@Suite struct BoundedQueueTests {
  /// Threads that serve a queue and note what they took.
  private final class Crew: Sendable {
    let queue: BoundedQueue<Int>
    let taken = Mutex<[Int]>([])
    private let done = DispatchGroup()

    init(threads: Int, patience: TimeInterval?, held: @escaping @Sendable (Int) -> Void = { _ in }) {
      queue = BoundedQueue(limit: 1_000, patience: patience)
      for _ in 0..<threads {
        done.enter()
        Thread.detachNewThread { [self] in
          var turn = BoundedQueue<Int>.Turn()
          while true {
            let batch = queue.take(atMost: 2, &turn)
            if batch.isEmpty { break }
            for element in batch {
              held(element)
              taken.withLock { $0.append(element) }
            }
          }
          done.leave()
        }
      }
    }

    func finish() async -> [Int] {
      queue.close()
      await withCheckedContinuation { continuation in done.notify(queue: .global()) { continuation.resume() } }
      return taken.withLock { $0 }
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [1, 2, 3, 8])
  func `一个线程顺次取完，不丢不重`(threads: Int) async {
    let crew = Crew(threads: threads, patience: 60)
    for number in 0..<500 {
      #expect(crew.queue.offer(number) == .taken)
      if number.isMultiple(of: 50) { try? await Task.sleep(for: .milliseconds(2)) }
    }
    // Nobody is held up for a minute: one at a time, so in order.
    #expect(await crew.finish() == Array(0..<500))
    #expect(crew.queue.offer(1) == .closed)
  }

  @Test(.timeLimit(.minutes(1)))
  func `前一个被占住时由另一个接手`() async {
    let gate = DispatchSemaphore(value: 0)
    let crew = Crew(threads: 2, patience: 0.002) { if $0 == 0 { gate.wait() } }
    _ = crew.queue.offer(0)
    try? await Task.sleep(for: .milliseconds(20))
    for number in 1..<40 { _ = crew.queue.offer(number) }
    while crew.taken.withLock({ $0.count }) < 39 { await Task.yield() }
    #expect(crew.taken.withLock { $0 } == Array(1..<40))
    gate.signal()
    #expect(await crew.finish() == Array(1..<40) + [0])
  }

  @Test(.timeLimit(.minutes(1)))
  func `不限次第时各线程同时取`() async {
    let gate = DispatchSemaphore(value: 0)
    let crew = Crew(threads: 2, patience: nil) { if $0 < 2 { gate.wait() } }
    _ = crew.queue.offer(0)
    while crew.queue.waiting > 0 { await Task.yield() }
    _ = crew.queue.offer(1)
    // The second thread takes it although the first is busy.
    while crew.queue.waiting > 0 { await Task.yield() }
    gate.signal()
    gate.signal()
    #expect(await crew.finish().sorted() == [0, 1])
  }

  @Test func `满了拒收`() {
    let queue = BoundedQueue<Int>(limit: 2, patience: 0.002)
    #expect(queue.offer(1) == .taken && queue.offer(2) == .taken && queue.offer(3) == .full)
    #expect(queue.waiting == 2)
  }
}
