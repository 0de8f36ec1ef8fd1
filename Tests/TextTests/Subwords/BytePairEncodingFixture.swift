/// A text in many scripts, with its merges and segmentation by subword-nmt 0.3.8.
///
/// Made with `subword-nmt learn-bpe -s 800` on ``text``, and `subword-nmt apply-bpe` with the codes.
enum BytePairEncodingFixture {
  /// About 200 lines: combining marks, emoji, scripts without spaces, runs, odd spacing.
  static let text = #"""
    low lower newest widest
    the old lighthouse keeper climbs the narrow stairs every evening .
    every evening the keeper lights the lamp and writes a letter .
    he writes to his sister , who lives near the harbour .
    his sister never answers , but he keeps writing .
    the letters travel slowly : by boat , by train , by bicycle .
    a bicycle is faster than a boat when the harbour is frozen .
    when the harbour is frozen , nobody travels .
    "nobody travels , " says the postman , "but letters do . "
    the postman 's bicycle is blue , and its bell is broken .
    a broken bell rings louder than no bell at all .
    keepers keep keeping what kept keepers keeping .
    she sells cheap seashells ; cheaper seashells are the cheapest .
    the fastest and the slowest of the strongest and the weakest .
    unhappily , the unhappiest happily became the happiest .
    rewriting , rereading and rethinking are rewarding .
    a translator translates translations of translated translators .
    the internationalisation of localisation is a normalisation .
    2016 , 2017 and 2018 were years ; 1998 and 1999 too .
    version 1.0.0 comes before version 1.0.1 , and 1.10.0 after 1.9.9 .
    call +49 30 123456 or +49 30 654321 between 08:00 and 18:00 .
    it costs 19,99 € , or $ 21.50 , or £ 17.25 , or ¥ 2500 .
    e-mail someone@example.org or no-one@example.com , not both .
    see https://example.org/a/b/c?d=e&f=g#h for https://example.com/ .
    aaaa aaa aa a aaaaa aaaaaaa aaaaaaaa
    abab ababab abababab baba bababa abba baab
    xyxyxyx yxyxyxy xxyy yyxx xyxxyx
    mississippi mississippi missouri missing missed misses
    banana bananas ananas cabana banananana
    haha hahaha hahahaha hohoho hihihihi
    !!!! !!! !! ! ??? ?! ?!?! ... .... ….
    ---- --- -- - ==== === == =
    @ @@ @@@ @@@@ a@@ @@a a@@b @-@ a@b@c
    <unk> <s> </s> <pad> <b> </b> <i> </i>
    \ \\ \n \t a\b c:\temp\new \\server\share
    ( ( ( [ [ { { } } ] ] ) ) )
    der alte leuchtturmwärter steigt jeden abend die schmale treppe hinauf .
    jeden abend zündet der wärter die lampe an und schreibt einen brief .
    er schreibt seiner schwester , die in der nähe des hafens wohnt .
    seine schwester antwortet nie , aber er schreibt weiter .
    die briefe reisen langsam : mit dem schiff , mit dem zug , mit dem fahrrad .
    ein fahrrad ist schneller als ein schiff , wenn der hafen zugefroren ist .
    wenn der hafen zugefroren ist , reist niemand .
    " niemand reist " , sagt der briefträger , " aber briefe schon . "
    das fahrrad des briefträgers ist blau , und seine klingel ist kaputt .
    eine kaputte klingel klingelt lauter als gar keine klingel .
    donaudampfschifffahrtsgesellschaftskapitän und donaudampfschiff
    rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz
    die größten straßen haben die größte zahl an füßgängern .
    größe , größer , am größten ; süß , süßer , am süßesten .
    ÄÖÜ äöü ß ẞ ÄRGER ärger Ärger
    übermut , überfluss , überall , übung , übungen , überübt
    fünf hübsche füchse fühlen früh frühlingsgefühle
    schöne größere höhere löwen hören öde töne
    zwölf boxkämpfer jagen viktor quer über den großen sylter deich .
    fischers fritze fischt frische fische ; frische fische fischt fischers fritze .
    blaukraut bleibt blaukraut und brautkleid bleibt brautkleid .
    le vieux gardien du phare monte chaque soir l' escalier étroit .
    chaque soir , le gardien allume la lampe et écrit une lettre .
    il écrit à sa sœur , qui habite près du port .
    sa sœur ne répond jamais , mais il continue d' écrire .
    les lettres voyagent lentement : en bateau , en train , à vélo .
    être ou ne pas être , voilà une drôle de question être .
    l' élève élevé relève les élèves élevés .
    un garçon français reçoit une leçon de façade .
    où sont les œufs des bœufs ? là où naît la naïveté .
    el viejo farero sube cada noche la estrecha escalera .
    ¿ quién escribe ? ¡ nadie escribe ! ¿ quién lee ? ¡ todos leen !
    mañana el niño pequeño soñará con una montaña de piñas .
    o velho faroleiro não lê , não escreve , não vê ninguém .
    corações e canções de ilusões e emoções
    il vecchio guardiano scrive perché sua sorella non c' è più .
    gamle fyrvokteren skriver på øya ved sjøen , og bølgene går høyt .
    ångström åker över ån i en båt på måndag .
    vanha majakanvartija kirjoittaa kirjeitä , kirjeitä , kirjeitä .
    eski fener bekçisi her akşam dar merdivenleri çıkar .
    İstanbul Istanbul ısı isi ılık ilik İI ıi
    stary latarnik co wieczór wchodzi po wąskich schodach .
    żółć , żółw , źdźbło , łódź , łóżko , gęś , gęsi
    příliš žluťoučký kůň úpěl ďábelské ódy .
    старый смотритель маяка каждый вечер поднимается по узкой лестнице .
    каждый вечер смотритель зажигает лампу и пишет письмо .
    он пишет своей сестре , которая живёт недалеко от порта .
    сестра не отвечает , но он пишет и пишет и пишет .
    ο γέρος φαροφύλακας ανεβαίνει κάθε βράδυ τη στενή σκάλα .
    κάθε βράδυ ανάβει τη λάμπα και γράφει ένα γράμμα .
    השומר הזקן של המגדלור כותב מכתב כל ערב .
    حارس المنارة العجوز يكتب رسالة كل مساء .
    كل مساء يكتب الحارس رسالة إلى أخته .
    बूढ़ा रखवाला हर शाम एक पत्र लिखता है ।
    हर शाम वह अपनी बहन को पत्र लिखता है ।
    ผู้ดูแลประภาคารเขียนจดหมายทุกเย็น
    老守灯人每天晚上爬上狭窄的楼梯。
    每天晚上他点亮灯，写一封信。
    他写信给住在港口附近的妹妹。
    妹妹从不回信，但他一直写，一直写。
    我 爱 写 信 ， 你 爱 读 信 。
    灯塔 灯塔 港口 港口 信 信 信
    老人は毎晩狭い階段を上る。
    毎晩ランプを灯して手紙を書く。
    手紙 手紙 を 書く 書く 書いた 書いて
    ゆっくり ゆっくり 旅をする 手紙 たち
    늙은 등대지기는 매일 저녁 좁은 계단을 오른다 .
    매일 저녁 그는 등불을 켜고 편지를 쓴다 .
    편지 편지를 편지가 편지는 편지도
    한글 한글
    é é è è ü ü ñ ñ
    é é é é é é é é
    é é é é ü ü ü ñ ñ ñ
    café café cafés cafés näive naïve
    élève élèves élève élèves
    cafe café café cafés cafés CAFÉ
    naïve naïve naïveté naïveté
    ą̊ ą̊ ṩ ṩ q̣̇ q̣̇
    Zoë Zoë Zoé Zoé Chloë Chloë
    😀 😀😀 😀😀😀 😀! 😀? good😀
    👍 👍🏽 👍🏿 👍🏽👍🏽 👍👍
    👩‍👩‍👧 👨‍👩‍👧‍👦 👩‍💻 👩‍💻👩‍💻
    🇩🇪 🇫🇷 🇬🇧 🇩🇪🇫🇷 🇩🇪🇩🇪
    ❤ ❤️ ❤️❤️ ♥ ♥♥ ☕ ☕️
    𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝕌𝕟𝕚𝕔𝕠𝕕𝕖 𝒰𝓃𝒾𝒸ℴ𝒹ℯ
    𠀀 𠀁𠀀 𠀀𠀁 𠮷野家 𠮷野 吉野家
    ﬁ ﬂ ﬁne ﬂow ﬃ fine flow
    Ａ Ｂ Ｃ ＡＢＣ ａｂｃ １２３
    ½ ¼ ¾ x² y³ H₂O CO₂ m² km²
    ± × ÷ ≤ ≥ ≠ ≈ ∞ ∑ ∏ √2 √√2
    « guillemets » „ anführungszeichen “ “ quotes ” ‘ single ’
    – — ― ‐ ‑ − -
    … …… ....... . .. …
    two  spaces   three    four
     leading space
    trailing space 
      both  ends  
    a
    b b
    c c c

