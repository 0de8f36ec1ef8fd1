/// `pipeline.json`: it has the keys of byte pair encoding if that is the segmentation, and otherwise the name of the
/// segmentation.
extension TextPipelineSettings: Codable {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case formatVersion = "format_version"
    case segmentation
    case tokenizer
    case normalization
    case lowercase
    case sourceLanguage = "source_language"
    case targetLanguage = "target_language"
    case joint
    case merges
    case learnedMerges = "learned_merges"
    case minimumFrequency = "min_frequency"
    case minimumCharacterFrequency = "min_character_frequency"
    case cleansText = "clean_text"
    case sentencesPerLine = "sentences_per_line"
    case tags
    case spanTokens = "span_tokens"
    case termMarks = "term_marks"
    case endsSource = "source_end"
    case preprocessing
    case protectedPatterns = "protect"
    case protectedWords = "protected_words"
    case splitsDigits = "split_digits"
  }

  /// Reads settings.
  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: CodingKeys.self)
    formatVersion = try box.decode(Int.self, forKey: .formatVersion)
    sourceLanguage = try box.decode(String.self, forKey: .sourceLanguage)
    targetLanguage = try box.decode(String.self, forKey: .targetLanguage)
    joint = try box.decode(Bool.self, forKey: .joint)
    tags = try box.decodeIfPresent([String].self, forKey: .tags) ?? []
    marks = MarkTokens(
      spans: try box.decodeIfPresent(Int.self, forKey: .spanTokens) ?? 0,
      terms: try box.decodeIfPresent(Bool.self, forKey: .termMarks) ?? false)
    endsSource = try box.decodeIfPresent(Bool.self, forKey: .endsSource) ?? true
    preprocessing = try box.decodeIfPresent(Preprocessing.self, forKey: .preprocessing) ?? .none
    sentencesPerLine = try box.decodeIfPresent(Double.self, forKey: .sentencesPerLine)
    segmentation =
      try box.decodeIfPresent(String.self, forKey: .segmentation)
      ?? box.decode(TokenizerKind.self, forKey: .tokenizer).rawValue
    guard tokenizer != nil else { return }
    normalization = try box.decode(NormalizationForm.self, forKey: .normalization)
    lowercase = try box.decode(Bool.self, forKey: .lowercase)
    merges = try box.decode(Int.self, forKey: .merges)
    // One number if both sides share a vocabulary, otherwise two.
    learnedMerges =
      joint
      ? try box.decodeIfPresent(Int.self, forKey: .learnedMerges).map { [$0] }
      : try box.decodeIfPresent([Int].self, forKey: .learnedMerges)
    minimumFrequency = try box.decode(Int.self, forKey: .minimumFrequency)
    minimumCharacterFrequency = try box.decodeIfPresent(Int.self, forKey: .minimumCharacterFrequency)
    // Tokenized text is never cleaned.
    cleansText = try box.decodeIfPresent(Bool.self, forKey: .cleansText) ?? (tokenizer != .icu)
    protectedPatterns = try box.decodeIfPresent([String].self, forKey: .protectedPatterns) ?? []
    protectedWords = try box.decodeIfPresent([String].self, forKey: .protectedWords) ?? []
    splitsDigits = try box.decodeIfPresent(Bool.self, forKey: .splitsDigits) ?? false
  }

  /// Writes settings.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: CodingKeys.self)
    try box.encode(formatVersion, forKey: .formatVersion)
    try box.encode(sourceLanguage, forKey: .sourceLanguage)
    try box.encode(targetLanguage, forKey: .targetLanguage)
    try box.encode(joint, forKey: .joint)
    if !tags.isEmpty { try box.encode(tags, forKey: .tags) }
    if marks.spans > 0 { try box.encode(marks.spans, forKey: .spanTokens) }
    if marks.terms { try box.encode(marks.terms, forKey: .termMarks) }
    if !endsSource { try box.encode(endsSource, forKey: .endsSource) }
    if preprocessing != .none { try box.encode(preprocessing, forKey: .preprocessing) }
    try box.encodeIfPresent(sentencesPerLine, forKey: .sentencesPerLine)
    guard let tokenizer else { return try box.encode(segmentation, forKey: .segmentation) }
    try box.encode(tokenizer, forKey: .tokenizer)
    try box.encode(normalization, forKey: .normalization)
    try box.encode(lowercase, forKey: .lowercase)
    try box.encode(merges, forKey: .merges)
    if joint {
      try box.encodeIfPresent(learnedMerges?.first, forKey: .learnedMerges)
    } else {
      try box.encodeIfPresent(learnedMerges, forKey: .learnedMerges)
    }
    try box.encode(minimumFrequency, forKey: .minimumFrequency)
    try box.encodeIfPresent(minimumCharacterFrequency, forKey: .minimumCharacterFrequency)
    if cleansText && tokenizer == .icu { try box.encode(cleansText, forKey: .cleansText) }
    if !protectedPatterns.isEmpty { try box.encode(protectedPatterns, forKey: .protectedPatterns) }
    if !protectedWords.isEmpty { try box.encode(protectedWords, forKey: .protectedWords) }
    if splitsDigits { try box.encode(splitsDigits, forKey: .splitsDigits) }
  }
}

extension TokenizerKind: Codable {}
extension NormalizationForm: Codable {}
