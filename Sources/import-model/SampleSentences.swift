/// Short sentences with which a user sees whether an imported model does what it should.
enum SampleSentences {
  /// Three sentences in a language; English ones for a language without its own.
  ///
  /// - Parameter language: a code of BCP 47; only the language in it counts.
  /// - Returns: the sentences.
  static func lines(_ language: String) -> [String] {
    let code = language.split { $0 == "-" || $0 == "_" }.first.map { $0.lowercased() } ?? ""
    return sentences[code] ?? sentences["en"] ?? []
  }

  private static let sentences = [
    "ar": ["مرحبا بالعالم.", "هذا اختبار قصير.", "الطقس جميل اليوم، وسنذهب إلى الشاطئ."],
    "cs": ["Ahoj světe.", "Tohle je krátká zkouška.", "Dnes je hezky a jdeme na pláž."],
    "de": [
      "Hallo Welt.", "Das ist ein kurzer Test.", "Das Wetter ist heute schön, und wir gehen an den Strand.",
    ],
    "en": ["Hello world.", "This is a test.", "The weather is nice today, and we are going to the beach."],
    "es": ["Hola, mundo.", "Esta es una prueba breve.", "Hoy hace buen tiempo y vamos a la playa."],
    "fi": ["Hei maailma.", "Tämä on lyhyt koe.", "Tänään on kaunis sää, ja menemme rannalle."],
    "fr": [
      "Bonjour le monde.", "Ceci est un petit essai.", "Il fait beau aujourd'hui et nous allons à la plage.",
    ],
    "hi": ["नमस्ते दुनिया।", "यह एक छोटी परीक्षा है।", "आज मौसम अच्छा है और हम समुद्र तट पर जा रहे हैं।"],
    "id": [
      "Halo dunia.", "Ini adalah uji coba singkat.", "Hari ini cuacanya bagus dan kami pergi ke pantai.",
    ],
    "it": ["Ciao mondo.", "Questa è una breve prova.", "Oggi il tempo è bello e andiamo in spiaggia."],
    "ja": ["こんにちは、世界。", "これは短いテストです。", "今日は天気が良いので、海辺へ行きます。"],
    "ko": ["안녕, 세상.", "이것은 짧은 시험입니다.", "오늘은 날씨가 좋아서 우리는 바닷가에 갑니다."],
    "nl": [
      "Hallo wereld.", "Dit is een korte test.", "Het is vandaag mooi weer en we gaan naar het strand.",
    ],
    "pl": ["Witaj, świecie.", "To jest krótki test.", "Dzisiaj jest ładna pogoda i idziemy na plażę."],
    "pt": ["Olá, mundo.", "Este é um teste breve.", "Hoje o tempo está bom e vamos à praia."],
    "ru": ["Привет, мир.", "Это короткая проверка.", "Сегодня хорошая погода, и мы идём на пляж."],
    "tr": ["Merhaba dünya.", "Bu kısa bir deneme.", "Bugün hava güzel ve sahile gidiyoruz."],
    "uk": ["Привіт, світе.", "Це коротка перевірка.", "Сьогодні гарна погода, і ми йдемо на пляж."],
    "zh": ["你好，世界。", "这是一个简短的测试。", "今天天气很好，我们要去海边。"],
  ]
}
