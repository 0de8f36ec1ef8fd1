import Files
import ModelConversion
import ModelFormats
import TestSupport
import Testing

/// Damaged models of CTranslate2, and models of another architecture, give errors that say what is wrong.
@Suite struct CTranslate2ErrorTests {
  private func exported() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let written = try SampleModel(SampleVocabulary.joint()).write(to: folder("ours"))
    _ = try ExportedModel(written).write(as: .ctranslate2, to: folder("theirs"))
    return folder
  }

  private func error(_ folder: TemporaryFolder, _ change: (inout [CTranslate2Variable]) throws -> Void) throws
    -> String
  {
    try CTranslate2File.change(folder("theirs/model.bin"), change)
    return message { _ = try ImportedModel(path: folder("theirs")) }
  }

  private func flag(_ name: String, _ value: Int8) -> CTranslate2Variable {
    CTranslate2Variable(name: name, shape: [], int8: [value])
  }

  @Test func otherLayersAreRefused() throws {
    for name in [
      "encoder/layer_0/self_attention/relative_position_keys", "encoder/layer_0/ffn/linear_0_noact/weight",
      "decoder/layer_0/self_attention/rotary_dim", "encoder/embeddings_1/weight", "decoder/project_in/weight",
      "decoder/layer_0/ffn/linear_0/weight_zero",
    ] {
      let text = try error(exported()) {
        $0.append(CTranslate2Variable(name: name, shape: [2, 8], values: .init(repeating: 1, count: 16)))
      }
      #expect(text.contains("a model with '\(name)' is not supported"), "\(text)")
    }
    let text = try error(exported()) { $0.append(flag("decoder/alibi", 1)) }
    #expect(text.contains("a model with 'decoder/alibi' is not supported"), "\(text)")
    #expect(try error(exported()) { $0.append(flag("decoder/alibi", 0)) } == "no error")
  }

  @Test func valuesAreChecked() throws {
    func changed(_ name: String, _ new: CTranslate2Variable?) throws -> String {
      try error(exported()) { variables in
        variables.removeAll { $0.name == name }
        if let new { variables.append(new) }
      }
    }
    let activation = "encoder/activation", bias = "decoder/layer_0/ffn/linear_1/bias"
    #expect(
      try changed(activation, flag(activation, 2)).contains(
        "activation 2 in the encoder and 0 in the decoder"))
    #expect(try changed(bias, nil).contains("no tensor '\(bias)'"))
    let short = CTranslate2Variable(name: bias, shape: [7], values: .init(repeating: 0, count: 7))
    #expect(try changed(bias, short).contains("has shape [7], expected [8]"))
    let infinite = CTranslate2Variable(name: bias, shape: [8], values: .init(repeating: .infinity, count: 8))
    #expect(try changed(bias, infinite).contains("NaN or infinite"))
    let scale = "decoder/scale_embeddings"
    let odd = CTranslate2Variable(name: scale, shape: [], values: [3])
    #expect(try changed(scale, odd).contains("embeddings multiplied by 3.0"))
    #expect(try changed(scale, flag(scale, 0)).contains("scales the embeddings of one side"))
    let root = CTranslate2Variable(name: scale, shape: [], values: [2.828427])
    #expect(try changed(scale, root) == "no error")
    let matrix = "encoder/layer_1/ffn/linear_0/weight"
    let bytes = CTranslate2Variable(name: matrix, shape: [12, 8], int8: .init(repeating: 1, count: 96))
    #expect(try changed(matrix, bytes).contains("no tensor '\(matrix)_scale'"))
    let heads = "encoder/num_heads"
    #expect(try changed(heads, flag(heads, 3)).contains("num_heads 3 in the encoder"))
  }

  @Test func settingsAreChecked() throws {
    let edits = [
      (#""add_source_bos" : false"#, #""add_source_bos" : true"#, "a source that begins with '<s>'"),
      (#""decoder_start_token" : "</s>""#, #""decoder_start_token" : null"#, "a token that the user gives"),
      (#""layer_norm_epsilon" : 1e-05"#, #""layer_norm_epsilon" : "x""#, "'layer_norm_epsilon'"),
      (#""eos_token" : "</s>""#, #""eos_token" : 1"#, "'eos_token'"),
    ]
    for (old, new, expected) in edits {
      let folder = try exported()
      try edit(folder("theirs/config.json"), old, new)
      let text = message { _ = try ImportedModel(path: folder("theirs")) }
      #expect(text.contains(expected), "\(text)")
    }
  }

  @Test func vocabulariesMustFit() throws {
    for (list, expected) in [
      (
        #"["</s>", "<unk>", "x", "y", "a", "b", "c", "d", "e", "f"]"#,
        "has 10 tokens, but the model has 9"
      ),
      (#"["<unk>", "x"]"#, "no token '</s>'"),
      (#"["</s>", "<unk>", "x", "x", "a", "b", "c", "d", "e"]"#, "'x' is already on line 3"),
      (#"["</s>", "<unk>", "x\ny", "q", "a", "b", "c", "d", "e"]"#, "a token with a line end"),
    ] {
      let folder = try exported()
      try writeFileAtomically(path: folder("theirs/shared_vocabulary.json"), contents: Array(list.utf8))
      let text = message { _ = try ImportedModel(path: folder("theirs")) }
      #expect(text.contains(expected), "\(text)")
    }
  }

  @Test func otherKindsAreRefused() throws {
    let folder = try exported()
    let model = try CTranslate2Model(path: folder("theirs/model.bin"))
    try CTranslate2Model.write(
      path: folder("theirs/model.bin"), specification: "WhisperSpec", revision: 3,
      variables: model.variables.map {
        CTranslate2Variable(name: $0.name, shape: $0.shape, type: $0.type, bytes: try $0.storedBytes().array)
      })
    let text = message { _ = try ImportedModel(path: folder("theirs")) }
    #expect(text.contains("a model of the kind 'WhisperSpec'"), "\(text)")
  }
}
