import Testing
import Text

@Suite struct SentenceSplitterTests {
  /// Sentences of a line, separated by `|`.
  static func split(_ line: String, language: String = "en", isTokenized: Bool = false) -> String {
    let bytes = Array(line.utf8)
    return SentenceSplitter(language: language, isTokenized: isTokenized).sentences(of: bytes).map {
      text(bytes[$0])
    }
    .joined(separator: "|")
  }

  @Test(arguments: [
    ("One is here. Two is there.", "One is here.|Two is there."),
    ("  One.  Two!\tThree?  ", "One.|Two!|Three?"),
    ("No final mark. None here", "No final mark.|None here"),
    ("He said: \"Come in.\" Then he left.", "He said: \"Come in.\"|Then he left."),
    (
      "\"Where are you?\" asked Tom. \"Here!\" she said.", "\"Where are you?\" asked Tom.|\"Here!\" she said."
    ),
    ("It costs 3.14 euros. It is cheap.", "It costs 3.14 euros.|It is cheap."),
    ("Dr. Smith met Mr. Jones. They spoke.", "Dr. Smith met Mr. Jones.|They spoke."),
    ("See No. 5 on p. 12. It is short.", "See No. 5 on p. 12.|It is short."),
    ("No. That is wrong.", "No.|That is wrong."),
    ("J. S. Bach wrote it. He was old.", "J. S. Bach wrote it.|He was old."),
    ("The U.S. Army came. It left.", "The U.S. Army came.|It left."),
    ("He lives in the U.S. The house is big.", "He lives in the U.S.|The house is big."),
    ("Apples, pears, etc. are fruit. I like them.", "Apples, pears, etc. are fruit.|I like them."),
    ("Wait... What? Stop! 🙂", "Wait...|What?|Stop! 🙂"),
    ("1. Open the box. 2. Close it.", "1. Open the box.|2. Close it."),
    ("One\u{2028}two. Three\u{85}four.", "One\u{2028}two.|Three\u{85}four."),
    ("So do I. The others do too.", "So do I.|The others do too."),
    ("www.example.com is a site. Visit it.", "www.example.com is a site.|Visit it."),
    ("", ""), ("   ", ""), ("...", "..."), ("Hello", "Hello"), ("?!", "?!"),
  ])
  func englishSentences(line: String, expected: String) { #expect(Self.split(line) == expected) }

  @Test(arguments: [
    ("Er kam am 3. Mai. Sie blieb.", "de", "Er kam am 3. Mai.|Sie blieb."),
    ("Das war 1990. Dann ging er.", "de", "Das war 1990.|Dann ging er."),
    ("Das ist z.B. Obst. Es ist gut.", "de", "Das ist z.B. Obst.|Es ist gut."),
    ("Hr. Maier kommt bzw. Frau Maier. Gut.", "de", "Hr. Maier kommt bzw. Frau Maier.|Gut."),
    ("我爱你。你呢？好！", "zh", "我爱你。|你呢？|好！"), ("これは本です。それはペンです。", "ja", "これは本です。|それはペンです。"),
    ("यह घर है। वह पेड़ है।", "hi", "यह घर है।|वह पेड़ है।"),
    ("هل أنت هنا؟ نعم أنا هنا.", "ar", "هل أنت هنا؟|نعم أنا هنا."),
    ("Τι είναι\u{37E} Το σπίτι.", "el", "Τι είναι\u{37E}|Το σπίτι."),
    ("Это дом. Вот он.", "ru", "Это дом.|Вот он."),
    ("« Où ? » dit-il. « Là. » Elle rit.", "fr", "« Où ? » dit-il.|« Là. »|Elle rit."),
    ("¿Qué? ¡Ven! Ya voy.", "es", "¿Qué?|¡Ven!|Ya voy."),
    ("ฉันรักคุณ คุณรักฉันไหม", "th", "ฉันรักคุณ คุณรักฉันไหม"),
  ])
  func otherLanguages(line: String, language: String, expected: String) {
    #expect(Self.split(line, language: language) == expected)
  }

  @Test(arguments: [
    ("hello . how are you ? fine", "hello .|how are you ?|fine"),
    ("he said \" no . \" then left .", "he said \" no . \"|then left ."),
    ("it costs 3.14 . cheap", "it costs 3.14 .|cheap"), ("no marks at all", "no marks at all"),
  ])
  func tokenizedText(line: String, expected: String) {
    #expect(Self.split(line, isTokenized: true) == expected)
  }

  /// Each of these took time by the square of its length when every boundary looked for letters.
  @Test(arguments: ["1. ", "! ", "\u{301}. ", "» ", "? 2 ", "\u{80}. "])
  func hugeLinesWithoutLettersAreOneSentence(part: String) {
    let line = Array((String(repeating: part, count: 200_000) + String(repeating: " ", count: 200_000)).utf8)
    #expect(SentenceSplitter(language: "de").sentences(of: line).count == 1)
    let withLetters = Array(("A b. " + String(repeating: part, count: 200_000) + "C d.").utf8)
    #expect((1...2).contains(SentenceSplitter(language: "de").sentences(of: withLetters).count))
  }

  @Test func nothingButWhiteSpaceIsLost() {
    var nasty = NastyText(seed: 41)
    for round in 0..<3_000 {
      let line = round % 4 == 0 ? nasty.nextBytes() : nasty.nextLine()
      for isTokenized in [false, true] {
        let splitter = SentenceSplitter(language: "en", isTokenized: isTokenized)
        var end = 0
        for sentence in splitter.sentences(of: line) {
          #expect(isWhiteSpace(line[end..<sentence.lowerBound]), "\(String(reflecting: text(line)))")
          #expect(!sentence.isEmpty)
          end = sentence.upperBound
        }
        #expect(isWhiteSpace(line[end...]), "\(String(reflecting: text(line)))")
      }
    }
  }

  private func isWhiteSpace(_ bytes: ArraySlice<UInt8>) -> Bool {
    text(bytes).unicodeScalars.allSatisfy { $0.properties.isWhitespace || 0x1C...0x1F ~= $0.value }
  }

  @Test func aVocabularyRemembersHowManySentencesALineHas() throws {
    for (text, expected) in [("One.\nTwo is here.\n\nThree!", 1.0), ("One. Two.\nThree. Four. Five.", 2.5)] {
      var learner = VocabularyLearner(settings: TextPipelineSettings(), threads: 2)
      let folder = try ScratchFolder()
      try folder.write("text", Array(text.utf8))
      let path = folder.path + "/text"
      try learner.count(path: path, side: .source)
      try learner.count(path: path, side: .target)
      #expect(try learner.learn().settings.sentencesPerLine == expected)
    }
  }
}
