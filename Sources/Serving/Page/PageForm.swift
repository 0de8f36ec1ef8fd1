import Files
import HTTPServer
import Text

/// The page with what was entered into its form and, without scripts, its translation.
struct PageForm {
  let libre: LibreTranslateAPI
  /// What the server says of itself.
  let settings: JSONTree
  /// The codes of the languages; "auto" for a source that is to be found.
  let source, target: String
  let text: String
  private(set) var translation = ""
  /// Why there is no translation.
  private(set) var message = ""
  /// The language that was found.
  private(set) var detected = ""

  /// The page with what a form says.
  init(_ libre: LibreTranslateAPI, _ fields: RequestFields) throws {
    try self.init(
      libre, source: fields["source"], target: fields["target"], text: withPlainLineEnds(fields["text"] ?? "")
    )
  }

  /// The page with the languages that an address names.
  init(_ libre: LibreTranslateAPI, _ query: FormFields) throws {
    try self.init(libre, source: query["source"], target: query["target"], text: "")
  }

  private init(_ libre: LibreTranslateAPI, source: String?, target: String?, text: String) throws {
    let settings = try libre.settings
    let targets = libre.graph.targets.map(LibreTranslateCodes.code)
    let sources = libre.graph.sources.map(LibreTranslateCodes.code)
    let usual = settings["language"]?["target"]?["code"]?.string
    self.source = source.flatMap { sources.contains($0) ? $0 : nil } ?? "auto"
    self.target =
      [target, usual, targets.first].compactMap(\.self).first { targets.contains($0) } ?? ""
    (self.libre, self.settings, self.text) = (libre, settings, text)
  }

  /// Translates the text.
  ///
  /// - Parameter caller: says who sent it, or refuses.
  /// - Returns: how the request failed; nil if it did not.
  mutating func translate(for caller: () throws -> AccessControl.Caller) async -> HTTPResponse? {
    guard !text.isEmpty else { return nil }
    do {
      let caller = try caller()
      try libre.requireLimits([text], isBatch: false)
      let guess = source == "auto" ? libre.guess(text) : nil
      let from = try libre.sources(of: [text], code: source, guess.map { [$0] })[0]
      let to = try libre.target(code: target)
      if guess != nil, let from { detected = "Detected: \(from.name)" }
      let characters = text.unicodeScalars.count
      try libre.access.charge(caller, texts: 1, characters: characters)
      var job = TextJob([text], from: from ?? to, to: to)
      job.client = caller.identity
      translation = try await libre.translate(job, [from])[0].text
      libre.access.usage.add(characters, key: caller.key)
      return nil
    } catch {
      let failure = LibreTranslateAPI.answer(error)
      let body = (try? JSONParser.parse((failure.bytes ?? [])[...])) ?? .null
      message = body["error"]?.string ?? "The text was not translated."
      return failure
    }
  }
}

extension LanguageGraph {
  /// The languages that any other can be translated to, sorted by code.
  var targets: [Language] {
    languages.filter { target in sources.contains { $0 != target && route(from: $0, to: target) != nil } }
  }
}
