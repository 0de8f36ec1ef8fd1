extension FindingKind {
  /// What is known about a kind.
  struct Description: Sendable {
    let severity: Severity
    let action: CleanAction
    /// What is wrong, as a phrase.
    let summary: String
    /// What to do about it, as a sentence.
    let advice: String
    /// Whether a corpus may do it habitually; see ``HabitRule``.
    var isHabit = false
  }

  /// How bad it is.
  public var severity: Severity { description.severity }
  /// What `--write-clean` does with a pair.
  public var action: CleanAction { description.action }
  /// What is wrong, as a phrase without a period.
  public var summary: String { description.summary }
  /// What to do about it, as a sentence.
  public var advice: String { description.advice }
  /// Whether it is a style if many pairs do it.
  public var isHabit: Bool { description.isHabit }

  var description: Description {
    switch self {
    case .unequalLineCounts, .byteOrderMark, .carriageReturns, .unexpectedLanguage: fileDescription
    case .heldOutPair, .heldOutSource, .heldOutTarget, .nearHeldOut, .validationInTest: heldOutDescription
    case .invalidUTF8, .replacementCharacter, .mojibake, .doubleEncoding, .lostCharacter: encodingDescription
    case .controlCharacter, .tabCharacter, .invisibleCharacter, .privateUseCharacter, .notNormalized,
      .compatibilityCharacter, .mixedScriptWord, .extraSpaces, .unusualSpace:
      characterDescription
    case .htmlEntity, .markup, .escapeSequence, .placeholdersDiffer, .urlsDiffer: markupDescription
    case .emptySource, .emptyTarget, .emptyPair, .copiedText, .partlyCopied, .swappedSides,
      .wrongScriptSource,
      .wrongScriptTarget, .wrongLanguageSource, .wrongLanguageTarget:
      sideDescription
    case .lengthRatio, .tooLong, .longWord, .mostlySymbols, .noWords, .repeatedWords, .repeatedCharacters:
      shapeDescription
    case .numbersDiffer, .endsDiffer, .finalSignMissing, .cutOff, .bracketsDiffer, .quotesDiffer,
      .listMarksDiffer, .emojiDiffer,
      .caseDiffers:
      formDescription
    case .duplicatePair, .nearDuplicatePair, .manyTargets, .manySources, .misalignedStretch,
      .unlikelyTranslation:
      corpusDescription
    case .droppedTooLong, .manySubwords, .unknownTokens, .tagInText: vocabularyDescription
    }
  }
}

/// A description; the parameters are those of its properties.
private func item(
  _ severity: Severity, _ action: CleanAction, _ summary: String, _ advice: String, habit: Bool = false
) -> FindingKind.Description {
  .init(severity: severity, action: action, summary: summary, advice: advice, isHabit: habit)
}

extension FindingKind {
  private var fileDescription: Description {
    switch self {
    case .unequalLineCounts:
      item(
        .error, .drop, "the files have different numbers of lines",
        "Line n of one file must be the translation of line n of the other: find where they diverge (see "
          + "misaligned-stretch), or extract the text again. Lines without a counterpart are dropped.")
    case .byteOrderMark:
      item(
        .note, .repair, "a file begins with a byte order mark",
        "Nothing: it is ignored. Other programs may take it for a character.")
    case .carriageReturns:
      item(
        .note, .repair, "lines end in CR LF, as on Windows",
        "Nothing: the CR is ignored. Other programs may take it for a character.")
    default:
      item(
        .error, .keep, "most lines of a file are in another language than named",
        "Check that the files are not exchanged, and --source-language and --target-language.")
    }
  }

  private var heldOutDescription: Description {
    switch self {
    case .heldOutPair:
      item(
        .error, .drop, "training pairs that are in a validation or test set",
        "Drop them: a model that has seen the test gets a score that says nothing.")
    case .heldOutSource:
      item(
        .warning, .drop, "training pairs whose source is a held-out source, with another translation",
        "Drop them: the model has seen the sentence that it is tested on.")
    case .heldOutTarget:
      item(
        .warning, .drop, "training pairs whose target is a held-out target, of another source",
        "Drop them: the decoder has seen the reference.")
    case .nearHeldOut:
      item(
        .warning, .drop, "training pairs that nearly are held-out ones",
        "Drop them, unless the text is made of such variants.")
    default:
      item(
        .warning, .keep, "validation pairs that are also in the test set",
        "Choose other validation pairs: what is selected on them is selected on the test.")
    }
  }

