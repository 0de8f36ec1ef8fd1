import Files
import HTTPServer
import Serving
import Testing

/// The page: its files, its form, and the requests of its script.
@Suite struct PageTests {
  let fixture: ServingFixture

  init() throws { fixture = try ServingFixture(guided: ["en-de", "en-fr", "de-en"]) }

  /// The answer to a request of the script.
  private func ask(_ path: String, _ body: String) async throws -> (status: Int, tree: JSONTree) {
    let (status, text) = await fixture.json(path, body)
    return (status, try JSONParser.parse(Array(text.utf8)[...]))
  }

  // MARK: - Files

  @Test(arguments: [("/", "text/html"), ("/page.css", "text/css"), ("/page.js", "text/javascript")])
  func filesAreSent(path: String, type: String) async {
    let response = await fixture.send("GET", path)
    #expect(response.status == 200 && response.headers["Content-Type"] == "\(type); charset=utf-8")
    #expect(response.headers["Cache-Control"] == "no-cache")
    #expect(response.headers["Referrer-Policy"] == "no-referrer")
    #expect(
      response.headers["Content-Security-Policy"]?.hasPrefix("default-src 'none'; script-src 'self'") == true)
    let known = await fixture.send(
      "GET", path, "", ["If-None-Match": response.headers["ETag"] ?? ""])
    #expect(known.status == 304 && known.text.isEmpty)
    #expect(await fixture.send("HEAD", path).status == 200)
    #expect(await fixture.send("PUT", path).status == 405)
  }

  /// The policy of the page forbids all of this, too.
  @Test func thePageNeedsNothingElse() async {
    for path in ["/", "/page.css", "/page.js"] {
      let text = await fixture.send("GET", path).text
      #expect(text.utf8.count > 1000)
      for forbidden in ["https://", " style=", " onclick=", "@import", "innerHTML", "eval("] {
        #expect(!text.contains(forbidden), "\(path): \(forbidden)")
      }
    }
    #expect(!(await fixture.send("GET", "/").text.contains("{{")))
  }

  @Test func languagesAreOffered() async {
    let html = await fixture.send("GET", "/").text
    #expect(html.contains(#"<option value="auto" selected>Detect language</option>"#))
    #expect(html.contains(#"<option value="de" data-language="de" data-targets="en fr">German</option>"#))
    #expect(html.contains(#"<option value="fr" data-language="fr">French</option>"#))
    let chosen = await fixture.send("GET", "/?source=en&target=fr").text
    #expect(chosen.contains(#"data-targets="de fr" selected>English"#))
    #expect(chosen.contains(#"<option value="fr" data-language="fr" selected>French</option>"#))
  }

  // MARK: - The form, without scripts

  @Test func theFormIsAnsweredWithThePage() async {
    let (status, html) = await fixture.form("/", "text=the+house%0D%0Athe+dog&source=en&target=fr")
    #expect(status == 200 && html.contains(">la maison\nla chien</div>"))
    #expect(html.contains("\nthe house\nthe dog</textarea>"))
    #expect(
      html.contains(#"<option value="fr" data-language="fr" selected>"#) && html.contains(#"lang="fr""#))
  }

  @Test func whatIsEnteredIsNoMarkup() async {
    let entered = "%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%27%26"
    let (_, html) = await fixture.form("/", "text=\(entered)&source=\(entered)&target=\(entered)")
    #expect(!html.contains("<script>"))
    #expect(
      html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;</textarea>"))
  }

  @Test func theFormSaysWhatIsWrong() async throws {
    let limited = try ServingFixture { $0.characterLimit = 5 }
    let (status, html) = await limited.form("/", "text=the+house&source=en&target=de")
    #expect(status == 400 && html.contains("request (9) exceeds text limit (5)"))
    #expect(html.contains("the house</textarea>") && html.contains(#"data-limit="5""#))
    let alone = try ServingFixture(["en-de", "de-en", "en-fr"], pivots: false)
    let refused = await alone.form("/", "text=Haus&source=de&target=fr")
    #expect(refused.status == 400 && refused.text.contains("French (fr) is not available"))
  }

  // MARK: - Sentences

  @Test func sentencesComeWithTheirWords() async throws {
    let (status, tree) = try await ask(
      "/page/translate", #"{"text":"the house.\n  the dog","source":"en","target":"de"}"#)
    #expect(status == 200)
    #expect(
      tree.compactText == ##"""
        {"alternatives":true,"glossary":false,"sentences":[{"source":"the house.","space":"\n","translation":"das Haus.",\##
        "words":[{"place":[0,3],"sources":[[0,3]]},{"place":[4,8],"sources":[[4,9]]},{"place":[8,9],"sources":[[9,10]]}],\##
        "missingTerms":[]},{"source":"","space":"  ","translation":"","words":[],"missingTerms":[]},\##
        {"source":"the dog","space":"","translation":"das Hund",\##
        "words":[{"place":[0,3],"sources":[[0,3]]},{"place":[4,8],"sources":[[4,7]]}],"missingTerms":[]}]}
        """##)
  }

  @Test func languagesAreFound() async throws {
    let text = "Das Haus ist sehr schön und der Hund schläft heute den ganzen Tag im Garten."
    let (status, tree) = try await ask(
      "/page/translate", #"{"text":"\#(text)","source":"auto","target":"en"}"#)
    #expect(status == 200 && tree["detected"]?["language"] == "de" && tree["detectedName"] == "German")
    let digits = try await ask("/page/translate", #"{"text":"12 34","source":"auto","target":"de"}"#)
    #expect(digits.tree.compactText.contains(#""translation":"12 34""#) && digits.tree["detected"] == nil)
  }

  /// Links would lead to a text that nobody sees.
  @Test func throughAThirdLanguageThereAreNoLinks() async throws {
    let (status, tree) = try await ask("/page/translate", #"{"text":"das Haus","source":"de","target":"fr"}"#)
    #expect(status == 200)
    #expect(
      tree.compactText.contains(#""translation":"la maison","words":[{"place":[0,2]},{"place":[3,9]}]"#))
    let other = try await ask(
      "/page/alternatives", #"{"sentence":"das Haus","before":"la","source":"de","target":"fr"}"#)
    #expect(other.tree.compactText.contains(#"{"word":"maison""#))
  }

  // MARK: - Other words

  @Test func otherWordsKeepWhatIsBeforeThem() async throws {
    let (status, tree) = try await ask(
      "/page/alternatives",
      #"{"sentence":"the house the dog","before":"das ","source":"en","target":"de"}"#)
    guard case .array(let found)? = tree["alternatives"] else { return #expect(Bool(false), "\(tree)") }
    #expect(status == 200 && found.count == 5 && found[0]["word"] == "Haus")
    let words = Set(found.compactMap { $0["word"]?.text })
    #expect(words.isSuperset(of: ["Haus", "Hund", "Katze", "das"]))
    for alternative in found {
      // A full stop follows without a space.
      let text = alternative["sentence"]?["translation"]?.text?.filter { $0 != " " } ?? ""
      #expect(text.hasPrefix("das" + (alternative["word"]?.text ?? "-")), "\(alternative)")
    }
    let hund = found.first { $0["word"] == "Hund" }
    #expect(hund?["sentence"]?["translation"] == "das Hund das Hund")
  }

  @Test func theGlossaryIsKept() async throws {
    let glossary = #""glossary":[{"source":"dog","targets":["Katze"]}]"#
    let (_, tree) = try await ask(
      "/page/translate", #"{"text":"the house the dog","source":"en","target":"de",\#(glossary)}"#)
    #expect(tree["glossary"] == true && tree.compactText.contains(#""translation":"das Haus das Katze""#))
    let other = try await ask(
      "/page/alternatives",
      #"{"sentence":"the house the dog","before":"das","source":"en","target":"de",\#(glossary)}"#)
    guard case .array(let found)? = other.tree["alternatives"] else { return #expect(Bool(false)) }
    let hund = found.first { $0["word"] == "Hund" }?["sentence"]
    #expect(hund?["translation"]?.text?.hasPrefix("das Hund") == true, "\(other.tree.compactText)")
    #expect(hund?["translation"]?.text?.contains("Katze") == true, "\(other.tree.compactText)")
  }

  @Test(arguments: [
    ("/page/translate", #"{"source":"en","target":"de"}"#, "missing text parameter"),
    ("/page/translate", #"{"text":"a","target":"de"}"#, "missing source parameter"),
    ("/page/translate", #"{"text":"a","source":"en"}"#, "missing target parameter"),
    ("/page/translate", #"{"text":"a","source":"xx","target":"de"}"#, "xx is not supported"),
    ("/page/translate", #"{"text":"a","source":"en","target":"xx"}"#, "xx is not supported"),
    ("/page/translate", #"{"text":"a","source":"en","target":"de","glossary":{}}"#, "glossary is not a list"),
    (
      "/page/translate", #"{"text":"a","source":"en","target":"de","glossary":[1]}"#, "a term of the glossary"
    ),
    (
      "/page/translate",
      #"{"text":"a","source":"en","target":"de","glossary":[{"source":"a","targets":[]}]}"#,
      "a term of the glossary"
    ),
    ("/page/translate", "{", "Invalid JSON format"),
    ("/page/alternatives", #"{"before":"","source":"en","target":"de"}"#, "missing sentence parameter"),
    ("/page/alternatives", #"{"sentence":"a","source":"en","target":"de"}"#, "missing before parameter"),
    (
      "/page/alternatives", #"{"sentence":"a\nb","before":"","source":"en","target":"de"}"#, "has no line end"
    ),
  ])
  func mistakesAreNamed(path: String, body: String, message: String) async {
    let (status, text) = await fixture.json(path, body)
    #expect(status == 400 && text.hasPrefix(#"{"error":""#) && text.contains(message), "\(text)")
  }

  @Test func limitsHold() async throws {
    let limited = try ServingFixture { $0.characterLimit = 5 }
    let text = await limited.json("/page/translate", #"{"text":"123456","source":"en","target":"de"}"#)
    #expect(text == (400, #"{"error":"Invalid request: request (6) exceeds text limit (5)"}"#))
    let before = await limited.json(
      "/page/alternatives", #"{"sentence":"a","before":"123456","source":"en","target":"de"}"#)
    #expect(before.status == 400)
  }
}

extension JSONTree {
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}