    x
    the end is near , the end is here , the end .
    nearer , nearest ; dearer , dearest ; clearer , clearest
    walking talking stalking chalking balking
    walked talked stalked chalked balked
    walker talker stalker walkers talkers stalkers
    brightly , slightly , nightly , lightly , tightly
    brightness , lightness , tightness , slightness
    sight , might , night , light , tight , right , fight
    nation , national , nationality , nationalities , international
    station , stations , stationary , stationery
    relation , relations , relationship , relationships
    creation , creator , creators , creating , creates
    the quick brown fox jumps over the lazy dog .
    the lazy dog jumps over the quick brown fox .
    pack my box with five dozen liquor jugs .
    how vexingly quick daft zebras jump !
    Sphinx of black quartz , judge my vow .
    THE QUICK BROWN FOX SHOUTS AT THE LAZY DOG .
    The Quick Brown Fox Writes A Title .
    iPhone iPad iPod eBay YouTube GitHub LaTeX
    McDonald McDonalds MacDonald O'Neill O'Brien d'Artagnan
    don't won't can't isn't aren't wasn't weren't
    I'm you're he's she's we're they're I've you've
    snake_case_name camelCaseName kebab-case-name SCREAMING_CASE
    for ( int i = 0 ; i < n ; ++ i ) { sum += a [ i ] ; }
    let x = y ? z : 0 ; // comment /* comment */
    { "key" : "value" , "list" : [ 1 , 2 , 3 ] }
    0 00 000 0000 01 001 10 100 1000 10000
    11 111 1111 22 222 2222 12 121 1212 2121
    3.14159 2.71828 1.41421 1.61803 0.57721
    ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
    one two three four five six seven eight nine ten eleven twelve
    un deux trois quatre cinq six sept huit neuf dix onze douze
    uno dos tres cuatro cinco seis siete ocho nueve diez once doce
    один два три четыре пять шесть семь восемь девять десять
    一 二 三 四 五 六 七 八 九 十 十一 十二
    monday tuesday wednesday thursday friday saturday sunday
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    january february march april may june july august september
    red green blue yellow black white grey orange purple brown
    redder greener bluer yellower blacker whiter greyer
    reddest greenest bluest yellowest blackest whitest greyest
    the sea , the seas , the seaside , the seashore , the seashell
    das meer , die meere , die meeresküste , das meeresrauschen
    wasser , wasserfall , wasserhahn , wasserspiegel , hochwasser
    water , waterfall , watermill , waterproof , underwater
    feuer , feuerwehr , feuerwehrmann , feuerzeug , lagerfeuer
    fire , firefighter , fireplace , fireproof , campfire
    haus , häuser , hausboot , leuchtturm , leuchttürme , turm , türme
    house , houses , houseboat , lighthouse , lighthouses
    letter , letters , lettered , lettering , letterbox
    brief , briefe , briefen , briefkasten , brieftaube , briefträgerin
    schreiben schreibst schreibt schrieb schrieben geschrieben
    write writes wrote written writing writer writers
    lesen liest las gelesen leser leserin leserinnen
    read reads reading reader readers rereads
    reisen reist reiste gereist reisender reisende
    travel travels travelled travelling traveller travellers
    langsam langsamer am langsamsten die langsamkeit
    slow slower slowest slowly slowness
    the keeper reads the last letter and turns off the lamp .
    der wärter liest den letzten brief und löscht die lampe .
    low low low low low lower lower
    newest newest newest newest newest newest widest widest widest

