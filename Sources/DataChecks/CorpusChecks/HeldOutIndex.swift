/// The sentences of validation and test sets, to find them in the training text.
///
/// Exact ones are found by hashes. For near ones, 24 MinHash values of a sentence's words and pairs of neighboring words
/// are compared in 12 bands of two: sentences that share a band are candidates, and their similarity is then computed.
///
/// Source: Broder 1997, "On the resemblance and containment of documents"; Leskovec, Rajaraman and Ullman, "Mining of
/// Massive Datasets", section 3.4.
struct HeldOutIndex: Sendable {
  /// A held-out pair.
  struct Sentence: Sendable {
    let set: UInt8
    let line: UInt32
    let source: [UInt32]
    let target: [UInt32]
    let foldedSource: UInt64
  }

  /// How a training pair overlaps.
  enum Match: Sendable { case pair, source, target, near }

  private(set) var sentences: [Sentence] = []
  private var pairs: [UInt64: UInt32] = [:]
  private var sources: [UInt64: UInt32] = [:]
  private var targets: [UInt64: UInt32] = [:]
  private var bands: [UInt64: [UInt32]] = [:]

  /// Source sentences with fewer words are too short for near matches.
  static let fewestWords = 5
  /// The least similarity of near matches: that of the source sides, and of the target sides.
  static let leastSimilarity = (source: 0.7, target: 0.5)
  private static let mostInBand = 64

  var isEmpty: Bool { sentences.isEmpty }

  /// Adds a held-out pair.
  ///
  /// - Returns: the sentence of another set with the same pair; nil if there is none.
  mutating func add(_ pair: PairProfile, set: Int) -> Sentence? {
    let hashes = PairHashes(pair)
    guard hashes.hasText else { return nil }
    let number = UInt32(sentences.count)
    let source = shingles(of: pair.source.words)
    sentences.append(
      Sentence(
        set: UInt8(set), line: UInt32(pair.line), source: source, target: shingles(of: pair.target.words),
        foldedSource: pair.source.foldedHash))
    let earlier = pairs[hashes.exact].map { sentences[Int($0)] }
    if earlier == nil { pairs[hashes.exact] = number }
    if sources[hashes.source] == nil { sources[hashes.source] = number }
    if targets[hashes.target] == nil, isLong(pair.target) { targets[hashes.target] = number }
    if pair.source.words.count >= Self.fewestWords {
      for band in Self.bands(of: source) where bands[band, default: []].count < Self.mostInBand {
        bands[band, default: []].append(number)
      }
    }
    return earlier.flatMap { Int($0.set) == set ? nil : $0 }
  }

  /// Whether a sentence is so long that two people would hardly write it by chance.
  private func isLong(_ line: LineProfile) -> Bool {
    line.words.count >= Self.fewestWords && line.letters >= (line.mainScript == .latin ? 20 : 10)
  }

  /// The held-out sentence that a training pair repeats, and how.
  func match(_ pair: PairProfile) -> (match: Match, sentence: Sentence)? {
    let hashes = PairHashes(pair)
    guard hashes.hasText else { return nil }
    if let number = pairs[hashes.exact] { return (.pair, sentences[Int(number)]) }
    if let number = sources[hashes.source] { return (.source, sentences[Int(number)]) }
    if let number = nearMatch(pair) { return (.near, sentences[Int(number)]) }
    if let number = targets[hashes.target] { return (.target, sentences[Int(number)]) }
    return nil
  }

  private func nearMatch(_ pair: PairProfile) -> UInt32? {
    guard pair.source.words.count >= Self.fewestWords else { return nil }
    let source = shingles(of: pair.source.words)
    var target: [UInt32]?
    var tried: [UInt32] = []
    for band in Self.bands(of: source) {
      for number in bands[band] ?? [] where !tried.contains(number) {
        tried.append(number)
        let sentence = sentences[Int(number)]
        let isSame = sentence.foldedSource == pair.source.foldedHash
        guard isSame || similarity(source, sentence.source) >= Self.leastSimilarity.source else { continue }
        let own = target ?? shingles(of: pair.target.words)
        target = own
        if similarity(own, sentence.target) >= Self.leastSimilarity.target { return number }
      }
    }
    return nil
  }

  /// One hash for each band.
  private static func bands(of shingles: [UInt32]) -> [UInt64] {
    var least = (SIMD16<UInt32>(repeating: .max), SIMD8<UInt32>(repeating: .max))
    for shingle in shingles {
      // Multiply-shift hashing by odd factors; the high bits are the good ones.
      let first = SIMD16(repeating: shingle) &* factors.0
      let second = SIMD8(repeating: shingle) &* factors.1
      least.0 = pointwiseMin(least.0, first ^ (first &>> 15))
      least.1 = pointwiseMin(least.1, second ^ (second &>> 15))
    }
    var result: [UInt64] = []
    result.reserveCapacity(12)
    for band in 0..<12 {
      let (one, other) =
        band < 8
        ? (least.0[2 * band], least.0[2 * band + 1]) : (least.1[2 * band - 16], least.1[2 * band - 15])
      result.append(mixed(UInt64(one) << 32 | UInt64(other)) &+ UInt64(band))
    }
    return result
  }

  private static let factors: (SIMD16<UInt32>, SIMD8<UInt32>) = {
    var (first, second) = (SIMD16<UInt32>(), SIMD8<UInt32>())
    for index in 0..<24 {
      let factor = UInt32(truncatingIfNeeded: mixed(UInt64(index) &+ 0x5DEE_CE66) >> 16) | 1
      if index < 16 { first[index] = factor } else { second[index - 16] = factor }
    }
    return (first, second)
  }()
}

/// The hashes of a sentence's words and of pairs of neighbors, in ascending order without repetitions.
func shingles(of words: [UInt32]) -> [UInt32] {
  var all = words
  for index in words.indices.dropFirst() {
    all.append((words[index - 1] &* 0x85EB_CA6B) ^ (words[index] &* 0xC2B2_AE35) ^ 0x27D4_EB2F)
  }
  all.sort()
  var count = 0
  for index in all.indices where index == 0 || all[index] != all[index - 1] {
    all[count] = all[index]
    count += 1
  }
  all.removeLast(all.count - count)
  return all
}

/// The Jaccard similarity of two ascending lists.
func similarity(_ one: [UInt32], _ other: [UInt32]) -> Double {
  var (i, j, shared) = (0, 0, 0)
  while i < one.count, j < other.count {
    if one[i] == other[j] {
      (i, j, shared) = (i + 1, j + 1, shared + 1)
    } else if one[i] < other[j] {
      i += 1
    } else {
      j += 1
    }
  }
  let all = one.count + other.count - shared
  return all == 0 ? 0 : Double(shared) / Double(all)
}
