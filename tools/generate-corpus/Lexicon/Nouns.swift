/// A noun in both languages.
struct Noun: Sendable {
  let english: EnglishNoun
  let german: GermanNoun
  /// What it is, for the choice of verbs and adjectives.
  let tags: [String]
  /// "Lehrerin" for a teacher who is a woman.
  let feminine: String?

  func has(_ tag: String) -> Bool { tags.contains(tag) }
  func hasAny(_ wanted: [String]) -> Bool { wanted.contains { tags.contains($0) } }
  var isMass: Bool { german.plural.isEmpty }
  var isPluralOnly: Bool { has("plural-only") }
  var isPerson: Bool { has("person") }
  var isLanguage: Bool { has("language") || has("sport") }

  /// - Parameter cells: English (`child/children` where irregular), German with article, German plural
  ///   (empty: no plural), tags; among the tags `weak` (den Studenten), `gen=...` (irregular genitive),
  ///   `fem=...` (the feminine form of a profession).
  init(cells: [String]) {
    english = EnglishNoun(cells[0])
    let tags = cells[3].words
    let genitive = tags.first { $0.hasPrefix("gen=") }.map { String($0.dropFirst(4)) }
    german = GermanNoun(
      articleAndSingular: cells[1], plural: cells[2], isWeak: tags.contains("weak"), genitive: genitive)
    feminine = tags.first { $0.hasPrefix("fem=") }.map { String($0.dropFirst(4)) }
    self.tags = tags.filter { !$0.contains("=") }
  }
}

extension Lexicon {
  /// People, animals and things.
  ///
  /// To add one, add a line.
  static let nouns = Table.rows(nounTable, columns: 4).map(Noun.init(cells:))

