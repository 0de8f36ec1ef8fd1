import Files
import Foundation
import ModelConversion
import ModelFolders
import ModelFormats
import Models
import TestSupport
import Testing
import Text
import Tokens

/// Models with rows for more tokens than their vocabularies have.
@Suite struct PaddedVocabularyTests {
  /// The numbers of `tensors`, of which those of tables have so many rows fewer.
  private func cut(_ tensors: [String: [Float]], by rows: Int, size: Int) -> [String: [Float]] {
    var result = tensors
    for name in [
      "model.shared.weight", "lm_head.weight", "model.encoder.embed_tokens.weight",
      "model.decoder.embed_tokens.weight",
    ] {
      if let values = result[name] { result[name] = Array(values.dropLast(rows * size)) }
    }
    if let bias = result["final_logits_bias"] { result["final_logits_bias"] = Array(bias.dropLast(rows)) }
    return result
  }

  @Test(arguments: [
    (EmbeddingTying.all, MarianExport.Target.marian), (.none, .marian), (.all, .bergamot), (.none, .bergamot),
  ])
  func rowsBeyondTheVocabularyAreLeftOut(tying: EmbeddingTying, target: MarianExport.Target) throws {
    let example = try ExampleModel {
      $0.sourceVocabularySize += 6
      $0.targetVocabularySize += 6
      $0.tying = tying
    }
    let (folder, full) = (try ScratchFolder(), try ScratchFolder())
    try MarianExport(example.model, example.pipeline, folder: "example").write(target, to: folder.path)
    let imported = try ImportedModel(path: folder.path)
    let size = example.pipeline.vocabularySize(.target)
    #expect(imported.model.architecture.configuration.targetVocabularySize == size)
    #expect(imported.model.architecture.configuration.sourceVocabularySize == size)
    #expect(imported.description.contains { $0.contains("left out") })
    if target == .marian {
      #expect(imported.model.tensors == cut(example.model.tensors, by: 6, size: 16))
    }
    // Exported again, it has as many rows as tokens, and the same numbers.
    try MarianExport(imported.model, imported.pipeline, folder: "imported").write(target, to: full.path)
    let again = try ImportedModel(path: full.path)
    for (name, values) in imported.model.tensors {
      #expect(greatestDifference(again.model.tensors[name] ?? [], values) < 1e-6, "\(name)")
    }
    #expect(!again.description.contains { $0.contains("left out") })
  }

  @Test func aVocabularyOfAnotherModelIsRefused() throws {
    let example = try ExampleModel { ($0.sourceVocabularySize, $0.targetVocabularySize) = (900, 900) }
    let folder = try ScratchFolder()
    try MarianExport(example.model, example.pipeline, folder: "example").write(.marian, to: folder.path)
    let text = message { _ = try ImportedModel(path: folder.path) }
    #expect(text.contains("900") && text.contains("vocab.spm"))
  }

  /// Hugging Face's decoder starts with a padding token, which the list need not have.
  @Test func aPaddingTokenBeyondTheListIsNone() throws {
    let folder = try TemporaryFolder()
    let sample = SampleModel(try SampleVocabulary.joint())
    _ = try ExportedModel(sample.write(to: folder("ours"))).write(as: .huggingface, to: folder("theirs"))
    let count = sample.pipeline.vocabularySize(.target)
    guard case .object(let members) = try readJSONTree(path: folder("theirs/vocab.json")) else { return }
    let list = JSONTree.object(members.filter { $0.key != "<pad>" })
    try writeFileAtomically(path: folder("theirs/vocab.json"), contents: Array(list.text().utf8))
    let imported = try ImportedModel(path: folder("theirs"))
    #expect(imported.model.architecture.configuration.specialTokens.beginning == SpecialTokens.absent)
    #expect(imported.model.architecture.configuration.targetVocabularySize == count)
    #expect(imported.model.tensors["model.shared.weight"] == sample.model.tensors["model.shared.weight"])
    let target: [TokenID] = [3, 4, 0]
    let (found, expected) = (
      imported.model.logits([5, 6, 0], target, tokens: count),
      sample.model.logits([5, 6, 0], target, tokens: count)
    )
    #expect(greatestDifference(found, expected) < 1e-5)
  }

  @Test func ctranslate2ModelsMayHaveMoreRows() throws {
    let folder = try TemporaryFolder()
    let tokens = ["</s>", "<unk>", "x", "y", "z"]
    let sample = SampleModel(try SampleVocabulary.listed(tokens, tokens))
    _ = try ExportedModel(sample.write(to: folder("ours"))).write(as: .ctranslate2, to: folder("theirs"))
    try writeFileAtomically(
      path: folder("theirs/shared_vocabulary.json"), contents: Array(#"["</s>", "<unk>", "x"]"#.utf8))
    let imported = try ImportedModel(path: folder("theirs"))
    #expect(imported.model.architecture.configuration.targetVocabularySize == 3)
    #expect(
      imported.model.tensors["model.shared.weight"]
        == Array((sample.model.tensors["model.shared.weight"] ?? []).prefix(24)))
  }
}