  private var encodingDescription: Description {
    switch self {
    case .invalidUTF8:
      item(
        .error, .drop, "bytes that are not UTF-8",
        "Convert the file from its encoding (iconv -f WINDOWS-1252 -t UTF-8), or drop the lines.")
    case .replacementCharacter:
      item(
        .warning, .drop, "U+FFFD, where a character was lost in a conversion",
        "Convert the original again with the right encoding, or drop the lines.")
    case .mojibake:
      item(
        .warning, .repair, "UTF-8 that was read as Windows-1252: Ã¤ for ä",
        "Repaired in the cleaned text; better, convert the original again.")
    case .doubleEncoding:
      item(
        .warning, .repair, "UTF-8 that was read as Windows-1252 twice: ÃƒÂ¤ for ä",
        "Repaired in the cleaned text; better, convert the original again.")
    default:
      item(
        .warning, .drop, "a question mark within a word, for a letter that was lost: M?nner",
        "Convert the original again with the right encoding, or drop the lines.")
    }
  }

  private var characterDescription: Description {
    switch self {
    case .controlCharacter:
      item(.warning, .repair, "control characters", "They are removed from the cleaned text.")
    case .tabCharacter:
      item(
        .warning, .repair, "tabs, which may separate what should be two columns",
        "Look whether lines have several columns; in the cleaned text, tabs are spaces.")
    case .invisibleCharacter:
      item(
        .note, .repair, "characters that nobody sees: zero-width spaces, soft hyphens, marks of direction",
        "They are removed from the cleaned text. Vocabularies of this toolkit ignore most of them.")
    case .privateUseCharacter:
      item(
        .warning, .drop, "characters of private use or without a meaning, as of symbol fonts",
        "Replace them by what they look like in their font, or drop the lines.")
    case .notNormalized:
      item(
        .warning, .repair, "text that is not in NFC: a letter and an accent instead of é",
        "Normalized in the cleaned text; build-vocab does it as well.")
    case .compatibilityCharacter:
      item(
        .note, .keep, "ligatures, full-width letters and similar variants: ﬁ, Ａ",
        "Give build-vocab --normalization nfkc, if they mean the same.", habit: true)
    case .mixedScriptWord:
      item(
        .warning, .drop,
        "words with letters of several scripts that look alike, such as a Cyrillic а in paper",
        "Drop them, or replace the letters.")
    case .extraSpaces:
      item(
        .note, .repair, "spaces at the beginning or end, or several in a row",
        "Removed from the cleaned text; vocabularies ignore them.")
    default:
      item(
        .note, .repair, "spaces other than U+0020, such as no-break spaces",
        "They are plain spaces in the cleaned text; vocabularies do the same.")
    }
  }

  private var markupDescription: Description {
    switch self {
    case .htmlEntity:
      item(
        .warning, .repair, "HTML entities: &amp;, &#39;", "They are characters in the cleaned text.")
    case .markup:
      item(
        .warning, .drop, "HTML or XML tags",
        "Extract the text without tags: convert-corpus --strip-tags. Keep tags only if the model should "
          + "learn to place them.", habit: true)
    case .escapeSequence:
      item(
        .warning, .drop, "escapes of programming languages: \\n, \\u00e4",
        "Decode them when the text is extracted, or drop the lines.", habit: true)
    case .placeholdersDiffer:
      item(
        .warning, .drop, "placeholders that one side lacks: {0}, %s",
        "Drop them: the model would learn to lose placeholders.")
    default:
      item(
        .warning, .drop, "addresses that one side lacks or that differ",
        "Drop them: the model would learn to invent addresses.", habit: true)
    }
  }

  private var sideDescription: Description {
    switch self {
    case .emptySource:
      item(.warning, .drop, "the source is empty", "Drop them; train-translation does.")
    case .emptyTarget:
      item(.warning, .drop, "the target is empty", "Drop them; train-translation does.")
    case .emptyPair:
      item(
        .note, .drop, "both sides are empty, as between documents", "Nothing: train-translation drops them.")
    case .copiedText:
      item(
        .warning, .drop, "source and target are the same text",
        "Drop them: they teach the model not to translate.")
    case .partlyCopied:
      item(
        .warning, .drop, "most words of one side are on the other as well",
        "Look at them: text that was translated in part, or names.", habit: true)
    case .swappedSides:
      item(
        .error, .drop, "the source is in the target's language, and the target in the source's",
        "Exchange the sides of these lines, or drop them.")
    case .wrongScriptSource:
      item(.warning, .drop, "the source is in another script", "Drop them.")
    case .wrongScriptTarget:
      item(.warning, .drop, "the target is in another script", "Drop them.")
    case .wrongLanguageSource:
      item(.warning, .drop, "the source is in another language", "Drop them.")
    default:
      item(
        .warning, .drop, "the target is in another language",
        "Drop them: the model would learn to answer in that language.")
    }
  }

