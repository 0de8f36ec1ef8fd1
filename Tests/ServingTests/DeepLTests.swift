import HTTPServer
import Serving
import Testing

/// DeepL's contract, request by request.
@Suite struct DeepLTests {
  let fixture: ServingFixture

  init() throws { fixture = try ServingFixture() }

  @Test func textsAreTranslated() async {
    let expected =
      #"{"translations":[{"detected_source_language":"EN","text":"das Haus"},{"detected_source_language":"EN","text":"Hund"}]}"#
    let json = await fixture.json(
      "/v2/translate", #"{"text":["the house","dog"],"source_lang":"EN","target_lang":"DE"}"#)
    #expect(json == (200, expected))
    let form = await fixture.form("/v2/translate", "text=the+house&text=dog&source_lang=EN&target_lang=DE")
    #expect(form == (200, expected))
    let regions = await fixture.json(
      "/v2/translate", #"{"text":["Haus"],"source_lang":"DE","target_lang":"EN-US"}"#)
    #expect(regions.text.contains(#""text":"house""#))
  }

  @Test func theLanguageIsFound() async {
    let text = "Das Haus ist sehr schön und der Hund schläft heute den ganzen Tag im Garten."
    let (status, answer) = await fixture.json("/v2/translate", #"{"text":["\#(text)"],"target_lang":"EN"}"#)
    #expect(status == 200 && answer.contains(#""detected_source_language":"DE""#), "\(answer)")
  }

  @Test func markupStays() async {
    let (_, text) = await fixture.json(
      "/v2/translate",
      #"{"text":["<p>the house</p>"],"source_lang":"EN","target_lang":"DE","tag_handling":"html"}"#)
    #expect(text.contains(#""text":"<p>das Haus</p>""#), "\(text)")
    let xml = await fixture.json(
      "/v2/translate",
      #"{"text":["<d><P>the <k>dog</k></P></d>"],"source_lang":"EN","target_lang":"DE","tag_handling":"xml","ignore_tags":["k"]}"#
    )
    #expect(xml.text.contains(#""text":"<d><P>das <k>dog</k></P></d>""#), "\(xml.text)")
    let form = await fixture.form(
      "/v2/translate",
      "text=<k>dog</k><l>cat</l>+the&source_lang=EN&target_lang=DE&tag_handling=xml&ignore_tags=k,l")
    #expect(form.text.contains(#""text":"<k>dog</k><l>cat</l> das""#), "\(form.text)")
  }

  @Test func charactersAreCounted() async {
    let (_, text) = await fixture.json(
      "/v2/translate",
      #"{"text":["the dog"],"source_lang":"EN","target_lang":"DE","show_billed_characters":true}"#)
    #expect(text.contains(#""billed_characters":7"#))
    #expect(await fixture.send("GET", "/v2/usage").text.hasPrefix(#"{"character_count":7,"#))
  }

  @Test func languagesAreListed() async {
    #expect(
      await fixture.send("GET", "/v2/languages?type=source").text
        == #"[{"language":"DE","name":"German"},{"language":"EN","name":"English"}]"#)
    let targets = await fixture.send("GET", "/v2/languages?type=target").text
    #expect(targets.contains(#"{"language":"FR","name":"French","supports_formality":false}"#))
  }

  @Test(arguments: [
    (#"{"target_lang":"DE"}"#, 400, "'text' not specified"),
    (#"{"text":["a"]}"#, 400, "'target_lang' not specified"),
    (#"{"text":["a"],"target_lang":"XX"}"#, 400, "'target_lang' not supported"),
    (#"{"text":["a"],"target_lang":"DE","source_lang":"XX"}"#, 400, "'source_lang' not supported"),
    (#"{"text":["a"],"target_lang":"DE","source_lang":"EN","formality":"more"}"#, 400, "formality"),
    (#"{"text":["a"],"target_lang":"DE","source_lang":"EN","glossary_id":"x"}"#, 404, "Glossary"),
    (#"{"text":["a"],"target_lang":"DE","source_lang":"EN","tag_handling":"rtf"}"#, 400, "'tag_handling'"),
    (
      #"{"text":["a"],"target_lang":"DE","source_lang":"EN","split_sentences":"2"}"#, 400, "'split_sentences'"
    ),
    ("{", 400, "Bad request"),
    (
      "{\"text\":[\(Array(repeating: "\"a\"", count: 51).joined(separator: ","))],\"target_lang\":\"DE\"}",
      413, "at most 50"
    ),
  ])
  func mistakesAreNamed(body: String, status: Int, message: String) async {
    let answer = await fixture.json("/v2/translate", body)
    #expect(
      answer.status == status && answer.text.hasPrefix(#"{"message":""#) && answer.text.contains(message),
      "\(answer)")
  }

  @Test func largeRequestsAndOtherPathsAreRefused() async {
    let large = #"{"text":["\#(String(repeating: "a", count: 140_000))"],"target_lang":"DE"}"#
    #expect(await fixture.json("/v2/translate", large).status == 413)
    #expect(await fixture.send("GET", "/v2/nothing").status == 404)
  }
}
