import Synchronization
import Workflows

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Keeps a second process from writing to the same store; the system lets go of it when the process ends, however.
final class FileLock: Sendable {
  private let held: Mutex<Int32?>

  /// Takes the lock beside a store's file, or says who has it.
  init(besideStore path: String) throws(StoreError) {
    let lock = path + ".lock"
    let descriptor = open(lock, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError(.unavailable, operation: "open store", detail: "cannot create \(lock): errno \(errno)")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw StoreError(.unavailable, operation: "open store", detail: "another process writes to it (\(lock))")
    }
    held = Mutex(descriptor)
  }

  /// Lets go of it; once is enough.
  func release() {
    held.withLock { descriptor in
      if let descriptor { close(descriptor) }
      descriptor = nil
    }
  }

  deinit { release() }
}
