internal import ModelFormats
internal import Models
internal import Tokens

/// The candidates of a batch's sentences: of all together, and which of them each may use.
struct BatchCandidates {
  /// The candidates of all sentences, ascending.
  let tokens: [TokenID]
  /// For each sentence and candidate 0, or -∞ if the sentence may not use it.
  let masks: [[Float]]

  init(_ input: DecoderInput, _ shortlist: LexicalShortlist, _ model: TrainedTransformer) {
    let source = input.source
    let configuration = model.architecture.configuration
    let (special, count) = (configuration.specialTokens, configuration.targetVocabularySize)
    // Source tokens are candidates if they have the same ids in the target: names and numbers are often copied.
    let isShared = configuration.tying == .all || configuration.tying == .embeddings
    var sentencesOfToken: [Int32] = Array(repeating: 0, count: count)
    var lists: [[Int]] = []
    for sentence in 0..<source.count {
      var list = shortlist.candidates(
        for: source[sentence: sentence].lazy.map { Int($0) }, vocabularySize: count, isShared: isShared)
      let guide = input.guides[sentence]
      let wanted = guide.isEmpty ? [] : guide.wantedTokens.sorted()
      for token in [special.end, special.unknown] + wanted where !list.contains(Int(token)) {
        list.append(Int(token))
      }
      for token in list { sentencesOfToken[token] += 1 }
      lists.append(list)
    }
    let tokens = sentencesOfToken.indices.filter { sentencesOfToken[$0] > 0 }
    var places: [Int32] = Array(repeating: 0, count: count)
    for (place, token) in tokens.enumerated() { places[token] = Int32(place) }
    masks = lists.map { list in
      var mask = [Float](repeating: -.infinity, count: tokens.count)
      for token in list { mask[Int(places[token])] = 0 }
      return mask
    }
    self.tokens = tokens.map { TokenID($0) }
  }

  /// The place of a token among the candidates; nil for others.
  func place(of token: TokenID) -> TokenID? {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle] < token { low = middle + 1 } else { high = middle }
    }
    return low < tokens.count && tokens[low] == token ? TokenID(low) : nil
  }
}