    """#

  /// The codes file.
  static let codes = #"""
    #version: 0.2
    e r</w>
    r e
    e r
    c h
    e s
    e n</w>
    i n
    a n
    t h
    r i
    l e
    i s
    a t
    a l
    o n
    th e</w>
    t r
    es t</w>
    a r
    e l
    s ch
    s t
    s e
    l o
    e n
    a m
    u n
    in g</w>
    g h
    k e
    e s</w>
    t t
    i gh
    h a
    at i
    d i
    a a
    o u
    a b
    v e</w>
    i t
    ri e
    r o
    q u
    o n</w>
    n e
    i s</w>
    er s</w>
    tr a
    l a
    d a
    t er</w>
    c a
    b rie
    ati on
    an d</w>
    ü b
    ri t
    o r</w>
    o r
    n a
    lo w
    l y</w>
    l e</w>
    g s
    di e</w>
    d er</w>
    b o
    al k
    a u
    a s
    le tt
    am p
    w e
    tra v
    re is
    lo w</w>
    l igh
    ke e
    i c
    f e
    brie f
    a d
    0 0</w>
    x y
    w rit
    s i
    l u
    kee p
    in g
    i t</w>
    i r
    i n</w>
    i b
    f a
    el l
    e t
    e l</w>
    d e
    . .
    е т</w>
    w est</w>
    u r
    p p
    ne west</w>
    m a
    l i
    is ch
    f ü
    da y</w>
    d e</w>
    b la
    ati on</w>
    1 .
    ' t</w>
    👩 ‍
    п и
    üb er
    ö ß
    w h
    w as
    sch re
    schre ib
    s t</w>
    s low
    re l
    re ad
    r öß
    o f</w>
    n es
    m is
    j u
    in e</w>
    igh t</w>
    i e
    h r
    g röß
    g re
    f isch
    d o
    ca f
    c ri
    c re
    c o
    an s
    an an
    a s</w>
    a p
    a m</w>
    a g</w>
    편 지
    ا ل
    ш ет</w>
    т р
    пи шет</w>
    е с
    é l
    was s
    w at
    v er</w>
    v er
    un d</w>
    tr ans
    trans l
    t ly</w>
    t en</w>
    t e</w>
    t e
    se as
    s o
    s k
    s h
    r e</w>
    r au
    ou r</w>
    nes s</w>
    na ï
    n o
    n e</w>
    n ation
    m e
    l an
    lan gs
    ke d</w>
    j e
    is t</w>
    i l
    fe u
    f i
    er e</w>
    en d</w>
    e x
    d est</w>
    c e</w>
    b ro
    b e</w>
    alk ing</w>
    al l</w>
    al ked</w>
    aa aa
    a d</w>
    @ @
    2 1</w>
    т ь</w>
    ρ ά
    œ u
    õ es</w>
    él è
    é s</w>
    ä r
    z e</w>
    z e
    w n</w>
    w i
    wi dest</w>
    v o
    v es</w>
    un gs
    un e</w>
    trav el
    transl at
    tr e</w>
    t w
    t ness</w>
    seas h
    schreib t</w>
    sch i
    schi f
    s p
    s is
    s e</w>
    reis t</w>
    re n</w>
    pp i
    n 't</w>
    m p
    m on
    low er</w>
    le .
    l ing
    l es
    l a</w>
    k ling
    k ir
    ic k</w>
    i l</w>
    ha ppi
    ha h
    h o
    h e</w>
    h ar
    g e
    fa hr
    f ro
    ex amp
    examp le.
    en t</w>
    el l</w>
    d on
    d en</w>
    cre at
    co m
    bla c
    b u
    b lu
    b en</w>
    ar y</w>
    am e</w>
    ab ab
    a t</w>
    a re
    a r</w>
    a n</w>
    a g
    a a</w>
    Z o
    0 00</w>
    0 .
    手 紙</w>
    ا ر
    я ть</w>
    ы й</w>
    ч е
    в е
    а ж
    κ ά
    ε ι</w>
    ê tre</w>
    é cri
    ç ões</w>
    är ter</w>
    ä g
    ã o</w>
    z u
    z en</w>
    y el
    y c
    yc le</w>
    xy xy
    writ ing</w>
    writ es</w>
    wh it
    wat er
    wass er
    w ärter</w>
    v et
    vet é</w>
    v en
    u n</w>
    u ch
    uch tt
    travel s</w>
    trav ell
    tr äg
    th ou
    t re
    st ation
    st ag</w>
    sp a
    se s</w>
    schif f</w>
    sch e</w>
    s ü
    s u
    ri gh
    rel ation
    read s</w>
    r ad</w>
    qu ick</w>
    on al
    o x</w>
    naï veté</w>
    nation al
    n ão</w>
    n i
    m it</w>
    m ent</w>
    m e</w>
    ligh thou
    lett ers</w>
    lett er</w>
    le v
    le uchtt
    le s</w>
    langs am
    l amp
    lamp e</w>
    kling el</w>
    kir je
    kirje it
    kirjeit ä</w>
    keep er</w>
    is ation</w>
    ic ycle</w>
    i h
    i P
    har b
    harb our</w>
    hah a</w>
    ha f
    h ou
    g u
    g es
    g ar
    fi re
    feu er
    fahr rad</w>
    f ri
    f r
    ell s</w>
    e re
    e in</w>
    de m</w>
    da s</w>
    d y</w>
    d es</w>
    ch e
    caf és</w>
    ca fe
    c h</w>
    c al
    c D
    cD onal
    bro wn</w>
    brief träg
    brief e</w>
    brie f</w>
    bo at</w>
    b y</w>
    b icycle</w>
    b ell</w>
    b e
    b anan
    are st</w>
    ar er</w>
    ar e</w>
    amp f
    alk ers</w>
    alk er</w>
    a k
    a b</w>
    @ @</w>
    = =</w>
    < /
    2 2</w>
    2 0
    20 1
    1 9
    1 8
    1 1</w>
    - -</w>
    ' s</w>
    ' re</w>
    ! !</w>
    😀 😀</w>
    👩‍ 💻</w>
    👍 🏽</w>
    🇫 🇷</w>
    🇩 🇪</w>
    🇩 🇪
    한 글</w>
    편지 를</w>
    저 녁</w>
    매 일</w>
    野 家</w>
    直 写
    灯 塔</w>
    港 口</w>
    每 天
    每天 晚
    每天晚 上
    毎 晩
    書 く</w>
    書 い
    妹 妹
    一 直写
    ゆ っ
    ゆっ く
    ゆっく り</w>
    ❤ ️</w>
    √ 2</w>
    ् र</w>
    ि ख
    िख त
    िखत ा</w>
    ा म</w>
    ह ै</w>
    ह र</w>
    श ाम</w>
    ल िखता</w>
    प त
    पत ्र</w>
    ي ك
    يك ت
    يكت ب</w>
    م س
    مس ا
    مسا ء</w>
    ك ل</w>
    س ال
    سال ة</w>
    ر سالة</w>
    ح ار
    حار س</w>
    ת ב</w>
    че р</w>
    тр и
    три т
    трит е
    трите л
    трител ь</w>
    с м
    см о
    смо тритель</w>
    с ес
    сес тр
    с е
    се м
    сем ь</w>
    п о
    о т
    о н</w>
    н и
    м а
    к аж
    каж д
    кажд ый</w>
    ве чер</w>
    в о
    а ет</w>
    τ η</w>
    ρά δ
    ράδ υ</w>
    ρ ο
    κά θ
    κάθ ε</w>
    κ α
    γ ρά
    β ράδυ</w>
    α ν
    ̣ ̇</w>
    ́ le
    ́le ̀
    ż ó
    żó ł
    œu r</w>
    œu f
    œuf s</w>
    ł ó
    ą ̊</w>
    üb un
    ü r
    ür me</w>
    ø y
    ö ne</w>
    ö l
    öl f</w>
    ñ o</w>
    élè ves</w>
    élè ve</w>
    écri t</w>
    é n</w>
    é lev
    ç on</w>
    å n
    ß en</w>
    zu ge
    zuge fro
    zugefro ren</w>
    z y</w>
    z w
    zw ölf</w>
    y ou
    xy x</w>
    wh en</w>
    wat er</w>
    wass er</w>
    w ri
    w o
    w es
    wes ter</w>
    w en
    wen n</w>
    ver y</w>
    ver si
    versi on</w>
    ven ing</w>
    v ie
    v i
    v e
    ur m</w>
    un happi
    u ̈</w>
    u x</w>
    u s
    u k
    uk rau
    ukrau t</w>
    u e
    u ary</w>
    tw o</w>
    tt p
    ttp s
    ttps :
    ttps: /
    ttps:/ /
    ttps:// example.
    trav el</w>
    tra in</w>
    tr o
    th re
    thre e</w>
    th an</w>
    t o
    t k
    tk le
    tkle i
    tklei d</w>
    t igh
    t i
    t h</w>
    t er
    t ag</w>
    sü ß
    st ma
    stma n</w>
    st en</w>
    st an
    stan bu
    stanbu l</w>
    spa ce</w>
    so i
    soi r</w>
    slow ly</w>
    slow est</w>
    sis ter</w>
    sis si
    sissi pp
    sissipp i</w>
    si x</w>
    sh i
    seash ells</w>
    se p
    se ine</w>
    sch wester</w>
    sch rie
    s œur</w>
    s on
    s ligh
    s a</w>
    s ></w>
    ro of</w>
    rit ze</w>
    relation shi
    reis en</w>
    reis en
    read ing</w>
    re d
    rau tkleid</w>
    r o</w>
    qu i
    qui én</w>
    qu e</w>
    q ̣̇</w>
    p å</w>
    p roof</w>
    p o
    po stman</w>
    p i
    or s</w>
    or e</w>
    on e</w>
    on e
    one @
    one@ example.
    o ù</w>
    o ver</w>
    o d
    no bo
    nobo dy</w>
    ne ar</w>
    naï ve</w>
    national it
    nation a
    nationa l</w>
    n ̃</w>
    n ie
    nie m
    niem and</w>
    n f</w>
    n ame</w>
    mp s</w>
    mis sissippi</w>
    mis s
    me ere
    m ²</w>
    m y</w>
    m b
    m al
    lu s
    lo ë</w>
    lighthou se</w>
    li est</w>
    lett er
    les er
    le t
    le ib
    leib t</w>
    langs am</w>
    la zy</w>
    l ö
    l am
    lam p</w>
    l '</w>
    keep ing</w>
    keep ers</w>
    k er</w>
    k en</w>
    k ap
    kap u
    ju mps</w>
    je den</w>
    is i</w>
    ir e</w>
    in ter
    il l</w>
    ih ih
    ic h</w>
    i tt
    i ></w>
    haf en</w>
    ha haha</w>
    h ö
    h ttps://example.
    h o</w>
    h loë</w>
    h l
    h is</w>
    h in
    h ere</w>
    größ ten</w>
    gre y
    gre en
    gar di
    gardi en</w>
    g ę
    g er</w>
    g er
    g e</w>
    fü nf</w>
    fro zen</w>
    fri sche</w>
    fr ü
    fisch t</w>
    fisch ers</w>
    fisch e</w>
    fi ve</w>
    feuer we
    feu er</w>
    fa st
    f ritze</w>
    f ox</w>
    f our</w>
    f or</w>
    f all</w>
    es cri
    escri be</w>
    es cal
    e ́lè
    e ́</w>
    e very</w>
    e vening</w>
    e 's</w>
    don au
    donau d
    donaud ampf
    do s</w>
    do g</w>
    d u</w>
    d s</w>
    com ment</w>
    che ap
    ch a
    cha que</w>
    cafe ́</w>
    caf é</w>
    ca se
    cDonal d</w>
    c o</w>
    c le
    c in
    c an
    bu t</w>
    bro ken</w>
    bo x</w>
    bo th</w>
    blu e</w>
    blac k</w>
    bla ukraut</w>
    b righ
    b rautkleid</w>
    b r
    b leibt</w>
    b ab
    b ></w>
    an a</w>
    al s</w>
    ab er</w>
    ab end</w>
    ab ab</w>
    aaaa aa
    a is</w>
    a f
    a ch
    Zo ë</w>
    Zo é</w>
    T H
    TH E</w>
    O '
    I '
    C hloë</w>
    C A
    ? !</w>
    = ==</w>
    : 00</w>
    9 9</w>
    4 9</w>
    4 1
    3 0</w>
    2 22</w>
    2 1
    1. 0.
    1 11</w>
    0 1</w>
    0 000</w>
    .. .</w>
    . .</w>
    - --</w>
    + 49</w>
    ! !!</w>

