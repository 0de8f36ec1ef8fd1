/// Expressions of time, by the tenses that they go with.
struct TimeExpression: Sendable {
  let adverbial: Adverbial
  let isPast: Bool
  let isFuture: Bool
  let isHabitual: Bool
}

extension Lexicon {
  static let times = Table.rows(timeTable, columns: 3).map { cells in
    TimeExpression(
      adverbial: .fixed(english: cells[0], german: cells[1]),
      isPast: cells[2].words.contains("past"),
      isFuture: cells[2].words.contains("future"),
      isHabitual: cells[2].words.contains("habit"))
  }

  static let weekdays = pairs(
    """
    Monday     Montag
    Tuesday    Dienstag
    Wednesday  Mittwoch
    Thursday   Donnerstag
    Friday     Freitag
    Saturday   Samstag
    Sunday     Sonntag
    """)

  static let months = pairs(
    """
    January    Januar
    February   Februar
    March      März
    April      April
    May        Mai
    June       Juni
    July       Juli
    August     August
    September  September
    October    Oktober
    November   November
    December   Dezember
    """)

  private static let timeTable = """
    yesterday                gestern                  past
    yesterday evening        gestern Abend            past
    yesterday morning        gestern Morgen           past
    the day before yesterday  vorgestern              past
    last week                letzte Woche             past
    last year                letztes Jahr             past
    last month               letzten Monat            past
    last summer              letzten Sommer           past
    two days ago             vor zwei Tagen           past
    three weeks ago          vor drei Wochen          past
    a month ago              vor einem Monat          past
    tomorrow                 morgen                   future
    tomorrow evening         morgen Abend             future
    tomorrow morning         morgen früh              future
    the day after tomorrow   übermorgen               future
    next week                nächste Woche            future
    next year                nächstes Jahr            future
    next month               nächsten Monat           future
    next weekend             nächstes Wochenende      future
    in two days              in zwei Tagen            future
    in three weeks           in drei Wochen           future
    soon                     bald                     future
    later                    später                   future
    today                    heute                    past future
    this morning             heute Morgen             past
    this evening             heute Abend              future
    this week                diese Woche              past future
    every day                jeden Tag                habit
    every morning            jeden Morgen             habit
    every evening            jeden Abend              habit
    every week               jede Woche               habit
    every weekend            jedes Wochenende         habit
    every year               jedes Jahr               habit
    in the morning           am Morgen                habit past
    in the afternoon         am Nachmittag            habit past
    in the evening           am Abend                 habit past
    at night                 in der Nacht             habit
    at the weekend           am Wochenende            habit future
    in summer                im Sommer                habit
    in winter                im Winter                habit
    once a week              einmal pro Woche         habit
    twice a year             zweimal im Jahr          habit
    """

  private static func pairs(_ table: String) -> [(english: String, german: String)] {
    Table.rows(table, columns: 2).map { ($0[0], $0[1]) }
  }
}
