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
  /// The words by numbers, which ``usualForm(of:translating:)`` asks for.
  private var sources, targets: Words
  private let forms: UsualForms

  /// Aligns the words of a corpus.
  ///
  /// - Parameters:
  ///   - corpus: the pairs.
  ///   - pipeline: says what words are.
  ///   - most: the most pairs.
  ///   - threads: number of threads; does not change the result.
  ///   - progress: called after each iteration with the number done, and of how many; an error that it throws ends the
  ///     work.
  /// - Throws: what `progress` throws.
  init(
    _ corpus: ParallelCorpus, _ pipeline: TextPipeline, most: Int = mostPairs, threads: Int,
    progress: (_ iterations: Int, _ total: Int) throws -> Void
  ) throws {
    step = max(1, (corpus.count + most - 1) / most)
    var (pairs, sources, targets) = (SentencePairs(), Words(pipeline, .source), Words(pipeline, .target))
    var counts: [UInt64: Int] = [:]
    var offsets: [Int] = []
    for index in stride(from: 0, to: corpus.count, by: step) {
      let pair = corpus[index]
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
        let pair = corpus[index * step]
        let (source, target) = (sources.numbers(pair.source).words, targets.numbers(pair.target).words)
        for link in all
        where sources.isRare(source[Int(link.source)], of: pairs.count)
          && targets.isRare(target[Int(link.target)], of: pairs.count)
        {
          links.append(
            AlignmentLink(source: link.source + UInt16(offsets[index]), target: link.target))
          counts[UsualForms.key(source[Int(link.source)], target[Int(link.target)]), default: 0] += 1
        }
        ends.append(links.count)
      }
    }
    let targetTexts = targets.texts
    forms = UsualForms(counts) { targetTexts[Int($0)] }
    (self.sources, self.targets) = (sources, targets)
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

  /// The most frequent form of a target word among those that translate a source word; nil if it is that form, or if one of
  /// the words is not known.
  func usualForm(of target: ArraySlice<TokenID>, translating source: ArraySlice<TokenID>)
    -> ArraySlice<TokenID>?
  {
    guard let first = sources.known(source), let second = targets.known(target) else { return nil }
    return forms.number(first, second).map(targets.spelling)
  }

  /// Its memory, in bytes.
  var byteCount: Int {
    4 * links.count + 12 * words.count + forms.byteCount + sources.byteCount + targets.byteCount
  }
}

/// The words of a side by numbers: words that differ only in case are the same.
private struct Words {
  private let pipeline: TextPipeline
  private let side: TextPipeline.Side
  private var ofIDs: [ArraySlice<TokenID>: UInt32] = [:]
  private var ofText: [String: UInt32] = [:]
  private var counts: [Int] = []
  /// A spelling of each word.
  private var spellings: [ArraySlice<TokenID>] = []
  /// Whether words that are asked for are counted.
  var isCounting = true

  init(_ pipeline: TextPipeline, _ side: TextPipeline.Side) { (self.pipeline, self.side) = (pipeline, side) }

  /// The numbers of a sentence's words without its tag, and the number of words with it.
  mutating func numbers(_ ids: ArraySlice<TokenID>) -> (words: [UInt32], count: Int) {
    let lengths = pipeline.wordLengths(EncodedSentence(ids: Array(ids)), side: side)
    let hasTag = ids.first.map(pipeline.vocabulary(side).isTag) ?? false
    var (start, words) = (ids.startIndex, [UInt32]())
    for (place, length) in lengths.enumerated() {
      let word = ids[start..<start + Int(length)]
      start += Int(length)
      if hasTag, place == 0 { continue }
      words.append(number(word))
    }
    return (words, lengths.count)
  }

  private mutating func number(_ word: ArraySlice<TokenID>) -> UInt32 {
    if let number = ofIDs[word] {
      if isCounting { counts[Int(number)] += 1 }
      return number
    }
    let text = String(decoding: pipeline.segmentation(side).text(ofWord: word), as: UTF8.self).lowercased()
    let number = ofText[text] ?? UInt32(counts.count)
    (ofText[text], ofIDs[ArraySlice(Array(word))]) = (number, number)
    if Int(number) == counts.count {
      counts.append(0)
      spellings.append(ArraySlice(Array(word)))
    }
    counts[Int(number)] += 1
    return number
  }

  /// The number of a word that was counted; nil for others.
  func known(_ word: ArraySlice<TokenID>) -> UInt32? { ofIDs[word] }

  /// The ids of a word, in one of its spellings.
  func spelling(_ number: UInt32) -> ArraySlice<TokenID> { spellings[Int(number)] }

  /// The words in lower case.
  var texts: [String] {
    var texts = [String](repeating: "", count: counts.count)
    for (text, number) in ofText { texts[Int(number)] = text }
    return texts
  }

  /// Memory of the words, in bytes, which have few ids.
  var byteCount: Int { 160 * ofIDs.count + 96 * ofText.count }

  /// Whether a word is rare enough in some pairs to have a meaning of its own.
  func isRare(_ word: UInt32, of pairs: Int) -> Bool { counts[Int(word)] <= max(20, pairs / 10) }
}
