/// A text with its segmentation by subword-nmt 0.3.8, with codes of formats 0.1 and 0.2.
///
/// Made by its `learn-bpe -s 40` and `get-vocab` on all lines but the last, and `apply-bpe` on all lines. The codes of
/// format 0.1, which it can no longer learn, are made by the same algorithm with the end of a word as a symbol.
enum CodesEncoderFixture {
  static let text = #"""
    low low low lower lower newest newest widest
    the lowest keeper keeps the newest keys
    keepers of the lower keys lowered the keys
     he sees  42 or 1942 wide streets in USA 
    der größte größere große fußgänger
    slowest 1934USABUSA USA U lowerer wkeys

    """#

  static let codes02 = #"""
    #version: 0.2
    w e
    l o
    k e
    s t</w>
    lo we
    h e</w>
    t he</w>
    y s</w>
    we st</w>
    n e
    ne west</w>
    lowe r</w>
    lo w</w>
    ke ys</w>
    ke e
    kee p
    g r
    e r</w>
    ö ß
    w i
    wi d
    r e
    gr öß
    e r
    4 2</w>

    """#

  static let codes01 = #"""
    e r
    e </w>
    o w
    l ow
    s </w>
    s t
    k e
    er </w>
    st </w>
    h e</w>
    e st</w>
    t he</w>
    y s</w>
    w est</w>
    n e
    ne west</w>
    low er</w>
    low </w>
    ke ys</w>
    ke e
    kee p
    g r
    ö ß
    w i
    wi d
    gr öß
    e e
    4 2
    42 </w>

    """#

  static let vocabulary02 = #"""
    e@@ 4
    the 4
    s 4
    e 4
    low 3
    lower 3
    newest 3
    keep@@ 3
    er 3
    keys 3
    o@@ 3
    t@@ 3
    wid@@ 2
    st 2
    lowe@@ 2
    er@@ 2
    re@@ 2
    s@@ 2
    42 2
    größ@@ 2
    ß@@ 2
    g@@ 2
    f 1
    d 1
    he 1
    r 1
    1@@ 1
    9@@ 1
    i@@ 1
    n 1
    U@@ 1
    S@@ 1
    A 1
    d@@ 1
    gr@@ 1
    f@@ 1
    u@@ 1
    ä@@ 1
    n@@ 1

    """#

  static let plain02 = #"""
    low low low lower lower newest newest wid@@ e@@ st
    the lowe@@ st keep@@ er keep@@ s the newest keys
    keep@@ er@@ s o@@ f the lower keys lowe@@ re@@ d the keys
     he s@@ e@@ e@@ s 42 o@@ r 1@@ 9@@ 42 wid@@ e s@@ t@@ re@@ e@@ t@@ s i@@ n U@@ S@@ A 
    d@@ er größ@@ t@@ e größ@@ er@@ e gr@@ o@@ ß@@ e f@@ u@@ ß@@ g@@ ä@@ n@@ g@@ er
    s@@ lowe@@ st 1@@ 9@@ 3@@ 4@@ U@@ S@@ A@@ B@@ U@@ S@@ A U@@ S@@ A U lowe@@ r@@ er w@@ keys

    """#

  static let threshold02 = #"""
    low low low lower lower newest newest w@@ i@@ d@@ e@@ s@@ t
    the l@@ o@@ w@@ e@@ s@@ t keep@@ er keep@@ s the newest keys
    keep@@ e@@ r@@ s o@@ f the lower keys l@@ o@@ w@@ e@@ r@@ e@@ d the keys
     h@@ e s@@ e@@ e@@ s 4@@ 2 o@@ r 1@@ 9@@ 4@@ 2 w@@ i@@ d@@ e s@@ t@@ r@@ e@@ e@@ t@@ s i@@ n U@@ S@@ A 
    d@@ er g@@ r@@ ö@@ ß@@ t@@ e g@@ r@@ ö@@ ß@@ e@@ r@@ e g@@ r@@ o@@ ß@@ e f@@ u@@ ß@@ g@@ ä@@ n@@ g@@ er
    s@@ l@@ o@@ w@@ e@@ s@@ t 1@@ 9@@ 3@@ 4@@ U@@ S@@ A@@ B@@ U@@ S@@ A U@@ S@@ A U l@@ o@@ w@@ e@@ r@@ er w@@ keys

