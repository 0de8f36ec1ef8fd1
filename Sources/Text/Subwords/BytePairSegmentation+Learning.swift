extension BytePairSegmentation {
  /// Learns merges and vocabularies, for both sides together or for each.
  public static func learn(
    from words: (source: WordCounts, target: WordCounts), settings: TextPipelineSettings,
    progress: (_ side: TextPipeline.Side?, _ merges: Int) -> Void
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    guard settings.joint else {
      return pair(
        part(words.source, settings.tags, settings, .source) { progress(.source, $0) },
        part(words.target, [], settings, .target) { progress(.target, $0) }, settings)
    }
    var counts = words.source
    counts.add(words.target)
    let part = part(counts, settings.tags, settings, .source) { progress(nil, $0) }
    return pair(part, part, settings)
  }

  private static func part(
    _ counts: WordCounts, _ tags: [String], _ settings: TextPipelineSettings, _ side: TextPipeline.Side,
    progress: (Int) -> Void
  ) -> BytePairPart {
    let (words, protected) = counts.separated(protected(settings, side))
    let encoding = BytePairEncoding.learn(
      from: words, merges: settings.merges, splitsDigits: settings.splitsDigits, progress: progress)
    let vocabulary = Vocabulary(
      of: words, protected: protected, encoding: encoding, minimumFrequency: settings.minimumFrequency,
      minimumCharacterFrequency: CharacterCounts.minimumFrequency(settings, words: counts.tokens), tags: tags,
      marks: settings.marks)
    return (encoding, vocabulary)
  }
}
