internal import Files
internal import ModelFormats

/// Which toolkit a model is from, and where it is.
enum ForeignModel: Equatable {
  /// A `.npz` file or a `.bin` file of Marian, Bergamot or Firefox.
  case marian(file: String)
  /// A folder with `config.json` and a file of weights.
  case huggingFace(folder: String, weights: String)
  /// A `model.bin` of CTranslate2, with vocabularies beside it.
  case ctranslate2(file: String)

  /// Recognizes a model by its files.
  ///
  /// - Parameter path: a folder, or the file with the weights.
  /// - Throws: ``ModelConversionError/unrecognized(path:expected:)``, or `FileError` if nothing is there.
  init(path: String) throws {
    guard folderExists(path) else {
      guard fileExists(path) else {
        throw FileError.notReadable(path: path, reason: "there is no such file or folder")
      }
      self = try ForeignModel(file: path)
      return
    }
    let names = try fileNames(in: path)
    func first(_ isWanted: (String) -> Bool) -> String? {
      names.filter(isWanted).min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.map { "\(path)/\($0)" }
    }
    try Self.requireForeign(path, names)
    if fileExists("\(path)/config.json"),
      let weights = ["model.safetensors", "pytorch_model.bin"].map({ "\(path)/\($0)" }).first(
        where: fileExists)
    {
      self = .huggingFace(folder: path, weights: weights)
    } else if let archive = first({ $0.hasSuffix(".npz") && !$0.contains("optimizer") }) {
      self = .marian(file: archive)
    } else if let binary = first({ $0.hasSuffix(".bin") && $0.hasPrefix("model") }) {
      self = try ForeignModel(binary: binary)
    } else {
      throw ModelConversionError.unrecognized(path: path, expected: Self.expected)
    }
  }

  private init(file: String) throws {
    if file.hasSuffix(".npz") {
      self = .marian(file: file)
    } else if file.hasSuffix(".safetensors") || file.hasSuffix("pytorch_model.bin") {
      self = .huggingFace(folder: file.folderOfPath, weights: file)
    } else if file.hasSuffix(".bin") {
      self = try ForeignModel(binary: file)
    } else {
      throw ModelConversionError.unrecognized(path: file, expected: Self.expected)
    }
  }

  /// Both Marian and CTranslate2 call their files `model.bin`.
  private init(binary: String) throws {
    let container = TensorFile.Container(try FileBytes(path: binary))
    self = container == .ctranslate2 ? .ctranslate2(file: binary) : .marian(file: binary)
  }

  /// Refuses what looks like a model of Hugging Face, but is none that can be read.
  private static func requireForeign(_ path: String, _ names: [String]) throws(ModelConversionError) {
    if names.contains("pipeline.json"), names.contains("model.safetensors") {
      throw .unsupported(
        path: path, what: "importing a model folder of this package",
        advice: "use it as it is: --model '\(path)'")
    }
    if names.contains("model.safetensors.index.json") || names.contains("pytorch_model.bin.index.json"),
      !names.contains("model.safetensors"), !names.contains("pytorch_model.bin")
    {
      throw .unsupported(
        path: path, what: "a model in several files of weights",
        advice: "save it as one file: model.save_pretrained(folder, max_shard_size=\"100GB\")")
    }
  }

  private static let expected =
    "a folder with model*.bin or *.npz (Marian, Bergamot, Firefox, OPUS-MT), with config.json and model.safetensors or "
    + "pytorch_model.bin (Hugging Face), or with model.bin and *_vocabulary.json or .txt (CTranslate2)"
}

extension String {
  /// The folder of a path.
  var folderOfPath: String { lastIndex(of: "/").map { String(self[..<$0]) } ?? "." }
  /// The last part of a path.
  var nameOfPath: String { split(separator: "/").last.map(String.init) ?? self }
}
