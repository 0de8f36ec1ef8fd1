import Files
import Foundation
import ModelConversion
import ModelFolders
import ModelFormats
import Models
import Testing
import Text
import Tokens

/// Packages in the layout of OPUS-MT, made here.
@Suite struct OPUSPackageTests {
  /// A script that does what those of packages do, as far as it is recognized.
  static let script = "sed -e 's/，/,/g' |\nperl -C -pe 's/\\p{C}/ /g;' |\nspm_encode --model $2\n"

  /// Writes a package whose list is in the reverse order of the pieces, after some tags.
  ///
  /// - Returns: the pieces by their ids in the list.
  @discardableResult
  static func write(
    to folder: String, script: String? = script, tags: [String] = [], extra: [String] = []
  ) throws -> [String] {
    let pieces = try SampleVocabulary.pieces()
    let tokens = ["</s>", "<unk>"] + tags + ["ab", "▁b", "▁a", "c", "b", "a", "▁"] + extra
    let example = try ExampleModel {
      ($0.sourceVocabularySize, $0.targetVocabularySize) = (tokens.count, tokens.count)
      ($0.specialTokens.end, $0.specialTokens.unknown) = (0, 1)
      ($0.specialTokens.padding, $0.specialTokens.beginning) = (SpecialTokens.absent, SpecialTokens.absent)
    }
    try MarianExport(example.model, example.pipeline, folder: "example").write(.marian, to: folder)
    for name in ["vocab.spm", "model.npz.decoder.yml"] { removeFile("\(folder)/\(name)") }
    try FileManager.default.moveItem(
      atPath: "\(folder)/model.npz",
      toPath: "\(folder)/opus.spm32k-spm32k.transformer-align.model1.npz.best-perplexity.npz")
    for name in ["source.spm", "target.spm"] {
      try writeFileAtomically(path: "\(folder)/\(name)", contents: pieces.contents)
    }
    let list = tokens.enumerated().reversed().map { "\"\($0.element)\": \($0.offset)\n" }.joined()
    try writeFileAtomically(path: "\(folder)/opus.spm32k-spm32k.vocab.yml", contents: Array(list.utf8))
    let decoder = """
      models:
        - opus.spm32k-spm32k.transformer-align.model1.npz.best-perplexity.npz
      vocabs:
        - opus.spm32k-spm32k.vocab.yml
        - opus.spm32k-spm32k.vocab.yml
      beam-size: 6
      normalize: 1
      word-penalty: 0

      """
    try writeFileAtomically(path: "\(folder)/decoder.yml", contents: Array(decoder.utf8))
    if let script { try writeFileAtomically(path: "\(folder)/preprocess.sh", contents: Array(script.utf8)) }
    return tokens
  }

  private func ids(_ text: String, _ pipeline: TextPipeline) -> [TokenID] {
    pipeline.encode(Array(text.utf8), side: .source).ids
  }

  @Test func piecesAreNumberedByTheList() throws {
    let folder = try ScratchFolder()
    let tokens = try Self.write(to: folder.path)
    let imported = try ImportedModel(path: folder.path)
    #expect(
      ids("ab b", imported.pipeline)
        == ["▁", "a", "b", "▁", "b"].map { TokenID(tokens.firstIndex(of: $0) ?? -1) })
    #expect(imported.description.contains { $0.contains("beam-size 6") && $0.contains("normalize 1") })
    #expect(
      imported.vocabularyFiles.map { $0.split(separator: "/").last } == [
        "source.spm", "opus.spm32k-spm32k.vocab.yml", "target.spm",
      ])
  }

  @Test func textIsPreparedAsThePackageSays() throws {
    let folder = try ScratchFolder()
    try Self.write(to: folder.path)
    var options = ImportOptions()
    let kept = try ImportedModel(path: folder.path, options: options)
    #expect(kept.pipeline.settings.preprocessing == .opusMT)
    // A zero-width space is a space, as is a control character.
    #expect(ids("a\u{200b}b\u{7}", kept.pipeline) == ids("a b", kept.pipeline))
    options.keepsPreprocessing = false
    let left = try ImportedModel(path: folder.path, options: options)
    #expect(left.pipeline.settings.preprocessing == .none)
    #expect(ids("a\u{200b}b", left.pipeline) != ids("a b", left.pipeline))
    #expect(left.description.contains { $0.contains("left out") })
    try writeFileAtomically(path: "\(folder.path)/preprocess.sh", contents: Array("tokenizer.perl -a\n".utf8))
    let other = try ImportedModel(path: folder.path)
    #expect(other.pipeline.settings.preprocessing == .none)
    #expect(other.description.contains { $0.contains("tokenizer.perl") })
  }

  /// What a folder records is read again.
  @Test func preparationIsKeptInModelFolders() throws {
    let (folder, own) = (try ScratchFolder(), try ScratchFolder())
    try Self.write(to: folder.path)
    let imported = try ImportedModel(path: folder.path)
    try imported.write(to: ModelFolder(own.path), manifest: Array("{}".utf8))
    let pipeline = try TextPipeline(folder: own.path)
    #expect(pipeline.settings.preprocessing == .opusMT)
    #expect(ids("a\u{200b}b", pipeline) == ids("a b", imported.pipeline))
  }

  @Test func languagesAreTagsBeforeTheSource() throws {
    let folder = try ScratchFolder()
    try Self.write(to: folder.path, tags: [">>deu<<", ">>fra<<"])
    let imported = try ImportedModel(path: folder.path)
    #expect(imported.pipeline.tags == [">>deu<<", ">>fra<<"])
    #expect(ids(">>fra<< a", imported.pipeline) == [3] + ids("a", imported.pipeline))
    // A tag is no text.
    #expect(!ids("a >>fra<<", imported.pipeline).contains(3))
  }

  @Test func olderPackagesHaveCodes() throws {
    let folder = try ScratchFolder()
    let tokens = try Self.write(to: folder.path, script: "tokenizer.perl\n", extra: ["a@@", "bc"])
    for name in ["source", "target"] {
      removeFile("\(folder.path)/\(name).spm")
      // The first format of subword-nmt, without a version.
      try writeFileAtomically(path: "\(folder.path)/\(name).bpe", contents: Array("b c\nbc </w>\n".utf8))
    }
    let imported = try ImportedModel(path: folder.path)
    let expected = ["a@@", "bc", "a"].map { TokenID(tokens.firstIndex(of: $0) ?? -1) }
    #expect(ids("abc a", imported.pipeline) == expected)
    #expect(
      String(decoding: imported.pipeline.decode(expected), as: UTF8.self) == "abc a")
    #expect(imported.description.contains { $0.contains("tokenized") })
  }

  @Test func ensemblesAreRefused() throws {
    let folder = try ScratchFolder()
    try Self.write(to: folder.path)
    try writeFileAtomically(
      path: "\(folder.path)/decoder.yml", contents: Array("models: [a.npz, b.npz]\n".utf8))
    #expect(message { _ = try ImportedModel(path: folder.path) }.contains("ensemble of 2"))
  }
}
