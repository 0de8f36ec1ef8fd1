/// A verb in both languages with the subjects, objects and adverbs it takes.
struct Verb: Sendable {
  let english: EnglishVerb
  let german: GermanVerb
  /// Tags of subjects.
  let subjects: [String]
  /// Tags of accusative objects; empty: takes none.
  let objects: [String]
  /// Takes a person as dative object.
  let takesPersonInDative: Bool
  /// "explain the rule to the child" instead of "give the child a book".
  let marksDativeWithTo: Bool
  /// Governed preposition and the tags of its objects.
  let governed: (preposition: Preposition, tags: [String])?
  /// Tags of the places where one does it.
  let places: [String]
  /// English manner adverbs that suit.
  let manners: [String]
  /// No "is knowing", no times.
  let isStative: Bool
  /// Instantaneous: no "is finding".
  let isInstant: Bool
  /// One can do it for years.
  let isLasting: Bool
  /// Can stand in the passive.
  let hasPassive: Bool
  /// Needs nothing else: "sleep".
  var isIntransitive: Bool { objects.isEmpty && governed == nil && !takesPersonInDative }

  /// - Parameter cells: English, German, tags of the subject, objects (`food fruit` accusative, `@` a person in
  ///   the dative, `@to` the same with English "to", `for=auf+A vehicle` governed preposition), places,
  ///   manner adverbs and flags (`stative`, `instant`, `lasting`, `passive`).
  init(cells: [String]) {
    english = EnglishVerb(cells[0])
    german = GermanVerb(cells[1])
    subjects = cells[2].words
    var objects: [String] = []
    var governed: (Preposition, [String])?
    var dative = false
    var to = false
    for word in cells[3].words {
      if word == "@" || word == "@to" {
        dative = true
        to = word == "@to"
      } else if word.contains("=") {
        governed = (Preposition(word), [])
      } else if governed != nil {
        governed?.1.append(word)
      } else {
        objects.append(word)
      }
    }
    self.objects = objects
    self.governed = governed
    takesPersonInDative = dative
    marksDativeWithTo = to
    places = cells[4].words
    let rest = cells[5].words
    isStative = rest.contains("stative")
    isInstant = rest.contains("instant")
    isLasting = rest.contains("lasting")
    hasPassive = rest.contains("passive")
    manners = rest.filter { !["stative", "lasting", "passive", "instant"].contains($0) }
  }
}

extension Lexicon {
  static let verbs = Table.rows(verbTable, columns: 6).map(Verb.init(cells:))

