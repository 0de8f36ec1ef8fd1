import Files
import HTTPServer
import SQLite
import Terminology
import Text

/// Glossaries: version 2 of the interface has one dictionary in each, version 3 any number.
///
/// Source: https://developers.deepl.com/api-reference/glossaries and /multilingual-glossaries.
extension DeepLAPI {
  /// Answers a request for glossaries; nil if it is for something else.
  ///
  /// - Parameters:
  ///   - request: the request.
  ///   - fields: its parameters.
  ///   - owner: the id of the key, whose glossaries they are.
  /// - Returns: the answer.
  /// - Throws: ``Refusal``, or `DatabaseError`.
  func glossaries(_ request: HTTPRequest, _ fields: RequestFields, owner: String) throws -> HTTPResponse? {
    if request.method == "GET", request.path == "/v2/glossary-language-pairs" {
      return HTTPResponse(glossaryPairs)
    }
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(
      String.init)
    guard parts.count >= 2, parts[1] == "glossaries", let version = GlossaryVersion(rawValue: parts[0]) else {
      return nil
    }
    let (id, part) = (parts.count > 2 ? parts[2] : "", parts.count > 3 ? parts[3] : "")
    switch (request.method, parts.count, part) {
    case ("GET", 2, _):
      let all = try access.store.glossaries(owner: owner)
      return HTTPResponse(.members(["glossaries": .array(all.compactMap(version.json))]))
    case ("POST", 2, _): return try create(fields, version, owner: owner)
    case ("GET", 3, _):
      return HTTPResponse(try described(access.store.glossary(id, owner: owner), version, id))
    case ("DELETE", 3, _):
      guard try access.store.deleteGlossary(id, owner: owner) else { throw notFound(id) }
      return HTTPResponse(status: 204)
    case ("PATCH", 3, _) where version == .multilingual:
      let changed = try access.store.changeGlossary(
        id, owner: owner, name: fields["name"], fields.dictionaries ?? [])
      return HTTPResponse(try described(changed, version, id))
    case ("GET", 4, "entries"): return try entries(id, request, fields, version, owner: owner)
    case ("PUT", 4, "dictionaries") where version == .multilingual:
      guard let dictionary = try DictionaryEntries(fields) else { throw missing("entries") }
      let changed = try access.store.changeGlossary(id, owner: owner, [dictionary], keepsOthers: false)
      let written = changed?.dictionaries.first {
        $0.source == dictionary.source && $0.target == dictionary.target
      }
      guard let written else { throw notFound(id) }
      return HTTPResponse(written.json)
    case ("DELETE", 4, "dictionaries") where version == .multilingual:
      let (source, target) = try languages(fields)
      guard try access.store.deleteDictionary(of: id, owner: owner, from: source, to: target) else {
        throw notFound("\(id), \(source) to \(target)")
      }
      return HTTPResponse(status: 204)
    default: return nil
    }
  }

  /// The terms for a translation; nil if the request names no glossary.
  ///
  /// - Parameters:
  ///   - fields: the parameters, with `glossary_id`.
  ///   - sources: the languages of the texts, of which only one may be.
  ///   - target: the language to translate to.
  ///   - owner: whose glossary it is.
  /// - Returns: the terms.
  /// - Throws: ``Refusal``, or `DatabaseError`.
  func glossary(
    _ fields: RequestFields, _ sources: [(language: Language, code: String)], _ target: Language,
    owner: String
  ) throws -> Glossary? {
    guard let id = fields["glossary_id"], !id.isEmpty else { return nil }
    guard let source = sources.first?.language, fields["source_lang"]?.isEmpty == false else {
      throw Refusal(message: "Bad request. Reason: 'source_lang' must be given with 'glossary_id'.")
    }
    let terms = try access.store.terms(of: id, owner: owner, from: source.primary, to: target.primary)
    guard let terms else {
      guard try access.store.glossary(id, owner: owner) != nil else { throw notFound(id) }
      throw Refusal(
        message:
          "Bad request. Reason: the glossary has no dictionary from \(source.primary) to \(target.primary).")
    }
    return terms
  }

  // MARK: - Reading and writing

  private func create(_ fields: RequestFields, _ version: GlossaryVersion, owner: String) throws
    -> HTTPResponse
  {
    guard let name = fields["name"], !name.isEmpty else { throw missing("name") }
    let dictionaries =
      switch version {
      case .single: try DictionaryEntries(fields).map { [$0] }
      case .multilingual: try fields.dictionaries
      }
    guard let dictionaries, !dictionaries.isEmpty else {
      throw missing(version == .single ? "entries" : "dictionaries")
    }
    guard let made = try access.store.addGlossary(name, owner: owner, dictionaries) else {
      throw Refusal(
        message: "Bad request. Reason: there are \(ServerStore.mostGlossaries) glossaries; delete some.")
    }
    return HTTPResponse(status: 201, try described(made, version, made.id))
  }

