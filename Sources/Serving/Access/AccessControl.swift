import Machine

/// Who may use a server, and how much.
struct AccessControl: Sendable {
  /// What a client without limits of its own may use.
  struct Limits: Sendable, Equatable {
    /// Whether every request needs a key.
    var requiresKey = false
    /// The most texts in a minute, of a key or an address; nil for no limit.
    var requestsPerMinute: Int?
    /// The most characters in a month, of a key; nil for no limit.
    var charactersPerMonth: Int?
  }

  /// Who sent a request.
  struct Caller: Sendable, Equatable {
    /// The id of the key; "" without one.
    var key = ""
    /// What limits are counted by: the key, or the network address.
    var identity: String
    var requestsPerMinute: Int?
    var charactersPerMonth: Int?
    /// The characters of this month that the store knows of.
    var storedCharacters = 0
  }

  /// Why a request is refused.
  enum Refusal: Error, Equatable {
    case keyRequired
    case unknownKey
    /// More texts than in a minute are allowed; in so many seconds there is room again.
    case tooMany(limit: Int, seconds: Int)
    /// More characters than in a month are allowed.
    case quota(limit: Int)
  }

  let store: ServerStore
  let usage: UsageCounter
  let rates: RateLimiter
  let limits: Limits

  init(_ store: ServerStore, limits: Limits = Limits()) {
    (self.store, self.limits) = (store, limits)
    (usage, rates) = (UsageCounter(store), RateLimiter())
  }

  /// Who sends a request.
  ///
  /// Without keys in the store, any key is as good as none, since clients of DeepL always send one.
  ///
  /// - Parameters:
  ///   - key: the key that was sent; nil or empty without one.
  ///   - address: the address of the client.
  /// - Returns: the caller.
  /// - Throws: ``Refusal``, or `DatabaseError`.
  func caller(_ key: String?, address: String) throws -> Caller {
    if let key, !key.isEmpty, try limits.requiresKey || store.hasKeys() {
      guard let found = try store.key(key) else { throw Refusal.unknownKey }
      return Caller(
        key: found.id, identity: "key \(found.id)",
        requestsPerMinute: found.requestsPerMinute ?? limits.requestsPerMinute,
        charactersPerMonth: found.charactersPerMonth ?? limits.charactersPerMonth,
        storedCharacters: found.usedCharacters)
    }
    if limits.requiresKey { throw Refusal.keyRequired }
    return Caller(identity: networkPrefix(of: address), requestsPerMinute: limits.requestsPerMinute)
  }

  /// Checks that a caller may have something translated, and takes it off the requests of this minute.
  ///
  /// - Parameters:
  ///   - caller: who asks.
  ///   - texts: the number of texts, each of which counts as a request.
  ///   - characters: the number of characters.
  /// - Throws: ``Refusal``.
  func charge(_ caller: Caller, texts: Int, characters: Int) throws {
    if let limit = caller.charactersPerMonth, usedCharacters(caller) + characters > limit {
      throw Refusal.quota(limit: limit)
    }
    if let limit = caller.requestsPerMinute,
      let wait = rates.take(max(1, texts), of: limit, by: caller.identity)
    {
      throw Refusal.tooMany(limit: limit, seconds: wait)
    }
  }

  /// The characters of this month.
  func usedCharacters(_ caller: Caller) -> Int { caller.storedCharacters + usage.pending(caller.key) }
}