  private static let verbTable = """
    # English            German             Subjects       Objects                      Places          Manner and flags
    # --- without objects
    sleep/slept/slept    schlafen           person animal  -                            sleep           badly deeply
    work                 arbeiten           person         -                            work            hard lasting carefully
    sing/sang/sung       singen             person         -                            home nature     loudly beautifully
    dance                tanzen             person         -                            home            beautifully
    laugh                lachen             person         -                            -               loudly
    cry                  weinen             young          -                            room            quietly
    swim/swam/swum       schwimmen+sein     person         -                            -               fast
    cook                 kochen             person         -                            cook            together
    get/got/got up       auf|stehen+sein    person         -                            -               early late slowly instant
    wake/woke/woken up   auf|wachen+sein    person         -                            -               early late instant
    fall/fell/fallen asleep  ein|schlafen+sein  person young  -                         sleep home      quickly instant
    arrive               an|kommen+sein     person         -                            travel          early late instant
    leave/left/left      ab|reisen+sein     person         -                            -               early instant
    hurry                sich beeilen       person         -                            -               -
    rest                 sich aus|ruhen     person         -                            calm            -
    get/got/got dressed  sich an|ziehen     person         -                            room            quickly slowly
    play                 spielen            young pet      -                            home nature     together quietly
    smile                lächeln            person         -                            -               -
    study                studieren          student        -                            class           lasting
    # --- going somewhere is in the table of motions
    # --- with an accusative object
    read/read/read       lesen              person         text                         calm            attentively passive
    write/wrote/written  schreiben          person         written                      calm            quickly carefully passive
    eat/ate/eaten        essen              person         food                         food            slowly quickly
    drink/drank/drunk    trinken            person         drink                        food            slowly
    bake                 backen             person         baked                        cook            together
    cut/cut/cut          schneiden          person         vegetable fruit bread        cook            carefully
    buy/bought/bought    kaufen             person         food drink gift clothing furniture device owned instrument  -  passive instant
    sell/sold/sold       verkaufen          person         owned furniture home clothing device  -  passive instant
    order                bestellen          person         food drink                   -               -
    pay/paid/paid for    bezahlen           person         drink food ticket present    -               -
    find/found/found     finden             person         thing clothing pet           nature room     passive instant
    lose/lost/lost       verlieren          person         thing                        nature travel    instant
    look for             suchen             person         thing clothing pet           home     -
    forget/forgot/forgotten  vergessen      person         thing                       -                instant
    open                 öffnen             person         opening mail bottle suitcase  -              slowly carefully passive
    close                schließen          person         opening suitcase             -               quietly carefully passive
    clean                putzen             person         cleaned owned        -               carefully passive
    wash                 waschen            person         clothing owned vegetable fruit  -          carefully passive
    repair               reparieren         person         owned device furniture     repair          carefully passive
    build/built/built    bauen              person         home bridge tower castle boat shelf      -               passive
    paint                malen              person         painted                      calm            -
    sign                 unterschreiben     adult          signed                      work            passive
    translate            übersetzen         person         written                      calm            carefully quickly passive
    visit                besuchen           person         kin friend neighbour sight   -               passive
    invite               ein|laden          person         kin friend neighbour colleague  -            passive
    meet/met/met         treffen            person         friend kin colleague         town             instant
    see/saw/seen         sehen              person         person wild sight            nature town     stative instant
    hear/heard/heard     hören              person         music wild                   -               stative
    know/knew/known      kennen             person         adult sight show text        -               stative
    love                 lieben             person         kin pet music          -               stative
    need                 brauchen           person         owned furniture device clothing thing  -     stative
    have/had/had         haben              person         pet owned instrument idea plan question problem  -  stative
    use                  benutzen           person         device owned public map               -               -
    wear/wore/worn       tragen             person         clothing                     -               -
    drive/drove/driven   fahren             person         driven                       -               slowly fast
    park                 parken             person         driven                       -               -
    feed/fed/fed         füttern            person         pet farm                     -               -
    learn                lernen             person         language                     class           lasting quickly
    play                 spielen            person         sport                        home            lasting together
    teach/taught/taught  unterrichten       teacher professor  language          class           lasting
    speak/spoke/spoken   sprechen           person         language                     -               well fluently stative
    understand/understood/understood  verstehen  person    asked explained solved idea text  -          stative
    solve                lösen              person         solved                       -               quickly together passive
    correct              korrigieren        teacher professor translator  mistake written  -            carefully
    prepare              vor|bereiten       person         event meeting                -               carefully passive
    turn on              ein|schalten       person         device                       -               -
    turn off             aus|schalten       person         device                       -               -
    pick up              ab|holen           person         kin friend guest present  travel       -
    pack                 packen             person         suitcase bag                 -               quickly
    bring/brought/brought along  mit|bringen  person       food drink gift    -               -
    throw/threw/thrown away  weg|werfen     person         bottle newspaper magazine furniture clothing shoe  -   instant
    try on               an|probieren       person         clothing                     -               -
    call                 an|rufen           person         kin friend doctor neighbour boss  -          -
    miss                 verpassen          person         public                       -                instant
    plant                pflanzen           person         plant                        -               -
    watch                sich3 an|sehen     person         show                         screen       together
    describe             beschreiben        person         sight image building         -               -
    # --- with a dative object
    help                 helfen             person         @                            home            -
    thank                danken             person         @                            -                instant
    congratulate         gratulieren        person         @                            -                instant
    believe              glauben            person         @                            -               stative instant
    give/gave/given      geben              person         @ gift mail text             -                instant
    show/showed/shown    zeigen             person         @ image sight building text gift  -   -
    send/sent/sent       schicken           person         @ mail present image         -               -
    lend/lent/lent       leihen             person         @ owned book umbrella suitcase bag camera instrument  -             -
    bring/brought/brought  bringen          person         @ drink food gift key           -               -
    sell/sold/sold       verkaufen          person         @ owned furniture instrument  -               instant
    tell/told/told       erzählen           person         @ told                       -               -
    explain              erklären           person         @to explained solved plan    -               slowly
    recommend            empfehlen          person         @to text show                -               -
    give/gave/given back  zurück|geben      person         @to text key bag camera      -               -
    # --- with a preposition
    wait                 warten             person         for=auf+A public friend kin guest mail  home travel  -
    think/thought/thought  denken           person         of=an+A kin event friend     -               -
    talk                 sprechen           person         about=über+A topic event show story novel book  -        loudly quietly
    laugh                lachen             person         at=über+A story mistake      -               loudly
    look forward         sich freuen        person         to=auf+A event               -               -
    be/was/been happy    sich freuen        person         about=über+A present gift mail  -            stative
    be/was/been interested  sich interessieren  person     in=für+A interest            -               stative
    remember             sich erinnern      person         -=an+A kin            -               stative instant
    complain             sich beschweren    person         about=über+A weather soup meat pizza coffee boss waiter  -     loudly
    listen               zu|hören           person         @to                          -               attentively
    take/took/taken care  sich kümmern      person         of=um+A pet young     -               -
    worry                sich sorgen        adult          about=um+A young pet         -               -
    dream                träumen            person         of=von+D event owned  -              -
    pay/paid/paid attention  auf|passen         adult          to=auf+A young pet           -               -
    # --- animals
    bark                 bellen             dog            -                            nature home     loudly
    run/ran/run          rennen+sein        dog horse young  -                          nature          fast
    eat/ate/eaten        fressen            animal         carrot vegetable apple  -             slowly
    """

