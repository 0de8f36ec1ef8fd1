import Tokens

extension Vocabulary {
  /// The vocabulary of a text for byte pair encoding: its subwords by descending count, ties in byte order.
  ///
  /// A subword is written `x@@` within a word and `x` at the end of one. Text at the end of a word that itself ends in
  /// `@@` does not become a token, so the two cannot be confused. Every character that is frequent enough is in the
  /// vocabulary, both within and at the end of a word, so that all text in these characters can be spelled. Words with
  /// other characters are not spelled as bytes, since the model's rows for byte tokens would hardly be trained; they are
  /// copied, see ``EncodedSentence``.
  ///
  /// - Parameters:
  ///   - counts: the words of the text.
  ///   - protected: words that are never split; those that occur at least twice, like the pairs that are merged, become
  ///     tokens, unless `minimumFrequency` is higher.
  ///   - encoding: splits words into subwords.
  ///   - minimumFrequency: subwords of several characters that are less frequent are left out.
  ///   - minimumCharacterFrequency: characters that are less frequent are left out, and all subwords with them.
  ///   - tags: tokens that come before all subwords.
  ///   - marks: span tokens and marks of terms, which come after them, so that the ids of others are the same without them.
  /// - Precondition: the tags are valid; see ``TagForm``.
  public init(
    of counts: WordCounts, protected: WordCounts = WordCounts(), encoding: BytePairEncoding,
    minimumFrequency: Int = 1, minimumCharacterFrequency: Int = 1, tags: [String] = [],
    marks: MarkTokens = MarkTokens()
  ) {
    let names = SpecialTokens.standardNames + tags
    var table = ByteStringTable(names)
    var subwords = SubwordCounts(
      counts, encoding: encoding, reserved: names + marks.names,
      minimumCharacterFrequency: minimumCharacterFrequency)
    subwords.add(whole: protected, minimumFrequency: 2)
    for index in subwords.tokens(minimumFrequency: minimumFrequency) {
      _ = table.insert(subwords.subwords[index].span)
    }
    for name in marks.names { _ = table.insert(Array(name.utf8).span) }
    self.init(table, specialTokens: .standard, tags: tags, marks: marks)
  }

  /// A vocabulary of only special tokens and tags.
  ///
  /// - Precondition: the tags are valid; see ``TagForm``.
  init(tags: [String]) {
    self.init(ByteStringTable(SpecialTokens.standardNames + tags), specialTokens: .standard, tags: tags)
  }
}

/// How often each subword occurs in a text; subwords are spelled like in `vocab.txt`.
private struct SubwordCounts {
  private(set) var subwords = ByteStringTable()
  private var counts: [Int] = []
  private var isCharacter: [Bool] = []
  /// Names of tokens that do not stand for text.
  private let reserved: [String]
  private let characters: CharacterCounts
  private let minimumCharacterFrequency: Int

  init(_ words: WordCounts, encoding: BytePairEncoding, reserved: [String], minimumCharacterFrequency: Int) {
    self.reserved = reserved
    characters = CharacterCounts(words)
    self.minimumCharacterFrequency = minimumCharacterFrequency
    var segmenter = WordSegmenter()
    for index in words.counts.indices {
      let word = words.words[index].span
      segmenter.segment(word, by: encoding)
      var start = 0
      for end in segmenter.ends {
        let isFinal = end == word.count
        add(word.extracting(start..<end), isFinal: isFinal, count: words.counts[index], isCharacter: false)
        start = end
      }
    }
    addCharacters()
  }

  /// Subwords that become tokens, in order.
  func tokens(minimumFrequency: Int) -> [Int] {
    counts.indices.filter { isCharacter[$0] || counts[$0] >= minimumFrequency }
      .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : subwords.precedes($0, $1) }
  }

  /// Adds words that are not split.
  mutating func add(whole words: WordCounts, minimumFrequency: Int) {
    for index in words.counts.indices where words.counts[index] >= minimumFrequency {
      let word = Array(words.words[index])
      // Its characters need not be in the vocabulary.
      if !isAmbiguous(word[...], reserved) {
        add(token: word, count: words.counts[index], isCharacter: false)
      }
    }
  }

  private mutating func addCharacters() {
    for index in 0..<characters.characters.count {
      for isFinal in [false, true] {
        add(characters.characters[index].span, isFinal: isFinal, count: 0, isCharacter: true)
      }
    }
  }

  private mutating func add(_ text: Span<UInt8>, isFinal: Bool, count: Int, isCharacter: Bool) {
    guard characters.areFrequent(text, minimum: minimumCharacterFrequency) else { return }
    var token: [UInt8] = []
    token.append(text)
    // Text that looks like a token with another meaning is spelled in smaller pieces instead.
    if isFinal, isAmbiguous(token[...], reserved) { return }
    if !isFinal { token += BytePairEncoding.continuation }
    add(token: token, count: count, isCharacter: isCharacter)
  }

  private mutating func add(token: [UInt8], count: Int, isCharacter: Bool) {
    let index = subwords.insert(token.span)
    if index == counts.count {
      counts.append(0)
      self.isCharacter.append(false)
    }
    counts[index] += count
    if isCharacter { self.isCharacter[index] = true }
  }
}

/// Whether a subword at the end of a word looks like a special token, a tag, a mark, or a subword within a word.
private func isAmbiguous(_ text: ArraySlice<UInt8>, _ reserved: [String]) -> Bool {
  hasContinuation(text) || reserved.contains { $0.utf8.elementsEqual(text) }
}
