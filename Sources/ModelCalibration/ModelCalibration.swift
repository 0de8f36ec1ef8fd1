package import Confidence
internal import Decoding
internal import Files
package import ModelFolders
internal import Models
internal import Text
package import TextAlignment
internal import Tokens
internal import Translation
internal import WordAlignment

/// Learns from text with reference translations what a model's probabilities and attention are worth.
package struct ModelCalibration: Sendable {
  private let folder: ModelFolder
  private let model: TrainedTransformer
  private let pipeline: TextPipeline
  private let service: TranslationService
  private let threads: Int

  /// Sentences by which heads are chosen: a head takes about as long as translating them greedily.
  static let pairsForHeads = 200

  /// Reads a model.
  ///
  /// - Throws: errors of the model's files, or `TranslationError`.
  package init(_ folder: ModelFolder, threads: Int) throws {
    let (model, pipeline) = try folder.read()
    var options = TranslationOptions()
    options.threads = threads
    let shortlist = try folder.readShortlist(pipeline)
    service = try TranslationService(
      trained: model, shortlist: shortlist, pipeline: pipeline, options: options)
    (self.folder, self.model, self.pipeline, self.threads) = (folder, model, pipeline, threads)
  }

  /// Whether the model has attention whose heads can be chosen.
  package var hasHeads: Bool { model.architecture.configuration.isAutoregressive }

  /// Learns how probabilities become confidence.
  ///
  /// - Parameters:
  ///   - source: lines.
  ///   - references: their translations, as many.
  ///   - progress: called with the number of lines translated so far; an error that it throws ends the work.
  /// - Returns: what probabilities are worth.
  /// - Throws: ``ModelCalibrationError``, `TranslationError`, or what `progress` throws.
  package func confidence(
    source: [String], references: [String], progress: (Int) throws -> Void
  ) throws -> ConfidenceMap {
    var request = TranslationRequest()
    request.reportsWords = true
    let translator = try Translator(service, request: request)
    var samples: [ConfidenceMap.Sample] = []
    for first in stride(from: 0, to: source.count, by: 128) {
      let lines = first..<min(first + 128, source.count)
      for (result, line) in zip(try translator.translate(Array(source[lines])), lines) {
        if let best = result.alternatives.first { samples.append(sample(best, references[line])) }
      }
      try progress(lines.upperBound)
    }
    guard let map = ConfidenceMap(samples) else { throw ModelCalibrationError.noWords }
    return map
  }

  /// A translation with what its reference says of its words: a word is right if the reference has it, as often as that has
  /// it.
  private func sample(_ translation: TranslationResult.Alternative, _ reference: String)
    -> ConfidenceMap.Sample
  {
    var left: [String: Int] = [:]
    for word in words(of: reference) { left[word, default: 0] += 1 }
    let isRight = translation.words.map { word in
      let count = left[word.text, default: 0]
      left[word.text] = count - 1
      return count > 0
    }
    return .init(probabilities: translation.words.map(\.probability), isRight: isRight)
  }

  private func words(of text: String) -> [String] {
    let sentence = pipeline.encode(Array(text.utf8), side: .target)
    return pipeline.wordTexts(sentence, side: .target)
  }

  /// A file with text, its translation, line by line, and the tag that lines of the source get.
  package typealias ReferenceFiles = (source: String, target: String, tag: String?)

  /// Finds the heads that align words best.
  ///
  /// - Parameters:
  ///   - files: the text; all of it is aligned, and heads are chosen by some sentences of each file.
  ///   - progress: called now and then; an error that it throws ends the work.
  /// - Returns: nil if no words are linked.
  /// - Throws: errors of the files, or what `progress` throws.
  package func alignmentHeads(_ files: [ReferenceFiles], progress: (AlignmentPhase) throws -> Void) throws
    -> AlignmentHeadChoice?
  {
    let words = AlignedWords(pipeline)
    let alignment = try TextAlignment(
      files.map { FilesToAlign(source: $0.source, target: $0.target, words: words) }, threads: threads,
      progress: progress)
    var pairs: [LinkedPair] = []
    for (index, file) in files.enumerated() {
      let (sources, targets) = (try lines(file.source), try lines(file.target))
      let links = alignment.links(ofFirst: sources.count, of: index, by: .intersection)
      let end = pairs.count + (Self.pairsForHeads - pairs.count) / (files.count - index)
      for (sides, links) in zip(zip(sources, targets), links) where pairs.count < end {
        if let pair = pair(file.tag.map { Array("\($0) ".utf8) + sides.0 } ?? sides.0, sides.1, links) {
          pairs.append(pair)
        }
      }
    }
    return AlignmentHeadChoice(model, pairs, threads: threads)
  }

  private func lines(_ path: String) throws -> [[UInt8]] {
    let reader = try LineReader(path: path)
    var lines: [[UInt8]] = []
    // Pairs without links and long ones are left out.
    while lines.count < 4 * Self.pairsForHeads, let line = try reader.next() { lines.append(line) }
    return lines
  }

  private func pair(_ source: [UInt8], _ target: [UInt8], _ links: [AlignmentLink]) -> LinkedPair? {
    guard !links.isEmpty else { return nil }
    let (from, to) = (pipeline.encode(source, side: .source), pipeline.encode(target, side: .target))
    let limit = min(200, model.maxLength - 1)
    guard (1..<limit).contains(from.ids.count), (1..<limit).contains(to.ids.count) else { return nil }
    let hasTag = from.ids.first.map(pipeline.vocabulary(.source).isTag) ?? false
    let (sourceWords, targetWords) = (
      pipeline.wordLengths(from, side: .source), pipeline.wordLengths(to, side: .target)
    )
    // Links count words of the text, which a tag is not.
    let shift: UInt16 = hasTag ? 1 : 0
    return LinkedPair(
      source: from.ids + (pipeline.settings.endsSource ? [pipeline.specialTokens.end] : []), target: to.ids,
      sourceWords: sourceWords, targetWords: targetWords,
      links: links.map { AlignmentLink(source: $0.source + shift, target: $0.target) })
  }

  /// Writes what was learned into the model folder.
  ///
  /// - Precondition: no other process writes to the folder.
  /// - Throws: `FileError` if it cannot be written.
  package func write(_ map: ConfidenceMap, _ choice: AlignmentHeadChoice?) throws {
    var configuration: ModelConfiguration?
    if let choice, choice.isBetter {
      configuration = model.architecture.configuration
      configuration?.alignmentHeads = choice.heads
    }
    try folder.write(map, configuration: configuration)
  }
}

/// Why a model cannot be calibrated.
package enum ModelCalibrationError: Error, Equatable, CustomStringConvertible {
  /// The text has another number of lines than its translation.
  case unequalLines(source: String, sourceLines: Int, target: String, targetLines: Int)
  /// No translation has a word.
  case noWords

  /// What was found, and what to do.
  package var description: String {
    switch self {
    case .unequalLines(let source, let sourceLines, let target, let targetLines):
      "'\(source)' has \(sourceLines) lines, '\(target)' \(targetLines); line n of one must be the translation of line n of "
        + "the other"
    case .noWords:
      "no translation of the text has a word, so there is nothing to learn from; give a text with at least some hundred "
        + "sentences"
    }
  }
}
