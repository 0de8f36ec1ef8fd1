public import Text

/// What is checked, and how.
public struct CheckOptions: Sendable {
  /// The kinds that are looked for.
  public var kinds = Set(FindingKind.allCases)
  /// The language of the source as a BCP 47 code; nil: as the name of the file ends, or guessed.
  public var sourceLanguage: String?
  /// The language of the target.
  public var targetLanguage: String?
  /// Whether the language of every line is identified, not only of suspicious ones.
  public var isThorough = false
  /// Whether the alignment scores are left out, which cost as much as all other checks.
  public var isQuick = false
  /// A vocabulary, to find what training would drop or not know.
  public var pipeline: TextPipeline?
  /// Training drops sentences with more subwords.
  public var maxLength = 256
  /// How many examples are kept of each kind.
  public var examples = 3
  /// Whether all lines with findings are kept, in 8 bytes each.
  public var keepsLines = false
  /// The number of threads.
  public var threads = 1
  /// The greatest number of different pairs that are remembered to find duplicates.
  public var mostPairs = 12_000_000
  /// The greatest number of pairs that alignment scores are learned from.
  public var alignmentSample = 100_000

  /// The defaults.
  public init() {}
}