    """#

  /// The text, segmented.
  static let segmented = #"""
    low lower newest widest
    the o@@ l@@ d lighthouse keeper c@@ li@@ mb@@ s the n@@ ar@@ ro@@ w st@@ a@@ ir@@ s every evening .
    every evening the keeper ligh@@ t@@ s the lamp and writes a letter .
    he writes t@@ o his sister , wh@@ o li@@ ves near the harbour .
    his sister ne@@ ver ans@@ w@@ ers , but he keep@@ s writing .
    the letters travel slowly : by boat , by train , by bicycle .
    a bicycle is fast@@ er than a boat when the harbour is frozen .
    when the harbour is frozen , nobody travels .
    "@@ nobody travels , " s@@ a@@ y@@ s the postman , "@@ but letters d@@ o . "
    the postman 's bicycle is blue , and it@@ s bell is broken .
    a broken bell r@@ ing@@ s lo@@ u@@ der than n@@ o bell at all .
    keepers kee@@ p keeping w@@ ha@@ t ke@@ p@@ t keepers keeping .
    sh@@ e s@@ ells che@@ a@@ p seashells ; cheap@@ er seashells are the cheap@@ est .
    the fast@@ est and the slowest of the s@@ tr@@ on@@ g@@ est and the we@@ ak@@ est .
    unhappi@@ ly , the unhappi@@ est happi@@ ly be@@ c@@ ame the happi@@ est .
    re@@ writing , re@@ reading and re@@ th@@ in@@ k@@ ing are re@@ w@@ ar@@ d@@ ing .
    a translat@@ or translat@@ es transl@@ ation@@ s of translat@@ e@@ d translat@@ ors .
    the inter@@ national@@ isation of lo@@ cal@@ isation is a n@@ or@@ mal@@ isation .
    201@@ 6 , 201@@ 7 and 201@@ 8 w@@ ere y@@ e@@ ar@@ s ; 19@@ 9@@ 8 and 19@@ 99 to@@ o .
    version 1.0.@@ 0 com@@ es be@@ f@@ ore version 1.0.@@ 1 , and 1.@@ 1@@ 0.@@ 0 af@@ ter 1.@@ 9@@ .@@ 9 .
    c@@ all +49 30 1@@ 2@@ 3@@ 4@@ 5@@ 6 or +49 30 6@@ 5@@ 4@@ 3@@ 21 b@@ et@@ we@@ en 0@@ 8@@ :00 and 18@@ :00 .
    it co@@ st@@ s 19@@ ,@@ 99 € , or $ 2@@ 1.@@ 5@@ 0 , or £ 1@@ 7@@ .@@ 2@@ 5 , or ¥ 2@@ 5@@ 00 .
    e@@ -@@ ma@@ il so@@ me@@ one@example.@@ or@@ g or no@@ -@@ one@example.@@ co@@ m , no@@ t both .
    se@@ e https://example.@@ or@@ g@@ /@@ a@@ /@@ b@@ /@@ c@@ ?@@ d@@ =@@ e@@ &@@ f@@ =@@ g@@ #@@ h for https://example.@@ com@@ / .
    aa@@ aa aa@@ a aa a aaaa@@ a aaaaaa@@ a aaaaaa@@ aa
    abab abab@@ ab abab@@ abab bab@@ a b@@ abab@@ a ab@@ b@@ a b@@ aa@@ b
    xyxy@@ xyx y@@ xyxy@@ x@@ y x@@ xy@@ y y@@ y@@ x@@ x xy@@ x@@ xyx
    mississippi mississippi miss@@ ou@@ r@@ i miss@@ ing mis@@ se@@ d mis@@ ses
    banan@@ a banan@@ as anan@@ as c@@ ab@@ ana banan@@ anan@@ a
    haha hahaha ha@@ hahaha ho@@ ho@@ ho h@@ ihih@@ ih@@ i
    !@@ !!! !!! !! ! ?@@ ?@@ ? ?! ?@@ !@@ ?! ... ..@@ .. …@@ .
    -@@ --- --- -- - =@@ === === == =
    @ @@ @@@@ @ @@@@ @@ a@@ @@ @@@@ a a@@ @@@@ b @@@ -@@ @ a@@ @@@ b@@ @@@ c
    <@@ un@@ k@@ > <@@ s> </@@ s> <@@ p@@ ad@@ > <@@ b> </@@ b> <@@ i> </@@ i>
    \ \@@ \ \@@ n \@@ t a@@ \@@ b c@@ :@@ \@@ te@@ mp@@ \@@ ne@@ w \@@ \@@ s@@ er@@ ver@@ \@@ sh@@ are
    ( ( ( [ [ { { } } ] ] ) ) )
    der al@@ te leuchtt@@ ur@@ m@@ wärter st@@ e@@ i@@ g@@ t jeden abend die sch@@ mal@@ e tre@@ pp@@ e hin@@ au@@ f .
    jeden abend z@@ ü@@ n@@ de@@ t der wärter die lampe an und schreibt e@@ in@@ en brief .
    er schreibt se@@ in@@ er schwester , die in der n@@ ä@@ he des haf@@ en@@ s wo@@ h@@ n@@ t .
    seine schwester an@@ tw@@ or@@ te@@ t ni@@ e , aber er schreibt we@@ it@@ er .
    die briefe reisen langsam : mit dem schiff , mit dem zu@@ g , mit dem fahrrad .
    ein fahrrad ist sch@@ n@@ ell@@ er als ein schiff , wenn der hafen zugefroren ist .
    wenn der hafen zugefroren ist , reist niemand .
    " niemand reist " , s@@ ag@@ t der briefträg@@ er , " aber briefe sch@@ on . "
    das fahrrad des briefträg@@ ers ist bla@@ u , und seine klingel ist kapu@@ t@@ t .
    e@@ ine kapu@@ tt@@ e klingel kling@@ el@@ t la@@ u@@ ter als g@@ ar ke@@ ine klingel .
    donaudampf@@ schif@@ f@@ fahr@@ t@@ s@@ ges@@ ell@@ sch@@ af@@ t@@ sk@@ ap@@ it@@ ä@@ n und donaudampf@@ schiff
    r@@ in@@ d@@ f@@ le@@ isch@@ et@@ i@@ ke@@ tt@@ i@@ er@@ ungs@@ über@@ w@@ ach@@ ungs@@ au@@ f@@ g@@ ab@@ en@@ über@@ tra@@ g@@ ungs@@ ges@@ et@@ z
    die größten s@@ tra@@ ßen ha@@ ben die größ@@ te z@@ a@@ h@@ l an fü@@ ß@@ g@@ ä@@ n@@ ger@@ n .
    größ@@ e , größ@@ er , am größten ; sü@@ ß , süß@@ er , am süß@@ es@@ ten .
    Ä@@ Ö@@ Ü ä@@ ö@@ ü ß ẞ Ä@@ R@@ G@@ E@@ R är@@ ger Ä@@ r@@ ger
    über@@ m@@ u@@ t , über@@ f@@ lus@@ s , über@@ all , übun@@ g , übun@@ g@@ en , über@@ üb@@ t
    fünf h@@ üb@@ sche fü@@ ch@@ se fü@@ hl@@ en frü@@ h frü@@ hl@@ in@@ gs@@ ge@@ fü@@ h@@ le
    sch@@ öne größ@@ ere hö@@ here lö@@ w@@ en hö@@ ren ö@@ de t@@ öne
    zwölf bo@@ x@@ k@@ ä@@ mp@@ f@@ er j@@ ag@@ en vi@@ k@@ t@@ or qu@@ er üb@@ er den g@@ ro@@ ßen s@@ y@@ l@@ ter de@@ ich .
    fischers fritze fischt frische fische ; frische fische fischt fischers fritze .
    blaukraut bleibt blaukraut und brautkleid bleibt brautkleid .
    le vie@@ ux gardien du p@@ har@@ e mon@@ te chaque soir l' escal@@ i@@ er é@@ tro@@ it .
    chaque soir , le gardien al@@ lu@@ me la lampe e@@ t écrit une let@@ tre .
    il écrit à sa sœur , qu@@ i ha@@ b@@ it@@ e p@@ r@@ è@@ s du p@@ or@@ t .
    sa sœur ne r@@ é@@ p@@ on@@ d j@@ am@@ ais , ma@@ is il c@@ on@@ t@@ in@@ u@@ e d@@ ' écri@@ re .
    les lett@@ re@@ s vo@@ y@@ ag@@ ent le@@ n@@ te@@ ment : en b@@ at@@ e@@ a@@ u , en train , à v@@ él@@ o .
    être o@@ u ne p@@ as être , vo@@ il@@ à une d@@ r@@ ô@@ le de qu@@ es@@ ti@@ on être .
    l' élève élev@@ é rel@@ è@@ ve les élèves élev@@ és .
    un gar@@ çon fr@@ an@@ ç@@ ais re@@ ç@@ o@@ it une le@@ çon de fa@@ ç@@ ad@@ e .
    où son@@ t les œufs des b@@ œufs ? l@@ à où na@@ î@@ t la naïveté .
    el vie@@ j@@ o fa@@ re@@ ro su@@ be ca@@ d@@ a no@@ ch@@ e la es@@ tre@@ ch@@ a escal@@ er@@ a .
    ¿ quién escribe ? ¡ na@@ die escribe ! ¿ quién le@@ e ? ¡ to@@ dos le@@ en !
    ma@@ ñ@@ ana el ni@@ ño p@@ e@@ qu@@ e@@ ño so@@ ñ@@ ar@@ á c@@ on un@@ a mon@@ t@@ a@@ ñ@@ a de pi@@ ñ@@ as .
    o v@@ el@@ ho f@@ ar@@ o@@ le@@ ir@@ o não l@@ ê , não es@@ cre@@ ve , não v@@ ê n@@ ing@@ u@@ é@@ m .
    c@@ or@@ a@@ ções e can@@ ções de i@@ lus@@ ões e e@@ m@@ o@@ ções
    il ve@@ c@@ ch@@ i@@ o gu@@ ar@@ di@@ an@@ o s@@ cri@@ ve p@@ er@@ ch@@ é su@@ a so@@ rel@@ la n@@ on c@@ ' è pi@@ ù .
    g@@ am@@ le f@@ y@@ r@@ vo@@ k@@ te@@ ren sk@@ ri@@ ver på øy@@ a ve@@ d s@@ j@@ ø@@ en , o@@ g b@@ ø@@ l@@ g@@ en@@ e g@@ å@@ r h@@ øy@@ t .
    ån@@ gs@@ tr@@ ö@@ m å@@ ker ö@@ ver å@@ n i en b@@ å@@ t på m@@ ån@@ da@@ g .
    v@@ an@@ h@@ a ma@@ j@@ ak@@ an@@ v@@ ar@@ ti@@ j@@ a kir@@ j@@ o@@ itt@@ aa kirjeitä , kirjeitä , kirjeitä .
    es@@ k@@ i f@@ en@@ er be@@ k@@ ç@@ isi h@@ er ak@@ ş@@ am da@@ r m@@ er@@ di@@ ven@@ l@@ er@@ i ç@@ ı@@ k@@ ar .
    İ@@ stanbul I@@ stanbul ı@@ s@@ ı isi ı@@ l@@ ı@@ k i@@ li@@ k İ@@ I ı@@ i
    st@@ ary l@@ at@@ ar@@ ni@@ k co w@@ ie@@ c@@ z@@ ó@@ r w@@ ch@@ od@@ z@@ i p@@ o w@@ ą@@ sk@@ ich sch@@ o@@ da@@ ch .
    żół@@ ć , żół@@ w , ź@@ d@@ ź@@ b@@ ł@@ o , łó@@ d@@ ź , łó@@ ż@@ k@@ o , gę@@ ś , gę@@ s@@ i
    p@@ ř@@ í@@ li@@ š ž@@ lu@@ ť@@ ou@@ č@@ k@@ ý k@@ ů@@ ň ú@@ p@@ ě@@ l ď@@ á@@ b@@ el@@ sk@@ é ó@@ dy .
    с@@ т@@ а@@ р@@ ый смотритель ма@@ я@@ к@@ а каждый вечер по@@ д@@ ни@@ ма@@ е@@ т@@ с@@ я п@@ о у@@ з@@ к@@ о@@ й л@@ ес@@ т@@ ни@@ ц@@ е .
    каждый вечер смотритель з@@ аж@@ и@@ г@@ ает л@@ а@@ м@@ п@@ у и пишет пи@@ с@@ ь@@ м@@ о .
    он пишет с@@ во@@ е@@ й сестр@@ е , к@@ от@@ о@@ р@@ а@@ я ж@@ и@@ в@@ ё@@ т н@@ е@@ д@@ а@@ л@@ е@@ к@@ о о@@ т по@@ р@@ т@@ а .
    сестр@@ а н@@ е от@@ ве@@ ч@@ ает , н@@ о он пишет и пишет и пишет .
    ο γ@@ έ@@ ρο@@ ς φ@@ α@@ ρο@@ φ@@ ύ@@ λ@@ α@@ κα@@ ς αν@@ ε@@ β@@ α@@ ί@@ ν@@ ει κάθε βράδυ τη σ@@ τ@@ ε@@ ν@@ ή σ@@ κά@@ λ@@ α .
    κάθε βράδυ αν@@ ά@@ β@@ ει τη λ@@ ά@@ μ@@ π@@ α κα@@ ι γρά@@ φ@@ ει έ@@ ν@@ α γρά@@ μ@@ μ@@ α .
    ה@@ ש@@ ו@@ מ@@ ר ה@@ ז@@ ק@@ ן ש@@ ל ה@@ מ@@ ג@@ ד@@ ל@@ ו@@ ר כ@@ ו@@ תב מ@@ כ@@ תב כ@@ ל ע@@ ר@@ ב .
    حارس ال@@ م@@ ن@@ ار@@ ة ال@@ ع@@ ج@@ و@@ ز يكتب رسالة كل مساء .
    كل مساء يكتب ال@@ حارس رسالة إ@@ ل@@ ى أ@@ خ@@ ت@@ ه .
    ब@@ ू@@ ढ@@ ़@@ ा र@@ ख@@ व@@ ा@@ ल@@ ा हर शाम ए@@ क पत्र लिखता है ।
    हर शाम व@@ ह अ@@ प@@ न@@ ी ब@@ ह@@ न क@@ ो पत्र लिखता है ।
    ผ@@ ู@@ ้@@ ด@@ ู@@ แ@@ ล@@ ป@@ ร@@ ะ@@ ภ@@ า@@ ค@@ า@@ ร@@ เ@@ ข@@ ี@@ ย@@ น@@ จ@@ ด@@ ห@@ ม@@ า@@ ย@@ ท@@ ุ@@ ก@@ เ@@ ย@@ ็@@ น
    老@@ 守@@ 灯@@ 人@@ 每天晚上@@ 爬@@ 上@@ 狭@@ 窄@@ 的@@ 楼@@ 梯@@ 。
    每天晚上@@ 他@@ 点@@ 亮@@ 灯@@ ，@@ 写@@ 一@@ 封@@ 信@@ 。
    他@@ 写@@ 信@@ 给@@ 住@@ 在@@ 港@@ 口@@ 附@@ 近@@ 的@@ 妹妹@@ 。
    妹妹@@ 从@@ 不@@ 回@@ 信@@ ，@@ 但@@ 他@@ 一直写@@ ，@@ 一直写@@ 。
    我 爱 写 信 ， 你 爱 读 信 。
    灯塔 灯塔 港口 港口 信 信 信
    老@@ 人@@ は@@ 毎晩@@ 狭@@ い@@ 階@@ 段@@ を@@ 上@@ る@@ 。
    毎晩@@ ラ@@ ン@@ プ@@ を@@ 灯@@ し@@ て@@ 手@@ 紙@@ を@@ 書@@ く@@ 。
    手紙 手紙 を 書く 書く 書い@@ た 書い@@ て
    ゆっくり ゆっくり 旅@@ を@@ す@@ る 手紙 た@@ ち
    늙@@ 은 등@@ 대@@ 지@@ 기@@ 는 매일 저녁 좁@@ 은 계@@ 단@@ 을 오@@ 른@@ 다 .
    매일 저녁 그@@ 는 등@@ 불@@ 을 켜@@ 고 편지를 쓴@@ 다 .
    편@@ 지 편지를 편지@@ 가 편지@@ 는 편지@@ 도
    한글 한글
    é é è è ü ü ñ ñ
    é é é é é é é é
    é é é é ü ü ü ñ ñ ñ
    café café cafe@@ ́@@ s cafés na@@ ̈@@ i@@ ve na@@ i@@ ̈@@ ve
    élè@@ ve élè@@ ves élève élèves
    caf@@ e café café cafés cafés CA@@ F@@ É
    naïve naïve naïveté naïveté
    ą̊ ą̊ ṩ ṩ q̣̇ q̣̇
    Zoë Zoë Zoé Zoé Chloë Chloë
    😀 😀😀 😀@@ 😀😀 😀@@ ! 😀@@ ? g@@ o@@ od@@ 😀
    👍 👍🏽 👍@@ 🏿 👍@@ 🏽@@ 👍🏽 👍@@ 👍
    👩‍@@ 👩‍@@ 👧 👨@@ ‍@@ 👩‍@@ 👧@@ ‍@@ 👦 👩‍💻 👩‍@@ 💻@@ 👩‍💻
    🇩🇪 🇫🇷 🇬@@ 🇧 🇩🇪@@ 🇫🇷 🇩🇪@@ 🇩🇪
    ❤ ❤️ ❤@@ ️@@ ❤️ ♥ ♥@@ ♥ ☕ ☕@@ ️
    𝔘@@ 𝔫@@ 𝔦@@ 𝔠@@ 𝔬@@ 𝔡@@ 𝔢 𝕌@@ 𝕟@@ 𝕚@@ 𝕔@@ 𝕠@@ 𝕕@@ 𝕖 𝒰@@ 𝓃@@ 𝒾@@ 𝒸@@ ℴ@@ 𝒹@@ ℯ
    𠀀 𠀁@@ 𠀀 𠀀@@ 𠀁 𠮷@@ 野家 𠮷@@ 野 吉@@ 野家
    ﬁ ﬂ ﬁ@@ ne ﬂ@@ o@@ w ﬃ f@@ ine f@@ low
    Ａ Ｂ Ｃ Ａ@@ Ｂ@@ Ｃ ａ@@ ｂ@@ ｃ １@@ ２@@ ３
    ½ ¼ ¾ x@@ ² y@@ ³ H@@ ₂@@ O C@@ O@@ ₂ m² k@@ m²
    ± × ÷ ≤ ≥ ≠ ≈ ∞ ∑ ∏ √2 √@@ √2
    « gu@@ il@@ le@@ m@@ et@@ s » „ an@@ fü@@ hr@@ ungs@@ ze@@ i@@ ch@@ en “ “ qu@@ o@@ t@@ es ” ‘ s@@ ing@@ le ’
    – — ― ‐ ‑ − -
    … …@@ … ..@@ ..@@ ... . .. …
    two spa@@ c@@ es three four
     le@@ ad@@ ing space
    tra@@ il@@ ing space 
      both en@@ ds  
    a
    b b
    c c c

