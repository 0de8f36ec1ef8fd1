import Corpora
import Text
import Tokens
import WordAlignment

/// Links between the words of a corpus, or of a part of it that is evenly spread, each with one word of the other side.
///
/// They are links of both directions of ``WordAligner``, without very frequent words, which have no meaning of their own.
struct WordLinkSample {
  /// The links of a pair.
  struct Links {
    var all: ArraySlice<AlignmentLink>
    /// The number of words of each side, a tag included.
    var sourceWords, targetWords: Int
  }

  /// The most pairs, which bounds memory and time.
  static let mostPairs = 200_000

  /// Every pair whose number is a multiple of it is in the sample.
  let step: Int
  private var links: [AlignmentLink] = []
  /// Where the links of each pair end.
  private var ends = [0]
  private var words: [(source: UInt16, target: UInt16)] = []
  /// The usual forms of target words; nil if nobody asks for them.
  let forms: UsualForms?

  /// How many pairs of a corpus there are for one of the sample.
  static func step(pairs: Int, most: Int = mostPairs) -> Int { max(1, (pairs + most - 1) / most) }

  /// Aligns the words of a corpus.
  ///
  /// - Parameters:
  ///   - sample: every pair whose number is a multiple of `step`.
  ///   - step: see ``step(pairs:)``.
  ///   - pipeline: says what words are.
  ///   - keepsForms: whether ``forms`` are counted.
  ///   - threads: number of threads; does not change the result.
  ///   - progress: called after each iteration with the number done, and of how many; an error that it throws ends the
  ///     work.
  /// - Throws: what `progress` throws.
  init(
    _ sample: [SentencePair], step: Int, _ pipeline: TextPipeline, keepsForms: Bool, threads: Int,
    progress: (_ iterations: Int, _ total: Int) throws -> Void
  ) throws {
    self.step = step
    var (pairs, sources, targets) = (
      SentencePairs(), NumberedWords(pipeline, .source), NumberedWords(pipeline, .target)
    )
    var counts: [UInt64: Int] = [:]
    var offsets: [Int] = []
    for pair in sample {
      let (source, target) = (sources.numbers(pair.source), targets.numbers(pair.target))
      pairs.append(source: source.words, target: target.words)
      words.append((UInt16(clamping: source.count), UInt16(clamping: target.count)))
      offsets.append(source.count - source.words.count)
    }
    var options = AlignerOptions()
    (options.maximumCells, options.learningCells) = (1 << 14, 1 << 24)
    let total = options.iterations
    let aligner = try WordAligner(learningFrom: pairs, options: options, threads: threads) {
      try progress($0.iteration, total)
    }
    (sources.isCounting, targets.isCounting) = (false, false)
    for start in stride(from: 0, to: pairs.count, by: Self.pairsAtOnce) {
      let range = start..<min(start + Self.pairsAtOnce, pairs.count)
      let found = aligner.links(of: pairs, in: range, by: .intersection, threads: threads)
      for (index, all) in zip(range, found) {
        let pair = sample[index]
        let (source, target) = (sources.numbers(pair.source).words, targets.numbers(pair.target).words)
        for link in all
        where sources.isRare(source[Int(link.source)], of: pairs.count)
          && targets.isRare(target[Int(link.target)], of: pairs.count)
        {
          links.append(
            AlignmentLink(source: link.source + UInt16(offsets[index]), target: link.target))
          guard keepsForms else { continue }
          counts[UsualForms.key(source[Int(link.source)], target[Int(link.target)]), default: 0] += 1
        }
        ends.append(links.count)
      }
    }
    forms = keepsForms ? UsualForms(counts, sources, targets) : nil
  }

  private static let pairsAtOnce = 1 << 14

  /// The number of pairs.
  var count: Int { words.count }

  /// Whether a pair of the corpus is in the sample.
  func has(_ pair: Int) -> Bool { pair.isMultiple(of: step) }

  /// The links of a pair of the corpus, by target; no links if it is not in the sample.
  func links(of pair: Int) -> Links {
    guard has(pair) else { return Links(all: [], sourceWords: 0, targetWords: 0) }
    let place = pair / step
    return Links(
      all: links[ends[place]..<ends[place + 1]], sourceWords: Int(words[place].source),
      targetWords: Int(words[place].target))
  }

  /// The share of pairs that take part: a large text has few pairs with links, which do more often for that.
  func share(_ share: Float, ofPair index: Int) -> Float {
    guard step > 1, has(index) else { return share }
    return max(share, min(Self.mostOfSample, share * Float(step)))
  }

  private static let mostOfSample: Float = 0.5

  /// Its memory, in bytes.
  var byteCount: Int { 4 * links.count + 12 * words.count + (forms?.byteCount ?? 0) }
}
