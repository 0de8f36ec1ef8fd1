extension Composer {
  /// "at half past seven", "at 7:45", "at eight o'clock".
  mutating func clockTime() -> Adverbial {
    let hour = random.number(in: 1...12)
    let (english, german) = (Numerals.english(hour), Numerals.german(hour))
    let next = Numerals.german(hour % 12 + 1)
    switch random.number(in: 0...4) {
    case 0: return .fixed(english: "at half past \(english)", german: "um halb \(next)")
    case 1: return .fixed(english: "at a quarter past \(english)", german: "um Viertel nach \(german)")
    case 2:
      return .fixed(
        english: "at a quarter to \(Numerals.english(hour % 12 + 1))", german: "um Viertel vor \(next)")
    case 3:
      let text = "\(random.number(in: 6...22)):\(pick(["00", "10", "15", "20", "30", "40", "45", "50"]))"
      return .fixed(english: "at \(text)", german: "um \(text) Uhr")
    default:
      return .fixed(english: "at \(english) o'clock", german: "um \(hour == 1 ? "ein" : german) Uhr")
    }
  }

  /// "in 1998".
  mutating func year() -> Adverbial {
    let year = random.number(in: 1960...2024)
    return .fixed(english: "in \(year)", german: "im Jahr \(year)")
  }

  /// "on 3 May".
  mutating func date() -> Adverbial {
    let month = pick(Lexicon.months)
    let day = random.number(in: 1...28)
    return .fixed(english: "on \(day) \(month.english)", german: "am \(day). \(month.german)")
  }

  /// "4.50 euros", "twenty-three euros": what such a thing costs.
  mutating func price(of noun: Noun) -> Amount {
    if noun.hasAny(["food", "drink"]) || noun.hasAny(["text", "flower", "rose"]) { return smallPrice() }
    let euros =
      if noun.has("owned") {
        random.number(in: 3...90) * 100
      } else if noun.hasAny(["furniture", "device", "instrument"]) {
        random.number(in: 7...99) * 10
      } else {
        random.number(in: 8...99)
      }
    guard chance(50) else { return Amount(english: "\(euros) euros", german: "\(euros) Euro") }
    return Amount(english: "\(Numerals.english(euros)) euros", german: "\(Numerals.german(euros)) Euro")
  }

  private mutating func smallPrice() -> Amount {
    let euros = random.number(in: 2...12)
    guard chance(60) else {
      return Amount(english: "\(Numerals.english(euros)) euros", german: "\(Numerals.german(euros)) Euro")
    }
    let cents = pick(["20", "50", "75", "80", "90", "95", "99"])
    return Amount(english: "\(euros).\(cents) euros", german: "\(euros),\(cents) Euro")
  }
}
