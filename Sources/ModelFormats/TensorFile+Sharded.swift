package import Files

extension TensorFile {
  /// Opens the files of a model that Hugging Face's libraries split: an index, `model.safetensors.index.json` or
  /// `pytorch_model.bin.index.json`, names the file of each tensor.
  ///
  /// - Parameter path: the index; the files are beside it.
  /// - Returns: the tensors of the index, with its path.
  /// - Throws: ``FileError`` if a file cannot be read, is in none of the formats, or lacks a tensor.
  package static func sharded(index path: String) throws(FileError) -> TensorFile {
    func error(_ place: String, found: String, expected: String) -> FileError {
      .invalidFormat(
        path: path, place: place, found: found, expected: expected, hint: "get all files of the model again")
    }
    guard case .object(let members)? = try readJSONTree(path: path)["weight_map"] else {
      throw error("", found: "no 'weight_map'", expected: "a map from tensors to files")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var files: [String: TensorFile] = [:]
    var tensors: [ForeignTensor] = []
    for member in members {
      // A file elsewhere is no part of the model.
      guard case .string(let name) = member.value, !name.isEmpty, !name.contains("/") else {
        throw error("'\(member.key)'", found: "no file name", expected: "the name of a file beside it")
      }
      if files[name] == nil {
        guard files.count < greatestFileCount else {
          throw error("", found: "more than \(greatestFileCount) files", expected: "fewer")
        }
        files[name] = try .open(path: folder + name)
      }
      guard let tensor = files[name]?[member.key] else {
        throw error("'\(member.key)'", found: "no such tensor in '\(name)'", expected: "it there")
      }
      tensors.append(tensor)
    }
    return try TensorFile(path: path, tensors: tensors)
  }

  private static var greatestFileCount: Int { 1000 }
}