    x
    the end is near , the end is here , the end .
    ne@@ arer , ne@@ arest ; de@@ arer , de@@ arest ; cle@@ arer , cle@@ arest
    w@@ alking t@@ alking st@@ alking ch@@ alking b@@ alking
    w@@ alked t@@ alked st@@ alked ch@@ alked b@@ alked
    w@@ alker t@@ alker st@@ alker w@@ alkers t@@ alkers st@@ alkers
    brigh@@ tly , sligh@@ tly , n@@ igh@@ tly , ligh@@ tly , tigh@@ tly
    brigh@@ tness , ligh@@ tness , tigh@@ tness , sligh@@ tness
    s@@ ight , m@@ ight , n@@ ight , ligh@@ t , t@@ ight , righ@@ t , f@@ ight
    n@@ ation , national , nationalit@@ y , nationalit@@ i@@ es , inter@@ national
    st@@ ation , station@@ s , station@@ ary , station@@ er@@ y
    rel@@ ation , relation@@ s , relationshi@@ p , relationshi@@ p@@ s
    cre@@ ation , creat@@ or , creat@@ ors , creat@@ ing , creat@@ es
    the quick brown fox jumps over the lazy dog .
    the lazy dog jumps over the quick brown fox .
    p@@ a@@ c@@ k my box w@@ it@@ h five do@@ zen li@@ qu@@ or ju@@ g@@ s .
    ho@@ w v@@ ex@@ ing@@ ly quick da@@ f@@ t ze@@ br@@ as ju@@ m@@ p !
    S@@ p@@ hin@@ x of black qu@@ ar@@ t@@ z , ju@@ d@@ ge my vo@@ w .
    THE Q@@ U@@ I@@ C@@ K B@@ R@@ O@@ W@@ N F@@ O@@ X S@@ H@@ O@@ U@@ T@@ S A@@ T THE L@@ A@@ Z@@ Y D@@ O@@ G .
    T@@ he Q@@ u@@ ick B@@ ro@@ wn F@@ ox W@@ rit@@ es A T@@ it@@ le .
    iP@@ h@@ one iP@@ ad iP@@ o@@ d e@@ B@@ a@@ y Y@@ ou@@ T@@ u@@ be G@@ it@@ H@@ u@@ b L@@ a@@ T@@ e@@ X
    M@@ cDonald M@@ cDonal@@ ds M@@ a@@ cDonald O'@@ N@@ e@@ ill O'@@ B@@ ri@@ en d@@ '@@ A@@ r@@ t@@ ag@@ na@@ n
    don@@ 't w@@ on@@ 't can@@ 't is@@ n't are@@ n't was@@ n't we@@ re@@ n't
    I'@@ m you@@ 're h@@ e's sh@@ e's we@@ 're th@@ e@@ y@@ 're I'@@ ve you@@ '@@ ve
    s@@ na@@ ke@@ _@@ case@@ _@@ name c@@ am@@ el@@ C@@ a@@ se@@ N@@ ame ke@@ bab@@ -@@ case@@ -@@ name S@@ C@@ R@@ E@@ A@@ M@@ I@@ N@@ G@@ _@@ CA@@ S@@ E
    for ( in@@ t i = 0 ; i < n ; +@@ + i ) { su@@ m +@@ = a [ i ] ; }
    le@@ t x = y ? z : 0 ; /@@ / comment /@@ * comment *@@ /
    { "@@ ke@@ y@@ " : "@@ v@@ al@@ ue@@ " , "@@ l@@ is@@ t@@ " : [ 1 , 2 , 3 ] }
    0 00 000 0000 01 0@@ 01 1@@ 0 1@@ 00 1@@ 000 1@@ 0000
    11 111 1@@ 111 22 222 2@@ 222 1@@ 2 1@@ 21 1@@ 21@@ 2 21@@ 21
    3@@ .@@ 1@@ 41@@ 5@@ 9 2@@ .@@ 7@@ 18@@ 2@@ 8 1.@@ 41@@ 4@@ 21 1.@@ 6@@ 18@@ 0@@ 3 0.@@ 5@@ 7@@ 7@@ 21
    ein z@@ we@@ i d@@ re@@ i vi@@ er fünf se@@ ch@@ s si@@ e@@ ben ach@@ t ne@@ un ze@@ h@@ n el@@ f zwölf
    one two three four five six se@@ v@@ en e@@ ight n@@ ine ten e@@ lev@@ en tw@@ el@@ ve
    un de@@ ux tro@@ is qu@@ at@@ re cin@@ q six sep@@ t h@@ u@@ it ne@@ u@@ f di@@ x on@@ ze d@@ ou@@ ze
    un@@ o dos tre@@ s c@@ u@@ at@@ ro cin@@ co se@@ is si@@ et@@ e o@@ ch@@ o n@@ ue@@ ve di@@ e@@ z on@@ ce do@@ ce
    о@@ д@@ и@@ н д@@ в@@ а тр@@ и че@@ т@@ ы@@ р@@ е п@@ ять ш@@ ес@@ ть семь во@@ семь д@@ е@@ в@@ ять д@@ ес@@ ять
    一 二 三 四 五 六 七 八 九 十 十@@ 一 十@@ 二
    mon@@ day t@@ u@@ es@@ day we@@ d@@ nes@@ day th@@ ur@@ s@@ day fri@@ day s@@ at@@ ur@@ day s@@ un@@ day
    mon@@ tag di@@ en@@ stag m@@ itt@@ wo@@ ch don@@ n@@ er@@ stag f@@ re@@ it@@ ag s@@ am@@ stag son@@ n@@ tag
    j@@ an@@ uary fe@@ br@@ uary m@@ ar@@ ch ap@@ ri@@ l ma@@ y j@@ une ju@@ ly au@@ gu@@ st sep@@ te@@ mb@@ er
    re@@ d gre@@ en blue yel@@ low black whit@@ e gre@@ y or@@ an@@ ge p@@ ur@@ p@@ le brown
    red@@ der green@@ er blu@@ er yel@@ lower blac@@ ker whit@@ er grey@@ er
    red@@ dest green@@ est blu@@ est yel@@ low@@ est blac@@ k@@ est whit@@ est grey@@ est
    the se@@ a , the se@@ as , the seas@@ i@@ de , the seash@@ ore , the seash@@ ell
    das me@@ er , die me@@ ere , die meere@@ sk@@ ü@@ st@@ e , das meere@@ s@@ rau@@ sch@@ en
    wasser , wasser@@ fall , wasser@@ hah@@ n , wasser@@ sp@@ ie@@ g@@ el , ho@@ ch@@ wasser
    water , water@@ fall , water@@ m@@ ill , water@@ proof , un@@ d@@ er@@ water
    feuer , feuerwe@@ h@@ r , feuerwe@@ hr@@ m@@ an@@ n , feuer@@ ze@@ u@@ g , la@@ ger@@ feuer
    f@@ ire , fire@@ f@@ igh@@ ter , fire@@ p@@ la@@ ce , fire@@ proof , c@@ ampf@@ ire
    ha@@ u@@ s , h@@ ä@@ us@@ er , ha@@ us@@ bo@@ o@@ t , leuchtt@@ urm , leuchtt@@ ürme , t@@ urm , t@@ ürme
    hou@@ se , hou@@ ses , hou@@ se@@ boat , lighthouse , lighthou@@ ses
    letter , letters , lett@@ ere@@ d , letter@@ ing , letter@@ box
    brief , briefe , brief@@ en , brief@@ k@@ a@@ sten , brief@@ t@@ au@@ be , briefträg@@ er@@ in
    schreib@@ en schreib@@ st schreibt schrie@@ b schrie@@ ben ges@@ ch@@ rie@@ ben
    writ@@ e writes w@@ ro@@ te wri@@ tt@@ en writing wri@@ ter writ@@ ers
    les@@ en liest la@@ s g@@ el@@ es@@ en les@@ er leser@@ in leser@@ in@@ n@@ en
    re@@ ad reads reading re@@ a@@ der read@@ ers re@@ reads
    reisen reist reis@@ te ge@@ reist reisen@@ der reisen@@ de
    travel travels travel@@ le@@ d travell@@ ing travell@@ er travell@@ ers
    langsam langsam@@ er am langsam@@ sten die langsam@@ ke@@ it
    s@@ low slow@@ er slowest slowly slow@@ ness
    the keeper reads the la@@ st letter and t@@ ur@@ n@@ s o@@ f@@ f the lamp .
    der wärter liest den let@@ z@@ ten brief und lö@@ sch@@ t die lampe .
    low low low low low lower lower
    newest newest newest newest newest newest widest widest widest

    """#
}
