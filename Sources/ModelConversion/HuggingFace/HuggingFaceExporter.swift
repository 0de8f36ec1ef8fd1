internal import Files
internal import Layers
internal import Models
internal import Text

/// Writes a folder for Hugging Face's `MarianMTModel` and `MarianTokenizer`.
struct HuggingFaceExporter: ModelExporter {
  let exported: ExportedModel
  let rows: HuggingFaceRows
  let vocabulary: ExportedVocabulary
  let options: ExportOptions

  init(_ model: ExportedModel, _ options: ExportOptions) throws {
    try Self.requireMarian(model)
    if !options.weightsOnly {
      guard model.sentencePiece(.source) != nil, model.sentencePiece(.target) != nil else {
        throw model.notExportable(
          .huggingface, "its text is not split by SentencePiece, as MarianTokenizer does it",
          "give --weights-only to write the weights and vocab.json without a tokenizer")
      }
      guard model.pipeline.settings.endsSource else {
        throw model.notExportable(
          .huggingface, "its source sentences have no end token, which MarianTokenizer appends",
          "give --weights-only to write the weights and vocab.json without a tokenizer")
      }
    }
    (exported, self.options) = (model, options)
    rows = HuggingFaceRows(model.configuration)
    vocabulary = try ExportedVocabulary(model, for: .huggingface)
  }

  /// Hugging Face's Marian has one form of norms.
  private static func requireMarian(_ model: ExportedModel) throws(ModelConversionError) {
    try model.requirePlainTransformer(for: .huggingface)
    let configuration = model.configuration
    guard configuration.normPlacement == .post, configuration.endsInNorm != true else {
      throw model.notExportable(
        .huggingface,
        "its norms come before sublayers or at the end of a stack, which MarianMTModel does not have",
        "use --format ctranslate2 or marian")
    }
    guard !configuration.normalizesEmbeddings else {
      throw model.notExportable(
        .huggingface, "it normalizes embeddings, which MarianMTModel does not",
        "use --format ctranslate2 or marian")
    }
  }

  var notes: [String] {
    let configuration = exported.configuration
    var notes: [String] = []
    if configuration.normEpsilon != LayerNorm.defaultEpsilon {
      notes.append(
        "norms add \(LayerNorm.defaultEpsilon) to the variance, as MarianMTModel does, instead of "
          + "\(configuration.normEpsilon)")
    }
    if exported.model.hasInt8Weights { notes.append("int8 weights become float32") }
    if rows.hasNewPadding {
      notes.append("a padding token was added: MarianMTModel's decoder starts with it")
    }
    if configuration.tying == .embeddings {
      notes.append("the embeddings that source and target share are written twice")
    }
    if options.weightsOnly { notes.append("no tokenizer was written, only vocab.json") }
    return notes
  }

  func write(to folder: String) throws {
    var files = [
      try HuggingFaceTensors(exported.model, rows).staged(path: "\(folder)/model.safetensors"),
      try json("config.json", HuggingFaceFiles.configuration(exported, rows), in: folder),
      try json(
        "generation_config.json", HuggingFaceFiles.generation(exported.configuration, rows), in: folder),
    ]
    files += try vocabularyFiles(folder)
    if !options.weightsOnly {
      files.append(
        try json("tokenizer_config.json", HuggingFaceFiles.tokenizer(exported, rows, vocabulary), in: folder))
      for (side, name) in [(TextPipeline.Side.source, "source.spm"), (.target, "target.spm")] {
        guard let model = exported.sentencePiece(side) else { continue }
        files.append(try stagedFile(path: "\(folder)/\(name)", contents: model.contents))
      }
    }
    try commitTogether(files)
    // A list that another model had here would be read with this one's.
    if vocabulary.isShared { removeFile("\(folder)/target_vocab.json") }
  }

  private func vocabularyFiles(_ folder: String) throws -> [AtomicFile] {
    let source = HuggingFaceFiles.vocabulary(rows.tokens(vocabulary.source))
    guard !vocabulary.isShared else { return [try json("vocab.json", source, in: folder)] }
    return [
      try json("vocab.json", source, in: folder),
      try json("target_vocab.json", HuggingFaceFiles.vocabulary(rows.tokens(vocabulary.target)), in: folder),
    ]
  }

  private func json(_ name: String, _ tree: JSONTree, in folder: String) throws -> AtomicFile {
    try stagedFile(path: "\(folder)/\(name)", contents: Array((tree.text() + "\n").utf8))
  }
}
