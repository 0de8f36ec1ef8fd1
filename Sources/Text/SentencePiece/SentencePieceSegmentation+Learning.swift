internal import CSentencePiece
internal import Glibc

extension SentencePieceSegmentation {
  /// Makes the function that splits lines at white space, as SentencePiece does before it learns.
  public static func makeWordSplitter(_ settings: TextPipelineSettings, _ side: TextPipeline.Side)
    -> WordSplitter
  {
    { line in
      let text = line.span
      var words: [UInt8] = []
      words.reserveCapacity(line.count)
      var (position, hasSpace) = (0, false)
      while position < text.count {
        let scalar = decodeScalar(text, at: position)
        if InvisibleCharacter.isWhitespace(scalar.value) {
          hasSpace = true
        } else {
          if hasSpace, !words.isEmpty { words.append(UInt8(ascii: " ")) }
          hasSpace = false
          words.append(text.extracting(position..<position + scalar.length))
        }
        position += scalar.length
      }
      return words
    }
  }

  /// Learns a model of both sides together, or of each.
  public static func learn(
    from words: (source: WordCounts, target: WordCounts), settings: TextPipelineSettings,
    progress: (_ side: TextPipeline.Side?, _ steps: Int) -> Void
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    let source: SentencePieceModel
    let target: SentencePieceModel
    if settings.joint {
      var counts = words.source
      counts.add(words.target)
      source = try SentencePieceTraining(settings, tags: settings.tags).train(counts)
      target = source
    } else {
      source = try SentencePieceTraining(settings, tags: settings.tags).train(words.source)
      target = try SentencePieceTraining(settings, tags: []).train(words.target)
    }
    // Marks come on top, so that the others are the same without them.
    func part(_ model: SentencePieceModel, _ side: TextPipeline.Side) throws(VocabularyError)
      -> SentencePiecePart
    {
      guard !settings.marks.isEmpty else { return (model, nil) }
      return (
        try model.adding(text: [], controls: settings.markNames, name: modelNames.ofSide(side)), nil
      )
    }
    return try pair(
      source: part(source, .source), target: part(target, .target), settings: settings, folder: "")
  }
}

/// Calls SentencePiece's trainer.
private struct SentencePieceTraining {
  private let learning: SentencePieceLearning
  private let settings: [(name: String, value: String)]

  init(_ pipeline: TextPipelineSettings, tags: [String]) {
    learning = pipeline.sentencePiece
    settings = [
      ("input_format", "tsv"), ("model_type", learning.modelType.rawValue),
      ("vocab_size", "\(learning.vocabularySize)"), ("character_coverage", "\(learning.characterCoverage)"),
      ("byte_fallback", "\(learning.spellsBytes)"), ("split_digits", "\(pipeline.splitsDigits)"),
      ("control_symbols", Self.list(tags)),
      ("user_defined_symbols", Self.list(learning.userDefinedSymbols)),
      ("pad_id", "0"), ("bos_id", "1"), ("eos_id", "2"), ("unk_id", "3"),
      // Sums depend on the number of threads, so it is always the same.
      ("num_threads", "16"),
    ].filter { !$0.1.isEmpty }
  }

  /// Values separated by commas, in quotation marks.
  private static func list(_ values: [String]) -> String {
    values.map {
      "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
    .joined(separator: ",")
  }

  func train(_ counts: WordCounts) throws(VocabularyError) -> SentencePieceModel {
    let words = lines(counts)
    let options = Array(settings.map { "\($0.name)=\($0.value)\n" }.joined().utf8)
    var message = [CChar](repeating: 0, count: Int(SENTENCEPIECE_MESSAGE_CAPACITY))
    var count = 0
    guard
      let model = unsafe sentencepiece_train(
        options, options.count, words, words.count, &count, &message)
    else { throw error(text(ofMessage: message)) }
    defer { unsafe free(model) }
    let contents = unsafe Array(UnsafeBufferPointer(start: model, count: count))
    return try SentencePieceModel(contents: contents, path: SentencePieceSegmentation.modelNames.shared)
  }

  /// The words with their counts, for the trainer.
  private func lines(_ counts: WordCounts) -> [UInt8] {
    var lines: [UInt8] = []
    var hasText = false
    for (word, count) in counts.all {
      lines += word
      lines += Array("\t\(count)\n".utf8)
      hasText = hasText || Self.hasText(word)
    }
    // The trainer ends the process if normalization leaves nothing of the text.
    return hasText ? lines : []
  }

  /// Whether normalization leaves anything of a word that can be learned from.
  private static func hasText(_ word: [UInt8]) -> Bool {
    String(decoding: word, as: UTF8.self).unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned, .surrogate:
        false
      // The marks of spaces and of unknown text, and the replacement character.
      default: !["\u{2581}", "\u{2585}", "\u{FFFD}"].contains(scalar)
      }
    }
  }

  /// The error that a message of the trainer means.
  private func error(_ message: String) -> VocabularyError {
    // The reason comes after the place in the source, and the condition in brackets.
    let reason = message.firstRange(of: "] ").map { String(message[$0.upperBound...]) } ?? message
    func number(after words: String) -> Int? {
      reason.firstRange(of: words).flatMap { Int(reason[$0.upperBound...].prefix { $0.isNumber }) }
    }
    if let most = number(after: "Please set it to a value <= ") {
      return .vocabularyTooLarge(requested: learning.vocabularySize, most: most)
    }
    if reason.contains("smaller than required_chars"), let least = number(after: " vs ") {
      return .vocabularyTooSmall(requested: learning.vocabularySize, least: least)
    }
    if message.contains("sentences_.empty()") { return .notLearned(reason: "the text has no words") }
    return .notLearned(reason: reason)
  }
}

/// A message of the library.
private func text(ofMessage message: [CChar]) -> String {
  String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
