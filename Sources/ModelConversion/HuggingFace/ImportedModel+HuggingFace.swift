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
    // Numbers of the file must not decide how much memory is needed.
    try configuration.requirePossible(path: "\(folder)/config.json")
    let file = try HuggingFaceWeights(path: path, keepsTypes: options.keepsBytes)
    configuration = try file.completed(configuration)
    let list = "\(folder)/vocab.json", targetList = "\(folder)/target_vocab.json"
    let files = VocabularyFiles(
      options.vocabularies.isEmpty
        ? [list] + (fileExists(targetList) ? [targetList] : []) : options.vocabularies, folder: folder)
    guard files.source.model != nil, files.target.model != nil else {
      throw ModelConversionError.missingFile(
        path: folder, what: "source.spm or target.spm, which split the text of Hugging Face's Marian models,")
    }
    pipeline = try files.pipeline(
      Self.languages(folder: folder, options),
      sizes: (configuration.sourceVocabularySize, configuration.targetVocabularySize),
      joint: configuration.tying == .all || configuration.tying == .embeddings)
    let rows = VocabularyRows(configuration)
    configuration.fit(pipeline)
    configuration.specialTokens.unknown = pipeline.specialTokens.unknown
    try file.leaveOutTokens(of: &configuration, padding: pipeline.specialTokens.padding)
    try configuration.requireTokens(of: pipeline, path: "\(folder)/config.json")
    vocabularyFiles = files.paths
    try configuration.requirePossible(path: "\(folder)/config.json")
    let architecture = Transformer(configuration)
    model = TrainedTransformer(architecture, weights: try file.read(architecture, rows))
    weightType = file.weightType
    origin = "Hugging Face Marian, \(path.nameOfPath)"
    shortlist = nil
    notes = [rows.note(pipeline)].compactMap { $0 } + Self.searchNotes(folder: folder)
  }

  /// The options with the languages that `tokenizer_config.json` names, unless they were given.
  private static func languages(folder: String, _ options: ImportOptions) -> ImportOptions {
    var options = options
    guard let tree = try? readJSONTree(path: "\(folder)/tokenizer_config.json") else {
      options.addLanguages(ofNamesIn: folder)
      return options
    }
    if case .string(let name)? = tree["source_lang"], options.sourceLanguage.isEmpty {
      options.sourceLanguage = languageCode(name)
    }
    if case .string(let name)? = tree["target_lang"], options.targetLanguage.isEmpty {
      options.targetLanguage = languageCode(name)
    }
    options.addLanguages(ofNamesIn: folder)
    return options
  }

  /// The search settings of `generation_config.json`, which are options of `translate` here.
  private static func searchNotes(folder: String) -> [String] {
    guard let tree = try? readJSONTree(path: "\(folder)/generation_config.json") else { return [] }
    let found = ["num_beams", "length_penalty", "max_length"].compactMap { key -> String? in
      guard case .number(let digits)? = tree[key] else { return nil }
      return "\(key) \(digits)"
    }
    return found.isEmpty
      ? [] : ["search in Hugging Face: \(found.joined(separator: ", ")) (translate has its own options)"]
  }
}