  private var shapeDescription: Description {
    switch self {
    case .lengthRatio:
      item(
        .warning, .drop, "one side is far longer than usual, compared with the other",
        "Drop them: something is missing on one side.")
    case .tooLong:
      item(
        .warning, .drop, "more than 250 words on a side",
        "Split them into sentences; training drops what is longer than --max-length.")
    case .longWord:
      item(
        .warning, .drop, "words of more than 45 letters", "Drop them: spaces are missing, or it is no text.")
    case .mostlySymbols:
      item(.warning, .drop, "fewer letters and digits than other signs", "Drop them: it is hardly text.")
    case .noWords:
      item(.warning, .drop, "a side without letters and digits", "Drop them: there is nothing to translate.")
    case .repeatedWords:
      item(
        .warning, .drop, "one side repeats words at least three times in a row, the other does not",
        "Drop them: models learn to loop from them.")
    default:
      item(
        .note, .keep, "one side repeats a letter or sign six times or more, the other does not",
        "Look at them; the cleaned text keeps them.", habit: true)
    }
  }

  private var formDescription: Description {
    switch self {
    case .numbersDiffer:
      item(
        .warning, .drop, "a number of one side is not on the other, in digits or words",
        "Drop them, unless units were converted: the model would learn to change numbers.")
    case .endsDiffer:
      item(
        .note, .keep, "one side is a question, the other is not",
        "Look at them: a few do no harm, many are misaligned.")
    case .finalSignMissing:
      item(
        .note, .keep, "one side ends with a period or another final sign, the other without",
        "Nothing, if the text does it everywhere; a model learns to end its sentences as the text does.",
        habit: true)
    case .cutOff:
      item(
        .warning, .drop, "one side ends within a sentence, the other at its end",
        "Drop them: a part is missing.", habit: true)
    case .bracketsDiffer:
      item(.note, .keep, "brackets on one side only", "Look at them; a few do no harm.", habit: true)
    case .quotesDiffer:
      item(.note, .keep, "quotation marks on one side only", "Look at them; a few do no harm.", habit: true)
    case .listMarksDiffer:
      item(
        .note, .keep, "a dash, a bullet or a number before the text of one side only",
        "Look at them; if they are many, remove the marks.", habit: true)
    case .emojiDiffer:
      item(.note, .keep, "emoji on one side only", "Look at them; a few do no harm.", habit: true)
    default:
      item(
        .note, .keep, "one side is in capitals, the other is not",
        "Look at them; a few do no harm.", habit: true)
    }
  }

  private var corpusDescription: Description {
    switch self {
    case .duplicatePair:
      item(
        .warning, .drop, "pairs that occurred before", "Drop them, unless they should count more often.")
    case .nearDuplicatePair:
      item(
        .note, .keep, "pairs that occurred before with other case or punctuation", "Nothing, if they are few."
      )
    case .manyTargets:
      item(
        .note, .keep, "sources with more than four translations",
        "Look at them: if the translations are unrelated, the text is misaligned.")
    case .manySources:
      item(
        .note, .keep, "targets of more than four sources",
        "Look at them: an answer to everything, such as 'Thank you.', or boilerplate.")
    case .misalignedStretch:
      item(
        .error, .drop, "several pairs in a row are no translations of each other",
        "Compare the lines before and after: a line is missing or additional on one side. Align that part again, "
          + "or drop it.")
    default:
      item(
        .warning, .drop, "the words of the sides hardly occur as translations of each other elsewhere",
        "Look at them: other sentences, or free translations and proverbs. The cleaned text leaves them out.")
    }
  }

  private var vocabularyDescription: Description {
    switch self {
    case .droppedTooLong:
      item(
        .warning, .drop, "more subwords than training accepts (--max-length)",
        "train-translation drops them: raise --max-length, or split them into sentences.")
    case .manySubwords:
      item(
        .note, .keep, "far more subwords per word than usual",
        "Words that the vocabulary does not know: another language, names, or noise. If it is the text that you need, "
          + "learn the vocabulary from it.")
    case .unknownTokens:
      item(
        .warning, .keep, "characters that the vocabulary does not have",
        "They become <unk>: learn the vocabulary from this text, or repair the characters.", habit: true)
    default:
      item(
        .warning, .keep, "a source that begins with a tag of the vocabulary",
        "It is read as the tag; remove it from the text if it is meant as text.", habit: true)
    }
  }
}
