internal import ModelFormats
internal import Models
internal import Tokens

/// The tokens that one sentence may be translated to.
struct SentenceCandidates {
  /// The special tokens, which have the same places in all sentences, then the others, ascending.
  let tokens: [TokenID]
  /// Where the ascending ones begin.
  private let first: Int

  /// The candidates of each sentence of a batch.
  static func all(_ input: DecoderInput, _ shortlist: LexicalShortlist, _ model: TrainedTransformer) -> [Self]
  {
    let configuration = model.architecture.configuration
    // Source tokens are candidates if they have the same ids in the target: names and numbers are often copied.
    let isShared = configuration.tying == .all || configuration.tying == .embeddings
    return input.guides.indices.map { sentence in
      let list = shortlist.candidates(
        for: input.source[sentence: sentence].lazy.map { Int($0) },
        vocabularySize: configuration.targetVocabularySize, isShared: isShared)
      let guide = input.guides[sentence]
      return Self(list, guide.isEmpty ? [] : guide.wantedTokens, configuration.specialTokens)
    }
  }

  private init(_ list: [Int], _ wanted: Set<TokenID>, _ special: SpecialTokens) {
    var leading: [TokenID] = []
    for token in [special.end, special.unknown, special.padding, special.beginning]
    where token != SpecialTokens.absent && !leading.contains(token) { leading.append(token) }
    var others = list.map { TokenID($0) }
    if !wanted.isEmpty { others = Set(others).union(wanted).sorted() }
    others.removeAll { leading.contains($0) }
    (tokens, first) = (leading + others, leading.count)
  }

  /// The place of a token among the candidates; nil for others.
  func place(of token: TokenID) -> TokenID? {
    if let place = tokens[..<first].firstIndex(of: token) { return TokenID(place) }
    var (low, high) = (first, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle] < token { low = middle + 1 } else { high = middle }
    }
    return low < tokens.count && tokens[low] == token ? TokenID(low) : nil
  }
}
