internal import Files
internal import ModelFormats
internal import Models
internal import Tensors
internal import Text
internal import Tokens

extension ImportedModel {
  /// A model of CTranslate2: `model.bin` with its vocabularies beside it.
  init(ctranslate2 path: String, _ options: ImportOptions) throws {
    let folder = path.folderOfPath
    let file = try CTranslate2Model(path: path)
    let variables = CTranslate2Variables(file: try file.tensorFile())
    let settings = try CTranslate2Settings(folder: folder, version: file.version, variables)
    try settings.requireSupported(path: path)
    var configuration = try CTranslate2Architecture(
      variables: variables, specification: file.specification, normEpsilon: settings.normEpsilon
    ).configuration()
    let vocabularies = try CTranslate2Vocabularies(folder: folder, settings)
    let models = options.vocabularies.isEmpty ? try vocabularies.models() : options.vocabularies
    pipeline = try vocabularies.parts(models, endsSource: settings.endsSource).pipeline(
      options, sizes: (configuration.sourceVocabularySize, configuration.targetVocabularySize),
      joint: configuration.tying == .all || configuration.tying == .embeddings)
    let rows = VocabularyRows(configuration)
    configuration.fit(pipeline)
    configuration.specialTokens = pipeline.specialTokens
    configuration.specialTokens.beginning = try Self.start(settings, vocabularies, path: path)
    try configuration.requireTokens(of: pipeline, path: path)
    try configuration.requirePossible(path: path)
    let weights = CTranslate2Weights(
      variables: variables, keepsBytes: options.keepsBytes, rows: rows, sourceRows: vocabularies.sourceRows)
    let architecture = Transformer(configuration)
    model = TrainedTransformer(architecture, weights: try weights.read(architecture))
    weightType = weights.hasBytes && options.keepsBytes ? .int8 : .float32
    origin = "CTranslate2, \(path.nameOfPath) of version \(file.version)"
    let lists = try fileNames(in: folder).sorted().filter { $0.contains("_vocabulary.") }
    vocabularyFiles = lists.map { "\(folder)/\($0)" } + models
    shortlist = nil
    notes = [rows.note(pipeline)].compactMap { $0 }
  }

  /// The token with which the decoder starts, unless it starts with zeros.
  private static func start(
    _ settings: CTranslate2Settings, _ vocabularies: CTranslate2Vocabularies, path: String
  ) throws(ModelConversionError) -> TokenID {
    guard !settings.startsFromZeros, var name = settings.decoderStart else { return SpecialTokens.absent }
    if name == settings.beginning { name = "<s>" }
    if name == settings.end { name = "</s>" }
    guard let id = vocabularies.targetID(of: name) else {
      throw .badOption(path: path, key: "decoder_start_token", found: name, expected: "a token of the target")
    }
    return id
  }
}
