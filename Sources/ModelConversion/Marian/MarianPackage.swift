internal import Files
internal import ModelFormats
internal import Text

/// The files beside a Marian model that say how it is used, as in packages of OPUS-MT.
struct MarianPackage {
  private let folder: String
  private let names: [String]

  /// Lists the folder of a model.
  ///
  /// - Throws: `FileError` if it cannot be read.
  init(folder: String) throws(FileError) {
    self.folder = folder
    names = try fileNames(in: folder).sorted()
  }

  /// The configurations for a model, those with its name first.
  static func configurations(_ model: String, _ names: [String]) -> [String] {
    let own = ["\(model).decoder.yml", "decoder.yml"].filter(names.contains)
    return own + names.filter { $0.hasPrefix("config") && $0.hasSuffix(".yml") }
  }

  /// The model that `decoder.yml` names, if it is here; nil otherwise.
  ///
  /// - Throws: ``ModelConversionError`` for an ensemble, whose models translate together; `FileError` for a damaged file.
  func namedModel() throws -> String? {
    guard names.contains("decoder.yml") else { return nil }
    let path = "\(folder)/decoder.yml"
    let models = try YAMLDocument(path: path).root["models"]?.strings ?? []
    guard models.count <= 1 else {
      throw ModelConversionError.unsupported(
        path: path, what: "an ensemble of \(models.count) models",
        advice: "give one of them: '\(folder)/\(models[0].nameOfPath)'")
    }
    return models.first.map { "\(folder)/\($0.nameOfPath)" }.flatMap { fileExists($0) ? $0 : nil }
  }

  /// All options of the training, which Marian writes beside a model: `model.npz.yml`; nil if they are not there.
  ///
  /// - Parameter model: the name of the model's file, such as `model.npz.best-perplexity.npz`.
  /// - Returns: a map.
  /// - Throws: `FileError` for a damaged file.
  func trainingOptions(_ model: String) throws(FileError) -> YAMLNode? {
    let parts = model.split(separator: ".", omittingEmptySubsequences: false)
    let name = parts.prefix { $0 != "npz" }.joined(separator: ".") + ".npz.yml"
    guard names.contains(name) else { return nil }
    return try YAMLDocument(path: "\(folder)/\(name)").root
  }

  /// What the package does to text before it is split into pieces.
  ///
  /// - Throws: `FileError` if `preprocess.sh` cannot be read.
  func preprocessing() throws(FileError) -> Preprocessing {
    guard let script = try script() else { return .none }
    // The script is only recognized, never run.
    return script.contains("\\p{C}") && script.contains("s/，/,/g") ? .opusMT : .none
  }

  /// What a user should know about text and search, in sentences.
  ///
  /// - Parameters:
  ///   - model: the name of the model's file.
  ///   - keepsPreprocessing: whether the package's preprocessing is kept.
  /// - Returns: the sentences.
  /// - Throws: `FileError` for a damaged file.
  func notes(_ model: String, keepsPreprocessing: Bool) throws(FileError) -> [String] {
    var notes: [String] = []
    if try preprocessing() != .none {
      notes.append(
        keepsPreprocessing
          ? "text is prepared as preprocess.sh does it: full-width and quotation marks, invisible characters, spaces"
          : "what preprocess.sh does to text was left out")
    } else if let script = try script() {
      let isTokenized = script.contains("tokenizer.perl")
      let isCased = names.contains { $0.hasSuffix(".tcmodel") }
      notes.append(
        "preprocess.sh is not imported"
          + (isTokenized
            ? ": text must be tokenized by Moses's tokenizer.perl\(isCased ? " and truecased" : "") as there"
            : ""))
    }
    for name in Self.configurations(model, names) {
      let root = try YAMLDocument(path: "\(folder)/\(name)").root
      let found = ["beam-size", "normalize", "word-penalty", "max-length-factor"].compactMap {
        key -> String? in
        root[key]?.text.map { "\(key) \($0)" }
      }
      if !found.isEmpty {
        notes.append("search in \(name): \(found.joined(separator: ", ")) (translate has its own options)")
        break
      }
    }
    return notes
  }

  private func script() throws(FileError) -> String? {
    guard names.contains("preprocess.sh") else { return nil }
    return String(decoding: try readTextFile(path: "\(folder)/preprocess.sh", limit: 1 << 20), as: UTF8.self)
  }
}
