package import Files

/// A file of `torch.save`: `pytorch_model.bin`, `.pt`, `.pth`, `.ckpt`, as written since PyTorch 1.6.
///
/// It is a zip archive of a pickle and of the numbers of tensors. The pickle is read as data, see ``PickleReader``: no
/// code of it ever runs.
///
/// Source: `torch/serialization.py` and `torch/_utils.py` of pytorch/pytorch.
package struct TorchArchive: Sendable {
  /// The saved value: often a dictionary from names to tensors, or one with such a dictionary under `model`.
  package let root: PickleValue
  /// The file's path, for messages.
  package let path: String

  /// Opens a file and reads its pickle.
  ///
  /// - Throws: ``FileError``, which names the problem.
  package init(path: String) throws(FileError) { try self.init(FileBytes(path: path)) }

  /// Reads an archive.
  ///
  /// - Throws: see ``init(path:)``.
  package init(_ bytes: FileBytes) throws(FileError) {
    try TorchArchive.refuseOldFormats(bytes)
    let archive = try ZipArchive(bytes)
    let pickles = archive.entries.filter { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") }
    guard let pickle = pickles.first, pickles.count == 1 else {
      throw bytes.error(
        found: "\(pickles.count) entries called data.pkl", expected: "one, as torch.save writes it",
        hint: "check that the file is a PyTorch model")
    }
    let folder = pickle.name.dropLast("data.pkl".count)
    if let order = try archive["\(folder)byteorder"]?.contents(), order != Array("little".utf8) {
      throw bytes.error(
        found: "numbers of another byte order", expected: "little-endian ones",
        hint: "save the model on a usual machine")
    }
    guard pickle.size <= TorchArchive.greatestPickle else {
      throw bytes.error(found: "a pickle of \(pickle.size) bytes", expected: "at most 16 MiB", hint: "")
    }
    let contents = FileBytes(try pickle.contents(), path: bytes.path)
    let tree = try PickleReader.read(contents) { className, key in
      guard let type = TorchStorage.type(of: className) else { return nil }
      return archive["\(folder)data/\(key)"].map { TorchStorage(entry: $0, type: type) }
    }
    (root, path) = (tree.root, bytes.path)
  }

  /// Far more than the names and shapes of any model take.
  ///
  /// Each byte of a pickle can become a value of some fifty.
  private static let greatestPickle = 16 << 20

  private static func refuseOldFormats(_ bytes: FileBytes) throws(FileError) {
    let isTar = bytes.part(from: 257, count: 5)?.array == Array("ustar".utf8)
    guard isTar || bytes.number(at: 0, UInt8.self) == 0x80 else { return }
    throw bytes.error(
      found: "PyTorch's format from before version 1.6", expected: "a zip archive of torch.save",
      hint: "load it in Python with weights_only=True and save it again, best as safetensors")
  }

  /// The tensors of the saved value, or of a part of it, by their paths: `encoder.layers.0.weight`.
  ///
  /// - Parameter value: where to look; everything if nil.
  /// - Returns: all tensors in dictionaries, lists and objects below it, with texts as texts.
  /// - Throws: ``FileError`` if two have the same path, or there are more than a million values.
  package func tensorFile(of value: PickleValue? = nil) throws(FileError) -> TensorFile {
    var collector = Collector(path: path)
    try collector.visit(value ?? root, "", depth: 0)
    return try TensorFile(path: path, tensors: collector.tensors, texts: collector.texts)
  }

  private struct Collector {
    let path: String
    var tensors: [ForeignTensor] = []
    var texts: [String: String] = [:]
    /// Values that may still be visited, since a pickle may refer to the same ones from many places.
    private var budget = 1_000_000

    init(path: String) { self.path = path }

    mutating func visit(_ value: PickleValue, _ name: String, depth: Int) throws(FileError) {
      budget -= 1
      guard budget > 0, depth < 40 else {
        throw .invalidFormat(
          path: path, place: "'\(name.prefix(200))'", found: "values in each other without end",
          expected: "at most a million values, 40 deep", hint: "")
      }
      if let tensor = value.tensor {
        tensors.append(tensor.named(name))
      } else if let text = value.text {
        texts[name] = text
      } else if let items = value.items {
        for (index, item) in items.enumerated() {
          try visit(item, name.isEmpty ? "\(index)" : "\(name).\(index)", depth: depth + 1)
        }
      } else if let pairs = value.pairs {
        for pair in pairs {
          guard let key = pair.key.text ?? pair.key.int.map({ "\($0)" }) else { continue }
          try visit(pair.value, name.isEmpty ? key : "\(name).\(key)", depth: depth + 1)
        }
      }
    }
  }
}
