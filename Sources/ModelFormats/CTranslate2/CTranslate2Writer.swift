package import Files

/// A variable to be written to a CTranslate2 model.
package struct CTranslate2Variable: Sendable {
  /// The name, unique in the file, such as `encoder/layer_0/ffn/linear_0/weight`.
  package let name: String
  /// Extents of the axes, outermost first; empty for a single number.
  package let shape: [Int]
  /// The type of its elements.
  package let type: ElementType
  fileprivate let bytes: [UInt8]

  /// A variable of 32-bit floats in row-major order.
  ///
  /// - Precondition: as many values as the shape has.
  package init(name: String, shape: [Int], values: [Float]) {
    self.init(
      name: name, shape: shape, type: .float32, bytes: unsafe values.withUnsafeBytes { unsafe Array($0) })
  }

  /// A variable of 8-bit integers in row-major order.
  ///
  /// - Precondition: as many values as the shape has.
  package init(name: String, shape: [Int], int8 values: [Int8]) {
    self.init(name: name, shape: shape, type: .int8, bytes: values.map { UInt8(bitPattern: $0) })
  }

  /// A variable of any type that CTranslate2 has.
  ///
  /// - Parameters:
  ///   - name: the name.
  ///   - shape: extents of the axes.
  ///   - type: float32, float16, bfloat16, int8, int16 or int32.
  ///   - bytes: its elements in row-major order, little-endian.
  /// - Precondition: as many bytes as the shape has.
  package init(name: String, shape: [Int], type: ElementType, bytes: [UInt8]) {
    precondition(
      checkedProduct(shape + [type.size]) == bytes.count && bytes.count <= UInt32.max
        && CTranslate2Parser.types.contains(type), "variable '\(name)': \(bytes.count) bytes for \(shape)")
    (self.name, self.shape, self.type, self.bytes) = (name, shape, type, bytes)
  }
}

extension CTranslate2Model {
  /// Writes a `model.bin` of version 6, whole or not at all; see
  /// ``staged(path:specification:revision:variables:aliases:)``.
  ///
  /// - Throws: ``FileError`` if the file cannot be written.
  package static func write(
    path: String, specification: String, revision: Int, variables: [CTranslate2Variable],
    aliases: [Alias] = []
  ) throws(FileError) {
    try staged(
      path: path, specification: specification, revision: revision, variables: variables, aliases: aliases
    ).commit()
  }

  /// Makes a `model.bin` of version 6.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - specification: what kind of model it is, such as `TransformerSpec`.
  ///   - revision: the revision of its variables.
  ///   - variables: the variables; CTranslate2 itself sorts them by name.
  ///   - aliases: other names of variables.
  /// - Precondition: no two variables have the same name.
  /// - Returns: the complete file, not at its path yet.
  /// - Throws: ``FileError`` if the file cannot be written.
  package static func staged(
    path: String, specification: String, revision: Int, variables: [CTranslate2Variable],
    aliases: [Alias] = []
  ) throws(FileError) -> AtomicFile {
    precondition(Set(variables.map { Array($0.name.utf8) }).count == variables.count, "equal names")
    let file = try AtomicFile(path: path)
    try file.write(littleEndian(UInt32(6)) + text(specification) + littleEndian(UInt32(revision)))
    try file.write(littleEndian(UInt32(variables.count)))
    for variable in variables {
      let shape = variable.shape.flatMap { littleEndian(UInt32($0)) }
      let type = CTranslate2Parser.types.firstIndex(of: variable.type) ?? 0
      try file.write(text(variable.name) + [UInt8(variable.shape.count)] + shape)
      try file.write([UInt8(type)] + littleEndian(UInt32(variable.bytes.count)) + variable.bytes)
    }
    try file.write(littleEndian(UInt32(aliases.count)))
    for alias in aliases { try file.write(text(alias.name) + text(alias.variable)) }
    return file
  }

  private static func text(_ text: String) -> [UInt8] {
    littleEndian(UInt16(text.utf8.count + 1)) + Array(text.utf8) + [0]
  }
}
