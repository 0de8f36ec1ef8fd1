import Machine

/// Limits requests in a minute: each caller has a bucket of them, which fills evenly.
final class RateLimiter: Sendable {
  private struct Bucket: Sendable {
    /// The requests that are left.
    var level: Double
    var time: ContinuousClock.Instant
  }

  /// The most callers that are remembered.
  static let mostCallers = 100_000

  private let buckets = Monitor<[String: Bucket]>([:])

  /// Takes requests out of a caller's bucket.
  ///
  /// More than a whole bucket is taken from a full one, which is then empty for longer.
  ///
  /// - Parameters:
  ///   - count: the number of requests.
  ///   - limit: the requests of a minute, and the size of the bucket.
  ///   - caller: whose bucket it is.
  ///   - now: the time.
  /// - Returns: nil if they were taken; else the seconds until they can be.
  func take(
    _ count: Int, of limit: Int, by caller: String, now: ContinuousClock.Instant = .now
  ) -> Int? {
    let size = Double(limit)
    return buckets.withLock { buckets in
      var bucket = buckets[caller] ?? Bucket(level: size, time: now)
      bucket.level = min(size, bucket.level + (now - bucket.time) / .seconds(60) * size)
      bucket.time = now
      let needed = min(Double(count), size)
      let isTaken = bucket.level >= needed
      if isTaken { bucket.level -= Double(count) }
      buckets[caller] = bucket
      if buckets.count > Self.mostCallers { forgetIdle(&buckets, now) }
      return isTaken ? nil : Int(((needed - bucket.level) / size * 60).rounded(.up))
    }
  }

  /// Forgets callers that sent nothing for a minute, whose buckets are full again; then any, if there are still too many.
  private func forgetIdle(_ buckets: inout [String: Bucket], _ now: ContinuousClock.Instant) {
    buckets = buckets.filter { now - $0.value.time < .seconds(60) }
    if buckets.count > Self.mostCallers { buckets = [:] }
  }
}
