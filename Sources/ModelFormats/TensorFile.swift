package import Files

/// What a file of another toolkit holds: tensors by name, and texts such as a configuration.
///
/// All containers are read into this one form: Marian's `.bin` and `.npz`, safetensors, PyTorch's archives, and
/// CTranslate2's `model.bin`. Headers are checked against the size of the file when it is opened; the numbers of a tensor
/// are read when they are asked for.
package struct TensorFile: Sendable {
  /// The file's path, for messages.
  package let path: String
  /// The tensors in the order of the file.
  package let tensors: [ForeignTensor]
  /// Texts by name, such as Marian's `special:model.yml`.
  package let texts: [String: String]
  private let indexByName: [[UInt8]: Int]

  /// - Throws: ``FileError`` if two tensors have the same name.
  init(path: String, tensors: [ForeignTensor], texts: [String: String] = [:]) throws(FileError) {
    var indices: [[UInt8]: Int] = [:]
    for (index, tensor) in tensors.enumerated() {
      guard indices.updateValue(index, forKey: Array(tensor.name.utf8)) == nil else {
        throw .invalidFormat(
          path: path, place: "tensor '\(tensor.name)'", found: "a second tensor of this name",
          expected: "one of each name", hint: "the file is damaged; copy it again")
      }
    }
    (self.path, self.tensors, self.texts, indexByName) = (path, tensors, texts, indices)
  }

  /// The tensor with this name; nil if there is none.
  package subscript(name: String) -> ForeignTensor? { indexByName[Array(name.utf8)].map { tensors[$0] } }

  /// The tensor with this name.
  ///
  /// - Throws: ``FileError`` if there is none.
  package func tensor(_ name: String) throws(FileError) -> ForeignTensor {
    guard let tensor = self[name] else {
      throw .invalidFormat(
        path: path, place: "", found: "no tensor '\(name)'",
        expected: "it among the \(tensors.count) tensors",
        hint: "")
    }
    return tensor
  }

  /// The numbers of a tensor, see ``ForeignTensor/floats()``.
  ///
  /// - Throws: ``FileError`` if there is no such tensor, or reading fails.
  package func floats(of name: String) throws(FileError) -> [Float] { try tensor(name).floats() }
}
