import Foundation
import LanguageIdentification
import Testing

@Suite struct BuiltInTests {
  let identifier = LanguageIdentifier.builtIn

  @Test func knowsManyLanguages() {
    #expect(identifier.languages.count >= 60)
    #expect(identifier.languages == identifier.languages.sorted())
    #expect(Set(identifier.languages).count == identifier.languages.count)
  }

  @Test(arguments: [
    ("en", "Yesterday we walked along the river until it was too dark to see the path."),
    ("de", "Gestern sind wir am Fluss entlanggegangen, bis es zu dunkel war, um den Weg zu sehen."),
    ("nl", "Gisteren liepen we langs de rivier tot het te donker was om het pad nog te zien."),
    ("fr", "Hier, nous avons marché le long de la rivière jusqu'à ce qu'il fasse trop sombre."),
    ("es", "Ayer caminamos junto al río hasta que estuvo demasiado oscuro para ver el camino."),
    ("pt", "Ontem andamos ao longo do rio até que ficou escuro demais para ver o caminho."),
    ("it", "Ieri abbiamo camminato lungo il fiume finché era troppo buio per vedere il sentiero."),
    ("ca", "Ahir vam caminar al costat del riu fins que va ser massa fosc per veure el camí."),
    ("ro", "Ieri am mers de-a lungul râului până când a fost prea întuneric ca să vedem drumul."),
    ("sv", "I går gick vi längs floden tills det var för mörkt för att se stigen."),
    ("da", "I går gik vi langs floden, indtil det blev for mørkt til at se stien, og så tog vi hjem."),
    ("fi", "Eilen kävelimme joen vartta, kunnes oli liian pimeää nähdä polkua."),
    ("et", "Eile jalutasime mööda jõge, kuni oli liiga pime, et teed näha."),
    ("lv", "Vakar mēs gājām gar upi, līdz bija pārāk tumšs, lai redzētu taku."),
    ("lt", "Vakar ėjome palei upę, kol pasidarė per tamsu, kad matytume taką."),
    ("pl", "Wczoraj szliśmy wzdłuż rzeki, aż zrobiło się zbyt ciemno, żeby widzieć ścieżkę."),
    ("cs", "Včera jsme šli podél řeky, dokud nebyla příliš velká tma na to, abychom viděli cestu."),
    ("sk", "Včera sme kráčali popri rieke, kým nebola príliš veľká tma na to, aby sme videli chodník."),
    ("sl", "Včeraj smo hodili ob reki, dokler ni bilo pretemno, da bi videli pot."),
    ("hu", "Tegnap a folyó mentén sétáltunk, amíg túl sötét nem lett ahhoz, hogy lássuk az ösvényt."),
    ("tr", "Dün nehir boyunca, yolu göremeyecek kadar karanlık olana kadar yürüdük."),
    ("vi", "Hôm qua chúng tôi đi bộ dọc theo con sông cho đến khi trời quá tối để nhìn thấy đường."),
    ("cy", "Ddoe fe gerddon ni ar hyd yr afon nes ei bod hi'n rhy dywyll i weld y llwybr."),
    ("eu", "Atzo ibaian zehar ibili ginen, bidea ikusteko ilunegi egon arte."),
    ("is", "Í gær gengum við meðfram ánni þangað til það var orðið of dimmt til að sjá stíginn."),
    ("eo", "Hieraŭ ni promenis laŭ la rivero, ĝis estis tro mallume por vidi la vojon."),
    ("ru", "Вчера мы шли вдоль реки, пока не стало слишком темно, чтобы видеть тропу."),
    ("uk", "Учора ми йшли вздовж річки, доки не стало надто темно, щоб бачити стежку."),
    ("be", "Учора мы ішлі ўздоўж ракі, пакуль не стала занадта цёмна, каб бачыць сцежку."),
    ("bg", "Вчера вървяхме покрай реката, докато стана твърде тъмно, за да виждаме пътеката."),
    ("sr", "Јуче смо шетали поред реке док није постало сувише мрачно да видимо стазу."),
    ("mk", "Вчера одевме покрај реката додека не стана премногу темно за да ја видиме патеката."),
    ("el", "Χθες περπατήσαμε δίπλα στο ποτάμι μέχρι που σκοτείνιασε πολύ."),
    ("ar", "مشينا أمس على طول النهر حتى أصبح الظلام شديدا فلم نعد نرى الطريق."),
    ("fa", "دیروز در کنار رودخانه راه رفتیم تا اینکه هوا خیلی تاریک شد و راه را ندیدیم."),
    ("he", "אתמול הלכנו לאורך הנהר עד שהיה חשוך מדי לראות את השביל."),
    ("hi", "कल हम नदी के किनारे तब तक चलते रहे जब तक बहुत अंधेरा नहीं हो गया।"),
    ("mr", "काल आम्ही नदीच्या काठाने चालत होतो, पण नंतर खूप अंधार झाला आहे."),
    ("ta", "நேற்று நாங்கள் ஆற்றங்கரையில் இருட்டும் வரை நடந்தோம்."),
    ("ka", "გუშინ მდინარის გასწვრივ ვიარეთ, სანამ ძალიან დაბნელდა."),
    ("th", "เมื่อวานนี้เราเดินเลียบแม่น้ำจนมืดเกินกว่าจะมองเห็นทาง"),
    ("ko", "어제 우리는 길이 보이지 않을 만큼 어두워질 때까지 강을 따라 걸었다."),
    ("ja", "昨日、私たちは道が見えなくなるまで川に沿って歩きました。"),
    ("zh", "昨天我们沿着河边走,直到天太黑,看不见路为止。"),
    ("zh-Hant", "昨天我們沿著河邊走,直到天太黑,看不見路為止。"),
  ])
  func sentencesAreKnown(language: String, sentence: String) throws {
    let best = try #require(identifier.identify(sentence).first)
    #expect(best.language == language)
    #expect(best.confidence > 0.5)
  }

