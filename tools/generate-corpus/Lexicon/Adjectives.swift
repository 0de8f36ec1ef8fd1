/// An adjective in both languages.
struct Adjective: Sendable {
  let english: EnglishAdjective
  let german: GermanAdjective
  /// The tags of the nouns it fits.
  let fits: [String]
  /// Whether "more ..." and "most ..." make sense.
  let isGradable: Bool

  /// - Parameter cells: English (`good/better/best` where irregular), German (with `stem=`, `comparative=`
  ///   for irregular ones), tags of nouns; `absolute` for one without degrees.
  init(cells: [String]) {
    english = EnglishAdjective(cells[0])
    german = GermanAdjective(cells[1])
    let tags = cells[2].words
    isGradable = !tags.contains("absolute")
    fits = tags.filter { $0 != "absolute" }
  }
}

extension Lexicon {
  static let adjectives = Table.rows(adjectiveTable, columns: 3).map(Adjective.init(cells:))

  /// How people feel, for "because he is tired": never attributive, so that they stay out of odd places.
  static let states = Table.rows(stateTable, columns: 3).map(Adjective.init(cells:))

  /// What one says about the weather: "it is cold".
  static let weather = Table.rows(weatherTable, columns: 3).map(Adjective.init(cells:))

  private static let adjectiveTable = """
    # English          German               fits nouns with these tags
    old                alt/älter            adult animal thing vehicle furniture device clothing building p:town p:work p:home village city plant show instrument text
    new                neu                  text show vehicle furniture device clothing thing building instrument word opening part p:work p:town p:shop p:learn
    young              jung/jünger          job woman pet farm wild
    big                groß/größer/größt    vehicle furniture building place pet farm plant fruit opening part bag present
    small              klein                vehicle furniture building place pet wild plant device gift opening
    beautiful          schön                building p:nature p:live church café gift clothing plant furniture image music farm wedding event
    ugly               hässlich             building furniture clothing image
    good/better/best   gut/besser/best      job text show food drink instrument idea word device event
    bad/worse/worst    schlecht             show word music mistake
    expensive          teuer:teur           vehicle furniture device clothing drink home instrument food
    cheap              billig               furniture device clothing drink food vehicle
    long               lang/länger          text show trip event street river bridge
    short              kurz/kürzer          text show event
    interesting        interessant          text show museum city village theatre event asked word interest sight
    boring             langweilig           text show event
    exciting           spannend             text show event
    difficult          schwierig            difficult
    easy               einfach              difficult
    important          wichtig              event asked solved mail signed word report meeting
    famous             berühmt              actor artist writer singer painter musician scientist building sight museum theatre university church hotel city music
    friendly           freundlich           job adult pet young
    polite             höflich              job adult young
    nice               nett                 job adult young
    intelligent        intelligent          job young pet
    strict             streng               teacher boss
    strong             stark/stärker        horse cow bear lion elephant
    dangerous          gefährlich           wild
    fast               schnell              vehicle computer printer phone
    slow               langsam              vehicle computer printer phone
    modern             modern               building device furniture vehicle p:work p:learn kitchen bedroom cinema
    broken             kaputt               device absolute owned furniture
    empty              leer                 bottle absolute
    full               voll                 absolute public
    clean              sauber               clothing cleaned p:room beach hotel park
    dirty              schmutzig            clothing cleaned vehicle p:room garage street
    red                rot/röter            clothing vehicle furniture plant absolute
    blue               blau                 clothing vehicle furniture absolute
    green              grün                 clothing vehicle furniture absolute
    black              schwarz              clothing vehicle pet absolute
    white              weiß                 clothing vehicle pet part farm absolute
    yellow             gelb                 clothing plant absolute
    brown              braun                clothing pet furniture farm absolute
    delicious          lecker               food
    fresh              frisch               food
    sweet              süß                  sweet fruit
    hot                heiß                 warm
    cold               kalt/kälter          cold
    healthy            gesund/gesünder      vegetable fruit
    warm               warm/wärmer          clothing
    elegant            elegant              clothing
    comfortable        bequem               chair sofa bed shoe
    heavy              schwer               suitcase bag cupboard basket
    quiet              ruhig                p:calm village street
    loud               laut                 music
    funny              lustig               text show
    sad                traurig              show music
    high               hoch:hoh/höher/höchst  tower
    deep               tief                 lake
    careful            vorsichtig           driver
    """

  private static let stateTable = """
    tired              müde                 person
    ill                krank/kränker        person
    hungry             hungrig              person
    thirsty            durstig              person
    happy              glücklich            person
    angry              wütend               person
    busy               beschäftigt          person
    nervous            nervös               person
    bored              gelangweilt          person
    satisfied          zufrieden            person
    """

  private static let weatherTable = """
    cold               kalt/kälter          weather
    warm               warm/wärmer          weather
    windy              windig               weather
    sunny              sonnig               weather
    cloudy             bewölkt              weather
    dark               dunkel:dunkl         weather
    """
}
