/// Numbers in words, 0 to 999,999.
enum Numerals {
  static func english(_ number: Int) -> String {
    switch number {
    case 0..<20: englishSmall[number]
    case 20..<100: englishTens[number / 10] + (number % 10 == 0 ? "" : "-" + englishSmall[number % 10])
    case 100..<1000:
      "\(englishSmall[number / 100]) hundred" + (number % 100 == 0 ? "" : " and " + english(number % 100))
    default:
      english(number / 1000) + " thousand" + (number % 1000 == 0 ? "" : " " + english(number % 1000))
    }
  }

  static func german(_ number: Int) -> String {
    switch number {
    case 0..<20: germanSmall[number]
    case 20..<100:
      number % 10 == 0
        ? germanTens[number / 10] : combining(number % 10) + "und" + germanTens[number / 10]
    case 100..<1000: combining(number / 100) + "hundert" + (number % 100 == 0 ? "" : german(number % 100))
    default: combining(number / 1000) + "tausend" + (number % 1000 == 0 ? "" : german(number % 1000))
    }
  }

  /// "ein" inside a compound number.
  private static func combining(_ number: Int) -> String { number == 1 ? "ein" : german(number) }

  private static let englishSmall = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
    seventeen eighteen nineteen
    """.words
  private static let englishTens = "- - twenty thirty forty fifty sixty seventy eighty ninety".words
  private static let germanSmall = """
    null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn \
    siebzehn achtzehn neunzehn
    """.words
  private static let germanTens = "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".words
}
