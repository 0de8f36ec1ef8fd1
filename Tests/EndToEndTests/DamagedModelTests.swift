import Foundation
import TestSupport
import Testing

/// Damaged model folders: always a message that names the file, never a crash.
@Suite struct DamagedModelTests {
  let fixture: Fixture
  let model: TemporaryFolder

  init() throws {
    fixture = try Fixture.shared()
    model = try fixture.copyOfModel()
  }

  func expectRefusal(_ words: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let outcome = try Command.translate.run(["--model", model.path], text: "Anna sees the house.\n")
    expectFailure(outcome, .translate, saying: words, sourceLocation: sourceLocation)
    #expect(outcome.outputBytes.isEmpty, sourceLocation: sourceLocation)
  }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: model(name))) }

  func overwrite(_ name: String, _ contents: Data) throws {
    try contents.write(to: URL(fileURLWithPath: model(name)))
  }

  func overwrite(_ name: String, _ contents: String) throws { try overwrite(name, Data(contents.utf8)) }

  @Test(arguments: ["config.json", "model.safetensors", "vocab.txt", "pipeline.json", "bpe.codes"])
  func missingFileIsNamed(name: String) throws {
    try FileManager.default.removeItem(atPath: model(name))
    try expectRefusal([name])
  }

  @Test(arguments: ["config.json", "model.safetensors", "vocab.txt", "pipeline.json", "bpe.codes"])
  func folderInPlaceOfAFileIsNamed(name: String) throws {
    try FileManager.default.removeItem(atPath: model(name))
    try FileManager.default.createDirectory(atPath: model(name), withIntermediateDirectories: false)
    try expectRefusal([name])
  }

  @Test(arguments: ["config.json", "model.safetensors", "pipeline.json"])
  func emptyAndTruncatedFileIsNamed(name: String) throws {
    let whole = try bytes(name)
    for part in [0, 1, whole.count / 2] {
      try overwrite(name, whole.prefix(part))
      try expectRefusal([name])
    }
  }

  @Test func weightsThatEndOneByteEarly() throws {
    try overwrite("model.safetensors", bytes("model.safetensors").dropLast())
    try expectRefusal(["model.safetensors"])
  }

  @Test func weightsThatAreNoNumbers() throws {
    let whole = try bytes("model.safetensors")
    try overwrite("model.safetensors", whole.dropLast(4) + Data([0, 0, 0xc0, 0x7f]))
    try expectRefusal(["model.safetensors", "NaN or infinite"])
  }

  @Test(arguments: [
    (#""d_model" : 32"#, #""d_model" : 64"#), (#""encoder_layers" : 1"#, #""encoder_layers" : 2"#),
    (#""encoder_ffn_dim" : 64"#, #""encoder_ffn_dim" : 65"#),
    (#""encoder_attention_heads" : 2"#, #""encoder_attention_heads" : 5"#),
    (#""static_position_embeddings" : true"#, #""static_position_embeddings" : false"#),
    (#""activation_function" : "relu""#, #""activation_function" : "swiglu""#),
    (#""activation_function" : "relu""#, #""activation_function" : "swigloo""#),
    (#""position_layout" : "#, #""position_encoding" : "learned", "position_layout" : "#),
  ])
  func configurationOfAnotherModel(found: String, replacement: String) throws {
    let pattern = { (text: String) in text.replacingOccurrences(of: " ", with: "") }
    let config = String(decoding: try bytes("config.json"), as: UTF8.self).replacingOccurrences(
      of: " ", with: "")
    try #require(config.contains(pattern(found)), "\(config)")
    try overwrite("config.json", config.replacingOccurrences(of: pattern(found), with: pattern(replacement)))
    try expectRefusal(["config.json"])
  }

  @Test func vocabularyOfAnotherModel() throws {
    let other = try TemporaryFolder()
    let arguments = fixture.vocabularyArguments(output: other("vocab")) + ["--merges", "10"]
    try expectSuccess(Command.buildVocab.run(arguments))
    for name in ["vocab.txt", "bpe.codes", "pipeline.json"] {
      try overwrite(name, Data(contentsOf: URL(fileURLWithPath: other("vocab/\(name)"))))
    }
    try expectRefusal([model.path, "vocabulary"])
  }

  @Test(arguments: ["{", "[]", "null", #"{"version": 1}"#, "\u{0}\u{1}"])
  func pipelineThatIsNone(contents: String) throws {
    try overwrite("pipeline.json", contents)
    try expectRefusal(["pipeline.json"])
  }

  @Test(arguments: ["#version: 0.2\na b c d\n", "#version: 0.2\nonlyone\n", "#version: 9\na b\n"])
  func codesThatAreNone(contents: String) throws {
    try overwrite("bpe.codes", contents)
    try expectRefusal(["bpe.codes"])
  }

  @Test func vocabularyThatIsNone() throws {
    let whole = String(decoding: try bytes("vocab.txt"), as: UTF8.self)
    for part in [0, 1, 12] {
      try overwrite("vocab.txt", String(whole.prefix(part)))
      try expectRefusal(["vocab.txt"])
    }
    // The rest is a vocabulary, but not the model's.
    try overwrite("vocab.txt", String(whole.prefix(whole.count / 2)))
    try expectRefusal([model.path, "vocabulary"])
    try overwrite("vocab.txt", whole + "<pad>\n")
    try expectRefusal(["vocab.txt"])
    try overwrite("vocab.txt", whole.replacingOccurrences(of: "</s>\n", with: ""))
    try expectRefusal(["vocab.txt"])
  }

  @Test func folderThatIsNoModel() throws {
    let empty = try TemporaryFolder()
    for path in [empty.path, "/dev/null", fixture.validSource, fixture.vocabulary] {
      let outcome = try Command.translate.run(["--model", path], text: "Anna\n")
      expectFailure(outcome, .translate, saying: [path])
    }
  }

  /// Weights are mapped into memory: another program must not change them in place, and is told so.
  @Test func weightsThatAreCutOffWhileTheyAreInUse() throws {
    let translate = try RunningCommand(.translate, ["--model", model.path])
    translate.write(Array("Anna sees the old house.\n".utf8))
    #expect(translate.waitForOutput { $0.contains("\n") })
    let file = try #require(FileHandle(forWritingAtPath: model("model.safetensors")))
    try file.truncate(atOffset: 0)
    translate.write(Array((try fixture.sentences().joined(separator: "\n") + "\n").utf8))
    translate.closeInput()
    expectFailure(translate.wait(), .translate, saying: ["cut off", "renaming"])
  }

  /// Commands of this package replace a model by renaming, which programs that use it do not notice.
  @Test func aModelIsReplacedWhileItIsInUse() throws {
    let lines = try fixture.sentences()
    let expected = try Command.translate.run(["--model", model.path], text: lines.joined(separator: "\n"))
    let translate = try RunningCommand(.translate, ["--model", model.path])
    translate.write(Array((lines[0] + "\n").utf8))
    #expect(translate.waitForOutput { $0.contains("\n") })
    try expectSuccess(
      Command.averageCheckpoints.run([
        "--model", fixture.model, "--checkpoint", fixture.model, "--output", model.path, "--overwrite",
        "--weights", "int8",
      ]))
    translate.write(Array((lines.dropFirst().joined(separator: "\n") + "\n").utf8))
    translate.closeInput()
    let outcome = translate.wait()
    try expectSuccess(outcome)
    #expect(outcome.lines == expected.lines)
  }
}
