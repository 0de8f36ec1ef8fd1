/// The share of the threads that a client has, or a call of its own.
struct TranslationShare: Sendable {
  /// Whose share it is.
  enum ID: Sendable, Hashable {
    /// Of all calls of a client: see ``TranslationRequest/client``.
    case client(String)
    /// Of a call without a client.
    case call(TranslationCall.ID)
  }

  /// Source tokens that were translated for it, on top of the queue's level when it joined.
  var served: Int
  /// Its calls that are open.
  var calls = 0
  /// Pieces of these that wait for a thread.
  var waitingPieces = 0
}
