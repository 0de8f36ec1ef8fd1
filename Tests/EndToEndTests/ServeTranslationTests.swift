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
