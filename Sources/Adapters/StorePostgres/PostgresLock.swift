#if PostgreSQL
  /// What a write has read or is about to write, as a lock of the server's that lasts until the write ends.
  ///
  /// Locks are advisory, by a hash of what they stand for: also of what is not there yet. Two things of one hash wait
  /// for each other, which costs time and nothing else.
  struct PostgresLock: Hashable {
    /// What is locked.
    enum Subject: UInt8 {
      /// The whole store: shared by every write, alone for those that touch more than can be locked one by one.
      case store
      /// A person's record, money and visits.
      case person
      case certificate
      /// A visit with its lines.
      case visit
      case settlement
      case reversal
      case message
      case institutions
      case catalogue
      case closing
      case signIn
      case filed
      case filedAbout
      case filedOf
      /// The schema's steps, while they are taken.
      case step
      /// The cases of a region.
      case paymentCases
      /// The published runs of a region.
      case paymentRuns
    }

    let key: Int64
    var isShared: Bool

    init(_ subject: Subject, _ parts: String..., shared isShared: Bool = false, in schema: String) {
      key = Int64(bitPattern: Scattered.number(of: [schema] + parts, seed: subject.rawValue))
      self.isShared = isShared
    }
  }

  /// The chain's strands: a person's records are in one of them, and strands have heads of their own, so that writes
  /// for different persons do not wait for one head while it is written to disk.
  enum PostgresStrand {
    /// Part of what is stored: never changed.
    static let count = 16

    static func of(_ person: String) -> Int64 { Int64(Scattered.number(of: [person], seed: 0) % UInt64(count)) }
  }

  /// Texts as numbers without a pattern, the same in every process.
  enum Scattered {
    static func number(of parts: [String], seed: UInt8) -> UInt64 {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      mix(seed)
      for part in parts {
        part.utf8.forEach(mix)
        mix(0xFF)
      }
      // FNV leaves the high bits of short texts alike; this spreads them.
      hash = (hash ^ (hash >> 32)) &* 0x9e37_79b9_7f4a_7c15
      return hash ^ (hash >> 29)
    }
  }
#endif
