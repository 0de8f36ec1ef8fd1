import HTTPServer
import Serving
import Testing

/// Files, by LibreTranslate's interface and by DeepL's.
@Suite struct DocumentTests {
  let fixture: ServingFixture

  init() throws { fixture = try ServingFixture() }

  private func upload(
    _ name: String, _ text: String, from source: String = "en", to target: String = "de",
    _ headers: HTTPFields = ["Host": "example.org:5000"]
  ) async -> HTTPResponse {
    await UploadForm(file: (name, Array(text.utf8)), fields: ["source": source, "target": target])
      .send(to: fixture, "/translate_file", headers)
  }

  /// The path of an address.
  private func path(_ address: String) -> String {
    "/" + address.split(separator: "/").dropFirst(2).joined(separator: "/")
  }

  static let files: [(name: String, text: String, expected: String)] = [
    ("a.txt", "\u{FEFF}the dog\r\n\r\nthe cat", "\u{FEFF}das Hund\r\n\r\ndas Katze"),
    ("a.md", "# the *dog*\n\n- cat\n", "# das *Hund*\n\n- Katze\n"),
    ("a b.HTML", "<p>the <b>dog</b></p>", "<p>das <b>Hund</b></p>"),
    (
      "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nthe dog\n", "1\n00:00:01,000 --> 00:00:02,000\ndas Hund\n"
    ),
    (
      "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nthe dog\n", "WEBVTT\n\n00:01.000 --> 00:02.000\ndas Hund\n"
    ),
    (
      "a.xliff",
      "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"de\"><body><trans-unit id=\"1\"><source>the dog</source>"
        + "</trans-unit></body></file></xliff>", "das Hund</target>"
    ),
    ("a.po", "msgid \"the dog\"\nmsgstr \"\"\n", "msgstr \"das Hund\""),
    ("a.txt", "12 34\n", "12 34\n"),
  ]

