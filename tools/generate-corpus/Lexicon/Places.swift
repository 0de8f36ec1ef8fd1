/// A place with the prepositions that it takes.
struct Place: Sendable {
  let noun: Noun
  /// For verbs; its noun has them too, as "p:home", for adjectives.
  let tags: [String]
  /// "in the garden", "im Garten".
  let whereAt: Preposition
  /// "into the garden", "in den Garten".
  let whereTo: Preposition
}

/// A city or country, without an article.
struct Locality: Sendable {
  let english: String
  let german: String
}

extension Lexicon {
  static let places = Table.rows(placeTable, columns: 6).map { cells in
    Place(
      noun: Noun(
        cells: [
          cells[0], cells[1], cells[2], "place " + cells[5].words.map { "p:" + $0 }.joined(separator: " "),
        ]),
      tags: cells[5].words,
      whereAt: Preposition(cells[3]),
      whereTo: Preposition(cells[4]))
  }

  static let cities = Table.rows(cityTable, columns: 2).map { Locality(english: $0[0], german: $0[1]) }
  static let countries = Table.rows(countryTable, columns: 2).map { Locality(english: $0[0], german: $0[1]) }

  private static let placeTable = """
    # English         German              Plural          where     whither       Tags
    garden            der Garten          Gärten          in=in+D   into=in+A     home nature calm food
    kitchen           die Küche           Küchen          in=in+D   into=in+A     home room cook food
    living room       das Wohnzimmer      Wohnzimmer      in=in+D   into=in+A     home room calm screen
    bedroom           das Schlafzimmer    Schlafzimmer    in=in+D   into=in+A     room sleep
    cellar            der Keller          Keller          in=in+D   into=in+A     room store
    garage            die Garage          Garagen         in=in+D   into=in+A     store repair
    office            das Büro            Büros           in=in+D   to=in+A       work calm goal
    factory           die Fabrik          Fabriken        in=in+D   to=in+A       work goal
    hospital          das Krankenhaus     Krankenhäuser   in=in+D   to=in+A       work goal
    school            die Schule          Schulen         at=in+D   to=in+A       work learn goal class
    university        die Universität     Universitäten   at=an+D   to=zu+D       learn goal class
    library           die Bibliothek      Bibliotheken    in=in+D   to=in+A       calm learn read goal
    museum            das Museum          Museen          in=in+D   to=in+A       town goal
    cinema            das Kino            Kinos           at=in+D   to=in+A       town goal screen
    theatre           das Theater         Theater         at=in+D   to=in+A       town goal screen
    restaurant        das Restaurant      Restaurants     in=in+D   to=in+A       town food goal work
    café              das Café            Cafés           in=in+D   to=in+A       town food calm goal
    hotel             das Hotel           Hotels          in=in+D   to=in+A       sleep work goal
    church            die Kirche          Kirchen         in=in+D   to=in+A       town goal
    supermarket       der Supermarkt      Supermärkte     in=in+D   to=in+A       shop goal work
    bakery            die Bäckerei        Bäckereien      in=in+D   to=in+A       shop goal work
    bookshop          die Buchhandlung    Buchhandlungen  in=in+D   to=in+A       town goal work
    market            der Markt           Märkte          at=auf+D  to=auf+A      shop goal
    station           der Bahnhof         Bahnhöfe        at=an+D   to=zu+D       town travel goal
    airport           der Flughafen       Flughäfen       at=an+D   to=zu+D       travel goal
    bus stop          die Haltestelle     Haltestellen    at=an+D   to=zu+D       travel goal
    park              der Park            Parks           in=in+D   to=in+A       nature calm town goal
    forest            der Wald            Wälder          in=in+D   into=in+A     nature goal
    beach             der Strand          Strände         at=an+D   to=an+A       nature calm goal
    lake              der See             Seen            at=an+D   to=an+A       nature calm goal
    river             der Fluss           Flüsse          at=an+D   to=an+A       nature goal
    mountain          der Berg            Berge           on=auf+D  up=auf+A      nature
    village           das Dorf            Dörfer          in=in+D   into=in+A     live
    city              die Stadt           Städte          in=in+D   into=in+A     live
    street            die Straße          Straßen         in=in+D   into=in+A     live
    square            der Platz           Plätze          on=auf+D  to=auf+A      town
    """

  private static let cityTable = """
    Berlin     Berlin
    Hamburg    Hamburg
    Munich     München
    Vienna     Wien
    Cologne    Köln
    Zurich     Zürich
    Paris      Paris
    London     London
    Rome       Rom
    Dresden    Dresden
    Leipzig    Leipzig
    Prague     Prag
    """

  private static let countryTable = """
    Germany    Deutschland
    Austria    Österreich
    Italy      Italien
    France     Frankreich
    Spain      Spanien
    Poland     Polen
    England    England
    Sweden     Schweden
    Greece     Griechenland
    """
}
