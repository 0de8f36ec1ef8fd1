import Corpora
import Files
import Tensors
import Text
import Tokens
import Training

/// The training and validation text as ids.
struct TrainingData {
  let train: ParallelCorpus
  let valid: ParallelCorpus
  private let pipeline: TextPipeline
  private let arguments: TrainTranslationArguments
  private let room: Int?

  /// Reads all files.
  ///
  /// - Parameters:
  ///   - arguments: name the files.
  ///   - pipeline: makes ids of text.
  ///   - room: positions that a source token becomes, see `CorpusOptions.upsampling`.
  ///   - progress: called now and then with the pairs of the training text that were read.
  /// - Throws: `CorpusError`, which names file and line, `VocabularyError` for tags that there are not, or
  ///   `FileError` for validation text out of a pipe.
  init(
    _ arguments: TrainTranslationArguments, pipeline: TextPipeline, room: Int?,
    progress: (_ pairs: Int) -> Void
  ) throws {
    (self.arguments, self.pipeline, self.room) = (arguments, pipeline, room)
    var options = CorpusOptions()
    (options.maxLength, options.threads) = (arguments.maxLength, arguments.threads)
    options.specialTokens = pipeline.specialTokens
    let (trainFiles, validFiles) = (try arguments.trainFiles(pipeline), try arguments.validFiles(pipeline))
    let words = {
      @Sendable [isAligned = !arguments.alignment.files.isEmpty]
      (
        sentence: EncodedSentence, side: TextPipeline.Side
      ) in
      isAligned ? pipeline.encodedWords(sentence, side: side) : EncodedWords(ids: sentence.ids)
    }
    let encodeSource: ParallelCorpus.SourceWordEncoder = { line, tag in
      words(pipeline.encode(line, side: .source, tag: tag.map { .given($0) } ?? .own), .source)
    }
    let encodeTarget: ParallelCorpus.WordEncoder = { line in
      words(pipeline.encode(line, side: .target), .target)
    }
    let beginsWithTag = { @Sendable (line: [UInt8]) in
      pipeline.vocabulary(.source).cutTag(off: line).tag != nil
    }
    // For its ids, and for the references of BLEU.
    for path in arguments.validSource + arguments.validTarget
    where fileExists(path) && !regularFileExists(path) {
      throw FileError.notReadable(path: path, reason: "validation text is read more than once; name a file")
    }
    valid = try ParallelCorpus(
      files: validFiles, options: options, encodeSource: encodeSource, encodeTarget: encodeTarget,
      beginsWithTag: beginsWithTag)
    if arguments.leavesOutValidation { options.heldOutSources = try Self.lines(arguments.validSource) }
    (options.keepsLines, options.upsampling) = (arguments.bpeDropout > 0, room)
    train = try ParallelCorpus(
      files: trainFiles, options: options, encodeSource: encodeSource, encodeTarget: encodeTarget,
      beginsWithTag: beginsWithTag, progress: progress)
  }

  /// The lines of files as they stand there.
  private static func lines(_ paths: [String]) throws -> Set<[UInt8]> {
    var lines: Set<[UInt8]> = []
    for path in paths {
      let reader = try LineReader(path: path)
      while let line = try reader.next() { lines.insert(line) }
    }
    return lines
  }

  /// A line for each pair of training files, where they are not all alike.
  var partReports: [String] {
    guard train.parts.count > 1 || train.parts.contains(where: { $0.files.weight != 1 }) else { return [] }
    return zip(train.parts, arguments.trainTags).map { part, tag in
      "  \(part)" + (tag.map { ", tag \($0)" } ?? "")
    }
  }

  /// Tokens that tell what to do with a sentence.
  var tags: Set<TokenID> { Set(pipeline.vocabulary(.source).tagIDs) }

  /// Pairs of the training text that are longer than a batch should be.
  var oversizedPairs: Int {
    makeBatcher(train).oversizedPairs
  }

