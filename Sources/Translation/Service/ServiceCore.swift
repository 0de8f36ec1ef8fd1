import Decoding
import Machine
import Text
import Tokens

/// The queue of a service, with the threads that work on it.
///
/// The threads retain only the core, not the service: when the last reference to the service goes, it shuts the core
/// down and they end.
final class ServiceCore: Sendable {
  private let queue: Monitor<TranslationQueue>
  let pipeline: TextPipeline

  /// A queue without threads.
  init(pipeline: TextPipeline, options: TranslationOptions) {
    self.pipeline = pipeline
    queue = Monitor(TranslationQueue(options: options))
  }

  /// Starts the threads.
  ///
  /// - Throws: ``TranslationError/noThread(started:)``; the threads that were already started end.
  func start(threads: Int) throws(TranslationError) {
    for count in 0..<threads where !startThread(work) {
      shutDown()
      throw .noThread(started: count)
    }
  }

  /// Changes the queue and wakes everyone affected by the change.
  func update<Result, Failure: Error>(
    _ body: (inout TranslationQueue) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let (result, wakes, hasWork) = try queue.withLock { queue throws(Failure) in
      (try body(&queue), queue.takeWakes(), queue.hasWork)
    }
    for wake in wakes { wake() }
    if hasWork { queue.signal() }
    return result
  }

  /// Ends all calls; the threads end as soon as they have finished their batches.
  func shutDown() {
    update { $0.shutDown() }
    queue.signalAll()
  }

  // MARK: - Threads

  private enum Turn {
    case translate(TranslationQueue.Batch)
    case end
  }

  @Sendable private func work() {
    while case .translate(let batch) = nextTurn() {
      // There may be work left for another thread, and room for lines of other calls.
      update { _ in }
      let translations = translate(batch)
      update { $0.finish(batch, translations) }
    }
  }

  private func nextTurn() -> Turn {
    queue.wait { queue in queue.isShutDown ? .end : queue.startBatch().map { .translate($0) } }
  }

  private func translate(_ batch: TranslationQueue.Batch) -> [PieceTranslation] {
    let pieces = batch.pieces.map(\.piece)
    let search = SpanSearch(pipeline: pipeline, decoder: batch.decoder)
    return zip(pieces, search.translate(pieces)).map { piece, found in
      var alternatives = found.hypotheses.map { alternative($0, found, piece, batch.decoder) }
      if piece.guide.place != nil { alternatives = alternatives.mergedByWord }
      if let risk = piece.output.risk, piece.given.isEmpty, piece.guide.place == nil {
        alternatives = risk.chosen(from: alternatives, threads: freeThreads)
      }
      return PieceTranslation(
        line: piece.line, index: piece.index, sourceTokens: found.sentence.ids.count,
        alternatives: alternatives)
    }
  }

  /// The threads that a thread may use: itself, and those that have nothing to do.
  private var freeThreads: Int { queue.withLock { $0.idleThreads } + 1 }

  /// The text of a hypothesis, with what the piece's request wants to know of it.
  private func alternative(
    _ hypothesis: Hypothesis, _ found: SpanSearch.Found, _ piece: PendingPiece, _ decoder: any BatchDecoder
  ) -> PieceTranslation.Alternative {
    let unknowns =
      hypothesis.given.map { piece.given[$0].unknowns } ?? hypothesis.copied(found.sentence.unknowns)
    let alignment =
      hypothesis.attention.isEmpty
      ? nil : TranslationAlignment(hypothesis, of: found.sentence, unknowns: unknowns, pipeline)
    let word = hypothesis.nextWord.map { word in
      TranslationResult.Word(
        text: String(
          decoding: pipeline.decode(hypothesis.tokens[word.tokens], unknowns: unknowns), as: UTF8.self),
        probability: word.probability)
    }
    let behind = found.sentence.spans
    var alternative = PieceTranslation.Alternative(
      text: pipeline.decode(hypothesis.tokens, unknowns: unknowns, spans: behind), hypothesis: hypothesis,
      alignment: alignment, word: word,
      tokens: piece.output.reportsTokens ? tokens(of: hypothesis, behind) : [],
      words: piece.output.reportsWords
        ? pipeline.words(of: hypothesis, unknowns: unknowns, spans: behind) ?? [] : [])
    if let spans = piece.spans {
      let recognized = SpanText(alternative.text, spans, found.carriers)
      alternative.restoreSpans(spans, found.carriers)
      (alternative.text, alternative.protected) = spans.carried(
        into: recognized.text, attempt: found.attempt
      ) { text in
        self.alignment(
          of: text, recognized.stretches, hypothesis, unknowns, found,
          found.carriers?.stretches(of: spans) ?? [], decoder)
      }
    }
    return alternative
  }
}

extension ServiceCore {
  /// Where the words of a translation come from; by a pass of the model over it, unless its attention was recorded.
  private func alignment(
    of text: [Unicode.Scalar], _ stretches: [SpanText.Stretch], _ hypothesis: Hypothesis,
    _ unknowns: [UnknownText], _ found: SpanSearch.Found, _ sourceStretches: [SpanText.Stretch],
    _ decoder: any BatchDecoder
  ) -> SpanAlignment {
    let target = EncodedSentence(ids: hypothesis.tokens, unknowns: unknowns, spans: found.sentence.spans)
    return SpanAlignment(
      text, targetPlaces: stretches.compressed(pipeline.visiblePlaces(of: target, side: .target)),
      sourcePlaces: sourceStretches.compressed(pipeline.visiblePlaces(of: found.sentence, side: .source)),
      attention: hypothesis.attention.isEmpty
        ? decoder.attention(of: hypothesis.tokens, to: found.source) : hypothesis.attention)
  }

  /// The tokens of a translation; a span token is written as the text behind it.
  private func tokens(of hypothesis: Hypothesis, _ spans: [UnknownText]) -> [TranslationResult.Token] {
    let vocabulary = pipeline.vocabulary(.target)
    return zip(hypothesis.tokens + [vocabulary.specialTokens.end], hypothesis.tokenLogProbabilities)
      .map { id, logProbability in
        let text =
          vocabulary.isSpan(id) ? pipeline.decode([id], spans: spans) : Array(vocabulary[id])
        return .init(text: String(decoding: text, as: UTF8.self), logProbability: Double(logProbability))
      }
  }
}

extension PieceTranslation.Alternative {
  /// Writes protected spans themselves into its words and tokens, in place of what stood for them.
  fileprivate mutating func restoreSpans(_ spans: PieceSpans, _ carriers: SpanCarriers?) {
    func restored(_ text: String) -> String {
      let text = String(decoding: spans.line.restored(in: Array(text.utf8)), as: UTF8.self)
      return carriers?.restored(text, of: spans) ?? text
    }
    for index in words.indices { words[index].text = restored(words[index].text) }
    for index in tokens.indices where spans.line.occur(in: Array(tokens[index].text.utf8)[...]) {
      tokens[index].text = restored(tokens[index].text)
    }
  }
}

extension [PieceTranslation.Alternative] {
  /// The same with a word only once, even if several sequences of tokens spell it: with their probabilities added up, most
  /// probable words first.
  fileprivate var mergedByWord: Self {
    var merged: Self = []
    for alternative in self {
      if let place = merged.firstIndex(where: { $0.word?.text == alternative.word?.text }) {
        merged[place].word?.probability += alternative.word?.probability ?? 0
      } else {
        merged.append(alternative)
      }
    }
    let probabilities = merged.map { $0.word?.probability ?? 0 }
    return merged.indices.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }.map { merged[$0] }
  }
}
