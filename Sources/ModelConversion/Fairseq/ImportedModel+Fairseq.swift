internal import Files
internal import ModelFormats
internal import Models
internal import Tensors
internal import Text

extension ImportedModel {
  /// A checkpoint of fairseq.
  init(fairseq path: String, _ options: ImportOptions) throws {
    let checkpoint = try FairseqCheckpoint(path: path)
    let vocabularies = try FairseqVocabularies(checkpoint, options.vocabularies)
    let parts = try vocabularies.parts()
    var languages = options
    if languages.sourceLanguage.isEmpty {
      languages.sourceLanguage = languageCode(try checkpoint.task.text("source_lang"))
    }
    if languages.targetLanguage.isEmpty {
      languages.targetLanguage = languageCode(try checkpoint.task.text("target_lang"))
    }
    let sizes = (parts.source.list?.count ?? 0, parts.target.list?.count ?? 0)
    let configuration = try FairseqConfiguration(checkpoint).read(source: sizes.0, target: sizes.1)
    pipeline = try parts.pipeline(languages, sizes: sizes, joint: configuration.tying == .all)
    try configuration.requireTokens(of: pipeline, path: path)
    try configuration.requirePossible(path: path)
    let names = FairseqNames(has: checkpoint.has)
    let weights = CheckpointWeights(
      file: checkpoint.tensors, place: names.place,
      ignored: FairseqNames.ignored(encoderLayers: configuration.encoderLayers))
    let architecture = Transformer(configuration)
    model = TrainedTransformer(
      architecture,
      weights: try weights.read(architecture) {
        Sinusoids.table(
          positions: configuration.maxPositions, size: configuration.size, reachesLongest: true,
          first: FairseqNames.padding + 1)
      })
    (weightType, shortlist) = (.float32, nil)
    origin = "fairseq, \(path.nameOfPath)"
    vocabularyFiles = vocabularies.paths
  }
}
