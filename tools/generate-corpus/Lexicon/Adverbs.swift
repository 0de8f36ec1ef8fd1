/// An adverb, one for one.
struct Adverb: Sendable {
  let english: String
  let german: String
}

extension Lexicon {
  static let frequencies = adverbs(
    """
    often        oft
    always       immer
    sometimes    manchmal
    usually      normalerweise
    rarely       selten
    """)

  /// With the English perfect.
  static let perfectAdverbs = adverbs(
    """
    already      schon
    just         gerade eben
    never        noch nie
    """)

  static let manners = adverbs(
    """
    badly        schlecht
    deeply       tief
    hard         hart
    carefully    sorgfältig
    loudly       laut
    quietly      leise
    beautifully  schön
    fast         schnell
    quickly      schnell
    slowly       langsam
    early        früh
    late         spät
    together     gemeinsam
    attentively  aufmerksam
    well         gut
    fluently     fließend
    """)

  /// They open a sentence.
  static let comments = adverbs(
    """
    Unfortunately    Leider
    Perhaps          Vielleicht
    Fortunately      Zum Glück
    Of course        Natürlich
    Therefore        Deshalb
    Normally         Gewöhnlich
    """)

  private static func adverbs(_ table: String) -> [Adverb] {
    Table.rows(table, columns: 2).map { Adverb(english: $0[0], german: $0[1]) }
  }
}
