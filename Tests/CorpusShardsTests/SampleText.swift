import Corpora
import CorpusShards
import Foundation
import RandomNumbers
import TestSupport
import Text
import Tokens

/// Made-up text in a temporary folder, with its vocabulary, and corpora prepared from it.
struct SampleText {
  let folder: TemporaryFolder
  let pipeline: TextPipeline

  /// - Parameters:
  ///   - pairs: the number of line pairs.
  ///   - tag: a tag that source lines can begin with; nil for none.
  /// - Throws: errors of writing.
  init(pairs: Int, tag: String? = nil) throws {
    folder = try TemporaryFolder()
    var random = SplitMix64(state: 7)
    let syllables = ["ba", "du", "ki", "lo", "me", "na", "po", "ru", "si", "ta"]
    func line(_ number: Int, _ language: String) -> String {
      let words = (0..<Int(random.next() % 12) + 1).map { _ in
        (0..<Int(random.next() % 3) + 1).map { _ in syllables[Int(random.next() % 10)] }.joined()
      }
      return (words + ["\(language)\(number)"]).joined(separator: " ")
    }
    var lines = (source: [String](), target: [String]())
    for number in 0..<pairs {
      lines.source.append(line(number, "x"))
      lines.target.append(line(number, "y"))
    }
    for (name, text) in [("train.x", lines.source), ("train.y", lines.target)] {
      try (text.joined(separator: "\n") + "\n").write(
        toFile: folder(name), atomically: true, encoding: .utf8)
    }
    var settings = TextPipelineSettings()
    settings.tags = tag.map { [$0] } ?? []
    var learner = VocabularyLearner(settings: settings, threads: 1)
    try learner.count(path: folder("train.x"), side: .source)
    try learner.count(path: folder("train.y"), side: .target)
    learner.choose(joint: true, merges: 40)
    pipeline = try learner.learn()
    try pipeline.write(to: folder("vocab"))
  }

  var input: CorpusPreparation.Input {
    CorpusPreparation.Input(source: folder("train.x"), target: folder("train.y"))
  }

  /// Prepares the text.
  @discardableResult
  func prepare(
    _ name: String = "corpus", _ inputs: [CorpusPreparation.Input]? = nil,
    _ change: (inout CorpusPreparation.Options) -> Void = { _ in }
  ) throws -> PreparedCorpus {
    var options = CorpusPreparation.Options()
    (options.shardSize, options.maxLength) = (100, 60)
    change(&options)
    _ = try CorpusPreparation(pipeline, options: options).run(inputs ?? [input], to: folder(name))
    return try PreparedCorpus(folder: folder(name))
  }

  /// The pairs in memory, as a training reads them.
  func loaded(maxLength: Int = 60, files: [CorpusFiles]? = nil) throws -> ParallelCorpus {
    var options = CorpusOptions()
    options.maxLength = maxLength
    let pipeline = pipeline
    return try ParallelCorpus(
      files: files ?? [CorpusFiles(source: input.source, target: input.target)], options: options,
      encodeSource: { line, tag in
        EncodedWords(ids: pipeline.encode(line, side: .source, tag: tag.map { .given($0) } ?? .own).ids)
      }, encodeTarget: { EncodedWords(ids: pipeline.encode($0, side: .target).ids) })
  }
}

/// The ids of a pair, to compare pairs.
func ids(_ pair: SentencePair) -> [TokenID] { Array(pair.source) + [-1] + Array(pair.target) }

/// The pairs of a corpus in order.
func pairs(_ corpus: PreparedCorpus) throws -> [[TokenID]] { try corpus.sample(step: 1).map(ids) }
