internal import Files
internal import Layers
internal import ModelFormats
internal import Models
internal import Text
internal import Tokens

/// Writes a folder for CTranslate2: `model.bin` of version 6, `config.json`, and lists of tokens.
struct CTranslate2Exporter: ModelExporter {
  let exported: ExportedModel
  let vocabulary: ExportedVocabulary

  init(_ model: ExportedModel, _ options: ExportOptions) throws {
    try model.requirePlainTransformer(for: .ctranslate2)
    exported = model
    vocabulary = try ExportedVocabulary(model, for: .ctranslate2)
  }

  var notes: [String] {
    let isSentencePiece = exported.sentencePiece(.source) != nil && exported.sentencePiece(.target) != nil
    let text =
      isSentencePiece
      ? "CTranslate2 reads and writes pieces: split text with source.spm and join it with target.spm"
      : "CTranslate2 reads and writes tokens: split text with 'segment-text --vocab \(exported.folder)', and join it with "
        + "'segment-text --vocab \(exported.folder) --undo'"
    let heads = exported.configuration.alignmentHeads
    let alignment = heads.flatMap {
      $0.firstHeads == nil
        ? "CTranslate2 aligns words by all heads of decoder layer \($0.layer + 1), not by \($0.description)"
        : nil
    }
    return [text, "give CTranslate2 the option disable_unk=True to search like translate"]
      + [alignment].compactMap { $0 }
  }

  func write(to folder: String) throws {
    let tensors = CTranslate2Tensors(exported.model)
    let model = try CTranslate2Model.staged(
      path: "\(folder)/model.bin", specification: "TransformerSpec", revision: 7,
      variables: tensors.variables(),
      aliases: tensors.aliases)
    var files = [model, try json("config.json", configuration, in: folder)]
    let lists =
      vocabulary.isShared
      ? [("shared", vocabulary.source)] : [("source", vocabulary.source), ("target", vocabulary.target)]
    for (name, tokens) in lists {
      files.append(try json("\(name)_vocabulary.json", .array(tokens.map { .string($0) }), in: folder))
    }
    for (side, name) in [(TextPipeline.Side.source, "source.spm"), (.target, "target.spm")] {
      guard let model = exported.sentencePiece(side) else { continue }
      files.append(try stagedFile(path: "\(folder)/\(name)", contents: model.contents))
    }
    try commitTogether(files)
    // Lists that another model had here would be read instead.
    for name in vocabulary.isShared ? ["source", "target"] : ["shared"] {
      for suffix in ["json", "txt"] { removeFile("\(folder)/\(name)_vocabulary.\(suffix)") }
    }
  }

  /// `config.json`.
  private var configuration: JSONTree {
    let (model, tokens) = (exported.configuration, exported.configuration.specialTokens)
    func name(_ token: TokenID, or usual: String) -> JSONTree { .string(exported.name(of: token) ?? usual) }
    let members: [(String, JSONTree)] = [
      ("add_source_bos", .bool(false)),
      ("add_source_eos", .bool(exported.pipeline.settings.endsSource)),
      ("bos_token", name(exported.pipeline.specialTokens.beginning, or: "<s>")),
      // Any token does if the decoder starts with zeros.
      (
        "decoder_start_token",
        name(tokens.beginning == SpecialTokens.absent ? tokens.end : tokens.beginning, or: "</s>")
      ),
      ("eos_token", name(tokens.end, or: "</s>")),
      ("layer_norm_epsilon", .number("\(model.normEpsilon)")),
      ("multi_query_attention", .bool(false)),
      ("unk_token", name(tokens.unknown, or: "<unk>")),
    ]
    return .object(members.map { .init(key: $0.0, value: $0.1) })
  }

  private func json(_ name: String, _ tree: JSONTree, in folder: String) throws -> AtomicFile {
    try stagedFile(path: "\(folder)/\(name)", contents: Array((tree.text() + "\n").utf8))
  }
}
