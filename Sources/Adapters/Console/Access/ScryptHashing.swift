import Crypto
import CryptoExtras
import Dispatch
import Foundation
public import Workflows

/// Password hashes by scrypt, as text: `scrypt$16384$8$1$salt$key`, salt and key in base64.
public struct ScryptHashing: PasswordHashing {
  /// The cost: 16 MB of memory a password.
  private static let (rounds, blockSize, parallelism, length) = (16_384, 8, 1, 32)
  /// One at a time: many at once would take the memory and the processors of the payer.
  private static let queue = DispatchQueue(label: "password hashing")

  /// Makes a hasher.
  public init() {}

  /// A hash with a salt of its own.
  public func hash(_ password: String) async -> String {
    let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
    let key = await Self.derive(password, salt, Self.rounds, Self.blockSize, Self.parallelism) ?? Data()
    precondition(key.count == Self.length, "scrypt refuses its own parameters")
    return [
      "scrypt", "\(Self.rounds)", "\(Self.blockSize)", "\(Self.parallelism)", salt.base64EncodedString(),
      key.base64EncodedString(),
    ].joined(separator: "$")
  }

  /// Whether a password is the one; a text that is no hash takes as long and is not.
  public func verify(_ password: String, against hash: String) async -> Bool {
    let parts = hash.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
      let parallelism = Int(parts[3]), let salt = Data(base64Encoded: String(parts[4])),
      let key = Data(base64Encoded: String(parts[5])), !key.isEmpty
    else {
      _ = await Self.derive(password, Data(count: 16), Self.rounds, Self.blockSize, Self.parallelism)
      return false
    }
    guard let found = await Self.derive(password, salt, rounds, blockSize, parallelism), found.count == key.count
    else { return false }
    // Every byte is looked at, so that the time tells nothing.
    return zip(found, key).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func derive(
    _ password: String, _ salt: Data, _ rounds: Int, _ blockSize: Int, _ parallelism: Int
  ) async -> Data? {
    await withCheckedContinuation { continuation in
      queue.async {
        let key = try? KDF.Scrypt.deriveKey(
          from: Data(password.utf8), salt: salt, outputByteCount: length, rounds: rounds, blockSize: blockSize,
          parallelism: parallelism)
        continuation.resume(returning: key.map { $0.withUnsafeBytes { Data($0) } })
      }
    }
  }
}
