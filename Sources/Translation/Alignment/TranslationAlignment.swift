internal import Decoding
internal import Text
internal import Tokens

/// Which words of a line its translation comes from.
///
/// Words are those that `build-vocab --print-source-words` and `--print-target-words` print: punctuation counts.
public struct TranslationAlignment: Sendable, Equatable {
  /// The number of words in the source.
  public private(set) var sourceWords: Int
  /// For each word of the translation, the share of each source word, shape `[target words, source words]`.
  ///
  /// Shares of a word add up to at most 1: some attention may go to the end of the sentence.
  public private(set) var shares: [[Float]]
  /// The words of the source, as the model reads them.
  package private(set) var sourceTexts: [String]
  /// The words of the translation.
  package private(set) var targetTexts: [String]

  /// A link between two words, counted from 0.
  public struct Link: Sendable, Equatable {
    /// The word of the source.
    public var source: Int
    /// The word of the translation.
    public var target: Int
  }

  /// The links: for each word of the translation that has any, the source word with the greatest share.
  public var links: [Link] {
    shares.enumerated().compactMap { target, row in
      guard let greatest = row.max(), greatest > 0, let source = row.firstIndex(of: greatest) else {
        return nil
      }
      return Link(source: source, target: target)
    }
    .sorted { ($0.source, $0.target) < ($1.source, $1.target) }
  }

  /// The links as text, "0-0 1-2": the format of Pharaoh, fast_align and Marian.
  public var pharaoh: String { links.map { "\($0.source)-\($0.target)" }.joined(separator: " ") }

  /// An alignment of nothing.
  init() { (sourceWords, shares, sourceTexts, targetTexts) = (0, [], [], []) }

  /// The alignment of a sentence by the attention of its hypothesis; nil if the attention was not recorded.
  ///
  /// A protected span for which the model read a name or a span token is one word.
  ///
  /// A target word's share of a source word is the mean over its tokens of the attention to all tokens of that word.
  init?(
    _ hypothesis: Hypothesis, of sentence: EncodedSentence, unknowns: [UnknownText], _ pipeline: TextPipeline
  ) {
    guard !hypothesis.attention.isEmpty || hypothesis.tokens.isEmpty else { return nil }
    let hasTag = sentence.ids.first.map(pipeline.vocabulary(.source).isTag) ?? false
    let sourceLengths = pipeline.wordLengths(sentence, side: .source)
    let target = EncodedSentence(ids: hypothesis.tokens, unknowns: unknowns, spans: sentence.spans)
    let targetLengths = pipeline.wordLengths(target, side: .target)
    sourceWords = sourceLengths.count - (hasTag ? 1 : 0)
    sourceTexts = Array(pipeline.wordTexts(sentence, side: .source).suffix(sourceWords))
    targetTexts = pipeline.wordTexts(target, side: .target)
    shares = []
    var rows = hypothesis.attention[...]
    for length in targetLengths {
      let tokens = rows.prefix(Int(length))
      rows = rows.dropFirst(Int(length))
      var share = [Float](repeating: 0, count: sourceLengths.count)
      for row in tokens {
        var place = 0
        for (word, length) in sourceLengths.enumerated() {
          for token in place..<min(place + Int(length), row.count) {
            share[word] += row[token] / Float(tokens.count)
          }
          place += Int(length)
        }
      }
      shares.append(hasTag ? Array(share.dropFirst()) : share)
    }
  }

  /// Appends the alignment of the next piece of a line.
  mutating func append(_ next: TranslationAlignment) {
    let (before, after) = (sourceWords, next.sourceWords)
    shares =
      shares.map { $0 + [Float](repeating: 0, count: after) }
      + next.shares.map { [Float](repeating: 0, count: before) + $0 }
    sourceWords += after
    sourceTexts += next.sourceTexts
    targetTexts += next.targetTexts
  }
}
