import Files
import Foundation
import Layers
import ModelConversion
import Models
import TestSupport
import Testing

/// Damaged folders, and folders of something else, give errors that say what is wrong.
@Suite struct HuggingFaceErrorTests {
  /// A correct folder.
  private func exported() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let written = try SampleModel(SampleVocabulary.joint()).write(to: folder("ours"))
    _ = try ExportedModel(written).write(as: .huggingface, to: folder("theirs"))
    return folder
  }

  private static let edits = [
    (#""marian""#, #""bart""#, "model_type 'bart' is not supported; 'marian' is supported"),
    (#""model_type" : "marian","#, "", "model_type 'missing'"),
    (
      #""activation_function" : "relu""#, #""activation_function" : "gelu_new""#,
      "'activation_function' is 'gelu_new', expected gelu, quick_gelu, relu, silu, swish"
    ),
    (#""decoder_attention_heads" : 2"#, #""decoder_attention_heads" : 4"#, "decoder_attention_heads"),
    (#""encoder_layers" : 2"#, #""encoder_layers" : 3"#, "no tensor 'model.encoder.layers.2."),
    (#""encoder_ffn_dim" : 12"#, #""encoder_ffn_dim" : 13"#, "has shape [12, 8], expected [13, 8]"),
    (
      #""max_position_embeddings" : 16"#, #""max_position_embeddings" : 17"#,
      "has shape [16, 8], expected [17, 8]"
    ),
    (#""d_model" : 8"#, #""d_model" : 4611686018427387904"#, "d_model is 4611686018427387904"),
    (#""d_model" : 8"#, #""d_model" : 1e9"#, "'d_model' is '1e9', expected a whole number"),
    (#""vocab_size" : 10"#, #""vocab_size" : 11"#, "embeddings are shared by vocabularies of 11 and 10"),
    (
      #""decoder_start_token_id" : 9"#, #""decoder_start_token_id" : 900"#,
      "the beginning token is 900"
    ),
    (
      #""decoder_start_token_id" : 9"#, #""decoder_start_token_id" : null"#,
      "the id of the token with which the decoder starts"
    ),
    (#""decoder_start_token_id" : 9"#, #""decoder_start_token_id" : 4"#, "other special tokens"),
    (
      #""eos_token_id" : 0"#, #""eos_token_id" : [0, 1]"#,
      "'eos_token_id' is 'a list of 2', expected one token id"
    ),
    (#""dropout" : 0.1"#, #""dropout" : 2"#, "dropout is 2.0"),
    (
      #""share_encoder_decoder_embeddings" : true"#, #""share_encoder_decoder_embeddings" : false"#,
      "no tensor 'model.encoder.embed_tokens.weight'"
    ),
  ]

  @Test(arguments: edits)
  func settingsAreChecked(old: String, new: String, expected: String) throws {
    let folder = try exported()
    try edit(folder("theirs/config.json"), old, new)
    let text = message { _ = try ImportedModel(path: folder("theirs")) }
    #expect(text.contains(expected), "\(text)")
  }

  @Test func missingFilesAreNamed() throws {
    for (name, expected) in [
      ("source.spm", "source.spm or target.spm"), ("vocab.json", "vocab.json"),
      ("model.safetensors", "is no model that can be imported"),
    ] {
      let folder = try exported()
      try FileManager.default.removeItem(atPath: folder("theirs/\(name)"))
      let text = message { _ = try ImportedModel(path: folder("theirs")) }
      #expect(text.contains(expected), "\(text)")
    }
  }

  @Test func numbersMustBeFinite() throws {
    let folder = try exported()
    var bytes = try readFile(path: folder("theirs/model.safetensors"))
    // The last four are a bias.
    bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xc0, 0x7f])
    try writeFileAtomically(path: folder("theirs/model.safetensors"), contents: bytes)
    let text = message { _ = try ImportedModel(path: folder("theirs")) }
    #expect(text.contains("'final_logits_bias' has numbers that are NaN or infinite"), "\(text)")
  }

  @Test func ownFoldersAreNotImported() throws {
    let folder = try exported()
    let text = message { _ = try ImportedModel(path: folder("ours")) }
    #expect(text.contains("a model folder of this package"), "\(text)")
  }

  /// Hugging Face has two names for one activation, lists of one end token, and settings of its search.
  @Test func otherSpellingsAreRead() throws {
    let folder = try exported()
    try edit(
      folder("theirs/config.json"), #""activation_function" : "relu""#, #""activation_function" : "silu""#)
    try edit(folder("theirs/config.json"), #""eos_token_id" : 0"#, #""eos_token_id" : [0]"#)
    let imported = try ImportedModel(path: folder("theirs"))
    #expect(imported.model.architecture.configuration.activation == .swish)
    #expect(
      imported.notes == ["search in Hugging Face: num_beams 5, max_length 16 (translate has its own options)"]
    )
  }
}