  /// The lengths that decide how much memory training takes.
  var lengths: TrainingMemory.Lengths {
    // Segmented at random, a sentence may become as long as is allowed.
    let longest = arguments.bpeDropout > 0 ? (arguments.maxLength, arguments.maxLength) : train.longestSides
    return TrainingMemory.Lengths(
      source: longest.0 + 1, target: longest.1 + 1, batch: arguments.batchTokens)
  }

  /// Bytes that the text takes while it is trained on.
  var byteCount: Int {
    // Beside the pairs the order of an epoch, and its text where that is segmented anew, into more pieces.
    let again = arguments.bpeDropout > 0 ? train.byteCount * 3 / 2 : 0
    let pairs = max(train.count, makeBatcher(train).pairsOfEpoch)
    return train.byteCount + again + valid.byteCount + 48 * pairs
  }

  /// The batches of an epoch: with BPE-dropout its text is segmented anew.
  func batcher(epoch: Int) -> Batcher {
    var batcher = makeBatcher(corpus(epoch: epoch))
    batcher.transform = hidingSharedWords(epoch: epoch)
    return batcher
  }

  private func makeBatcher(_ corpus: ParallelCorpus) -> Batcher {
    Batcher(corpus, batchTokens: arguments.batchTokens, seed: arguments.seed)
  }

  /// Hides words that stand on both sides of a pair, in a share of the pairs: a name that the vocabulary
  /// cannot spell is one `<unk>`, and the model must have learned to copy it.
  private func hidingSharedWords(epoch: Int) -> PairTransform? {
    guard arguments.copyUnknowns > 0 else { return nil }
    let (pipeline, share, seed) = (pipeline, Float(arguments.copyUnknowns), arguments.seed)
    return { pair, index in
      var random = RandomSource(seed, 3, UInt64(epoch), UInt64(index))
      guard random.uniform() < share else { return pair }
      var source = EncodedSentence(ids: Array(pair.source))
      var target = EncodedSentence(ids: Array(pair.target))
      pipeline.maskSharedWords(source: &source, target: &target, probability: 0.5, using: &random)
      return SentencePair(
        source: source.ids[...], target: target.ids[...],
        alignment: pipeline.alignment(of: pair, source: source, target: target))
    }
  }

  private func corpus(epoch: Int) -> ParallelCorpus {
    guard arguments.bpeDropout > 0 else { return train }
    var options = CorpusOptions()
    (options.maxLength, options.threads, options.upsampling) = (arguments.maxLength, arguments.threads, room)
    let (pipeline, dropout, seed) = (pipeline, arguments.bpeDropout, arguments.seed)
    // Of an old corpus of which each epoch sees little, most is not worth the work.
    let isUsed = makeBatcher(train).isUsed(epoch: epoch)
    let train = train
    let encode = { @Sendable (side: TextPipeline.Side, stream: UInt64) -> ParallelCorpus.IndexedWordEncoder in
      { line, pair in
        var random = RandomSource(seed, stream, UInt64(epoch), UInt64(pair))
        let tag = train.tag(of: pair).map { LineTag.given($0) } ?? .own
        let sentence = pipeline.encode(line, side: side, tag: tag, dropout: dropout, using: &random)
        return pipeline.encodedWords(sentence, side: side)
      }
    }
    return train.reencoded(
      options: options, where: { isUsed[$0] }, sourceWords: encode(.source, 1),
      targetWords: encode(.target, 2))
  }

  /// What must not change between the parts of a run, in words.
  func fingerprint(_ configuration: String) -> String {
    "\(train.count) pairs with checksum \(String(train.checksum, radix: 16)), \(weights)\(configuration)"
  }

  /// The weights of the files, where they are not all 1.
  private var weights: String {
    guard train.parts.contains(where: { $0.files.weight != 1 }) else { return "" }
    let words = train.parts.map { "\($0.files.weight) for \($0.pairs.count) pairs" }
    return "weights \(words.joined(separator: " and ")), "
  }
}