    """#

  static let glossaries02 = #"""
    low low low lower lower newest newest wid@@ e@@ st
    the lowe@@ st keep@@ er keep@@ s the newest key@@ s
    keep@@ er@@ s o@@ f the lower key@@ s lowe@@ re@@ d the key@@ s
     h@@ e s@@ e@@ e@@ s 42 o@@ r 19@@ 42 wid@@ e s@@ t@@ re@@ e@@ t@@ s i@@ n USA 
    d@@ er größ@@ t@@ e größ@@ er@@ e g@@ r@@ o@@ ß@@ e f@@ u@@ ß@@ g@@ ä@@ n@@ g@@ er
    s@@ lowe@@ st 19@@ 34@@ USA@@ B@@ USA USA U lowe@@ r@@ er w@@ key@@ s

    """#

  static let vocabulary01 = #"""
    the 4
    s 4
    e 4
    low 3
    lower 3
    newest 3
    keep@@ 3
    er 3
    keys 3
    er@@ 3
    o@@ 3
    wid@@ 2
    est 2
    low@@ 2
    ee@@ 2
    42 2
    t@@ 2
    größ@@ 2
    ß@@ 2
    g@@ 2
    f 1
    e@@ 1
    d 1
    he 1
    s@@ 1
    r 1
    1@@ 1
    9@@ 1
    st@@ 1
    r@@ 1
    i@@ 1
    n 1
    U@@ 1
    S@@ 1
    A 1
    d@@ 1
    gr@@ 1
    f@@ 1
    u@@ 1
    ä@@ 1
    n@@ 1

    """#

  static let plain01 = #"""
    low low low lower lower newest newest wid@@ est
    the low@@ est keep@@ er keep@@ s the newest keys
    keep@@ er@@ s o@@ f the lower keys low@@ er@@ e@@ d the keys
     he s@@ ee@@ s 42 o@@ r 1@@ 9@@ 42 wid@@ e st@@ r@@ ee@@ t@@ s i@@ n U@@ S@@ A 
    d@@ er größ@@ t@@ e größ@@ er@@ e gr@@ o@@ ß@@ e f@@ u@@ ß@@ g@@ ä@@ n@@ g@@ er
    s@@ low@@ est 1@@ 9@@ 3@@ 4@@ U@@ S@@ A@@ B@@ U@@ S@@ A U@@ S@@ A U low@@ er@@ er w@@ keys

    """#

  static let threshold01 = #"""
    low low low lower lower newest newest w@@ i@@ d@@ e@@ s@@ t@@ 
    the l@@ o@@ w@@ e@@ s@@ t@@  keep@@ er keep@@ s the newest keys
    keep@@ er@@ s o@@ f the lower keys l@@ o@@ w@@ er@@ e@@ d the keys
     h@@ e s@@ e@@ e@@ s 4@@ 2@@  o@@ r 1@@ 9@@ 4@@ 2@@  w@@ i@@ d@@ e s@@ t@@ r@@ e@@ e@@ t@@ s i@@ n U@@ S@@ A 
    d@@ er g@@ r@@ ö@@ ß@@ t@@ e g@@ r@@ ö@@ ß@@ er@@ e g@@ r@@ o@@ ß@@ e f@@ u@@ ß@@ g@@ ä@@ n@@ g@@ er
    s@@ l@@ o@@ w@@ e@@ s@@ t@@  1@@ 9@@ 3@@ 4@@ U@@ S@@ A@@ B@@ U@@ S@@ A U@@ S@@ A U l@@ o@@ w@@ er@@ er w@@ keys

    """#

  static let glossaries01 = #"""
    low low low lower lower newest newest wid@@ est
    the low@@ est keep@@ er keep@@ s the newest key@@ s
    keep@@ er@@ s o@@ f the lower key@@ s low@@ er@@ e@@ d the key@@ s
     h@@ e s@@ ee@@ s 42 o@@ r 19@@ 42 wid@@ e s@@ t@@ r@@ ee@@ t@@ s i@@ n USA 
    d@@ er größ@@ t@@ e größ@@ er@@ e g@@ r@@ o@@ ß@@ e f@@ u@@ ß@@ g@@ ä@@ n@@ g@@ er
    s@@ low@@ est 19@@ 34@@ USA@@ B@@ USA USA U low@@ er@@ er w@@ key@@ s

    """#
}
