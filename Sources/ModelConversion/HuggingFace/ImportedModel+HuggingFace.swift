internal import Files
internal import ModelFormats
internal import Models
internal import Tensors
internal import Text
internal import Tokens

extension ImportedModel {
  /// A folder of Hugging Face's Marian.
  init(huggingFace folder: String, weights path: String, _ options: ImportOptions) throws {
    var configuration = try HuggingFaceConfiguration.read(folder: folder)
    let file = try HuggingFaceWeights(path: path)
    configuration = file.completed(configuration)
    let list = "\(folder)/vocab.json", targetList = "\(folder)/target_vocab.json"
    let files = VocabularyFiles(
      options.vocabularies.isEmpty
        ? [list] + (fileExists(targetList) ? [targetList] : []) : options.vocabularies, folder: folder)
    pipeline = try files.pipeline(
      options, sizes: (configuration.sourceVocabularySize, configuration.targetVocabularySize),
      joint: configuration.tying == .all || configuration.tying == .embeddings)
    configuration.specialTokens.unknown = pipeline.specialTokens.unknown
    vocabularyFiles = files.paths
    if let problem = configuration.problem {
      throw ModelConversionError.unsupported(
        path: "\(folder)/config.json", what: "this model", advice: "no such model is possible here: \(problem)")
    }
    let architecture = Transformer(configuration)
    model = TrainedTransformer(architecture, weights: try file.read(architecture))
    weightType = .float32
    origin = "Hugging Face Marian, \(path.nameOfPath)"
    shortlist = nil
  }
}
