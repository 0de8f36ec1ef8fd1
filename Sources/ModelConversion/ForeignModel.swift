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
  /// A checkpoint of fairseq, with dictionaries beside it.
  case fairseq(file: String)
  /// A checkpoint of JoeyNMT, with its configuration and vocabularies beside it.
  case joeynmt(file: String)

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
      let weights = Self.huggingFaceWeights.map({ "\(path)/\($0)" }).first(where: fileExists)
    {
      self = .huggingFace(folder: path, weights: weights)
    } else if let named = try MarianPackage(folder: path).namedModel(), named.hasSuffix(".npz") {
      self = .marian(file: named)
    } else if let archive = first({ $0.hasSuffix(".npz") && !$0.contains("optimizer") }) {
      self = .marian(file: archive)
    } else if let binary = first({ $0.hasSuffix(".bin") && $0.hasPrefix("model") }) {
      self = try ForeignModel(binary: binary)
    } else if let checkpoint = Self.checkpoint(
      path, names, ending: ".ckpt", preferring: ["best.ckpt", "latest.ckpt"])
    {
      self = .joeynmt(file: checkpoint)
    } else if let checkpoint = Self.checkpoint(
      path, names, ending: ".pt", preferring: ["checkpoint_best.pt", "checkpoint_last.pt", "model.pt"])
    {
      self = .fairseq(file: checkpoint)
    } else {
      throw ModelConversionError.unrecognized(path: path, expected: Self.expected)
    }
  }

  /// The checkpoint of a folder that has one, or one with a usual name; nil otherwise.
  private static func checkpoint(
    _ folder: String, _ names: [String], ending: String, preferring preferred: [String]
  ) -> String? {
    let found = names.filter { $0.hasSuffix(ending) }
    return (preferred.first(where: found.contains) ?? (found.count == 1 ? found[0] : nil)).map {
      "\(folder)/\($0)"
    }
  }

  private init(file: String) throws {
    if file.hasSuffix(".npz") {
      self = .marian(file: file)
    } else if file.hasSuffix(".safetensors") || Self.huggingFaceWeights.contains(file.nameOfPath) {
      self = .huggingFace(folder: file.folderOfPath, weights: file)
    } else if file.hasSuffix(".bin") {
      self = try ForeignModel(binary: file)
    } else if file.hasSuffix(".ckpt") {
      self = .joeynmt(file: file)
    } else if file.hasSuffix(".pt") {
      self = .fairseq(file: file)
    } else {
      throw ModelConversionError.unrecognized(path: file, expected: Self.expected)
    }
  }

  /// Both Marian and CTranslate2 call their files `model.bin`.
  private init(binary: String) throws {
    let container = TensorFile.Container(try FileBytes(path: binary))
    self = container == .ctranslate2 ? .ctranslate2(file: binary) : .marian(file: binary)
  }

  /// Refuses a model folder of ours, which looks like one of Hugging Face.
  private static func requireForeign(_ path: String, _ names: [String]) throws(ModelConversionError) {
    if names.contains("pipeline.json"), names.contains("model.safetensors") {
      throw .unsupported(
        path: path, what: "importing a model folder of this package",
        advice: "use it as it is: --model '\(path)'")
    }
  }

  /// The names of weights in folders of Hugging Face, in one file or in several with an index.
  private static let huggingFaceWeights = [
    "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json",
  ]

  private static let expected =
    "a folder with model*.bin or *.npz (Marian, Bergamot, Firefox, OPUS-MT), with config.json and model.safetensors or "
    + "pytorch_model.bin, whole or with an index (Hugging Face), with model.bin and *_vocabulary.json or .txt (CTranslate2), with "
    + "checkpoint_best.pt and dict.*.txt (fairseq), or with best.ckpt, config.yaml and *_vocab.txt (JoeyNMT); with several "
    + "checkpoints, give the file"
}

extension String {
  /// The folder of a path.
  var folderOfPath: String { lastIndex(of: "/").map { String(self[..<$0]) } ?? "." }
  /// The last part of a path.
  var nameOfPath: String { split(separator: "/").last.map(String.init) ?? self }
}
