internal import Files

/// Which toolkit a model is from, and where it is.
enum ForeignModel: Equatable {
  /// A `.npz` file or a `.bin` file of Marian, Bergamot or Firefox.
  case marian(file: String)
  /// A folder with `config.json` and a file of weights.
  case huggingFace(folder: String, weights: String)

  /// Recognizes a model by its files.
  ///
  /// - Parameter path: a folder, or the file with the weights.
  /// - Throws: ``ModelConversionError/unrecognized(path:expected:)``, or `FileError` if nothing is there.
  init(path: String) throws {
    guard folderExists(path) else {
      guard fileExists(path) else { throw FileError.notReadable(path: path, reason: "there is no such file or folder") }
      self = try ForeignModel(file: path)
      return
    }
    let names = try fileNames(in: path)
    func first(_ isWanted: (String) -> Bool) -> String? {
      names.filter(isWanted).min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.map { "\(path)/\($0)" }
    }
    if fileExists("\(path)/config.json"),
      let weights = ["model.safetensors", "pytorch_model.bin"].map({ "\(path)/\($0)" }).first(where: fileExists)
    {
      self = .huggingFace(folder: path, weights: weights)
    } else if let archive = first({ $0.hasSuffix(".npz") && !$0.contains("optimizer") }) {
      self = .marian(file: archive)
    } else if let binary = first({ $0.hasSuffix(".bin") && $0.hasPrefix("model") }) {
      self = .marian(file: binary)
    } else {
      throw ModelConversionError.unrecognized(path: path, expected: Self.expected)
    }
  }

  private init(file: String) throws(ModelConversionError) {
    let folder = file.contains("/") ? String(file[..<file.lastSlash]) : "."
    if file.hasSuffix(".npz") {
      self = .marian(file: file)
    } else if file.hasSuffix(".safetensors") || file.hasSuffix("pytorch_model.bin") {
      self = .huggingFace(folder: folder, weights: file)
    } else if file.hasSuffix(".bin") {
      self = .marian(file: file)
    } else {
      throw .unrecognized(path: file, expected: Self.expected)
    }
  }

  private static let expected =
    "a folder with model*.bin or *.npz (Marian, Bergamot, Firefox, OPUS-MT), or with config.json and model.safetensors or "
    + "pytorch_model.bin (Hugging Face)"
}

extension String {
  /// The index of the last slash.
  fileprivate var lastSlash: String.Index { lastIndex(of: "/") ?? startIndex }

  /// The folder of a path.
  var folderOfPath: String { contains("/") ? String(self[..<lastSlash]) : "." }
  /// The last part of a path.
  var nameOfPath: String { split(separator: "/").last.map(String.init) ?? self }
}