  @Test(arguments: files.indices) func filesAreTranslatedAndDownloaded(index: Int) async {
    let (name, text, expected) = Self.files[index]
    let response = await upload(name, text)
    let address = response.string("translatedFileUrl")
    #expect(
      response.status == 200 && address.hasPrefix("http://example.org:5000/download_file/"),
      "\(response.text)")
    let file = await fixture.send("GET", path(address))
    #expect(file.status == 200)
    let contents = String(decoding: file.bytes ?? [], as: UTF8.self)
    #expect(contents == expected || index > 4 && contents.contains(expected), "\(contents)")
    #expect(file.headers["X-Content-Type-Options"] == "nosniff")
    let disposition = file.headers["Content-Disposition"] ?? ""
    #expect(
      disposition.hasPrefix("attachment; filename=\"a") && disposition.contains("_de."), "\(disposition)")
  }

  @Test func documentsKeepTheirFormats() async throws {
    let form = UploadForm(
      file: ("../r\u{e9}port.docx", try TestDocument.docx()), fields: ["source": "en", "target": "fr"])
    let response = await form.send(
      to: fixture, "/translate_file", ["Host": "[::1]", "X-Forwarded-Proto": "https"])
    let address = response.string("translatedFileUrl")
    #expect(
      address.hasPrefix("https://[::1]/download_file/") && address.hasSuffix(".r_port_fr.docx"), "\(address)")
    let file = await fixture.send(
      "GET", "/" + address.split(separator: "/").dropFirst(2).joined(separator: "/"))
    let text = try TestDocument.part("w.xml", of: file.bytes ?? [])
    #expect(text.contains("<w:r><w:rPr><w:b/></w:rPr><w:t") && text.contains("maison</w:t>"), "\(text)")
    #expect(file.headers["Content-Type"]?.contains("wordprocessingml") == true)
  }

  @Test func twoModelsAndUnknownLanguages() async {
    let text = "Das Haus ist sehr sch\u{f6}n und der Hund schl\u{e4}ft heute den ganzen Tag im Garten.\n"
    let response = await upload("a.txt", text, from: "auto", to: "fr")
    let file = await fixture.send("GET", path(response.string("translatedFileUrl")))
    #expect(file.text.contains("maison") && file.text.contains("chien"), "\(file.text)")
    let html = await upload("a.html", "<p>das <b>Haus</b></p>", from: "de", to: "fr")
    #expect(
      await fixture.send("GET", path(html.string("translatedFileUrl"))).text == "<p>la <b>maison</b></p>")
  }

  @Test(arguments: [
    ("a.exe", "x", "en", "de", 400, "file format not supported"),
    ("a", "x", "en", "de", 400, "not supported"),
    ("a.txt", "", "en", "de", 400, "empty file"), ("a.txt", "x", "", "de", 400, "missing source"),
    ("a.txt", "x", "en", "", 400, "missing target"), ("a.txt", "x", "xx", "de", 400, "xx is not supported"),
    ("a.txt", "x", "en", "xx", 400, "xx is not supported"), ("a.docx", "x", "en", "de", 400, "zip"),
    (
      "a.tmx",
      "<tmx><header srclang=\"pt\"/><body><tu><tuv xml:lang=\"pt\"><seg>a</seg></tuv></tu></body></tmx>",
      "en", "de", 400, "'en'"
    ),
    ("a.txt", "a\0b", "en", "de", 400, "UTF-8"),
  ])
  func mistakesAreNamed(
    name: String, text: String, source: String, target: String, status: Int, message: String
  ) async {
    let response = await upload(name, text, from: source, to: target)
    #expect(response.status == status && response.string("error").contains(message), "\(response.text)")
  }

  @Test func noFileAndNoSuchFile() async {
    let response = await UploadForm(fields: ["source": "en", "target": "de"]).send(
      to: fixture, "/translate_file")
    #expect(response.status == 400 && response.text.contains("missing file parameter"))
    for path in ["/download_file/x", "/download_file/", "/download_file/../a.txt", "/download_file/x.txt"] {
      #expect(await fixture.send("GET", path).status == 404)
    }
    let address = await upload("a.txt", "dog").string("translatedFileUrl")
    #expect(await fixture.send("GET", path(address).replacing("a_de.txt", with: "b_de.txt")).status == 404)
    #expect(await fixture.send("DELETE", path(address)).status == 405)
    #expect(await fixture.send("GET", "/metrics").text.contains("endpoint=\"/download_file\""))
    let settings = await fixture.send("GET", "/frontend/settings").text
    #expect(settings.contains("\"filesTranslation\":true") && settings.contains("\".docx\""))
    #expect(fixture.server.bodyLimit(method: "POST", path: "/translate_file") > 32 << 20)
    #expect(fixture.server.bodyLimit(method: "POST", path: "/translate") == 4 << 20)
  }

  // MARK: - DeepL

  /// Waits until a document is no longer translated.
  private func finished(_ id: String, _ key: String, in fixture: ServingFixture? = nil) async throws
    -> HTTPResponse
  {
    for _ in 0..<20_000 {
      let response = await (fixture ?? self.fixture).send(
        "POST", "/v2/document/\(id)", "{\"document_key\":\"\(key)\"}", type: "application/json")
      if !["queued", "translating"].contains(response.string("status")) { return response }
      try await Task.sleep(for: .milliseconds(10))
    }
    return HTTPResponse(status: 504)
  }

  @Test func documentsAreUploadedAndFetchedOnce() async throws {
    let form = UploadForm(
      file: ("report.docx", try TestDocument.docx()), fields: ["target_lang": "DE", "source_lang": "EN"])
    let upload = await form.send(to: fixture, "/v2/document")
    let (id, key) = (upload.string("document_id"), upload.string("document_key"))
    #expect(upload.status == 200 && id.count == 36 && key.count == 64, "\(upload.text)")
    let status = try await finished(id, key)
    #expect(status.text.contains("\"status\":\"done\",\"billed_characters\":"), "\(status.text)")
    #expect(
      await fixture.send("GET", "/v2/document/\(id)?document_key=\(key.dropLast())0").status == 404
        || key.hasSuffix("0"))
    #expect(await fixture.send("POST", "/v2/document/\(id)/result").status == 404)
    let file = await fixture.send("POST", "/v2/document/\(id)/result?document_key=\(key)")
    #expect(file.headers["Content-Disposition"] == "attachment; filename=\"report.docx\"")
    #expect(try TestDocument.part("w.xml", of: file.bytes ?? []).contains("Haus"))
    #expect(await fixture.send("POST", "/v2/document/\(id)/result?document_key=\(key)").status == 404)
    #expect(await fixture.send("GET", "/v2/document/\(id)?document_key=\(key)").status == 404)
  }

  @Test func damagedDocumentsEndWithAnError() async throws {
    let upload = await UploadForm(file: ("a.docx", [1, 2, 3]), fields: ["target_lang": "DE"])
      .send(to: fixture, "/v2/document")
    let (id, key) = (upload.string("document_id"), upload.string("document_key"))
    let status = try await finished(id, key)
    #expect(status.string("status") == "error" && status.string("message").contains("zip"), "\(status.text)")
    #expect(await fixture.send("POST", "/v2/document/\(id)/result?document_key=\(key)").status == 400)
  }

  @Test(
    arguments: [
      (["target_lang": "DE"], "a.exe", 400, "extension"),
      (["target_lang": "XX"], "a.txt", 400, "target_lang"),
      ([:], "a.txt", 400, "target_lang"),
      (["target_lang": "DE", "source_lang": "XX"], "a.txt", 400, "source_lang"),
      (["target_lang": "DE", "output_format": "pdf"], "a.txt", 400, "output_format"),
      (["target_lang": "DE", "source_lang": "EN", "glossary_id": "x"], "a.txt", 404, "Glossary"),
      (["target_lang": "FR", "source_lang": "FR"], "a.txt", 400, "source_lang"),
    ] as [(KeyValuePairs<String, String>, String, Int, String)])
  func mistakesOfUploadsAreNamed(
    fields: KeyValuePairs<String, String>, name: String, status: Int, message: String
  ) async {
    let response = await UploadForm(file: (name, [0x61]), fields: fields).send(to: fixture, "/v2/document")
    #expect(response.status == status && response.string("message").contains(message), "\(response.text)")
  }

  @Test func filesAreFewAndForgotten() async throws {
    // Forgotten as soon as they are translated.
    let limited = try ServingFixture { ($0.documents.files, $0.documents.lifetime) = (1, .zero) }
    let form = UploadForm(
      file: ("a.txt", Array("the dog".utf8)), fields: ["target_lang": "DE", "source_lang": "EN"])
    let first = await form.send(to: limited, "/v2/document")
    let (id, key) = (first.string("document_id"), first.string("document_key"))
    #expect(first.status == 200)
    #expect(try await finished(id, key, in: limited).status == 404)
    #expect(await form.send(to: limited, "/v2/document").status == 200)
    let few = try ServingFixture { $0.documents.files = 1 }
    #expect(await form.send(to: few, "/v2/document").status == 200)
    let second = await form.send(to: few, "/v2/document")
    #expect(second.status == 429 && second.headers["Retry-After"] != nil)
    let small = try ServingFixture { $0.documents.bytes = 5 }
    #expect(await form.send(to: small, "/v2/document").status == 429)
  }

  @Test func theEndForgetsFiles() async throws {
    let form = UploadForm(
      file: ("a.txt", Array("the dog\n".utf8)), fields: ["target_lang": "DE", "source_lang": "EN"])
    let upload = await form.send(to: fixture, "/v2/document")
    await fixture.server.end()
    let path = "/v2/document/\(upload.string("document_id"))?document_key=\(upload.string("document_key"))"
    #expect(await fixture.send("GET", path).status == 404)
    #expect(await form.send(to: fixture, "/v2/document").status == 429)
  }
}
