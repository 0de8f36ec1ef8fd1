internal import Layers
internal import ModelFormats
internal import Tensors

/// The variables of a CTranslate2 model.
struct CTranslate2Variables {
  let file: TensorFile

  /// A variable.
  ///
  /// The embeddings of models with one vocabulary of the source have two names.
  subscript(name: String) -> ForeignTensor? {
    file[name] ?? (name == "encoder/embeddings_0/weight" ? file["encoder/embeddings/weight"] : nil)
  }

  /// A single number, found by the first of some names that there is; nil if there is none.
  ///
  /// - Throws: ``ModelConversionError`` if it is no single number, `FileError` if the file cannot be read.
  func number(_ names: String...) throws -> Float? {
    guard let tensor = names.lazy.compactMap({ file[$0] }).first else { return nil }
    guard tensor.count == 1 else {
      throw ModelConversionError.wrongShape(
        path: file.path, name: tensor.name, found: tensor.shape, expected: [])
    }
    return try tensor.floats()[0]
  }

  /// A truth value.
  ///
  /// - Throws: see ``number(_:)``.
  func isOn(_ name: String, _ other: String, default missing: Bool) throws -> Bool {
    try number(name, other).map { $0 != 0 } ?? missing
  }

  /// A text, such as the name of a token in models before version 6.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  func text(_ name: String) throws -> String? {
    guard let tensor = file[name], tensor.type == .int8, tensor.count < 1000 else { return nil }
    return String(decoding: try tensor.storedInt8().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// What a matrix was multiplied by before it was rounded, one number for each row or for all; nil for floats.
  ///
  /// - Throws: ``ModelConversionError`` if there is none for bytes, or one is not above 0.
  func multipliers(of tensor: ForeignTensor, name: String) throws -> [Float]? {
    guard tensor.type == .int8 || tensor.type == .int16 else { return nil }
    let scaleName = "\(name)_scale"
    guard let scale = self[scaleName] ?? self["\(tensor.name)_scale"] else {
      // As older models were rounded.
      if tensor.type == .int16 { return [1000] }
      throw ModelConversionError.missingTensor(
        path: file.path, name: scaleName, parameter: "the scales of \(name)")
    }
    guard scale.count == 1 || scale.count == tensor.shape.first ?? 1 else {
      throw ModelConversionError.wrongShape(
        path: file.path, name: scaleName, found: scale.shape, expected: [tensor.shape.first ?? 1])
    }
    let values = try scale.floats()
    guard values.allSatisfy({ $0 > 0 && $0.isFinite && (1 / $0).isFinite }) else {
      throw ModelConversionError.notFinite(path: file.path, name: scaleName)
    }
    return values
  }

  /// Whether two matrices have the same numbers, as tied ones have, which are often stored twice.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  func areEqual(_ name: String, _ other: String) throws -> Bool {
    guard let first = self[name], let second = self[other] else { return false }
    guard first.shape == second.shape, first.type == second.type,
      try first.storedBytes().array == second.storedBytes().array
    else { return false }
    return try multipliers(of: first, name: name) == multipliers(of: second, name: other)
  }
}
