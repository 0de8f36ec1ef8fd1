package import Corpora
import CorpusShards
import Files
package import Text
import Tokens
package import Training

/// The training and validation text as ids, and the batches of each epoch.
package struct TrainingData {
  /// The training text in memory; no pairs if it is ``prepared``.
  package let train: ParallelCorpus
  /// The training text on disk; nil if it is in memory.
  let prepared: PreparedText?
  package let valid: ParallelCorpus
  private let pipeline: TextPipeline
  private let settings: CorporaSettings
  private let epochText: EpochText?
  private let masking: SharedWordMasking?
  private var spans: SpanTraining?
  private var terms: TermTraining?
  private var links: WordLinkSample?
  private let room: Int?

  /// Reads all files.
  ///
  /// - Parameters:
  ///   - settings: with the files.
  ///   - pipeline: turns text into ids.
  ///   - room: positions per source token; see `CorpusOptions.upsampling`.
  ///   - progress: called periodically with the number of training pairs read.
  /// - Throws: `CorpusError`, which names file and line, `VocabularyError` for unknown tags, `FileError`
  ///   for validation text from a pipe, or `CorpusShardError` for a prepared corpus.
  package init(
    _ settings: CorporaSettings, pipeline: TextPipeline, room: Int?, progress: (_ pairs: Int) -> Void
  ) throws {
    (self.settings, self.pipeline, self.room) = (settings, pipeline, room)
    var options = CorpusOptions()
    (options.maxLength, options.threads) = (settings.maxLength, settings.threads)
    (options.specialTokens, options.endsSource) = (pipeline.specialTokens, pipeline.settings.endsSource)
    let encoders = WordEncoders(pipeline, isAligned: settings.train.contains { $0.alignment != nil })
    let trainFiles = try settings.train.map { try $0.corpusFiles(pipeline) }
    let validFiles = try settings.valid.map { try $0.corpusFiles(pipeline) }
    try Self.requireRegularFiles(settings.valid)
    prepared = try PreparedText(settings, room: room)
    valid = try ParallelCorpus(
      files: validFiles, options: options, encodeSource: encoders.source, encodeTarget: encoders.target,
      beginsWithTag: encoders.beginsWithTag)
    if settings.leavesOutValidation { options.heldOutSources = try Self.lines(settings.valid.map(\.source)) }
    (options.keepsLines, options.upsampling) = (settings.bpeDropout > 0, room)
    train =
      try prepared == nil
      ? ParallelCorpus(
        files: trainFiles, options: options, encodeSource: encoders.source, encodeTarget: encoders.target,
        beginsWithTag: encoders.beginsWithTag, progress: progress)
      : ParallelCorpus(sources: [], targets: [], specialTokens: pipeline.specialTokens)
    epochText = EpochText(settings, train, pipeline: pipeline, room: room)
    masking = SharedWordMasking(share: settings.copyUnknowns, seed: settings.seed, pipeline: pipeline)
    useLinks(nil)
  }

  /// Chooses what span tokens and marks of terms do.
  ///
  /// - Parameter sample: links of words; nil if the text has alignments, or is not aligned yet.
  private mutating func useLinks(_ sample: WordLinkSample?) {
    links = sample
    spans = SpanTraining(
      share: settings.trainSpans, seed: settings.seed, pipeline: pipeline, room: room, sample: sample)
    terms = TermTraining(
      share: settings.annotateTerms, seed: settings.seed, pipeline: pipeline,
      longestSource: settings.maxLength, sample: sample)
  }

  /// Aligns words of the training text, so that span tokens can stand for them, and their translations for those of terms;
  /// nothing to do if the vocabulary has no such tokens, or the text has alignments.
  ///
  /// - Parameter progress: called after each iteration with the number done, and of how many.
  /// - Returns: the number of pairs whose words have links; nil if neither is used.
  /// - Throws: what `progress` throws.
  package mutating func prepareLinks(progress: (_ iterations: Int, _ total: Int) throws -> Void) throws
    -> Int?
  {
    guard spans != nil || terms != nil else { return nil }
    guard !settings.train.contains(where: { $0.alignment != nil }) else { return train.count }
    let step = WordLinkSample.step(pairs: pairCount)
    let pairs =
      try prepared?.corpus.sample(step: step)
      ?? stride(from: 0, to: train.count, by: step).map { train[$0] }
    let sample = try WordLinkSample(
      pairs, step: step, pipeline, keepsForms: terms != nil, threads: settings.threads, progress: progress)
    useLinks(sample)
    return sample.count
  }

  /// Validation text is read for its ids, and again for the references of BLEU.
  private static func requireRegularFiles(_ files: [TextFiles]) throws(FileError) {
    for path in files.map(\.source) + files.map(\.target) where fileExists(path) && !regularFileExists(path) {
      throw .notReadable(path: path, reason: "validation text is read more than once; name a file")
    }
  }

  /// The raw lines of files.
  private static func lines(_ paths: [String]) throws -> Set<[UInt8]> {
    var lines: Set<[UInt8]> = []
    for path in paths {
      let reader = try LineReader(path: path)
      while let line = try reader.next() { lines.insert(line) }
    }
    return lines
  }

  /// The number of training pairs.
  package var pairCount: Int { prepared?.corpus.count ?? train.count }

  /// A line on the training text.
  var report: String { prepared?.report.corpus ?? "\(train.report)" }

  /// A line for each pair of training files; empty for a single pair of weight 1.
  var partReports: [String] {
    if let prepared { return prepared.report.parts }
    guard train.parts.count > 1 || train.parts.contains(where: { $0.files.weight != 1 }) else { return [] }
    return zip(train.parts, settings.train).map { part, files in
      "  \(part)" + (files.tag.map { ", tag \($0)" } ?? "")
    }
  }

  /// The ids of source tokens that say more than a word: the tags that lines can begin with, span tokens, and marks of terms.
  var sparedTokens: Set<TokenID> {
    let vocabulary = pipeline.vocabulary(.source)
    let marks = vocabulary.termMarks.map { [$0.opening, $0.meaning, $0.closing] } ?? []
    return Set(vocabulary.tagIDs + vocabulary.spanIDs + marks)
  }

  /// The share of pairs with span tokens; 0 without any.
  var spanShare: Double { spans == nil ? 0 : settings.trainSpans }

  /// The share of pairs with translations of terms; 0 without any.
  var termShare: Double { terms == nil ? 0 : settings.annotateTerms }

  /// Target tokens of an epoch, `</s>` included; an estimate if files have weights.
  package var targetTokensOfEpoch: Int {
    if let prepared { return prepared.targetTokensOfEpoch }
    let perPair = Double(train.report.targetTokens + train.count) / Double(max(train.count, 1))
    return Int(perPair * Double(makeBatcher(train).pairsOfEpoch))
  }

  /// Number of training pairs that are longer than a batch should be.
  package func oversizedPairs() throws -> Int {
    try prepared?.oversizedPairs() ?? makeBatcher(train).oversizedPairs
  }

  /// The lengths that determine the memory of training.
  package var lengths: TrainingMemory.Lengths {
    // With BPE-dropout, a sentence may become as long as the limit.
    let longest =
      epochText != nil
      ? (settings.maxLength, settings.maxLength) : prepared?.longestSides ?? train.longestSides
    return TrainingMemory.Lengths(
      source: longest.0 + 1, target: longest.1 + 1, batch: settings.batchTokens)
  }

  /// Memory of the text during training, in bytes.
  package var byteCount: Int {
    if let prepared { return prepared.byteCount + valid.byteCount + (links?.byteCount ?? 0) }
    // Besides the pairs: the order of an epoch and, with BPE-dropout, its text in more subwords.
    let again = epochText != nil ? train.byteCount * 3 / 2 : 0
    let pairs = max(train.count, makeBatcher(train).pairsOfEpoch)
    return train.byteCount + again + valid.byteCount + 48 * pairs + (links?.byteCount ?? 0)
  }

  /// The batches of an epoch, counted from 1: a function of seed and epoch.
  func batches(epoch: Int) -> any EpochBatches {
    prepared?.batches(epoch: epoch, transform: transform(epoch: epoch))
      ?? PlannedBatches(batcher(epoch: epoch), epoch: epoch)
  }

  /// The batcher of an epoch of text in memory.
  package func batcher(epoch: Int) -> Batcher {
    // An epoch uses few pairs of a corpus with a small weight; splitting the others would be wasted work.
    let text = epochText?.corpus(epoch: epoch, isUsed: makeBatcher(train).isUsed(epoch: epoch)) ?? train
    var batcher = makeBatcher(text)
    batcher.transform = transform(epoch: epoch)
    return batcher
  }

  /// Masks words, puts span tokens into other pairs, and translations of terms behind what is left.
  private func transform(epoch: Int) -> PairTransform? {
    let steps = [
      masking?.transform(epoch: epoch), spans?.transform(epoch: epoch), terms?.transform(epoch: epoch),
    ].compactMap(\.self)
    guard !steps.isEmpty else { return nil }
    return { pair, index in steps.reduce(pair) { $1($0, index) } }
  }

  private func makeBatcher(_ corpus: ParallelCorpus) -> Batcher {
    Batcher(corpus, batchTokens: settings.batchTokens, seed: settings.seed)
  }
}