  private static let nounTable = """
    # English                German               Plural            Tags
    # --- people
    teacher                  der Lehrer           Lehrer            person job adult fem=Lehrerin
    doctor                   der Arzt             Ärzte             person job adult fem=Ärztin
    student                  der Student          Studenten         person job adult weak fem=Studentin
    engineer                 der Ingenieur        Ingenieure        person job adult gen=Ingenieurs fem=Ingenieurin
    lawyer                   der Anwalt           Anwälte           person job adult gen=Anwalts fem=Anwältin
    baker                    der Bäcker           Bäcker            person job adult fem=Bäckerin
    gardener                 der Gärtner          Gärtner           person job adult fem=Gärtnerin
    journalist               der Journalist       Journalisten      person job adult weak fem=Journalistin
    police officer           der Polizist         Polizisten        person job adult weak fem=Polizistin
    pilot                    der Pilot            Piloten           person job adult weak fem=Pilotin
    waiter                   der Kellner          Kellner           person job adult
    actor                    der Schauspieler     Schauspieler      person job adult
    artist                   der Künstler         Künstler          person job adult fem=Künstlerin
    writer                   der Schriftsteller   Schriftsteller    person job adult fem=Schriftstellerin
    scientist                der Wissenschaftler  Wissenschaftler   person job adult fem=Wissenschaftlerin
    professor                der Professor        Professoren       person job adult fem=Professorin
    judge                    der Richter          Richter           person job adult fem=Richterin
    mechanic                 der Mechaniker       Mechaniker        person job adult fem=Mechanikerin
    singer                   der Sänger           Sänger            person job adult fem=Sängerin
    painter                  der Maler            Maler             person job adult fem=Malerin
    translator               der Übersetzer       Übersetzer        person job adult fem=Übersetzerin
    musician                 der Musiker          Musiker           person job adult fem=Musikerin
    farmer                   der Landwirt         Landwirte         person job adult gen=Landwirts fem=Landwirtin
    nurse                    die Krankenschwester  Krankenschwestern  person adult woman
    colleague                der Kollege          Kollegen          person adult weak related
    neighbour                der Nachbar          Nachbarn          person adult weak related
    boss                     der Chef             Chefs             person adult gen=Chefs related
    friend                   der Freund           Freunde           person related
    guest                    der Gast             Gäste             person adult
    tourist                  der Tourist          Touristen         person adult weak
    customer                 der Kunde            Kunden            person adult weak
    driver                   der Fahrer           Fahrer            person adult
    pupil                    der Schüler          Schüler           person young
    child/children           das Kind             Kinder            person young neutral
    boy                      der Junge            Jungen            person young weak
    girl                     das Mädchen          Mädchen           person young woman
    man/men                  der Mann             Männer            person adult
    woman/women              die Frau             Frauen            person adult woman
    # --- family: always somebody's
    mother                   die Mutter           Mütter            person kin adult woman
    father                   der Vater            Väter             person kin adult
    sister                   die Schwester        Schwestern        person kin sibling woman
    brother                  der Bruder           Brüder            person kin sibling
    grandmother              die Großmutter       Großmütter        person kin adult woman
    grandfather              der Großvater        Großväter         person kin adult
    aunt                     die Tante            Tanten            person kin adult sibling woman
    uncle                    der Onkel            Onkel             person kin adult sibling
    daughter                 die Tochter          Töchter           person kin sibling woman
    son                      der Sohn             Söhne             person kin sibling
    parents/parents          die Eltern           Eltern            person kin adult plural-only
    grandparents/grandparents  die Großeltern     Großeltern        person kin adult plural-only
    # --- animals
    dog                      der Hund             Hunde             animal pet
    cat                      die Katze            Katzen            animal pet
    rabbit                   das Kaninchen        Kaninchen         animal pet
    horse                    das Pferd            Pferde            animal farm
    cow                      die Kuh              Kühe              animal farm
    pig                      das Schwein          Schweine          animal farm
    goat                     die Ziege            Ziegen            animal farm
    duck                     die Ente             Enten             animal farm
    bird                     der Vogel            Vögel             animal wild
    mouse/mice               die Maus             Mäuse             animal wild
    bear                     der Bär              Bären             animal wild weak
    elephant                 der Elefant          Elefanten         animal wild weak
    lion                     der Löwe             Löwen             animal wild weak
    monkey                   der Affe             Affen             animal wild weak
    # --- food and drink
    bread                    das Brot             -                 food bakery
    cheese                   der Käse             -                 food
    rice                     der Reis             -                 food warm
    meat                     das Fleisch          -                 food warm
    butter                   die Butter           -                 food cold
    chocolate                die Schokolade       -                 food sweet
    ice cream                das Eis              -                 food sweet cold gen=Eises
    apple                    der Apfel            Äpfel             food fruit plenty
    banana                   die Banane           Bananen           food fruit plenty
    pear                     die Birne            Birnen            food fruit plenty
    cherry                   die Kirsche          Kirschen          food fruit plenty
    strawberry               die Erdbeere         Erdbeeren         food fruit plenty
    tomato/tomatoes          die Tomate           Tomaten           food vegetable plenty
    potato/potatoes          die Kartoffel        Kartoffeln        food vegetable warm plenty
    carrot                   die Karotte          Karotten          food vegetable plenty
    onion                    die Zwiebel          Zwiebeln          vegetable plenty
    egg                      das Ei               Eier              food warm plenty gen=Eies
    cake                     der Kuchen           Kuchen            food sweet bakery baked
    pizza                    die Pizza            Pizzen            food warm baked
    soup                     die Suppe            Suppen            food warm dish
    salad                    der Salat            Salate            food cold
    sausage                  die Wurst            Würste            food warm
    bread roll               das Brötchen         Brötchen          food bakery baked plenty
    coffee                   der Kaffee           -                 drink warm
    tea                      der Tee              -                 drink warm
    milk                     die Milch            -                 drink cold
    water                    das Wasser           -                 drink cold
    juice                    der Saft             -                 drink cold
    beer                     das Bier             -                 drink cold
    wine                     der Wein             -                 drink
    lemonade                 die Limonade         -                 drink cold
    # --- things to read, watch and hear
    book                     das Buch             Bücher            text thing gift written
    letter                   der Brief            Briefe            text thing mail written signed
    newspaper                die Zeitung          Zeitungen         text thing
    magazine                 die Zeitschrift      Zeitschriften     text thing
    novel                    der Roman            Romane            text written gift
    poem                     das Gedicht          Gedichte          text written
    article                  der Artikel          Artikel           text written
    email                    die E-Mail           E-Mails           text mail written
    message                  die Nachricht        Nachrichten       text mail written
    report                   der Bericht          Berichte          text written signed
    contract                 der Vertrag          Verträge          text signed
    story                    die Geschichte       Geschichten       text written told
    postcard                 die Postkarte        Postkarten        text mail thing written
    film                     der Film             Filme             show
    play                     das Theaterstück     Theaterstücke     show written
    photo                    das Foto             Fotos             image thing
    picture                  das Bild             Bilder            image thing gift painted
    song                     das Lied             Lieder            music
    concert                  das Konzert          Konzerte          event
    # --- vehicles
    car                      das Auto             Autos             vehicle owned driven
    bicycle                  das Fahrrad          Fahrräder         vehicle owned
    motorbike                das Motorrad         Motorräder        vehicle owned
    lorry                    der Lastwagen        Lastwagen         vehicle driven
    boat                     das Boot             Boote             vehicle owned
    ship                     das Schiff           Schiffe           vehicle
    bus                      der Bus              Busse             vehicle public driven
    train                    der Zug              Züge              vehicle public
    plane                    das Flugzeug         Flugzeuge         vehicle public
    tram                     die Straßenbahn      Straßenbahnen     vehicle public
    taxi                     das Taxi             Taxis             vehicle public driven
    # --- furniture and devices
    table                    der Tisch            Tische            furniture surface
    chair                    der Stuhl            Stühle            furniture
    bed                      das Bett             Betten            furniture
    cupboard                 der Schrank          Schränke          furniture
    sofa                     das Sofa             Sofas             furniture
    shelf/shelves            das Regal            Regale            furniture surface
    desk                     der Schreibtisch     Schreibtische     furniture surface
    carpet                   der Teppich          Teppiche          furniture
    mirror                   der Spiegel          Spiegel           furniture cleaned
    lamp                     die Lampe            Lampen            furniture device
    computer                 der Computer         Computer          device
    phone                    das Telefon          Telefone          device
    camera                   die Kamera           Kameras           device gift thing
    radio                    das Radio            Radios            device
    television               der Fernseher        Fernseher         device
    washing machine          die Waschmaschine    Waschmaschinen    device
    fridge                   der Kühlschrank      Kühlschränke      device
    printer                  der Drucker          Drucker           device
    clock                    die Uhr              Uhren             gift thing timepiece
    # --- clothing
    coat                     der Mantel           Mäntel            clothing
    jacket                   die Jacke            Jacken            clothing
    dress                    das Kleid            Kleider           clothing
    shirt                    das Hemd             Hemden            clothing
    hat                      der Hut              Hüte              clothing
    shoe                     der Schuh            Schuhe            clothing plenty
    skirt                    der Rock             Röcke             clothing
    jumper                   der Pullover         Pullover          clothing
    scarf/scarves            der Schal            Schals            clothing gift
    # --- small things
    key                      der Schlüssel        Schlüssel         thing
    bag                      die Tasche           Taschen           thing
    umbrella                 der Regenschirm      Regenschirme      thing
    suitcase                 der Koffer           Koffer            thing
    ticket                   die Fahrkarte        Fahrkarten        thing
    knife/knives             das Messer           Messer            thing
    cup                      die Tasse            Tassen            thing cleaned
    glass                    das Glas             Gläser            thing cleaned
    plate                    der Teller           Teller            thing cleaned
    bottle                   die Flasche          Flaschen          thing plenty
    toy                      das Spielzeug        Spielzeuge        gift thing
    ball                     der Ball             Bälle             gift thing
    ring                     der Ring             Ringe             gift thing
    flower                   die Blume            Blumen            gift plant plenty
    rose                     die Rose             Rosen             gift plant
    present                  das Geschenk         Geschenke         thing present
    basket                   der Korb             Körbe             thing
    map                      die Landkarte        Landkarten        thing
    # --- parts of a house, buildings to look at, plants
    door                     die Tür              Türen             opening part
    window                   das Fenster          Fenster           opening part cleaned
    roof                     das Dach             Dächer            part
    wall                     die Wand             Wände             part
    house                    das Haus             Häuser            building home
    flat                     die Wohnung          Wohnungen         building home cleaned
    bridge                   die Brücke           Brücken           building sight
    tower                    der Turm             Türme             building sight
    castle                   das Schloss          Schlösser         building sight
    tree                     der Baum             Bäume             plant
    # --- instruments, sports, languages
    piano                    das Klavier          Klaviere          instrument
    guitar                   die Gitarre          Gitarren          instrument gift
    violin                   die Geige            Geigen            instrument
    flute                    die Flöte            Flöten            instrument
    football                 der Fußball          -                 sport
    tennis                   das Tennis           -                 sport
    chess                    das Schach           -                 sport
    cards/cards              die Karten           Karten            sport plural-only
    German                   das Deutsch          -                 language
    English                  das Englisch         -                 language
    French                   das Französisch      -                 language
    Spanish                  das Spanisch         -                 language
    Italian                  das Italienisch      -                 language
    # --- abstract things
    question                 die Frage            Fragen            asked difficult
    answer                   die Antwort          Antworten         word
    problem                  das Problem          Probleme          solved difficult topic
    task                     die Aufgabe          Aufgaben          solved difficult
    idea                     die Idee             Ideen             word topic
    plan                     der Plan             Pläne             word topic
    rule                     die Regel            Regeln            word explained difficult
    word                     das Wort             Wörter            word explained difficult
    sentence                 der Satz             Sätze             word explained difficult
    mistake                  der Fehler           Fehler            mistake
    exam                     die Prüfung          Prüfungen         difficult event topic
    secret                   das Geheimnis        Geheimnisse       told gen=Geheimnisses
    weather                  das Wetter           -                 weather
    trip                     die Reise            Reisen            event topic
    party                    die Feier            Feiern            event topic
    wedding                  die Hochzeit         Hochzeiten        event topic
    meeting                  die Besprechung      Besprechungen     event topic
    music                    die Musik            -                 music interest
    art                      die Kunst            -                 interest
    history                  die Geschichte       -                 interest
    politics                 die Politik          -                 interest
    """
}
