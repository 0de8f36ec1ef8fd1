import Testing
import Text

/// Files of a vocabulary that do not belong together, as after an interrupted copy.
@Suite struct CutFilesTests {
  private let joint = TextPipelineTests.pipeline(
    of: Array(lines(BytePairEncodingFixture.text).prefix(60)), merges: 90)

  private static func settings(joint: Bool) -> TextPipelineSettings {
    var settings = TextPipelineSettings()
    (settings.joint, settings.tokenizer, settings.merges) = (joint, .whitespace, 500)
    return settings
  }

  private func cut(_ file: String, in folder: ScratchFolder, to count: Int) throws {
    let kept = text(try folder.read(file)).split(separator: "\n", omittingEmptySubsequences: false).prefix(
      count)
    try folder.write(file, Array((kept.joined(separator: "\n") + "\n").utf8))
  }

  private func error(_ folder: ScratchFolder) -> String? {
    do {
      _ = try TextPipeline(folder: folder.path)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// `build-vocab` writes no number if it learned as many merges as requested.
  @Test(arguments: [1, 2, 20, 60]) func codesWithFewerMergesThanRequestedAreRefused(kept: Int) throws {
    let folder = try ScratchFolder()
    try joint.write(to: folder.path)
    #expect(!text(try folder.read("pipeline.json")).contains("learned_merges"))
    try cut("bpe.codes", in: folder, to: kept + 1)
    let message = try #require(error(folder))
    for part in ["bpe.codes", "\(kept) of the 90 merges", "rerun build-vocab"] {
      #expect(message.contains(part), "\(message)")
    }
  }

  @Test func numberOfLearnedMergesIsRecordedAndChecked() throws {
    let folder = try ScratchFolder()
    let pipeline = TextPipelineTests.pipeline(of: lines("low low lower lower"))
    try pipeline.write(to: folder.path)
    let count = try #require(pipeline.learned(.source).first).count
    #expect(pipeline.settings.learnedMerges == [count] && count < 500)
    #expect(text(try folder.read("pipeline.json")).contains("\"learned_merges\" : \(count),"))
    #expect(error(folder) == nil)
    // One line less, which the vocabulary alone might not show.
    try cut("bpe.codes", in: folder, to: count)
    #expect(
      error(folder)
        == "\(folder.path)/bpe.codes: the file has \(count - 1) merges, but pipeline.json beside it says "
        + "that there are \(count): it was cut off; copy it again or rerun build-vocab")
  }

  @Test func eachSideHasItsNumber() throws {
    let folder = try ScratchFolder()
    let pipeline = TextPipeline(
      settings: Self.settings(joint: false), source: TextPipelineTests.part(of: lines("low low lower lower")),
      target: TextPipelineTests.part(of: lines("newest newest widest widest")))
    try pipeline.write(to: folder.path)
    let copy = try TextPipeline(folder: folder.path)
    #expect(copy.settings == pipeline.settings && copy.settings.learnedMerges?.count == 2)
    try cut("bpe.target.codes", in: folder, to: 3)
    let message = try #require(error(folder))
    #expect(message.contains("bpe.target.codes") && message.contains("has 2 merges"))
  }

  /// A folder of a version that did not record the number: the text had no more pairs.
  @Test func olderFolderWithAllItsMergesIsRead() throws {
    let folder = try ScratchFolder()
    try TextPipelineTests.pipeline(of: lines("low low lower lower")).write(to: folder.path)
    let settings = text(try folder.read("pipeline.json")).split(separator: "\n").filter {
      !$0.contains("learned")
    }
    try folder.write("pipeline.json", Array(settings.joined(separator: "\n").utf8))
    #expect(error(folder) == nil)
    try cut("bpe.codes", in: folder, to: 2)
    #expect(try #require(error(folder)).contains("1 of the 500 merges"))
  }

  /// Merges that another program learned, more than were requested of `build-vocab`.
  @Test func moreMergesAreNoError() throws {
    let folder = try ScratchFolder()
    try joint.write(to: folder.path)
    try folder.write("bpe.codes", try folder.read("bpe.codes") + Array("zz zz\n".utf8))
    #expect(error(folder) == nil)
  }

  @Test(arguments: ["bpe.codes", "vocab.txt", "pipeline.json"])
  func byteOrderMarkIsAccepted(file: String) throws {
    let folder = try ScratchFolder()
    try joint.write(to: folder.path)
    let contents = try folder.read(file)
    for ends in ["\n", "\r\n"] {
      let edited = text(contents).split(separator: "\n", omittingEmptySubsequences: false).joined(
        separator: ends)
      try folder.write(file, [0xef, 0xbb, 0xbf] + Array(edited.utf8))
      let copy = try TextPipeline(folder: folder.path)
      #expect(copy.vocabulary(.source) == joint.vocabulary(.source) && copy.settings == joint.settings)
      #expect(
        copy.segmentation(.source).files.map(\.contents) == joint.segmentation(.source).files.map(\.contents))
    }
    guard file == "bpe.codes" else { return }
    #expect(try BytePairEncoding(path: "\(folder.path)/\(file)").mergeCount == 90)
  }

  @Test(arguments: ["bpe.codes", "vocab.txt", "pipeline.json"])
  func otherEncodingIsNamed(file: String) throws {
    let folder = try ScratchFolder()
    try joint.write(to: folder.path)
    let units = text(try folder.read(file)).utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    try folder.write(file, [0xff, 0xfe] + units)
    #expect(try #require(error(folder)).contains("\(file)' is UTF-16, but text in UTF-8 is needed"))
  }
}