extension TextFiles {
  /// The files with the id of their tag.
  ///
  /// - Throws: `VocabularyError` for a tag that the vocabulary does not have.
  func corpusFiles(_ pipeline: TextPipeline) throws(VocabularyError) -> CorpusFiles {
    var id: TokenID?
    if let tag { id = try pipeline.vocabulary(.source).id(ofTag: tag) }
    return CorpusFiles(source: source, target: target, weight: weight, tag: id, alignment: alignment)
  }
}

/// Encodes lines as ids, grouped into words if the text has word alignments.
private struct WordEncoders {
  let source: ParallelCorpus.SourceWordEncoder
  let target: ParallelCorpus.WordEncoder
  let beginsWithTag: @Sendable (_ line: [UInt8]) -> Bool

  init(_ pipeline: TextPipeline, isAligned: Bool) {
    let words = { @Sendable (sentence: EncodedSentence, side: TextPipeline.Side) in
      isAligned ? pipeline.encodedWords(sentence, side: side) : EncodedWords(ids: sentence.ids)
    }
    source = { line, tag in
      words(pipeline.encode(line, side: .source, tag: tag.map { .given($0) } ?? .own), .source)
    }
    target = { line in words(pipeline.encode(line, side: .target), .target) }
    beginsWithTag = { line in pipeline.vocabulary(.source).cutTag(off: line).tag != nil }
  }
}
