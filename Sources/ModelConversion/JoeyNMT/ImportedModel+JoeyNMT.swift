internal import ModelFormats
internal import Models
internal import Tensors
internal import Text
internal import Tokens

extension ImportedModel {
  /// A checkpoint of JoeyNMT.
  init(joeynmt path: String, _ options: ImportOptions) throws {
    let checkpoint = try JoeyNMTCheckpoint(path: path)
    let vocabularies = try JoeyNMTVocabularies(checkpoint, options.vocabularies)
    let parts = try vocabularies.parts()
    var languages = options
    if languages.sourceLanguage.isEmpty { languages.sourceLanguage = vocabularies.language("src") }
    if languages.targetLanguage.isEmpty { languages.targetLanguage = vocabularies.language("trg") }
    let sizes = (parts.source.list?.count ?? 0, parts.target.list?.count ?? 0)
    var configuration = try JoeyNMTConfiguration(checkpoint).read(source: sizes.0, target: sizes.1)
    pipeline = try parts.pipeline(
      languages, sizes: sizes, joint: configuration.tying == .all || configuration.tying == .embeddings)
    configuration.specialTokens = pipeline.specialTokens
    try configuration.requirePossible(path: path)
    let weights = CheckpointWeights(
      file: checkpoint.tensors, place: JoeyNMTNames.place, ignored: JoeyNMTNames.ignored)
    let architecture = Transformer(configuration)
    model = TrainedTransformer(architecture, weights: try weights.read(architecture) { [] })
    (weightType, shortlist) = (.float32, nil)
    origin = "JoeyNMT, \(path.nameOfPath)"
    vocabularyFiles = vocabularies.paths
    notes = vocabularies.notes
  }
}
