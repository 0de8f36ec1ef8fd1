/// Forms that the rules of `GermanVerb` do not give.
struct GermanIrregularVerb: Sendable {
  /// Present of du and er/sie/es; nil: regular.
  let familiar: String?
  let third: String?
  let participle: String?

  /// By the infinitive without prefix.
  static let all: [String: GermanIrregularVerb] = Dictionary(
    uniqueKeysWithValues: Table.rows(table, columns: 4).map { cells in
      let forms = cells.dropFirst().map { $0.isEmpty ? nil : $0 }
      return (cells[0], GermanIrregularVerb(familiar: forms[0], third: forms[1], participle: forms[2]))
    })

  private static let table = """
    # Infinitive  du         er         Participle
    lesen         liest      liest      gelesen
    essen         isst       isst       gegessen
    fressen       frisst     frisst     gefressen
    geben         gibst      gibt       gegeben
    sehen         siehst     sieht      gesehen
    sprechen      sprichst   spricht    gesprochen
    treffen       triffst    trifft     getroffen
    helfen        hilfst     hilft      geholfen
    werfen        wirfst     wirft      geworfen
    vergessen     vergisst   vergisst   vergessen
    empfehlen     empfiehlst  empfiehlt  empfohlen
    fahren        fährst     fährt      gefahren
    schlafen      schläfst   schläft    geschlafen
    tragen        trägst     trägt      getragen
    waschen       wäschst    wäscht     gewaschen
    fangen        fängst     fängt      gefangen
    laufen        läufst     läuft      gelaufen
    laden         lädst      lädt       geladen
    backen        bäckst     bäckt      gebacken
    schreiben     -          -          geschrieben
    bleiben       -          -          geblieben
    finden        -          -          gefunden
    trinken       -          -          getrunken
    singen        -          -          gesungen
    schwimmen     -          -          geschwommen
    beginnen      -          -          begonnen
    kommen        -          -          gekommen
    gehen         -          -          gegangen
    stehen        -          -          gestanden
    liegen        -          -          gelegen
    hängen        -          -          gehangen
    bringen       -          -          gebracht
    denken        -          -          gedacht
    kennen        -          -          gekannt
    rennen        -          -          gerannt
    rufen         -          -          gerufen
    schließen     -          -          geschlossen
    schneiden     -          -          geschnitten
    fliegen       -          -          geflogen
    ziehen        -          -          gezogen
    verlieren     -          -          verloren
    leihen        -          -          geliehen
    sein          bist       ist        gewesen
    haben         hast       hat        gehabt
    werden        wirst      wird       geworden
    wissen        weißt      weiß       gewusst
    mögen         magst      mag        gemocht
    können        kannst     kann       gekonnt
    müssen        musst      muss       gemusst
    wollen        willst     will       gewollt
    dürfen        darfst     darf       gedurft
    möchten       möchtest   möchte     -
    sollten       solltest   sollte     -
    """

  /// The stem of the singular of verbs that have no ending in ich and er.
  static let preteritePresents: [String: String] = [
    "können": "kann", "müssen": "muss", "wollen": "will", "dürfen": "darf", "wissen": "weiß", "mögen": "mag",
    "möchten": "möchte", "sollten": "sollte",
  ]

  /// The verbs whose past is the preterite in this corpus: ich and er form.
  static let preterites: [String: String] = [
    "sein": "war", "haben": "hatte", "können": "konnte", "müssen": "musste", "wollen": "wollte",
    "dürfen": "durfte", "wissen": "wusste", "werden": "wurde", "mögen": "mochte", "kennen": "kannte",
    "brauchen": "brauchte", "lieben": "liebte",
  ]
}
