import Testing
import Text

@Suite struct SegmentationTableTests {
  /// The keys have not changed since there was only byte pair encoding, except that plain text is cleaned.
  @Test(arguments: TokenizerKind.allCases)
  func settingsOfBytePairsAreWrittenAsBefore(kind: TokenizerKind) throws {
    let folder = try ScratchFolder()
    try TextPipelineTests.pipeline(of: lines("low low lower"), tokenizer: kind, merges: 2).write(
      to: folder.path)
    let cleaning = kind == .icu ? "\n  \"clean_text\" : true," : ""
    #expect(
      text(try folder.read("pipeline.json")) == """
        {\(cleaning)
          "format_version" : 1,
          "joint" : true,
          "lowercase" : false,
          "merges" : 2,
          "min_frequency" : 1,
          "normalization" : "none",
          "source_language" : "",
          "target_language" : "",
          "tokenizer" : "\(kind)"
        }

        """)
  }

  @Test func anUnknownSegmentationIsNamedWithThoseThatThereAre() throws {
    let folder = try ScratchFolder()
    let settings = """
      {"format_version": 1, "joint": true, "source_language": "", "target_language": "", "segmentation": "moses"}
      """
    try folder.write("pipeline.json", Array(settings.utf8))
    #expect { try TextPipeline(folder: folder.path) } throws: { error in
      ["pipeline.json", "'moses'", "icu", "whitespace"].allSatisfy { "\(error)".contains($0) }
    }
  }

  @Test func namesOfFilesAreThoseOfBothLayouts() {
    // Another test in this process may have registered a segmentation.
    #expect(
      TextPipeline.fileNames.isSuperset(of: [
        "pipeline.json", "vocab.txt", "vocab.source.txt", "vocab.target.txt", "bpe.codes", "bpe.source.codes",
        "bpe.target.codes",
      ]))
  }
}
