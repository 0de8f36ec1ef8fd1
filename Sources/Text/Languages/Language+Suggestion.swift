extension Language {
  /// The code that may be meant by something that is not one: the name of a language in English or in the language
  /// itself, a locale of the system such as `de_DE.UTF-8`, or a code with something behind it.
  static func suggestion(for text: String) -> String? {
    let name = text.lowercased()
    for code in ICU.languages {
      if ICU.name(of: code, in: "en")?.lowercased() == name { return code }
      if ICU.name(of: code, in: code)?.lowercased() == name { return code }
    }
    // The code before something that does not belong to one.
    var beginning = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" || $0 == "_" }
    while let last = beginning.last, last == "-" || last == "_" { beginning.removeLast() }
    guard beginning.count < text.count, let language = try? Language(code: String(beginning)) else {
      return nil
    }
    return language.code.isEmpty ? nil : language.code
  }
}
