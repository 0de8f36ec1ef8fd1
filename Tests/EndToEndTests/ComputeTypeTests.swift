import Foundation
import TestSupport
import Testing

/// `translate --compute`: the type of matrix products.
@Suite struct ComputeTypeTests {
  let fixture: Fixture
  let text: String

  init() throws {
    fixture = try Fixture.shared()
    text = try fixture.sentences().map { $0 + "\n" }.joined()
  }

  private func translate(_ options: [String], model: String? = nil) throws -> String {
    let outcome = try Command.translate.run(
      ["--model", model ?? fixture.model] + options, input: Array(text.utf8))
    try expectSuccess(outcome)
    return outcome.output
  }

  @Test func int8DiffersOnlyByRounding() throws {
    let scores = try ["float32", "int8"].map { type in
      try translate(["--compute", type, "--scores"]).split(separator: "\n").map {
        try #require(Double($0.prefix { $0 != "\t" }))
      }
    }
    #expect(scores[0] != scores[1])
    let differences = zip(scores[0], scores[1]).map { abs($0 - $1) }
    #expect(differences.reduce(0, +) / Double(differences.count) < 0.05, "\(differences)")
  }

  @Test(arguments: [["--beam", "1"], ["--beam", "4", "--n-best", "2"], ["--sample", "--seed", "3"]])
  func batchesAndThreadsDoNotShow(search: [String]) throws {
    let reference = try translate(["--compute", "int8"] + search)
    for variant in [["--batch-size", "1"], ["--batch-size", "7", "--threads", "3"], ["--threads", "1"]] {
      #expect(try translate(["--compute", "int8"] + search + variant) == reference, "\(variant)")
    }
  }

  @Test func weightsOfBytesAreComputedInInt8ByDefault() throws {
    let folder = try TemporaryFolder()
    let small = folder("int8")
    try expectSuccess(Command.quantizeModel.run(["--model", fixture.model, "--output", small]))
    let options = ["--scores", "--beam", "3"]
    let default8 = try translate(options, model: small)
    #expect(try translate(options + ["--compute", "int8"], model: small) == default8)
    #expect(try translate(options + ["--compute", "stored"], model: small) == default8)
    #expect(try translate(options + ["--compute", "float32"], model: small) != default8)
    #expect(try translate(options) == translate(options + ["--compute", "float32"]))
  }

  @Test func autoIsTheTypeThatItNames() throws {
    let outcome = try Command.translate.run(
      ["--model", fixture.model, "--compute", "auto", "--scores"], input: Array(text.utf8))
    try expectSuccess(outcome)
    let type = try #require(
      ["float32", "int8"].first { outcome.errors.contains("products are computed in \($0), the faster") })
    #expect(try translate(["--compute", type, "--scores"]) == outcome.output)
  }

  @Test func otherTypesAreRefused() throws {
    let outcome = try Command.translate.run(["--model", fixture.model, "--compute", "int4"], input: [])
    expectFailure(
      outcome, .translate, status: 64, saying: ["'int4'", "--compute", "stored, float32, int8, auto"])
  }
}
