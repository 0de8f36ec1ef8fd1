import HTTPServer
import Serving
import Testing

/// LibreTranslate's contract, request by request.
@Suite struct LibreTranslateTests {
  let fixture: ServingFixture

  init() throws { fixture = try ServingFixture() }

  @Test func oneTextIsTranslated() async {
    let expected = (200, #"{"translatedText":"das Haus."}"#)
    #expect(await fixture.json("/translate", #"{"q":"the house.","source":"en","target":"de"}"#) == expected)
    #expect(await fixture.form("/translate", "q=the+house.&source=en&target=de&format=text") == expected)
    // Some clients send a POST without a body.
    let query = await fixture.send("POST", "/translate?q=the%20house.&source=en&target=de")
    #expect(query.status == 200 && query.text == expected.1)
    #expect(query.headers["Content-Type"] == "application/json")
  }

  @Test func severalTextsAreTranslated() async {
    let (status, text) = await fixture.json(
      "/translate", #"{"q":["the dog","","the cat"],"source":"en","target":"fr"}"#)
    #expect(status == 200 && text == #"{"translatedText":["la chien","","la chat"]}"#)
  }

  @Test func linesAndWhiteSpaceStay() async {
    let (_, text) = await fixture.json(
      "/translate", #"{"q":" the dog\r\n\n\tthe cat ","source":"en","target":"de"}"#)
    #expect(text == #"{"translatedText":" das Hund\r\n\n\tdas Katze "}"#)
    let form = await fixture.form("/translate", "q=the+dog%0D%0Athe+cat&source=en&target=de")
    #expect(form.text == #"{"translatedText":"das Hund\ndas Katze"}"#)
  }

  /// A fault of the original that is not copied.
  @Test func entitiesInTextStay() async {
    let (_, text) = await fixture.json("/translate", #"{"q":"the &lt; dog","source":"en","target":"de"}"#)
    #expect(text.contains("&lt;"))
  }

  @Test func markupStays() async {
    let (status, text) = await fixture.json(
      "/translate",
      #"{"q":"<p class=\"a\">the house</p><code>the dog</code>","source":"en","target":"de","format":"html"}"#
    )
    #expect(status == 200)
    #expect(text == #"{"translatedText":"<p class=\"a\">das Haus</p><code>the dog</code>"}"#)
  }

  @Test func alternativesAreListed() async {
    let (_, text) = await fixture.json(
      "/translate", #"{"q":"the house dog","source":"en","target":"de","alternatives":2}"#)
    #expect(text == #"{"translatedText":"das Haus Hund","alternatives":["das Haus","das"]}"#)
    let batch = await fixture.json(
      "/translate", #"{"q":["the dog","cat"],"source":"en","target":"de","alternatives":1}"#)
    #expect(batch.text == #"{"translatedText":["das Hund","Katze"],"alternatives":[["das"],[]]}"#)
  }

  @Test func twoModelsAreUsedInTurn() async throws {
    let (status, text) = await fixture.json("/translate", #"{"q":"das Haus","source":"de","target":"fr"}"#)
    #expect(status == 200 && text == #"{"translatedText":"la maison"}"#)
    let without = try ServingFixture(pivots: false)
    let refused = await without.json("/translate", #"{"q":"das Haus","source":"de","target":"fr"}"#)
    #expect(
      refused == (400, #"{"error":"French (fr) is not available as a target language from German (de)"}"#))
    let html = await fixture.json(
      "/translate", #"{"q":"<b>das</b> Haus","source":"de","target":"fr","format":"html"}"#)
    #expect(html.status == 200 && html.text.contains("la") && html.text.contains("maison"))
  }

  @Test func languagesAreFound() async {
    let text = "Das Haus ist sehr schön und der Hund schläft heute den ganzen Tag im Garten."
    let (status, answer) = await fixture.json(
      "/translate", #"{"q":"\#(text)","source":"auto","target":"en"}"#)
    #expect(status == 200 && answer.contains(#""language":"de""#), "\(answer)")
    let batch = await fixture.json("/translate", #"{"q":["\#(text)","😀 !"],"source":"auto","target":"en"}"#)
    #expect(batch.text.contains(#"{"confidence":0.0,"language":"en"}]"#), "\(batch.text)")
    #expect(batch.text.contains("😀 !"))
    let detected = await fixture.json("/detect", #"{"q":"\#(text)"}"#)
    #expect(detected.text.hasPrefix("[{\"confidence\":") && detected.text.contains(#""language":"de""#))
    #expect(await fixture.json("/detect", #"{"q":"12345"}"#).text == #"[{"confidence":0.0,"language":"en"}]"#)
  }

  @Test(arguments: [
    (#"{"source":"en","target":"de"}"#, "Invalid request: missing q parameter"),
    (#"{"q":"","source":"en","target":"de"}"#, "Invalid request: missing q parameter"),
    (#"{"q":[],"source":"en","target":"de"}"#, "Invalid request: missing q parameter"),
    (#"{"q":["a",1],"source":"en","target":"de"}"#, "Invalid request: missing q parameter"),
    (#"{"q":"a","target":"de"}"#, "Invalid request: missing source parameter"),
    (#"{"q":"a","source":"en"}"#, "Invalid request: missing target parameter"),
    (#"{"q":"a","source":"xx","target":"de"}"#, "xx is not supported"),
    (#"{"q":"a","source":"en","target":"klingon"}"#, "klingon is not supported"),
    (#"{"q":"a","source":"en","target":"de","format":"pdf"}"#, "pdf format is not supported"),
    (#"{"q":"a","source":"en","target":"de","alternatives":"x"}"#, "alternatives parameter is not a number"),
    (#"{"q":"a","source":"en","target":"de","alternatives":101}"#, "alternatives parameter must be <= 100"),
    (#"["q"]"#, "Invalid JSON format"), ("{", "Invalid JSON format"), ("", "missing q parameter"),
    (String(repeating: "[", count: 100_000), "Invalid JSON format"),
  ])
  func mistakesAreNamed(body: String, message: String) async {
    let (status, text) = await fixture.json("/translate", body)
    #expect(status == 400 && text.hasPrefix(#"{"error":""#) && text.contains(message), "\(text)")
  }

  @Test func limitsHold() async throws {
    let limited = try ServingFixture { ($0.characterLimit, $0.batchLimit, $0.alternativesLimit) = (10, 2, 1) }
    let long = await limited.json("/translate", #"{"q":"12345678901","source":"en","target":"de"}"#)
    #expect(long == (400, #"{"error":"Invalid request: request (11) exceeds text limit (10)"}"#))
    let batch = await limited.json("/translate", #"{"q":["a","b","c"],"source":"en","target":"de"}"#)
    #expect(batch.text.contains("request (3) exceeds text limit (2)"))
    let many = await limited.json("/translate", #"{"q":"a","source":"en","target":"de","alternatives":2}"#)
    #expect(many.text.contains("must be <= 1"))
    #expect(
      await limited.json("/translate", #"{"q":"1234567890","source":"en","target":"de"}"#).status == 200)
  }

  @Test func languagesAreListed() async throws {
    let listed = await fixture.send("GET", "/languages", "{}", type: "application/json")
    #expect(
      listed.text
        == #"[{"code":"de","name":"German","targets":["en","fr"]},{"code":"en","name":"English","targets":["de","fr"]}]"#
    )
    let chinese = try ServingFixture(["en-zh", "zh-en"])
    #expect(await chinese.send("GET", "/languages").text.contains(#""code":"zh-Hans""#))
    for code in ["zh", "zh-Hans", "zh-CN"] {
      let (status, text) = await chinese.json("/translate", #"{"q":"a","source":"\#(code)","target":"en"}"#)
      // The model itself is not there.
      #expect(status == 500, "\(code): \(text)")
    }
  }

  @Test func suggestionsAreKeptIfAsked() async throws {
    let fixture = try ServingFixture { $0.takesSuggestions = true }
    let body = #"{"q":"the dog","s":"der Hund","source":"en","target":"de"}"#
    #expect(await fixture.json("/suggest", body) == (200, #"{"success":true}"#))
    #expect(await fixture.json("/suggest", #"{"q":"the dog"}"#).text.contains("missing s parameter"))
    #expect(await fixture.send("GET", "/frontend/settings").text.contains(#""suggestions":true"#))
  }

  @Test func otherPathsAreAnswered() async throws {
    #expect(await fixture.send("GET", "/health").text == #"{"status":"ok"}"#)
    #expect(await fixture.send("GET", "/frontend/settings").text.contains(#""charLimit":-1"#))
    #expect(await fixture.send("POST", "/suggest").status == 403)
    #expect(await fixture.send("GET", "/spec").text.contains(#""swagger":"2.0""#))
    #expect(await fixture.send("GET", "/nothing").status == 404)
    #expect(await fixture.send("GET", "/translate").status == 405)
    #expect(await fixture.send("GET", "/../../etc/passwd").status == 404)
    let metrics = await fixture.send("GET", "/metrics").text
    #expect(
      metrics.contains(
        #"libretranslate_http_request_duration_seconds_count{endpoint="/health",status="200"} 1"#))
    #expect(metrics.contains(#"{endpoint="other",status="404"} 2"#))
    #expect(metrics.contains("libretranslate_http_requests_in_flight 1"))
  }

  @Test func pagesOfOtherSitesAreAllowedByOption() async throws {
    #expect(await fixture.send("GET", "/health").headers["Access-Control-Allow-Origin"] == nil)
    let open = try ServingFixture { $0.allowedOrigin = "*" }
    #expect(await open.send("OPTIONS", "/translate").headers["Access-Control-Allow-Origin"] == "*")
    #expect(await open.send("GET", "/languages").headers["Access-Control-Allow-Methods"] == "GET, POST")
  }

  @Test func requestsAtOnceGetTheirOwnAnswers() async throws {
    let fixture = fixture
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        let (word, expected) = number % 2 == 0 ? ("dog", "Hund") : ("cat", "Katze")
        group.addTask {
          let (_, text) = await fixture.json(
            "/translate", #"{"q":"the \#(word) \#(number)","source":"en","target":"de"}"#)
          return text == #"{"translatedText":"das \#(expected) \#(number)"}"#
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
