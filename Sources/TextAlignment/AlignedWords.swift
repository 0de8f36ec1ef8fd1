internal import Files
package import Text

/// How lines become the words that are aligned.
package struct AlignedWords: Sendable {
  /// The words of a line, separated by single spaces.
  package typealias Splitter = @Sendable (_ line: [UInt8]) -> [UInt8]

  /// The words of a line of each side.
  package let source, target: Splitter

  /// The words of a vocabulary's segmentation, which `train-translation --guided-alignment` counts.
  ///
  /// - Parameters:
  ///   - pipeline: the vocabulary.
  ///   - readsTags: whether a source line may begin with a tag, which is no word; false if all lines have a given tag.
  package init(_ pipeline: TextPipeline, readsTags: Bool = true) {
    let settings = pipeline.settings
    source = Self.folded(language: settings.sourceLanguage) { line in
      let text = readsTags ? pipeline.vocabulary(.source).cutTag(off: line).text : line[...]
      return pipeline.words(of: Array(text), side: .source)
    }
    target = Self.folded(language: settings.targetLanguage) { pipeline.words(of: $0, side: .target) }
  }

  /// The words of a tokenizer, without a vocabulary.
  package init(_ settings: TextPipelineSettings) {
    source = Self.folded(language: settings.sourceLanguage, settings.makeWordSplitter(.source))
    target = Self.folded(language: settings.targetLanguage, settings.makeWordSplitter(.target))
  }

  /// The words as they are compared with others: in lower case, since the first word of a sentence is the same word.
  private static func folded(language: String, _ splitter: @escaping Splitter) -> Splitter {
    let lowercase = Normalizer(form: .nfc, lowercase: true, language: language)
    return { line in
      var line = line
      _ = repairUTF8(&line)
      return lowercase.normalize(splitter(line))
    }
  }
}

/// The numbers of words, by their bytes.
struct WordNumbers: Sendable {
  private var table = ByteStringTable()

  /// The numbers of a line's words; new words get the next ones.
  mutating func numbers(_ line: [UInt8]) -> [UInt32] {
    let span = line.span
    var numbers: [UInt32] = []
    var start = 0
    for end in 0...span.count where end == span.count || span[end] == UInt8(ascii: " ") {
      if end > start { numbers.append(UInt32(table.insert(span.extracting(start..<end)))) }
      start = end + 1
    }
    return numbers
  }
}
