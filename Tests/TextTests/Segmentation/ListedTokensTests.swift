import Testing
import Text
import Tokens

/// Vocabularies that are lists of tokens, for text that is split already.
@Suite struct ListedTokensTests {
  private func folder(_ files: [String: String], joint: Bool, rest: String = "") throws -> ScratchFolder {
    let folder = try ScratchFolder()
    for (name, contents) in files { try folder.write(name, Array(contents.utf8)) }
    let settings =
      #"{"format_version": 1, "segmentation": "tokens", "source_language": "", "target_language": "", "joint": "#
    try folder.write("pipeline.json", Array("\(settings)\(joint)\(rest)}".utf8))
    return folder
  }

  @Test func tokensAreLookedUp() throws {
    let folder = try folder(["vocab.txt": "<blank>\n<s>\n</s>\na\n@b\n<unk>\n"], joint: true)
    let pipeline = try TextPipeline(folder: folder.path)
    #expect(pipeline.specialTokens == SpecialTokens(padding: 0, beginning: 1, end: 2, unknown: 5))
    let sentence = pipeline.encode(Array("  a x @b a  </s> ".utf8), side: .source)
    #expect(sentence.ids == [3, 5, 4, 3, 5])
    #expect(sentence.unknowns.map { text($0.bytes) } == ["x", "</s>"])
    #expect(text(pipeline.decode([3, 5, 4, 2, 3], unknowns: sentence.unknowns)) == "a x @b")
    // An unknown token without text is left out.
    #expect(text(pipeline.decode([5, 3, 5, 4])) == "a @b")
    #expect(pipeline.settings.isTokenized && pipeline.settings.endsSource)
    #expect(text(pipeline.subwords(of: Array("a  zz".utf8), side: .source)) == "a zz")
  }

  @Test func sidesMayDiffer() throws {
    let folder = try folder(
      ["vocab.source.txt": "</s>\n<unk>\n>>de<<\na\n", "vocab.target.txt": "</s>\n<unk>\nx\n"], joint: false,
      rest: #", "tags": [">>de<<"], "source_end": false"#)
    let pipeline = try TextPipeline(folder: folder.path)
    #expect(pipeline.encode(Array(">>de<< a".utf8), side: .source).ids == [2, 3])
    #expect(pipeline.encode(Array("x a".utf8), side: .target).ids == [2, 1])
    #expect(!pipeline.settings.endsSource)
    let copy = try ScratchFolder()
    try pipeline.write(to: copy.path)
    #expect(copy.names == ["pipeline.json", "vocab.source.txt", "vocab.target.txt"])
    #expect(try TextPipeline(folder: copy.path).settings == pipeline.settings)
  }

  @Test(arguments: [
    ("<unk>\na\n", "</s>"), ("</s>\na\n", "<unk>"), ("</s>\n<unk>\na\na\n", "'a' is already on line 3"),
    ("</s>\n\n<unk>\n", "the line is empty"),
  ])
  func listsAreChecked(list: String, expected: String) throws {
    let folder = try folder(["vocab.txt": list], joint: true)
    let error = #expect(throws: VocabularyError.self) { try TextPipeline(folder: folder.path) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(expected))
  }

  @Test func idsOfSpecialTokensMustAgree() throws {
    let folder = try folder(
      ["vocab.source.txt": "</s>\n<unk>\n", "vocab.target.txt": "<unk>\n</s>\n"], joint: false)
    #expect(throws: VocabularyError.differentSpecialTokens(folder: folder.path)) {
      try TextPipeline(folder: folder.path)
    }
  }
}
