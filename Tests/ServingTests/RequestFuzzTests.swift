import Foundation
import HTTPServer
import Serving
import TestSupport
import Testing

/// Damaged requests: whatever they are, they are answered, and a sound request afterwards is, too.
///
/// `SERVER_MUTATIONS=1000000` sets how many there are.
@Suite struct RequestFuzzTests {
  private static let boundary = "multipart/form-data; boundary=b"
  private static let json = "application/json"
  private static let form = "application/x-www-form-urlencoded"

  /// Method, target, type and body.
  private static let seeds: [(String, String, String, String)] = [
    (
      "POST", "/translate", json,
      #"{"q":["the \u0064og","cat\n"],"source":"en","target":"de","alternatives":2,"format":"text"}"#
    ),
    (
      "POST", "/translate", json,
      #"{"q":"<p>the <b>house</b>&amp;</p>","source":"auto","target":"de","format":"html","api_key":""}"#
    ),
    ("POST", "/translate?q=the%20dog&source=en&target=pt-BR", "", ""),
    ("POST", "/translate", form, "q=the+dog%0D%0Acat&source=en&target=de&alternatives=1"),
    (
      "POST", "/translate", boundary,
      "--b\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\ndog\r\n--b--\r\n"
    ),
    ("POST", "/detect", form, "q=Das+Haus+ist+sch%C3%B6n"),
    ("POST", "/suggest", json, #"{"q":"a","s":"b","source":"en","target":"de"}"#),
    (
      "POST", "/v2/translate", json,
      #"{"text":["<a>the <x>dog</x></a>"],"source_lang":"EN","target_lang":"DE","tag_handling":"xml","ignore_tags":["x"],"#
        + #""split_sentences":"nonewlines","context":"c"}"#
    ),
    (
      "POST", "/v2/translate", form,
      "text=dog&text=cat&target_lang=DE&source_lang=EN&auth_key=x&formality=prefer_more"
    ),
    (
      "POST", "/v2/glossaries", json,
      #"{"name":"n","source_lang":"en","target_lang":"de","entries":"\"a, b\",\"c\"\nd,e,en,de","entries_format":"csv"}"#
    ),
    (
      "POST", "/v3/glossaries", json,
      #"{"name":"n","dictionaries":[{"source_lang":"EN","target_lang":"DE","entries":"a\tb","entries_format":"tsv"}]}"#
    ),
    (
      "PATCH", "/v3/glossaries/00000000-0000-4000-8000-000000000000", json, #"{"name":"x","dictionaries":[]}"#
    ),
    ("GET", "/v3/glossaries/x/entries?source_lang=en&target_lang=de", "", ""),
    ("DELETE", "/v2/glossaries/x", "", ""), ("GET", "/v2/languages?type=target", "", ""),
    ("GET", "/frontend/settings", "", ""), ("GET", "/metrics", "", ""), ("OPTIONS", "/translate", "", ""),
  ]

  @Test func damagedRequestsAreAnswered() async throws {
    let fixture = try ServingFixture { ($0.takesSuggestions, $0.characterLimit) = (true, 1000) }
    let count = ProcessInfo.processInfo.environment["SERVER_MUTATIONS"].flatMap { Int($0) } ?? 1500
    var (mutator, statuses) = (ByteMutator(seed: 21), [Int: Int]())
    for round in 0..<count {
      let seed = Self.seeds[mutator.below(Self.seeds.count)]
      // A part of a request at a time, so that what it leads to is often reached.
      let part = mutator.below(6)
      func changed(_ text: String, _ isChanged: Bool) -> [UInt8] {
        isChanged ? mutator.mutated(Array(text.utf8)) : Array(text.utf8)
      }
      let target = String(decoding: changed(seed.1, part == 0), as: UTF8.self)
      let type = String(decoding: changed(seed.2, part == 1), as: UTF8.self)
      let request = HTTPRequest(
        method: part == 2 ? ["GET", "POST", "PUT", "DELETE", "HEAD", ""][mutator.below(6)] : seed.0,
        target: target, headers: type.isEmpty ? [:] : ["Content-Type": type],
        body: changed(seed.3, part > 2 || part == 1), client: "192.0.2.1")
      let response = await fixture.server.respond(to: request)
      statuses[response.status, default: 0] += 1
      let isKnown = [200, 201, 204, 400, 403, 404, 405, 413].contains(response.status)
      #expect(isKnown, "\(response.status) \(response.text): \(target) \(type) \(request.body)")
      if round.isMultiple(of: 500) {
        let sound = await fixture.json("/translate", #"{"q":"the house","source":"en","target":"de"}"#)
        #expect(sound == (200, #"{"translatedText":"das Haus"}"#))
      }
    }
    #expect(statuses[200, default: 0] > 0 && statuses[400, default: 0] > 0, "\(statuses)")
    if count != 1500 { print("\(count) requests: \(statuses.sorted { $0.key < $1.key })") }
  }
}
