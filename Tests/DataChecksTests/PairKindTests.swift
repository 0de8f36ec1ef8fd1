import DataChecks
import Foundation
import Synchronization
import TestSupport
import Testing

/// Each kind of fault of a pair: a sentence that has it, and a similar one that must not be reported.
@Suite struct PairKindTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let kind: FindingKind
    let fault: (source: [UInt8], target: [UInt8])
    let fine: (source: [UInt8], target: [UInt8])

    init(_ kind: FindingKind, _ fault: (String, String), not fine: (String, String)) {
      self.kind = kind
      self.fault = (Array(fault.0.utf8), Array(fault.1.utf8))
      self.fine = (Array(fine.0.utf8), Array(fine.1.utf8))
    }

    init(_ kind: FindingKind, bytes: [UInt8], not fine: (String, String)) {
      self.kind = kind
      fault = (Array("The bridge was closed on Monday.".utf8), bytes)
      self.fine = (Array(fine.0.utf8), Array(fine.1.utf8))
    }

    var testDescription: String {
      "\(kind.rawValue): \(String(decoding: fault.source, as: UTF8.self)) | \(String(decoding: fault.target, as: UTF8.self))"
    }
  }

  static let cases: [Case] = [
    Case(.emptySource, ("", "Die Brücke ist zu."), not: ("Closed.", "Zu.")),
    Case(.emptyTarget, ("The bridge is closed.", " \u{A0}"), not: ("OK.", "OK.")),
    Case(.emptyPair, ("", " "), not: ("A.", "B.")),
    Case(.noWords, ("The bridge is closed.", "@@"), not: ("Number 7.", "Nummer 7.")),
    Case(
      .invalidUTF8, bytes: Array("Die Br".utf8) + [0xFC] + Array("cke war am Montag zu.".utf8),
      not: ("The bridges were closed.", "Die Brücken waren zu.")),
    Case(
      .invalidUTF8, bytes: Array("Die Brücke war zu.".utf8) + [0xED, 0xA0, 0x80],
      not: ("The euro sign is €.", "Das Eurozeichen ist €.")),
    Case(
      .replacementCharacter, ("The bridge is closed.", "Die Br\u{FFFD}cke ist zu."),
      not: ("What is closed?", "Was ist zu?")),
    Case(.mojibake, ("The bridge is new.", "Die BrÃ¼cke ist neu."), not: ("Åse and Ärzte.", "Åse und „Ä“.")),
    Case(
      .mojibake, ("It â€œworksâ€\u{9D} well.", "Es funktioniert gut."), not: ("NÃO is no.", "NÃO heißt nein.")
    ),
    Case(
      .doubleEncoding, ("The bridge is wide.", "Die BrÃƒÂ¼cke ist breit."),
      not: ("It is 5 Å wide.", "Es ist 5 Å breit.")),
    Case(
      .lostCharacter, ("The bridge is long.", "Die Br?cke ist lang."),
      not: ("Is it long?Yes.", "Ist sie lang? Ja. http://a.de/?q=1")),
    Case(
      .controlCharacter, ("The bridge\u{7} is high.", "Die Brücke ist hoch."),
      not: ("The bridge is low.", "Die Brücke ist niedrig.")),
    Case(.tabCharacter, ("One\ttwo three.", "Eins zwei drei."), not: ("One two three!", "Eins zwei drei!")),
    Case(
      .invisibleCharacter, ("The bri\u{AD}dge is here.", "Die Brücke ist hier."),
      not: ("The bridge-head.", "Der Brückenkopf.")),
    Case(
      .privateUseCharacter, ("\u{F0B7} The bridge is there.", "Die Brücke ist dort."),
      not: ("• The bridge is there.", "• Die Brücke ist dort.")),
    Case(
      .notNormalized, ("The bridge is ours.", "Die Bru\u{308}cke ist unsere."),
      not: ("The bridge is yours.", "Die Brücke ist eure.")),
    Case(
      .compatibilityCharacter, ("The oﬃce is closed.", "Das Büro ist zu."),
      not: ("The office is open.", "Das Büro ist offen.")),
    Case(
      .mixedScriptWord, ("The bridgе is grey.", "Die Brücke ist grau."),
      not: ("The β-version is here.", "Die β-Version ist hier.")),
    Case(
      .extraSpaces, ("The bridge  is blue.", "Die Brücke ist blau."),
      not: ("The bridge is red.", "Die Brücke ist rot.")),
    Case(
      .unusualSpace, ("The bridge\u{2009}is white.", "Die Brücke ist weiß."),
      not: ("The bridge is black.", "Die Brücke ist schwarz.")),
    Case(
      .htmlEntity, ("Bed &amp; breakfast.", "Zimmer mit Frühstück."),
      not: ("Bed & breakfast;", "Zimmer & Frühstück;")),
    Case(
      .markup, ("The <b>bridge</b> is closed.", "Die <b>Brücke</b> ist zu."),
      not: ("If a < b and c > d.", "Wenn a < b und c > d.")),
    Case(
      .escapeSequence, ("First line\\nsecond line.", "Erste Zeile\\nzweite Zeile."),
      not: ("The file is in C:\\new.", "Die Datei ist in C:\\new.")),
    Case(
      .placeholdersDiffer, ("Delete {0} files?", "Dateien löschen?"),
      not: ("Delete {0} folders?", "{0} Ordner löschen?")),
    Case(
      .placeholdersDiffer, ("Hello %s, welcome.", "Hallo, willkommen."), not: ("It is 5 %.", "Es sind 5 %.")),
    Case(
      .urlsDiffer, ("See https://example.org/a for more.", "Mehr finden Sie hier."),
      not: ("See https://example.org/b.", "Siehe https://example.org/b.")),
    Case(
      .urlsDiffer, ("Write to me@example.org now.", "Schreiben Sie jetzt."),
      not: ("Write to us@example.org.", "Schreiben Sie an us@example.org.")),
    Case(
      .copiedText, ("The bridge will be closed soon.", "The bridge will be closed soon."),
      not: ("New York", "New York")),
    Case(
      .partlyCopied,
      (
        "The bridge over the river will be closed soon.",
        "Die bridge over the river will be geschlossen soon."
      ),
      not: ("Anna, Ben, Carl and Dora sleep.", "Anna, Ben, Carl und Dora schlafen jetzt alle.")),
    Case(
      .swappedSides,
      (
        "Der Junge wollte gestern nicht mit seiner Mutter zum Arzt gehen.",
        "The boy did not want to go to the doctor with his mother yesterday."
      ),
      not: (
        "The girl did not want to go to the doctor with her father yesterday.",
        "Das Mädchen wollte gestern nicht mit seinem Vater zum Arzt gehen."
      )),
    Case(
      .wrongScriptTarget, ("The bridge was closed in May.", "Мост был закрыт в мае."),
      not: ("The letter is Ω.", "Der Buchstabe ist Ω.")),
    Case(
      .wrongScriptSource, ("この橋は五月に閉まっていた。", "Die Brücke war im Mai zu."),
      not: ("Tokyo is written 東京.", "Tokio schreibt man 東京.")),
    Case(
      .wrongLanguageTarget,
      (
        "The children are playing in the garden behind the house.",
        "Les enfants jouent dans le jardin derrière la maison."
      ),
      not: (
        "We ate crème brûlée after the play in the old theater.",
        "Nach dem Stück im alten Theater aßen wir Crème brûlée."
      )),
    Case(
      .wrongLanguageSource,
      (
        "Los niños están jugando en el jardín detrás de la casa.",
        "Die Kinder spielen im Garten hinter dem Haus."
      ),
      not: ("San Francisco and Los Angeles.", "San Francisco und Los Angeles.")),
    Case(
      .lengthRatio,
      (
        "The man sleeps.",
        "Der Mann schläft, und am nächsten Tag geht er mit allen seinen Freunden in die Stadt, um Brot zu kaufen."
      ),
      not: ("The man sleeps well.", "Der Mann schläft heute gut.")),
    Case(
      .tooLong,
      (
        Array(repeating: "word and", count: 130).joined(separator: " "),
        Array(repeating: "Wort und", count: 130).joined(separator: " ")
      ),
      not: (
        Array(repeating: "one two", count: 20).joined(separator: " "),
        Array(repeating: "eins zwei", count: 20).joined(separator: " ")
      )),
    Case(
      .longWord,
      (
        "The word is " + String(repeating: "abcde", count: 12) + ".",
        "Das Wort ist lang, wie man sieht, und hat keine Bedeutung."
      ),
      not: ("A ship of the Danube.", "Ein Donaudampfschifffahrtsgesellschaftskapitän.")),
    Case(
      .mostlySymbols, ("The bridge is closed.", "a == // ## || ~~ ** b"),
      not: ("(a) Yes, \"no\".", "(a) Ja, „nein“.")),
    Case(
      .repeatedWords, ("The bridge is closed.", "Die Brücke Brücke Brücke Brücke ist zu."),
      not: ("No, no, no, no!", "Nein, nein, nein, nein!")),
    Case(
      .repeatedWords, ("He was here in the morning.", "Er war hier er war hier er war hier am Morgen."),
      not: ("He was here and she was here.", "Er war hier und sie war hier.")),
    Case(
      .repeatedCharacters, ("The bridge is sooooooo long.", "Die Brücke ist so lang."),
      not: ("The sum is 1000000000.", "Die Summe ist 1.000.000.000.")),
    Case(
      .numbersDiffer, ("He has 25 apples.", "Er hat 52 Äpfel."),
      not: ("He has 25 pears.", "Er hat 25 Birnen.")),
    Case(
      .numbersDiffer, ("It costs 1,250 euros.", "Es kostet 1.520 Euro."),
      not: ("It costs 1,250.50 euros.", "Es kostet 1.250,50 Euro.")),
    Case(
      .numbersDiffer, ("Call 110 now.", "Rufen Sie jetzt an."), not: ("He has 3 sons.", "Er hat drei Söhne.")),
    Case(
      .numbersDiffer, ("It is 30 miles away.", "Es ist 48 Kilometer entfernt."),
      not: ("At 7 p.m. we eat.", "Um 19 Uhr essen wir.")),
    Case(.endsDiffer, ("Is it closed?", "Sie ist zu."), not: ("Is it open?", "Ist sie offen?\u{201C}")),
    Case(
      .finalSignMissing, ("The bridge is mine", "Die Brücke ist meine."),
      not: ("(The bridge is his.)", "Die Brücke ist seine.")),
    Case(
      .cutOff, ("He came, saw and won at once.", "Er kam, sah und,"),
      not: ("The following:", "Das Folgende:")),
    Case(
      .bracketsDiffer, ("The bridge (over the Rhine) is new.", "Die Brücke ist neu."),
      not: ("The bridge (of steel).", "Die Brücke (aus Stahl).")),
    Case(
      .quotesDiffer, ("He said \"no\".", "Er sagte nein."), not: ("She said \"no\".", "Sie sagte „nein“.")),
    Case(
      .listMarksDiffer, ("- The first point.", "Der erste Punkt."),
      not: ("- The second point.", "• Der zweite Punkt.")),
    Case(.emojiDiffer, ("Good morning 😀", "Guten Morgen"), not: ("Good evening 😀", "Guten Abend 🎉")),
    Case(
      .caseDiffers, ("DO NOT OPEN THE DOOR", "Die Tür bitte nicht öffnen"),
      not: ("DO NOT CLOSE THE DOOR", "DIE TÜR NICHT SCHLIESSEN")),
  ]

  /// One check of a text with all cases.
  private static let checked = Result { () throws -> (DataReport, [Int]) in
    let folder = try TemporaryFolder()
    let (files, lines) = try PlantedText.write(cases.flatMap { [$0.fault, $0.fine] }, to: folder)
    var options = CheckOptions()
    (options.keepsLines, options.threads, options.isQuick) = (true, 2, true)
    return (try DataChecker(text: CheckedText(training: files), options: options).run(), lines)
  }

  @Test(arguments: cases.indices)
  func kindIsFoundWhereItIsAndOnlyThere(_ index: Int) throws {
    let (report, lines) = try Self.checked.get()
    let item = Self.cases[index]
    let found = report.lines(of: item.kind)
    #expect(found.contains(lines[2 * index]), "not found: \(item.testDescription)")
    #expect(
      !found.contains(lines[2 * index + 1]), "reported: \(String(decoding: item.fine.target, as: UTF8.self))")
  }

  @Test func ordinarySentencesHaveNoFindings() throws {
    let (report, lines) = try Self.checked.get()
    let special = Set(lines)
    for kind in FindingKind.allCases where kind != .manyTargets && kind != .manySources {
      #expect(report.lines(of: kind).allSatisfy { special.contains($0) }, "\(kind.rawValue)")
    }
  }

  @Test func languagesAreRecognized() throws {
    let (report, _) = try Self.checked.get()
    #expect(report.sourceLanguage == "en" && report.targetLanguage == "de")
  }

  @Test func everyKindIsExplained() {
    for kind in FindingKind.allCases {
      #expect(!kind.summary.isEmpty && kind.advice.hasSuffix("."), "\(kind.rawValue)")
      #expect(!kind.summary.hasSuffix("."), "\(kind.rawValue)")
      // What is only a note must not cost pairs.
      #expect(kind.severity != .note || kind.action != .drop || kind == .emptyPair, "\(kind.rawValue)")
    }
    #expect(FindingKind.explanations().allSatisfy { $0.count <= 80 })
  }
}
