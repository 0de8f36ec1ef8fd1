import Foundation
import HTTPServer
import Serving
import Testing

/// Glossaries as clients of DeepL make them.
@Suite struct GlossaryTests {
  let fixture: ServingFixture

  init() throws { fixture = try ServingFixture() }

  private func send(_ method: String, _ path: String, _ body: String = "", key: String = "") async -> (
    Int, String
  ) {
    let response = await fixture.send(
      method, path, body, type: body.isEmpty ? nil : "application/json",
      key.isEmpty ? [:] : ["Authorization": "DeepL-Auth-Key \(key)"])
    return (response.status, response.text)
  }

  /// The id in an answer.
  private func id(_ text: String) throws -> String {
    let rest = try #require(text.range(of: #""glossary_id":""#)).upperBound
    return String(text[rest...].prefix { $0 != "\"" })
  }

  private let single =
    #"{"name":"n","source_lang":"en","target_lang":"de","entries":"dog\tKöter\ncat\tMieze","entries_format":"tsv"}"#

  @Test func glossariesAreMadeListedAndDeleted() async throws {
    let (status, made) = await send("POST", "/v2/glossaries", single)
    #expect(status == 201 && made.contains(#""ready":true,"source_lang":"en","target_lang":"de""#))
    #expect(made.contains(#""entry_count":2"#))
    let id = try id(made)
    #expect(await send("GET", "/v2/glossaries/\(id)") == (200, made))
    #expect(await send("GET", "/v2/glossaries") == (200, #"{"glossaries":[\#(made)]}"#))
    #expect(await send("GET", "/v2/glossaries/\(id)/entries") == (200, "cat\tMieze\ndog\tKöter"))
    #expect(await send("DELETE", "/v2/glossaries/\(id)").0 == 204)
    #expect(await send("DELETE", "/v2/glossaries/\(id)").0 == 404)
    #expect(await send("GET", "/v2/glossaries/\(id)/entries").0 == 404)
    #expect(
      await send("GET", "/v2/glossary-language-pairs").1.contains(#"{"source_lang":"en","target_lang":"de"}"#)
    )
  }

