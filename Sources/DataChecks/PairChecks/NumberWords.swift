/// Words for numbers in a language.
struct NumberWords: Sendable {
  /// Words or their beginnings for a number, in lower case; empty if the language is not known here.
  let words: [Int: [String]]
  /// Words that multiply the number before them, such as million.
  let magnitudes: [String]
  /// Whether numbers are written in Chinese characters.
  let isChinese: Bool

  /// The words of a language.
  ///
  /// - Parameter language: a BCP 47 code without region and script.
  init(_ language: String) {
    isChinese = ["zh", "ja", "yue"].contains(language)
    let lists = numberWords[language]
    var words: [Int: [String]] = [:]
    for (text, numbers) in [(lists?.small, Array(0...12)), (lists?.large, largeNumbers)] {
      guard let text else { continue }
      for (forms, number) in zip(text.split(separator: " "), numbers) {
        words[number, default: []] += forms.split(separator: "/").map(String.init)
      }
    }
    self.words = words
    magnitudes = (lists?.magnitudes ?? "").split(separator: " ").map(String.init)
  }

  var isKnown: Bool { !words.isEmpty || isChinese }
}

private let largeNumbers = [13, 14, 15, 16, 17, 18, 19, 20, 30, 40, 50, 60, 70, 80, 90, 100, 1000]

/// The numbers 0 to 12, those of ``largeNumbers``, and words that multiply.
///
/// A slash separates forms; beginnings of words are enough.
private let numberWords: [String: (small: String, large: String, magnitudes: String)] = [
  "en": (
    "zero/nought/no one/once/first/single/a two/twice/second/both/couple/half three/third/triple four/fourth/quarter five/fifth six/sixth seven/seventh eight/eighth nine/ninth ten/tenth eleven/eleventh twelve/twelfth/dozen/noon/midnight",
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twent thirt fort fift sixt sevent eight ninet hundred/century thousand",
    "hundred thousand million billion trillion dozen century decade score"
  ),
  "de": (
    "null/kein ein/erst/einmal zwei/zweit/beide/halb/paar drei/dritt vier/viert fünf sechs sieben/siebt acht neun zehn elf zwölf/dutzend/mittag/mitternacht",
    "dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend",
    "hundert tausend million milliard billion dutzend jahrhundert jahrzehnt"
  ),
  "fr": (
    "zéro/aucun un/premi deux/second/demi/couple trois/tiers quatre/quart cinq six/sixi sept huit neuf/neuv dix/dizain onze douze/douzain/midi/minuit",
    "treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt trent quarant cinquant soixant soixante-dix quatre-vingt quatre-vingt-dix cent mille",
    "cent mille million milliard billion douzaine siècle"
  ),
  "es": (
    "cero un/prim dos/segund/ambos/medi tres/terc cuatro/cuart cinco/quint seis/sext siete/sépt/sept ocho/octav nueve/noven diez/décim once doce/docen/mediod/medianoche",
    "trece catorce quince dieciséis diecisiete dieciocho diecinueve veint treinta cuarenta cincuenta sesenta setenta ochenta noventa cien mil",
    "cien mil millon millón billon billón docena siglo"
  ),
  "it": (
    "zero un/prim due/second/entramb/mezz tre/terz quattro/quart cinque/quint sei/sest sette/settim otto/ottav nove/non dieci/decim undici dodici/dozzin/mezzogiorno/mezzanotte",
    "tredici quattordici quindici sedici diciassette diciotto diciannove vent trent quarant cinquant sessant settant ottant novant cent mill",
    "cent mila mille milion miliard dozzin secolo"
  ),
  "pt": (
    "zero um/uma/prim dois/duas/segund/ambos/mei três/terc quatro/quart cinco/quint seis/sext sete/sétim oito/oitav nove/non dez/décim onze doze/dúzia/meio-dia/meia-noite",
    "treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove vint trinta quarenta cinquenta sessenta setenta oitenta noventa cem/cento mil",
    "cem cento mil milhão milhões bilh dúzia século"
  ),
  "nl": (
    "nul/geen een/één/eerst twee/half/beide drie/derd vier/kwart vijf zes zeven acht negen tien elf twaalf/dozijn/middag/middernacht",
    "dertien veertien vijftien zestien zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend",
    "honderd duizend miljoen miljard dozijn eeuw"
  ),
  "sv": (
    "noll en/ett/först två/andra/halv/båda/båda tre/tredje fyra/fjärde fem sex/sjätte sju åtta nio tio elva tolv/dussin",
    "tretton fjorton femton sexton sjutton arton nitton tjugo trettio fyrtio femtio sextio sjuttio åttio nittio hundra tusen",
    "hundra tusen miljon miljard dussin"
  ),
  "pl": (
    "zero jed/pierw dwa/dwie/dwó/drug/oba/pół trz cztery/czter/czwart pię/piąt sześ/szós sied/siód osiem/ósm dziewi dziesię jedenast dwunast/tuzin",
    "trzynast czternast piętnast szesnast siedemnast osiemnast dziewiętnast dwadzieścia trzydzieści czterdzieści pięćdziesi sześćdziesi siedemdziesi osiemdziesi dziewięćdziesi sto/set tysi",
    "sto set tysi milion miliard"
  ),
  "ru": (
    "ноль/нол/нул один/одн/перв два/две/дву/втор/оба/обе/пол тр четыр/четвер/четвёр пят шест/шесть сем/седьм восем/восьм девят десят одиннадцат двенадцат/дюжин/полдень/полноч",
    "тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат тридцат сорок пятьдесят шестьдесят семьдесят восемьдесят девяност сто/сот тысяч",
    "сто сот тысяч миллион миллиард дюжин"
  ),
]
