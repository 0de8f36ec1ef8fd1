import Files
import Foundation
import Models
import TestSupport
import Testing

/// A number that is out of range is named by its key, also if decoding could not say which one it was.
@Suite struct ConfigurationNumbersTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let key: String
    let value: String
    let expected: String
    var testDescription: String { "\(key): \(value)" }
  }

  static let cases = [
    Case(key: "d_model", value: "1000000000", expected: "a whole number from 1 to 65536"),
    Case(key: "encoder_layers", value: "-1", expected: "a whole number from 1 to 256"),
    Case(key: "vocab_size", value: "100000000000000000000", expected: "a whole number from 1 to 16777216"),
    Case(key: "decoder_ffn_dim", value: "1e30", expected: "a whole number from 1 to 1048576"),
    Case(key: "encoder_attention_heads", value: "2.5", expected: "a whole number from 1 to 256"),
    Case(key: "max_position_embeddings", value: "0", expected: "a whole number from 2 to 131072"),
    Case(key: "pad_token_id", value: "99999999999", expected: "a whole number from 0 to 2147483647"),
    Case(key: "attention_dropout", value: "1.5", expected: "a number of at least 0 and below 1"),
    Case(
      key: "nonautoregressive_decoder.upsampling", value: "70000000000000000000",
      expected: "a whole number from 1 to 16"),
  ]

  @Test(arguments: cases)
  func theKeyIsNamed(item: Case) throws {
    let folder = try TemporaryFolder()
    var configuration = ModelConfiguration(sourceVocabularySize: 50, targetVocabularySize: 50)
    configuration.nonautoregressive = NonautoregressiveConfiguration(method: .ctc)
    let path = folder("config.json")
    try writeJSON(configuration, path: path)
    #expect(try ModelFiles.readConfiguration(folder: folder.path) == configuration)
    let text = String(decoding: try readFile(path: path), as: UTF8.self)
    let name = item.key.split(separator: ".").last.map(String.init) ?? ""
    let changed = text.replacing(try Regex("\"\(name)\" : [-0-9.e]+"), with: "\"\(name)\" : \(item.value)")
    try #require(changed != text)
    try writeFileAtomically(path: path, contents: Array(changed.utf8))
    let error = FileError.invalidFormat(
      path: path, place: "key '\(item.key)'", found: item.value, expected: item.expected,
      hint: "correct the number, or copy the model folder again")
    #expect(throws: error) { try ModelFiles.readConfiguration(folder: folder.path) }
  }
}