  @Test func glossariesOfSeveralLanguagesAreChanged() async throws {
    let (status, made) = await send(
      "POST", "/v3/glossaries",
      #"{"name":"n","dictionaries":[{"source_lang":"EN","target_lang":"DE","entries":"dog\tHund","entries_format":"tsv"},"#
        + #"{"source_lang":"de","target_lang":"en","entries":"\"Hund\",hound","entries_format":"csv"}]}"#)
    #expect(status == 201, "\(made)")
    let id = try id(made)
    #expect(await send("GET", "/v2/glossaries").1 == #"{"glossaries":[]}"#, "clients of version 2 see none")
    let more =
      #"{"name":"m","dictionaries":[{"source_lang":"en","target_lang":"de","entries":"cat\tKatze"}]}"#
    let (_, changed) = await send("PATCH", "/v3/glossaries/\(id)", more)
    #expect(
      changed.contains(#""name":"m""#) && changed.contains(#""target_lang":"de","entry_count":2"#),
      "\(changed)")
    let noList = await send("PATCH", "/v3/glossaries/\(id)", #"{"dictionaries":"x"}"#)
    #expect(noList.0 == 400 && noList.1.contains("dictionaries"), "\(noList)")
    let entries = "/v3/glossaries/\(id)/entries?source_lang=EN&target_lang=DE"
    #expect(
      await send("GET", entries).1.contains(#""entries":"cat\tKatze\ndog\tHund","entries_format":"tsv""#))
    let (_, replaced) = await send(
      "PUT", "/v3/glossaries/\(id)/dictionaries", #"{"source_lang":"en","target_lang":"de","entries":"a\tb"}"#
    )
    #expect(replaced == #"{"source_lang":"en","target_lang":"de","entry_count":1}"#)
    let dictionary = "/v3/glossaries/\(id)/dictionaries?source_lang=de&target_lang=en"
    #expect(await send("DELETE", dictionary).0 == 204)
    #expect(await send("DELETE", dictionary).0 == 404)
    #expect(await send("GET", "/v2/glossaries").1.contains(id), "with one dictionary left, they see it")
  }

  @Test func glossariesBelongToKeys() async throws {
    let (first, second) = (try fixture.store.addKey("a"), try fixture.store.addKey("b"))
    let id = try id(await send("POST", "/v2/glossaries", single, key: first).1)
    #expect(await send("GET", "/v2/glossaries/\(id)", key: first).0 == 200)
    #expect(await send("GET", "/v2/glossaries/\(id)", key: second).0 == 404)
    #expect(await send("DELETE", "/v3/glossaries/\(id)", key: second).0 == 404)
    #expect(await send("GET", "/v2/glossaries/\(id)").0 == 404)
    let body = #"{"text":["dog"],"source_lang":"EN","target_lang":"DE","glossary_id":"\#(id)"}"#
    #expect(await send("POST", "/v2/translate", body, key: second).0 == 404)
  }

  @Test(arguments: [
    ("dog", "line 1: found 1 values"), ("dog\tHund\n\ncat\t ", "line 3: the translation of 'cat' is empty"),
    ("\tHund", "line 1: the term is empty"),
    ("dog\tHund\ndog\tKöter", "line 2: 'dog' is translated as 'Köter'"),
    ("a\u{1}\tb", "control character"), ("\n \n", "0 glossary entries"),
  ])
  func mistakesInEntriesAreNamed(entries: String, problem: String) async {
    let escaped = entries.replacing("\t", with: #"\t"#).replacing("\n", with: #"\n"#).replacing(
      "\u{1}", with: #"\u0001"#)
    let (status, text) = await send(
      "POST", "/v2/glossaries",
      #"{"name":"n","source_lang":"en","target_lang":"de","entries":"\#(escaped)","entries_format":"tsv"}"#)
    #expect(status == 400 && text.contains(problem), "\(text)")
    #expect(await send("GET", "/v2/glossaries").1 == #"{"glossaries":[]}"#)
  }

  @Test func valuesInQuotationMarksMayHaveAnything() async throws {
    let entries = #""a, b","say ""x""",en,de\r\nplain, spaced \n"#.replacing("\"", with: "\\\"")
    let (status, made) = await send(
      "POST", "/v2/glossaries",
      #"{"name":"n","source_lang":"en","target_lang":"de","entries":"\#(entries)","entries_format":"csv"}"#)
    #expect(status == 201, "\(made)")
    #expect(
      await send("GET", "/v2/glossaries/\(try id(made))/entries").1 == "a, b\tsay \"x\"\nplain\tspaced")
  }

  /// A glossary that was used is read again after it has changed.
  @Test func translationsHaveTheTermsThatAGlossaryHasNow() async throws {
    let fixture = try ServingFixture(guided: ["en-de"])
    func send(_ method: String, _ path: String, _ body: String) async -> String {
      await fixture.send(method, path, body, type: "application/json").text
    }
    let made = await send(
      "POST", "/v3/glossaries",
      #"{"name":"n","dictionaries":[{"source_lang":"en","target_lang":"de","entries":"dog\tHaus"}]}"#)
    let id = try id(made)
    func translation() async -> String {
      await send(
        "POST", "/v2/translate",
        #"{"text":["the dog"],"source_lang":"EN","target_lang":"DE","glossary_id":"\#(id)"}"#)
    }
    for _ in 0..<2 {
      let text = await translation()
      #expect(text.contains(#""text":"das Haus""#), "\(text)")
    }
    _ = await send(
      "PUT", "/v3/glossaries/\(id)/dictionaries",
      #"{"source_lang":"en","target_lang":"de","entries":"dog\tKatze"}"#)
    #expect(await translation().contains(#""text":"das Katze""#))
    _ = await send("DELETE", "/v2/glossaries/\(id)", "")
    #expect(await translation().contains("Glossary not found"))
  }

  @Test func whatCannotUseAGlossaryIsRefused() async throws {
    let id = try id(await send("POST", "/v2/glossaries", single).1)
    func translate(_ source: String, _ target: String) async -> (Int, String) {
      await send(
        "POST", "/v2/translate",
        #"{"text":["dog"],\#(source)"target_lang":"\#(target)","glossary_id":"\#(id)"}"#)
    }
    #expect(await translate("", "DE").1.contains("'source_lang' must be given"))
    #expect(await translate(#""source_lang":"EN","#, "FR").1.contains("no dictionary from en to fr"))
    let through = await send(
      "POST", "/v2/glossaries", #"{"name":"n","source_lang":"de","target_lang":"fr","entries":"Hund\tchien"}"#
    )
    let body =
      #"{"text":["Hund"],"source_lang":"DE","target_lang":"FR","glossary_id":"\#(try self.id(through.1))"}"#
    #expect(await send("POST", "/v2/translate", body).1.contains("two models"))
  }

  @Test func aModelThatTakesNoGlossarySaysSo() async throws {
    let fixture = try ServingFixture(nonautoregressive: ["en-de"])
    let made = await fixture.json("/v2/glossaries", single).text
    func translate(_ fields: String) async -> (status: Int, text: String) {
      await fixture.json(
        "/v2/translate", #"{"text":["dog"],"source_lang":"EN","target_lang":"DE"\#(fields)}"#)
    }
    #expect(await translate("").status == 200)
    let refused = await translate(#","glossary_id":"\#(try id(made))""#)
    #expect(
      refused.status == 400 && refused.text.contains("takes no glossary")
        && refused.text.contains("non-autoregressive"), "\(refused)")
  }
}
