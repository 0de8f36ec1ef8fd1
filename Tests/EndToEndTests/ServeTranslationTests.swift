import Foundation
import TestSupport
import Testing

/// `serve-translation` as a process, with HTTP requests.
@Suite struct ServeTranslationTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture.shared() }

  /// A server that runs, and its port.
  private func start(_ options: [String]) throws -> (process: RunningCommand, port: Int) {
    let process = try RunningCommand(.serveTranslation, ["--port", "0"] + options)
    process.closeInput()
    var port = 0
    #expect(
      process.waitForErrors { errors in
        guard let place = errors.range(of: "http://127.0.0.1:") else { return false }
        port = Int(errors[place.upperBound...].prefix { $0.isNumber }) ?? 0
        return port > 0
      })
    return (process, port)
  }

  @Test func translationsAreThoseOfTheCommand() throws {
    let (process, port) = try start(["--model", "en-de=\(fixture.model)", "--beam", "5"])
    let lines = ["Anna sees the old house.", "The man paints the green boat."]
    let expected = try Command.translate.run(
      ["--model", fixture.model], text: lines.joined(separator: "\n") + "\n")
    let answer = try RawClient.post(
      ["q": lines.joined(separator: "\n"), "source": "en", "target": "de"], to: "/translate", port: port)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.utf8)) as? [String: String])
    #expect(object["translatedText"] == expected.lines.joined(separator: "\n"))
    let deepL = try RawClient.post(
      ["text": lines[1], "target_lang": "DE"], to: "/v2/translate", port: port)
    #expect(deepL.contains(expected.lines[1]) && deepL.contains("detected_source_language"), "\(deepL)")
    let stream = try RawClient.post(
      ["q": lines.joined(separator: " "), "source": "en", "target": "de"], to: "/translate", port: port,
      accept: "text/event-stream")
    #expect(stream.components(separatedBy: "event: sentence").count == 3, "\(stream)")
    #expect(stream.contains("event: done"))
    let page = try RawClient.post(
      ["text": lines[1], "source": "en", "target": "de"], to: "/", port: port)
    #expect(page.contains("<html") && page.contains(expected.lines[1]), "\(page)")
    process.send(SIGTERM)
    let outcome = process.wait(seconds: 60)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("POST /translate 200"))
    #expect(!outcome.errors.contains("house"), "texts are not logged")
  }

  @Test func modelsAreReadAgainOnRequest() throws {
    let model = try fixture.copyOfModel()
    let (process, port) = try start(["--model", "en-de=\(model.path)", "--quiet"])
    func translation() throws -> String {
      try RawClient.post(
        ["q": "The man paints.", "source": "en", "target": "de"], to: "/translate", port: port)
    }
    let before = try translation()
    #expect(before.contains("translatedText"), "\(before)")
    // A model in use does not depend on its files.
    try Data("damaged".utf8).write(to: URL(fileURLWithPath: model("config.json")))
    #expect(try translation() == before)
    process.send(SIGHUP)
    #expect(process.waitForErrors { $0.contains("could not be read again") })
    #expect(try translation() == before)
    let fresh = try fixture.copyOfModel()
    try FileManager.default.removeItem(atPath: model("config.json"))
    try FileManager.default.copyItem(atPath: fresh("config.json"), toPath: model("config.json"))
    process.send(SIGHUP)
    #expect(process.waitForErrors { $0.contains("read the models again") })
    #expect(try translation() == before)
    process.send(SIGINT)
    #expect(process.wait(seconds: 60).status == 0)
  }

  /// A glossary is in translations, and still there after the server was killed.
  @Test func glossariesSurviveAKill() throws {
    let folder = try TemporaryFolder()
    let options = ["--model", "en-de=\(fixture.model)", "--database", folder("server.db")]
    let (first, port) = try start(options)
    let made = try RawClient.post(
      [
        "name": "n", "source_lang": "en", "target_lang": "de", "entries": "house\tTurm",
        "entries_format": "tsv",
      ],
      to: "/v2/glossaries", port: port)
    let object = try JSONSerialization.jsonObject(with: Data(made.utf8)) as? [String: Any]
    let id = try #require(object?["glossary_id"] as? String, "\(made)")
    first.send(SIGKILL)
    #expect(first.wait(seconds: 60).status == 128 + SIGKILL)
    let (second, newPort) = try start(options)
    let entries = try RawClient.answer(
      "GET /v2/glossaries/\(id)/entries HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", port: newPort)
    #expect(entries.contains("house\tTurm"), "\(entries)")
    let text = "Anna sees the old house."
    let answer = try RawClient.post(
      ["text": text, "source_lang": "EN", "target_lang": "DE", "glossary_id": id], to: "/v2/translate",
      port: newPort)
    #expect(answer.contains("Turm"), "\(answer)")
    second.send(SIGTERM)
    #expect(second.wait(seconds: 60).status == 0)
  }

  @Test func keysAreMadeByACommand() throws {
    let folder = try TemporaryFolder()
    let database = ["--database", folder("server.db")]
    let (process, port) = try start(["--model", "en-de=\(fixture.model)", "--require-key"] + database)
    let made = try Command.manageKeys.run(database + ["--add", "alice"])
    #expect(made.status == 0 && made.lines.count == 1)
    func answer(_ key: String) throws -> String {
      try RawClient.post(
        ["q": "The man paints.", "source": "en", "target": "de", "api_key": key], to: "/translate", port: port
      )
    }
    #expect(try answer(made.lines[0]).contains("translatedText"))
    #expect(try answer("other").contains("Invalid API key"))
    let again = try Command.manageKeys.run(database + ["--add", "alice"])
    expectFailure(again, .manageKeys, saying: ["'alice'", "remove"])
    process.send(SIGTERM)
    #expect(process.wait(seconds: 60).status == 0)
    // The characters are written when the server ends.
    let list = try Command.manageKeys.run(database)
    #expect(
      list.lines.last?.hasPrefix("alice") == true && list.lines.last?.hasSuffix(" 15") == true,
      "\(list.output)")
    #expect(try Command.manageKeys.run(database + ["--remove", "alice"]).status == 0)
    expectFailure(
      try Command.manageKeys.run(database + ["--remove", "alice"]), .manageKeys, saying: ["no key"])
  }

  @Test func browsersTalkThroughPipes() throws {
    let message = Array(
      #"{"id":5,"command":"Translate","data":{"src":"en","trg":"de","text":"The man paints."}}"#.utf8)
    let outcome = try Command.serveTranslation.run(
      ["--native-messaging", "--model", "en-de=\(fixture.model)", "--beam", "5"],
      input: withUnsafeBytes(of: UInt32(message.count)) { Array($0) } + message)
    let expected = try Command.translate.run(["--model", fixture.model], text: "The man paints.\n")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let answer = #"{"id":5,"success":true,"data":{"target":{"text":"\#(expected.lines[0])"}}}"#
    #expect(
      outcome.outputBytes == withUnsafeBytes(of: UInt32(answer.utf8.count)) { Array($0) } + Array(answer.utf8)
    )
  }

  @Test func whatCannotStartIsNamed() throws {
    expectFailure(
      try Command.serveTranslation.run(["--model", "/no/model"]), .serveTranslation, saying: ["/no/model"])
    let both = try Command.serveTranslation.run([
      "--model", "en-de=\(fixture.model)", "--model", "en-de=\(fixture.model)/", "--port", "0",
    ])
    expectFailure(both, .serveTranslation, saying: ["both translate from en to de"])
    let (process, port) = try start(["--model", "en-de=\(fixture.model)"])
    let second = try Command.serveTranslation.run(["--model", "en-de=\(fixture.model)", "--port", "\(port)"])
    expectFailure(second, .serveTranslation, saying: ["port \(port)", "in use"])
    process.send(SIGTERM)
    #expect(process.wait(seconds: 60).status == 0)
  }
}