  @Test(arguments: [
    ("de", "Wo ist der Bahnhof?"), ("fr", "Je ne sais pas."), ("ru", "Где находится вокзал?"),
    ("pl", "Gdzie jest dworzec?"), ("ja", "これは何ですか。"),
  ])
  func shortSentencesAreKnown(language: String, sentence: String) {
    #expect(identifier.identify(sentence).first?.language == language)
  }

  @Test(arguments: ["a", "OK", "Ω", "i"])
  func lettersAloneAreNotCertain(text: String) {
    #expect(identifier.identify(text).allSatisfy { $0.confidence < 0.7 })
  }

  @Test(arguments: [
    "", " \t", "12345 67,89", "😀🎉", "--- *** !!!", "https://example.org/der/die/das?und=oder",
    "jemand@beispiel.de", "<br/><span class=\"der die das\">", "&amp; &nbsp;", "\u{301}", "www.example.com",
  ])
  func textWithoutWordsHasNoLanguage(text: String) {
    #expect(identifier.identify(text).isEmpty)
  }

  @Test func technicalTextDoesNotCount() {
    let plain = "Diese Seite erklärt den Weg zum Bahnhof."
    let marked =
      "<p lang=\"en\">Diese Seite https://www.example.com/this/is/the/page erklärt den 12. Weg zum Bahnhof.</p>"
    #expect(identifier.identify(plain).first == identifier.identify("12 " + plain + " 😀").first)
    #expect(identifier.identify(plain).first == identifier.identify(marked).first)
  }

  @Test func caseAndCompositionDoNotMatter() {
    let sentence = "Ieri abbiamo camminato lungo il fiume perché era già tardi"
    let guesses = identifier.identify(sentence)
    #expect(identifier.identify(sentence.uppercased()) == guesses)
    #expect(identifier.identify(sentence.decomposedStringWithCanonicalMapping) == guesses)
  }

  @Test func scriptsShareTheConfidence() {
    let guesses = identifier.identify("Вчера мы гуляли вдоль реки, and then we went home with our friends")
    #expect(Set(guesses.prefix(2).map(\.language)) == ["ru", "en"])
    #expect(guesses.prefix(2).allSatisfy { $0.confidence > 0.25 && $0.confidence < 0.75 })
  }

  @Test func namesInAnotherScriptAreNotTheLanguage() {
    #expect(identifier.identify("Вчера мы установили Linux на новый компьютер").first?.language == "ru")
    #expect(identifier.identify("昨天我们在电脑上安装了 Linux 系统").first?.language == "zh")
  }

  @Test func onlyCandidatesAreGuessed() {
    let sentence = "Het water van de rivier is vandaag erg koud"
    #expect(
      identifier.identify(sentence, among: ["de", "fr"]).allSatisfy { ["de", "fr"].contains($0.language) })
    #expect(identifier.identify(sentence, among: ["de", "nl"]).first?.language == "nl")
    #expect(identifier.identify(sentence, among: ["ru", "el"]).isEmpty)
    #expect(identifier.identify(sentence, among: []).isEmpty)
    #expect(identifier.identify(sentence, among: ["nl", "no such language"]).map(\.language) == ["nl"])
  }

  @Test func guessesAreSortedProbabilities() {
    let guesses = identifier.identify("hotel restaurant")
    #expect(zip(guesses, guesses.dropFirst()).allSatisfy { $0.confidence >= $1.confidence })
    #expect(guesses.reduce(0) { $0 + $1.confidence } < 1)
    #expect(guesses.dropFirst().allSatisfy { $0.confidence >= LanguageIdentifier.leastConfidence })
  }

  @Test func invalidBytesAreIgnored() {
    let sentence = Array("Der Fluss ist heute sehr kalt und das Wasser steht hoch".utf8)
    let expected = identifier.identify(sentence).first
    #expect(identifier.identify([0xFF, 0xC0, 0x80, 0x20] + sentence + [0x20, 0xE2, 0x82]).first == expected)
    #expect(identifier.identify([0xFF, 0xFE, 0xF8, 0x80, 0xED, 0xA0, 0x80]).isEmpty)
  }
}
