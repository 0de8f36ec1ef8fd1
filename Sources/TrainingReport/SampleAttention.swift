import Decoding
import Machine
import Models
import Text
import Tokens
import Training

/// A sentence with its translation as a model reads them.
struct ReadSentence {
  /// The number of the sentence in the validation text.
  let line: Int
  /// The text of the source.
  let name: String
  /// Tokens as the model reads them; the source with its end token, if it has one, the target without.
  let source, target: [TokenID]
  /// The number of tokens of each word, and the words.
  let sourceWords, targetWords: [(text: String, tokens: Int)]

  /// Tokens of a side that a picture has room for.
  static let limit = 60

  /// A sample; nil if it is empty or too long to be shown.
  init?(_ sample: SampleTranslation, _ pipeline: TextPipeline) {
    let from = pipeline.encode(Array(sample.source.utf8), side: .source)
    let to = pipeline.encode(Array(sample.translation.utf8), side: .target)
    guard (1...Self.limit).contains(from.ids.count), (1...Self.limit).contains(to.ids.count) else {
      return nil
    }
    (line, name) = (sample.line, "Line \(sample.line): \(shortened(sample.source))")
    source = from.ids + (pipeline.settings.endsSource ? [pipeline.specialTokens.end] : [])
    target = to.ids
    func words(_ sentence: EncodedSentence, _ side: TextPipeline.Side) -> [(String, Int)] {
      zip(
        pipeline.wordTexts(sentence, side: side), pipeline.wordLengths(sentence, side: side).map { Int($0) }
      )
      .map { ($0, $1) }
    }
    sourceWords = words(from, .source)
    targetWords = words(to, .target)
  }
}

extension TrainedTransformer {
  /// The attention of each predicted token of some translations, `</s>` included, to each token of the source.
  ///
  /// - Parameters:
  ///   - sentences: sentences, which are read together.
  ///   - heads: whose mean is wanted; nil for those that align words.
  /// - Returns: for each sentence a row for each token of its target and for `</s>`.
  func attention(in sentences: [ReadSentence], of heads: AlignmentHeads? = nil) -> [[[Float]]] {
    let model = heads.map { aligning(by: $0) } ?? self
    var state = model.start(TokenBatch(sentences.map(\.source)))
    // Nothing is predicted, so the output layer need not be computed.
    state.restrictOutput(to: sentences.map { _ in [specialTokens.end] })
    state.keepAttention()
    var last = sentences.map { _ in specialTokens.beginning }
    var attention: [[[Float]]] = sentences.map { _ in [] }
    var scores: [Float] = []
    for place in 0...(sentences.map(\.target.count).max() ?? 0) {
      model.step(last, &state, scores: &scores)
      for (index, row) in (state.attention ?? []).enumerated() where place <= sentences[index].target.count {
        attention[index].append(row)
      }
      last = sentences.map { place < $0.target.count ? $0.target[place] : specialTokens.end }
    }
    return attention
  }

  /// The attention of all heads.
  ///
  /// - Parameter sentences: sentences, which are read together.
  /// - Returns: for each sentence, layer and head the rows one after the other.
  func attentionOfAllHeads(in sentences: [ReadSentence]) -> [[[[Float]]]] {
    let (layers, heads) = (
      architecture.configuration.decoderLayers, architecture.configuration.heads
    )
    let all = concurrentMap(layers * heads, threads: availableProcessors()) { index in
      attention(in: sentences, of: AlignmentHeads(layer: index / heads, heads: [index % heads]))
    }
    return sentences.indices.map { sentence in
      (0..<layers).map { layer in
        (0..<heads).map { head in all[layer * heads + head][sentence].flatMap { $0 } }
      }
    }
  }
}