  /// Verbs of going; the column of places says where to ("city" and "country": German "nach").
  static let motions = Table.rows(motionTable, columns: 6).map(Verb.init(cells:))

  private static let motionTable = """
    go/went/gone         gehen+sein         person         -                            goal            -
    run/ran/run          laufen+sein        person         -                            goal nature     fast
    drive/drove/driven   fahren+sein        person         -                            city travel     slowly fast
    travel               reisen+sein        person         -                            city country    -
    fly/flew/flown       fliegen+sein       person         -                            city country    -
    move                 ziehen+sein        person         -                            city country    -
    come/came/come       kommen+sein        person         -                            goal            late early
    go/went/gone back    zurück|gehen+sein  person         -                            goal            -
    drive/drove/driven back  zurück|fahren+sein  person    -                            city            -
    """

  static let be = verb("be/was/been  sein+sein  person  -  -  stative")
  static let exist = verb("be/was/been  geben  person  -  -  stative")
  static let live = verb("live  wohnen  person  -  live  lasting stative")
  static let stay = verb("stay  bleiben+sein  person  -  home  -")
  static let rain = verb("rain  regnen  weather  -  -  -")
  static let snow = verb("snow  schneien  weather  -  -  -")
  static let cost = verb("cost/cost/cost  kosten  thing  -  -  stative")
  static let depart = verb("leave/left/left  ab|fahren+sein  public  -  -  late")
  static let start = verb("start  an|fangen  event show  -  -  late")
  static let say = verb("say/said/said  sagen  person  -  -  stative")
  static let think = verb("think/thought/thought  glauben  person  -  -  stative")
  static let hope = verb("hope  hoffen  person  -  -  stative")
  static let know = verb("know/knew/known  wissen  person  -  -  stative")
  static let ask = verb("ask  fragen  person  -  -  stative")
  static let tell = verb("tell/told/told  erzählen  person  @  -  stative")
  static let wonder = verb("wonder  sich fragen  person  -  -  stative")
  static let `try` = verb("try  versuchen  person  -  -  -")
  static let plan = verb("plan  planen  person  -  -  stative")
  static let forget = verb("forget/forgot/forgotten  vergessen  person  -  -  stative")
  static let begin = verb("begin/began/begun  beginnen  person  -  -  stative")
  static let decide = verb("decide  beschließen  person  -  -  stative")
  static let promise = verb("promise  versprechen  person  @  -  stative")
  static let lie = verb("lie/lay/lain  liegen  thing  -  -  stative")
  static let come = verb("come/came/come  kommen+sein  person  -  -  -")

  private static func verb(_ line: String) -> Verb { Verb(cells: Table.rows(line, columns: 6)[0]) }
}
