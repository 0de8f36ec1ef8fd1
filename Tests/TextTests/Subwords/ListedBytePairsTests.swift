import Foundation
import Testing
import Text
import Tokens

@Suite struct ListedBytePairsTests {
  static let tokens = ["<s>", "<pad>", "</s>", "<unk>", "lo@@", "low", "er", "w@@", "n@@", "e@@", "w"]

  private func makePipeline(_ codes: String) throws -> TextPipeline {
    let path = FileManager.default.temporaryDirectory.appending(path: "codes-\(UUID())").path
    try codes.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let list = try TokenList(contents: Array((Self.tokens.joined(separator: "\n") + "\n").utf8), path: "list")
    let part = (codes: try BytePairCodes(path: path), list: list)
    var settings = TextPipelineSettings()
    settings.segmentation = ListedBytePairs.name
    let pair = try ListedBytePairs.pair(source: part, target: part, settings: settings, folder: "")
    return TextPipeline(settings: settings, source: pair.source, target: pair.target)
  }

  @Test func subwordsAreLookedUpOneByOne() throws {
    let pipeline = try makePipeline("#version: 0.2\nl o\nlo w</w>\ne r</w>\n")
    let sentence = pipeline.encode(Array("lower low new x".utf8), side: .source)
    #expect(sentence.ids == [4, 7, 6, 5, 8, 9, 10, 3])
    #expect(sentence.unknowns == [UnknownText(bytes: Array("x".utf8), continuesWord: false)])
    let text = pipeline.decode(sentence.ids, unknowns: sentence.unknowns)
    #expect(String(decoding: text, as: UTF8.self) == "lower low new x")
    let subwords = pipeline.subwords(of: Array("lower x".utf8), side: .source)
    #expect(String(decoding: subwords, as: UTF8.self) == "lo@@ w@@ er x")
    #expect(pipeline.wordLengths(sentence, side: .source) == [3, 1, 3, 1])
    var generator = SystemRandomNumberGenerator()
    let characters = pipeline.encode(Array("new".utf8), side: .source, dropout: 1, using: &generator)
    #expect(characters.ids == [8, 9, 10])
  }
}
