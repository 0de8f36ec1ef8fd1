import Testing
import Text
import Tokens

/// Vocabulary folders with SentencePiece models.
@Suite struct SentencePieceFolderTests {
  private static let settings =
    #"{"format_version": 1, "segmentation": "sentencepiece", "source_language": "", "target_language": "", "joint": "#

  private func folder(_ files: [String: [UInt8]], joint: Bool) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    for (name, contents) in files { try folder.write(name, contents) }
    try folder.write("pipeline.json", Array("\(Self.settings)\(joint)}".utf8))
    return folder
  }

  private let first = HandMadeModel.marian([("▁", -3), ("a", -2), ("▁a", -2), ("b", -3)]).contents
  private let second = HandMadeModel.marian([("▁", -3), ("b", -2), ("▁b", -2), ("a", -3)]).contents
  private let list = Array("</s>\n<unk>\n▁a\n▁b\na\nb\n".utf8)
  private let other = Array("b\n</s>x\n".utf8)

  @Test(arguments: [true, false])
  func learnedModelsComeBack(joint: Bool) throws {
    let pipeline = try LearningText.learn {
      ($0.joint, $0.tags, $0.sourceLanguage, $0.targetLanguage) = (joint, ["<2de>"], "en", "de")
    }
    let folder = try ScratchFolder()
    try pipeline.write(to: folder.path)
    #expect(
      folder.names
        == (joint
          ? ["pipeline.json", "sentencepiece.model"]
          : ["pipeline.json", "sentencepiece.source.model", "sentencepiece.target.model"]))
    let json = String(decoding: try folder.read("pipeline.json"), as: UTF8.self)
    #expect(
      json == """
        {
          "format_version" : 1,
          "joint" : \(joint),
          "segmentation" : "sentencepiece",
          "source_language" : "en",
          "tags" : [
            "<2de>"
          ],
          "target_language" : "de"
        }

        """)
    let copy = try TextPipeline(folder: folder.path)
    #expect(copy.settings == pipeline.settings && copy.tags == ["<2de>"])
    #expect(copy.specialTokens == .standard)
    #expect(VocabularyDifference(copy, in: "a", from: pipeline, in: "b") == nil)
    let line = Array("<2de> lower 家屋 ☃".utf8)
    for side in TextPipeline.Side.allCases {
      #expect(copy.encode(line, side: side) == pipeline.encode(line, side: side))
      #expect(copy.vocabulary(side) == pipeline.vocabulary(side))
    }
    let subwords = copy.subwords(of: line, side: .source)
    #expect(subwords.starts(with: Array("<2de> ▁low".utf8)))
    #expect(copy.line(ofSubwords: subwords, side: .source) == line)
  }

  @Test func oneModelMayHaveTwoLists() throws {
    let reversed = Array("<unk>\n</s>\nb\na\n▁\n".utf8)
    let folder = try folder(
      ["sentencepiece.model": first, "vocab.source.txt": list, "vocab.target.txt": reversed], joint: false)
    // The ids of end and unknown must agree.
    #expect(throws: VocabularyError.differentSpecialTokens(folder: folder.path)) {
      try TextPipeline(folder: folder.path)
    }
    try folder.write("vocab.target.txt", Array("</s>\n<unk>\nb\na\n▁\n".utf8))
    let pipeline = try TextPipeline(folder: folder.path)
    #expect(pipeline.encode(Array("a".utf8), side: .source).ids == [2])
    #expect(pipeline.encode(Array("a".utf8), side: .target).ids == [1])
    let copy = try ScratchFolder()
    try pipeline.write(to: copy.path)
    #expect(copy.names == ["pipeline.json", "sentencepiece.model", "vocab.source.txt", "vocab.target.txt"])
  }

  @Test func twoModelsMayShareAList() throws {
    let folder = try folder(
      ["sentencepiece.source.model": first, "sentencepiece.target.model": second, "vocab.txt": list],
      joint: true)
    let pipeline = try TextPipeline(folder: folder.path)
    #expect(pipeline.isJoint && pipeline.vocabularySize(.source) == 6)
    #expect(pipeline.encode(Array("ab".utf8), side: .source).ids == [2, 5])
    #expect(pipeline.encode(Array("ba".utf8), side: .target).ids == [3, 4])
    let copy = try ScratchFolder()
    try pipeline.write(to: copy.path)
    #expect(
      copy.names == [
        "pipeline.json", "sentencepiece.source.model", "sentencepiece.target.model", "vocab.txt",
      ])
  }

  @Test func twoVocabulariesAreNotJoint() throws {
    let folder = try folder(
      ["sentencepiece.source.model": first, "sentencepiece.target.model": second], joint: true)
    #expect(throws: VocabularyError.differentVocabularies(folder: folder.path)) {
      try TextPipeline(folder: folder.path)
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    func error(_ files: [String: [UInt8]], joint: Bool = true) throws -> String {
      let folder = try folder(files, joint: joint)
      do {
        _ = try TextPipeline(folder: folder.path)
        return ""
      } catch { return "\(error)" }
    }
    #expect(try error([:]).contains("sentencepiece.model"))
    #expect(try error(["sentencepiece.source.model": first]).contains("sentencepiece.target.model"))
    #expect(try error(["sentencepiece.model": first, "vocab.txt": other]).contains("no token '</s>'"))
    #expect(try error(["sentencepiece.model": first, "vocab.txt": list + list]).contains("vocab.txt:7"))
    #expect(
      try error(["sentencepiece.model": first, "vocab.txt": Array("a\n\nb\n".utf8)]).contains("vocab.txt:2"))
    #expect(try error(["sentencepiece.model": first, "vocab.txt": [0xFF, 0x0A]]).contains("not UTF-8"))
    #expect(try error(["sentencepiece.model": list]).contains("not a valid SentencePiece model"))
  }

  @Test func theFirstPieceThatDiffersIsShown() throws {
    let pipelines = try [first, second].map { contents in
      let folder = try folder(["sentencepiece.model": contents], joint: true)
      return try TextPipeline(folder: folder.path)
    }
    let difference = try #require(
      VocabularyDifference(pipelines[0], in: "new", from: pipelines[1], in: "old"))
    #expect(difference.given.path == "new/sentencepiece.model" && difference.given.text == "a -2.0 normal")
    #expect(difference.expected.text == "b -2.0 normal")
  }
}
