import Files
import HTTPServer
import Text

/// The page with what was entered into its form and, without scripts, its translation.
struct PageForm {
  private let libre: LibreTranslateAPI
  /// The codes of the languages; "auto" for a source that is to be found.
  private let source, target: String
  private let text: String
  private var translation = ""
  private var message = ""
  private var detected = ""

  /// The page with what a form says.
  init(_ libre: LibreTranslateAPI, _ fields: RequestFields) {
    self.init(
      libre, source: fields["source"], target: fields["target"], text: withPlainLineEnds(fields["text"] ?? "")
    )
  }

  /// The page with the languages that an address names.
  init(_ libre: LibreTranslateAPI, _ query: FormFields) {
    self.init(libre, source: query["source"], target: query["target"], text: "")
  }

  private init(_ libre: LibreTranslateAPI, source: String?, target: String?, text: String) {
    let targets = libre.graph.targets.map(LibreTranslateCodes.code)
    let sources = libre.graph.sources.map(LibreTranslateCodes.code)
    let given = libre.settings["language"]?["target"]?["code"]?.string
    self.libre = libre
    self.source = source.flatMap { sources.contains($0) ? $0 : nil } ?? "auto"
    self.target =
      [target, given, targets.first].compactMap(\.self).first { targets.contains($0) } ?? ""
    self.text = text
  }

  /// Translates the text.
  ///
  /// - Returns: how the request failed; nil if it did not.
  mutating func translate() async -> HTTPResponse? {
    guard !text.isEmpty else { return nil }
    do {
      let guess = source == "auto" ? libre.guess(text) : nil
      try libre.requireLimits([text], isBatch: false)
      let from = try libre.sources(of: [text], code: source, guess.map { [$0] })[0]
      guard
        let to = libre.graph.language(LibreTranslateCodes.meaning(of: target), among: libre.graph.languages)
      else { throw LibreTranslateAPI.Refusal(message: "\(target) is not supported") }
      // Text without words is the same in every language.
      guard let from else {
        translation = text
        return nil
      }
      if guess != nil { detected = "Detected: \(from.name)" }
      do {
        translation = try await libre.translator.translate(TextJob([text], from: from, to: to))[0].text
      } catch TextJobError.noRoute {
        throw libre.noRoute(from: from, to: to)
      }
      return nil
    } catch {
      let failure = LibreTranslateAPI.answer(to: error)
      let body = (try? JSONParser.parse((failure.bytes ?? [])[...])) ?? .null
      message = body["error"]?.string ?? "The text was not translated."
      return failure
    }
  }

  /// The page.
  var html: String {
    let settings = libre.settings
    let formats = settings["supportedFilesFormat"]?.strings ?? []
    let targetLanguage = libre.graph.language(
      LibreTranslateCodes.meaning(of: target), among: libre.graph.languages)
    return PageTemplate.page.filled([
      "sources": sourceOptions, "targets": targetOptions, "text": escaped(text),
      "translation": escaped(translation), "target": escaped(targetLanguage?.code ?? ""),
      "message": escaped(message), "detected": escaped(detected),
      "limit": escaped(settings["charLimit"]?.fieldText ?? "-1"),
      "key": settings["keyRequired"] == .bool(true) ? "" : "hidden",
      "files": settings["filesTranslation"] == .bool(true) ? "true" : "false",
      "formats": escaped(formats.joined(separator: ",")),
    ])
  }

  private var sourceOptions: String {
    let languages = libre.graph.sources.map { language in
      let targets = libre.graph.targets(of: language).map(LibreTranslateCodes.code).joined(separator: " ")
      return option(
        LibreTranslateCodes.code(of: language), language, #" data-targets="\#(escaped(targets))""#,
        isChosen: source == LibreTranslateCodes.code(of: language))
    }
    let auto = #"<option value="auto"\#(source == "auto" ? " selected" : "")>Detect language</option>"#
    return ([auto] + languages).joined(separator: "\n")
  }

  private var targetOptions: String {
    libre.graph.targets.map { language in
      let code = LibreTranslateCodes.code(of: language)
      return option(code, language, "", isChosen: target == code)
    }.joined(separator: "\n")
  }

  private func option(_ code: String, _ language: Language, _ attributes: String, isChosen: Bool) -> String {
    #"<option value="\#(escaped(code))" data-language="\#(escaped(language.code))"\#(attributes)"#
      + (isChosen ? " selected>" : ">") + escaped(language.name) + "</option>"
  }
}

extension LanguageGraph {
  /// The languages that any other can be translated to, sorted by code.
  fileprivate var targets: [Language] {
    languages.filter { target in sources.contains { $0 != target && route(from: $0, to: target) != nil } }
  }
}

/// Text as HTML, in elements and in quoted attributes.
private func escaped(_ text: String) -> String {
  text.unicodeScalars.reduce(into: "") { html, scalar in
    switch scalar {
    case "&": html += "&amp;"
    case "<": html += "&lt;"
    case ">": html += "&gt;"
    case "\"": html += "&quot;"
    case "'": html += "&#39;"
    // Not a character of HTML.
    case "\0": html += "\u{FFFD}"
    default: html.unicodeScalars.append(scalar)
    }
  }
}
