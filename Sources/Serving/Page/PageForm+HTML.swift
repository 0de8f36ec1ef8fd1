import Files
import Text

extension PageForm {
  /// The page.
  var html: String {
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
