/// Where the words of a translation come from, for placing spans among them.
///
/// Words are stretches of letters and digits; any other visible character is one by itself, and so is each ideograph.
struct SpanAlignment {
  /// The words of the translation, as ranges of its scalars.
  private(set) var words: [Range<Int>] = []
  /// For each word, how much of it comes from each token of the source; what comes from none is left out, and shares add
  /// up to 1.
  private(set) var shares: [[Double]] = []
  /// The characters of each token of the source.
  let sourcePlaces: [Range<Int>]

  /// The alignment of a translation.
  ///
  /// - Parameters:
  ///   - text: the translation.
  ///   - targetPlaces: the visible characters of each of its tokens.
  ///   - sourcePlaces: those of each token of the source.
  ///   - attention: for each token of the translation, the attention to each token of the source; empty if it is not
  ///     known. Then words are taken to be in the order of the source.
  init(
    _ text: [Unicode.Scalar], targetPlaces: [Range<Int>], sourcePlaces: [Range<Int>], attention: [[Float]]
  ) {
    self.sourcePlaces = sourcePlaces
    words = Self.words(of: text)
    var visible = 0
    var token = 0
    for (index, word) in words.enumerated() {
      let characters = visible..<visible + word.count
      visible = characters.upperBound
      while token < targetPlaces.count, targetPlaces[token].upperBound <= characters.lowerBound { token += 1 }
      var share = [Double](repeating: 0, count: sourcePlaces.count)
      var next = token
      while next < min(targetPlaces.count, attention.count),
        targetPlaces[next].lowerBound < characters.upperBound
      {
        for (place, weight) in attention[next].prefix(share.count).enumerated()
        where !sourcePlaces[place].isEmpty { share[place] += Double(weight) }
        next += 1
      }
      let sum = share.reduce(0, +)
      if sum > 0, sum.isFinite {
        shares.append(share.map { $0 / sum })
      } else {
        shares.append(diagonal(index))
      }
    }
  }

  /// A word that comes from the place in the source where the same share of the text is before it.
  private func diagonal(_ word: Int) -> [Double] {
    let end = sourcePlaces.last?.upperBound ?? 0
    let character = (2 * word + 1) * end / (2 * words.count)
    return sourcePlaces.map { $0.contains(character) ? 1 : 0 }
  }

  private static func words(of text: [Unicode.Scalar]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var goesOn = false
    for (index, scalar) in text.enumerated() {
      if scalar.properties.isWhitespace {
        goesOn = false
        continue
      }
      let isWord = SpanNeighbor.isSpacedWordCharacter(scalar)
      if goesOn, isWord || scalar.properties.generalCategory == .nonspacingMark, let last = words.last {
        words[words.count - 1] = last.lowerBound..<index + 1
      } else {
        words.append(index..<index + 1)
      }
      goesOn = isWord
    }
    return words
  }

  /// For each word, how much of it comes from some characters of the source.
  func shares(of characters: Range<Int>) -> [Double] {
    let weights = sourcePlaces.map { place in
      place.isEmpty ? 0 : Double(place.clamped(to: characters).count) / Double(place.count)
    }
    return shares.map { share in zip(share, weights).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// The boundary between words before which most words come from before a character, and after which most do not.
  ///
  /// - Parameters:
  ///   - character: of the source.
  ///   - boundaries: those to choose from.
  /// - Returns: one of them.
  func boundary(at character: Int, among boundaries: [Int]) -> Int {
    let before = shares(of: 0..<max(0, character))
    // Costs of all boundaries: words on the wrong side.
    var costs = [before.reduce(0, +)]
    for share in before { costs.append(costs[costs.count - 1] + 1 - 2 * share) }
    let end = max(1, sourcePlaces.last?.upperBound ?? 1)
    let expected = Double(character) / Double(end) * Double(words.count)
    func rank(_ boundary: Int) -> (Double, Double) {
      // Rounding must not decide between equal ones.
      ((costs[boundary] * 1e6).rounded(), abs(Double(boundary) - expected))
    }
    return boundaries.min { rank($0) < rank($1) } ?? 0
  }

  /// The words that come from some characters of the source, as far as they are together.
  ///
  /// - Parameters:
  ///   - characters: of the source, not empty.
  ///   - free: for each word, whether it may be chosen.
  /// - Returns: nil if no word may be chosen.
  func range(of characters: Range<Int>, free: [Bool]) -> Range<Int>? {
    let shares = shares(of: characters)
    var best: (range: Range<Int>, sum: Double)?
    var (start, sum) = (0, 0.0)
    for (word, share) in shares.enumerated() {
      guard free[word] else {
        (start, sum) = (word + 1, 0)
        continue
      }
      sum += share - 0.5
      if sum > best?.sum ?? 0 { best = (start..<word + 1, sum) }
      if sum <= 0 { (start, sum) = (word + 1, 0) }
    }
    if let best { return best.range }
    // No word comes mostly from there: that which does most.
    let word = shares.indices.filter { free[$0] }.max { shares[$0] < shares[$1] }
    return word.map { $0..<$0 + 1 }
  }
}
