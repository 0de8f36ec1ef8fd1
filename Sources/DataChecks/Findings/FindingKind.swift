/// What can be wrong with parallel text.
///
/// The raw value is the kind's name in options and in JSON.
public enum FindingKind: String, Sendable, CaseIterable {
  // Files.
  case unequalLineCounts = "unequal-line-counts"
  case byteOrderMark = "byte-order-mark"
  case carriageReturns = "carriage-returns"
  case unexpectedLanguage = "unexpected-language"

  // Held-out text.
  case heldOutPair = "held-out-in-training"
  case heldOutSource = "held-out-source-in-training"
  case heldOutTarget = "held-out-target-in-training"
  case nearHeldOut = "near-held-out"
  case validationInTest = "validation-in-test"

  // Encoding and characters.
  case invalidUTF8 = "invalid-utf8"
  case replacementCharacter = "replacement-character"
  case mojibake
  case doubleEncoding = "double-encoding"
  case lostCharacter = "lost-character"
  case controlCharacter = "control-character"
  case tabCharacter = "tab-character"
  case invisibleCharacter = "invisible-character"
  case privateUseCharacter = "private-use-character"
  case notNormalized = "not-normalized"
  case compatibilityCharacter = "compatibility-character"
  case mixedScriptWord = "mixed-script-word"
  case extraSpaces = "extra-spaces"
  case unusualSpace = "unusual-space"

  // Markup.
  case htmlEntity = "html-entity"
  case markup
  case escapeSequence = "escape-sequence"
  case placeholdersDiffer = "placeholders-differ"
  case urlsDiffer = "urls-differ"

  // Sides.
  case emptySource = "empty-source"
  case emptyTarget = "empty-target"
  case emptyPair = "empty-pair"
  case copiedText = "copied-text"
  case partlyCopied = "partly-copied"
  case swappedSides = "swapped-sides"
  case wrongScriptSource = "wrong-script-source"
  case wrongScriptTarget = "wrong-script-target"
  case wrongLanguageSource = "wrong-language-source"
  case wrongLanguageTarget = "wrong-language-target"

  // Form.
  case lengthRatio = "length-ratio"
  case tooLong = "too-long"
  case longWord = "long-word"
  case mostlySymbols = "mostly-symbols"
  case noWords = "no-words"
  case repeatedWords = "repeated-words"
  case repeatedCharacters = "repeated-characters"
  case numbersDiffer = "numbers-differ"
  case endsDiffer = "ends-differ"
  case finalSignMissing = "final-sign-missing"
  case cutOff = "cut-off"
  case bracketsDiffer = "brackets-differ"
  case quotesDiffer = "quotes-differ"
  case listMarksDiffer = "list-marks-differ"
  case emojiDiffer = "emoji-differ"
  case caseDiffers = "case-differs"

  // The corpus.
  case duplicatePair = "duplicate-pair"
  case nearDuplicatePair = "near-duplicate-pair"
  case manyTargets = "same-source-many-targets"
  case manySources = "same-target-many-sources"
  case misalignedStretch = "misaligned-stretch"
  case unlikelyTranslation = "unlikely-translation"

  // The vocabulary.
  case droppedTooLong = "dropped-too-long"
  case manySubwords = "many-subwords"
  case unknownTokens = "unknown-tokens"
  case tagInText = "tag-in-text"
}

extension FindingKind {
  /// The number of kinds.
  static let count = allCases.count

  /// Its place in `allCases`.
  var index: Int { Self.indices[self] ?? 0 }

  private static let indices = Dictionary(uniqueKeysWithValues: zip(allCases, allCases.indices))
}
