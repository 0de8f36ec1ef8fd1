import Foundation
import TestSupport
import Testing

/// Regularization that affects only training, from the command line.
@Suite struct RegularizationOptionsTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func train(_ options: [String], to name: String, updates: Int = 20) throws {
    try expectSuccess(
      Command.trainTranslation.run(
        fixture.trainingArguments(model: folder(name), updates: updates) + options))
  }

  private func contents(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder(path)))
  }

  private func manifest(_ name: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: contents("\(name)/training.json")) as? [String: Any])
  }

  /// The greatest rates leave no word and no layer, and training still works.
  @Test func ratesJustBelowOneAreRates() throws {
    let rate = "0.99999999999"
    try train(Self.layers + ["--word-dropout", rate, "--layer-drop", rate], to: "bare", updates: 3)
    #expect(try manifest("bare")["update"] as? Int == 3)
  }

  static let layers = ["--encoder-layers", "2", "--decoder-layers", "2"]

  @Test(arguments: [
    ("--r-drop", "5", "r_drop"), ("--word-dropout", "0.2", "word_dropout"),
    ("--layer-drop", "0.3", "layer_drop"),
  ])
  func optionActsAndIsWrittenDown(_ option: String, _ value: String, _ name: String) throws {
    try train(Self.layers, to: "without")
    try train(Self.layers + [option, "0"], to: "zero")
    try train(Self.layers + [option, value], to: "with")
    #expect(try contents("zero/model.safetensors") == contents("without/model.safetensors"))
    #expect(try contents("with/model.safetensors") != contents("without/model.safetensors"))
    #expect(try manifest("zero")["regularization"] == nil)
    let written = try #require(try manifest("with")["regularization"] as? [String: Double])
    #expect(written == [name: try #require(Double(value))])

    try train(Self.layers + [option, value], to: "parts", updates: 7)
    try train(Self.layers + [option, value, "--resume"], to: "parts")
    #expect(try contents("with/model.safetensors") == contents("parts/model.safetensors"))
  }
}
