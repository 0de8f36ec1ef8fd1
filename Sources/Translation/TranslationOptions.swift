public import Decoding
internal import Machine

/// Which decoder of a model translates.
public enum DecoderChoice: String, Sendable, CaseIterable {
  /// The one that predicts token by token.
  case autoregressive
  /// The one that predicts all tokens at once.
  case nonautoregressive
  /// The second drafts, the first scores the drafts, and translates where none is good enough.
  case auto
}

/// How a translator works: what it looks for, and with how much of the machine.
public struct TranslationOptions: Sendable, Equatable {
  /// Which translations are looked for, and how many are returned.
  public var search = SearchOptions()
  /// The decoder to translate with; nil: the only one that the model has, or ``DecoderChoice/auto``.
  public var decoder: DecoderChoice?
  /// Mean log-probability of a token that a draft must reach, with ``DecoderChoice/auto``.
  ///
  /// By the default a model of 44.2 BLEU with a beam of 5 on Multi30k's validation text, and of 39.8 by its drafts alone,
  /// has 43.7; by -1 it has 42.3.
  public var draftThreshold = -0.4
  /// Threads that translate at the same time; at first one for each processor that this process may use.
  public var threads = availableProcessors()
  /// Source tokens in a batch, padding included; a sentence longer than that is a batch of its own.
  public var batchTokens = 2048
  /// Sentences in a batch.
  public var batchSize = 64
  /// Source tokens above which a line is translated in pieces.
  ///
  /// Models do poorly on sentences longer than those of their training text.
  public var maxSourceLength = 200
  /// The tag of every line, such as `<2de>`, for a model that was trained with tags; nil: each line may begin with
  /// one of its own.
  ///
  /// With a tag given, lines are text from their first character on: one that spells a tag does not have it. So
  /// whoever passes on what others write decides alone what becomes of it.
  public var sourceTag: String?

  /// A beam of 5, one translation a line, all processors.
  public init() {}

  /// Checks every option.
  public func validate() throws(TranslationError) { _ = try makePlan() }

  /// How to search, when every option has been checked.
  func makePlan() throws(TranslationError) -> SearchPlan {
    let counts = [
      ("number of threads", threads, 1...1024), ("batch tokens", batchTokens, 1...10_000_000),
      ("batch size", batchSize, 1...100_000), ("maximum source length", maxSourceLength, 1...100_000),
    ]
    for (name, found, range) in counts where !range.contains(found) {
      throw .option(name: name, found: found, expected: range)
    }
    do { return try SearchPlan(search) } catch { throw .search(error) }
  }
}