  private func entries(
    _ id: String, _ request: HTTPRequest, _ fields: RequestFields, _ version: GlossaryVersion, owner: String
  ) throws -> HTTPResponse {
    guard let glossary = try access.store.glossary(id, owner: owner) else { throw notFound(id) }
    func terms(_ source: String, _ target: String) throws -> [GlossaryEntry] {
      guard let found = try access.store.entries(of: id, owner: owner, from: source, to: target) else {
        throw notFound("\(id), \(source) to \(target)")
      }
      return found
    }
    switch version {
    case .single:
      guard let only = glossary.dictionaries.first else { throw notFound(id) }
      return HTTPResponse(
        try terms(only.source, only.target).tsv, type: "text/tab-separated-values; charset=utf-8")
    case .multilingual:
      let (source, target) = try languages(fields)
      let dictionary = JSONTree.members([
        "source_lang": .string(source), "target_lang": .string(target),
        "entries": .string(try terms(source, target).tsv), "entries_format": "tsv",
      ])
      return HTTPResponse(.members(["dictionaries": .array([dictionary])]))
    }
  }

  private func languages(_ fields: RequestFields) throws -> (source: String, target: String) {
    guard let source = fields["source_lang"] else { throw missing("source_lang") }
    guard let target = fields["target_lang"] else { throw missing("target_lang") }
    return (try primary(source), try primary(target))
  }

  private func described(_ glossary: StoredGlossary?, _ version: GlossaryVersion, _ id: String) throws
    -> JSONTree
  {
    guard let json = glossary.flatMap(version.json) else { throw notFound(id) }
    return json
  }

  /// The pairs of languages between which one model translates, since a second one does not see the terms.
  private var glossaryPairs: JSONTree {
    let pairs = graph.sources.flatMap { source in
      graph.targets(of: source).filter { graph.route(from: source, to: $0)?.count == 1 }.map { (source, $0) }
    }
    return .members([
      "supported_languages": .array(
        pairs.map {
          .members(["source_lang": .string($0.0.primary), "target_lang": .string($0.1.primary)])
        })
    ])
  }

  private func notFound(_ id: String) -> Refusal {
    Refusal(status: 404, message: "Glossary not found: \(id)")
  }
}

/// The versions of the interface, which show the same glossaries.
private enum GlossaryVersion: String {
  case single = "v2"
  case multilingual = "v3"

  /// A glossary as clients of this version see it; nil if they cannot.
  func json(_ glossary: StoredGlossary) -> JSONTree? {
    switch self {
    case .single:
      guard glossary.dictionaries.count == 1 else { return nil }
      let only = glossary.dictionaries[0]
      return .members([
        "glossary_id": .string(glossary.id), "name": .string(glossary.name), "ready": true,
        "source_lang": .string(only.source), "target_lang": .string(only.target),
        "creation_time": .string(glossary.created), "entry_count": .integer(only.count),
      ])
    case .multilingual:
      return .members([
        "glossary_id": .string(glossary.id), "name": .string(glossary.name),
        "dictionaries": .array(glossary.dictionaries.map(\.json)), "creation_time": .string(glossary.created),
      ])
    }
  }
}

extension StoredGlossary.Dictionary {
  fileprivate var json: JSONTree {
    .members([
      "source_lang": .string(source), "target_lang": .string(target), "entry_count": .integer(count),
    ])
  }
}

private func missing(_ name: String) -> DeepLAPI.Refusal {
  DeepLAPI.Refusal(message: "Bad request. Reason: Value for '\(name)' not specified.")
}

/// The language of a code without its region, since a glossary holds for all of them.
private func primary(_ code: String) throws -> String {
  guard let language = try? Language(code: code), language != .none else {
    throw DeepLAPI.Refusal(message: "Bad request. Reason: '\(code)' is not a language.")
  }
  return language.primary
}

extension RequestFields {
  /// The list of dictionaries; nil if there is none.
  fileprivate var dictionaries: [DictionaryEntries]? {
    get throws {
      guard value("dictionaries") != nil else { return nil }
      guard let dictionaries = objects("dictionaries") else {
        throw DeepLAPI.Refusal(message: "Bad request. Reason: Value for 'dictionaries' is not a list.")
      }
      return try dictionaries.map { fields in
        guard let dictionary = try DictionaryEntries(fields) else { throw missing("entries") }
        return dictionary
      }
    }
  }
}

extension DictionaryEntries {
  /// The terms of a request or of one of its dictionaries; nil without any.
  fileprivate init?(_ fields: RequestFields) throws {
    guard let text = fields["entries"], !text.isEmpty else { return nil }
    guard let source = fields["source_lang"] else { throw missing("source_lang") }
    guard let target = fields["target_lang"] else { throw missing("target_lang") }
    guard let format = EntriesFormat(rawValue: fields["entries_format"] ?? "tsv") else {
      throw DeepLAPI.Refusal(message: "Bad request. Reason: Value for 'entries_format' not supported.")
    }
    let entries: [GlossaryEntry]
    do { entries = try [GlossaryEntry](text, format: format) } catch {
      throw DeepLAPI.Refusal(message: "Bad request. Reason: Invalid glossary entries provided: \(error)")
    }
    guard 1...ServerStore.mostEntries ~= entries.count else {
      throw DeepLAPI.Refusal(
        message:
          "Bad request. Reason: \(entries.count) glossary entries, expected 1 to \(ServerStore.mostEntries)")
    }
    self.init(source: try primary(source), target: try primary(target), entries: entries)
  }
}
