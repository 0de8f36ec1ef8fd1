import Foundation
import Testing
import Text

/// Tags in the files of a vocabulary.
@Suite struct TagFolderTests {
  private static let tagged = TextPipelineTests.pipeline(
    of: lines("low low lower"), tags: ["<2de>", "<2fr>"])
  private static let separate: TextPipeline = {
    var settings = TextPipelineSettings()
    (settings.joint, settings.tags) = (false, ["<2de>", "<2fr>"])
    return TextPipeline(
      settings: settings,
      source: TextPipelineTests.part(of: lines("low low lower"), tags: ["<2de>", "<2fr>"]),
      target: TextPipelineTests.part(of: lines("newest newest widest")))
  }()

  @Test(arguments: [tagged, separate])
  func tagsComeBack(pipeline: TextPipeline) throws {
    let folder = try ScratchFolder()
    try pipeline.write(to: folder.path)
    let copy = try TextPipeline(folder: folder.path)
    #expect(copy.settings == pipeline.settings && copy.tags == ["<2de>", "<2fr>"])
    for side in TextPipeline.Side.allCases {
      #expect(copy.vocabulary(side) == pipeline.vocabulary(side))
      let line = Array("<2fr> low <2fr>".utf8)
      #expect(copy.encode(line, side: side) == pipeline.encode(line, side: side))
    }
    #expect(copy.vocabulary(.target).tags == (pipeline.isJoint ? copy.tags : []))
  }

  /// Without tags, the files do not mention them.
  @Test func filesWithoutTagsAreAsBefore() throws {
    let folder = try ScratchFolder()
    try TextPipelineTests.pipeline(of: lines("low lower")).write(to: folder.path)
    #expect(!text(try folder.read("pipeline.json")).contains("tags"))
    #expect(try TextPipeline(folder: folder.path).tags == [])
    #expect(text(try folder.read("vocab.txt")).split(separator: "\n")[4] != "<2de>")
  }

  @Test(arguments: [
    (#""tags" : ["<2de>", "<2de>"]"#, "'<2de>' is listed twice"), (#""tags" : ["2de"]"#, "brackets"),
    (#""tags" : ["<2de>", "<2es>"]"#, "vocab.txt:6: found '<2fr>', expected the tag '<2es>'"),
    (#""tags" : ["<2de>", "<2fr>", "<2es>"]"#, "vocab.txt:7: found"), (#""tags" : "<2de>""#, "tags"),
  ])
  func damagedTagsAreNamed(list: String, words: String) throws {
    let folder = try ScratchFolder()
    try Self.tagged.write(to: folder.path)
    let settings = text(try folder.read("pipeline.json"))
    let start = try #require(settings.range(of: #""tags""#)?.lowerBound)
    let end = try #require(settings.range(of: "]")?.upperBound)
    try folder.write("pipeline.json", Array(settings.replacingCharacters(in: start..<end, with: list).utf8))
    #expect { try TextPipeline(folder: folder.path) } throws: { "\($0)".contains(words) }
  }
}
