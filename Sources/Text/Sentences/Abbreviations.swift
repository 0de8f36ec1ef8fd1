/// Words with a period after which a sentence usually goes on.
enum Abbreviations {
  /// Languages that write ordinal numbers with a period.
  static let languagesWithOrdinalPeriods: Set<String> = [
    "de", "da", "nb", "nn", "no", "fi", "is", "et", "lv", "cs", "sk", "sl", "hr", "bs", "sr", "hu", "pl",
    "tr", "lb",
  ]

  /// Whether a sentence goes on after a word that ends in a period.
  ///
  /// - Parameters:
  ///   - word: the word with its period.
  ///   - next: the next word, in uppercase, or a number.
  /// - Returns: whether the period does not end the sentence.
  static func continues(_ word: Substring, before next: Substring) -> Bool {
    let name = word.dropLast().lowercased()
    if titles.contains(name) || inner.contains(name) { return true }
    if numbered.contains(name), let first = next.first, first.isNumber { return true }
    guard isInitial(word) || final.contains(name) else { return false }
    let isBeginning = beginnings.contains(String(next.prefix { $0.isLetter }))
    return !isBeginning
  }

  /// A single letter, as in `J. S. Bach`, or letters with periods: `U.S.`, `Ph.D.`.
  private static func isInitial(_ word: Substring) -> Bool {
    let letters = word.dropLast()
    if letters == "I" { return false }
    let parts = letters.split(separator: ".", omittingEmptySubsequences: false)
    return parts.allSatisfy { (1...2).contains($0.count) && $0.allSatisfy(\.isLetter) }
      && (parts.count > 1 || letters.count == 1)
  }

  /// Before names.
  private static let titles: Set<String> = [
    "mr", "mrs", "ms", "mx", "dr", "drs", "prof", "st", "rev", "gen", "col", "maj", "sgt", "capt", "lt",
    "cpt", "adm",
    "hon", "sen", "rep", "gov", "pres", "messrs", "supt", "insp", "fr", "hr", "frl", "dipl", "ing", "mag",
    "mme", "mlle",
    "mgr", "sra", "srta", "dn", "dña", "sig", "dott", "avv", "geb", "hl", "skt", "ste", "mt", "ft",
  ]
  /// Between words of a sentence.
  private static let inner: Set<String> = [
    "e.g", "i.e", "vs", "cf", "approx", "ca", "viz", "z.b", "z. b", "d.h", "u.a", "bzw", "vgl", "evtl", "ggf",
    "inkl",
    "exkl", "zzgl", "bspw", "sog", "bes", "allg", "engl", "dt", "franz", "lat", "ehem", "p.ex", "p.ej",
    "c.-à-d", "env",
    "av", "p. ej", "ej", "es", "ad",
  ]
  /// Before numbers.
  private static let numbered: Set<String> = [
    "no", "nr", "nos", "nrn", "fig", "figs", "p", "pp", "s", "abb", "vol", "art", "sec", "sect", "ch", "kap",
    "bd", "tel",
    "ext", "abs", "ziff", "tab", "eq", "ver", "jan", "feb", "mar", "mär", "apr", "jun", "jul", "aug", "sep",
    "sept",
    "oct", "okt", "nov", "dec", "dez", "núm", "pág", "num", "str",
  ]
  /// Within a sentence or at its end: the next word decides.
  private static let final: Set<String> = [
    "etc", "usw", "inc", "ltd", "co", "corp", "jr", "sr", "bros", "dept", "est", "univ", "ave", "blvd", "rd",
    "mio", "mrd",
    "tsd", "std", "min", "max", "al", "ff",
  ]
  /// Words with which sentences begin, but names do not.
  private static let beginnings: Set<String> = [
    "A", "After", "All", "An", "And", "As", "At", "Because", "Before", "But", "By", "Can", "Did", "Do",
    "Does", "For",
    "From", "He", "Her", "His", "How", "However", "I", "If", "In", "Is", "It", "Its", "My", "No", "Not", "On",
    "One", "Or",
    "Our", "She", "Since", "So", "Some", "That", "The", "Their", "Then", "There", "These", "They", "This",
    "Those",
    "Though", "To", "Was", "We", "What", "When", "Where", "Which", "While", "Who", "Why", "Will", "With",
    "Yes", "You",
    "Your",
    "Aber", "Alle", "Als", "Am", "An", "Auch", "Auf", "Aus", "Bei", "Bis", "Da", "Dann", "Das", "Dass", "Den",
    "Der",
    "Des", "Die", "Dies", "Diese", "Dieser", "Dieses", "Doch", "Du", "Ein", "Eine", "Einer", "Er", "Es",
    "Für", "Hat",
    "Heute", "Hier", "Ich", "Ihr", "Ihre", "Im", "Ist", "Jeder", "Kein", "Keine", "Man", "Mein", "Meine",
    "Mit", "Nach",
    "Nicht", "Nun", "Nur", "Oder", "Ob", "Sein", "Seine", "Seit", "Sie", "Sind", "Um", "Und", "Unser", "Vom",
    "Von",
    "Vor", "Wann", "Warum", "Was", "Weil", "Wenn", "Wer", "Wie", "Wir", "Wird", "Wo", "Zu", "Zum", "Zur",
    "Cette", "Ce", "Ces", "C", "Elle", "Elles", "Et", "Il", "Ils", "J", "Je", "L", "La", "Le", "Les", "Mais",
    "Nous",
    "On", "Ou", "Pour", "Quand", "Que", "Qui", "Si", "Tu", "Un", "Une", "Vous",
    "El", "Ella", "Ellos", "En", "Esta", "Este", "Esto", "Los", "Las", "No", "Pero", "Por", "Se", "Su", "Una",
    "Y",
  ]
}
