package import Files

extension TensorFile {
  /// Opens a numpy archive (`.npz`), such as a model of Marian.
  ///
  /// Arrays are numbers only: pickled objects are refused. Arrays whose name begins with `special:` are texts.
  ///
  /// - Throws: ``FileError``, which names the array and the problem.
  package static func numpy(path: String) throws(FileError) -> TensorFile {
    try numpy(FileBytes(path: path))
  }

  /// Checks the bytes of an archive.
  ///
  /// - Throws: see ``numpy(path:)``.
  package static func numpy(_ bytes: FileBytes) throws(FileError) -> TensorFile {
    var tensors: [ForeignTensor] = []
    var texts: [String: String] = [:]
    for entry in try ZipArchive(bytes).entries {
      guard entry.name.hasSuffix(".npy") else {
        throw bytes.error(
          "entry '\(entry.name)'", found: "another file", expected: "arrays whose names end in .npy",
          hint: "check that the file is a numpy archive (.npz)")
      }
      let tensor = try tensor(entry)
      if tensor.name.hasPrefix("special:") {
        texts[tensor.name] = marianText(try tensor.storedBytes())
      } else {
        tensors.append(tensor)
      }
    }
    return try TensorFile(path: bytes.path, tensors: tensors, texts: texts)
  }

  private static func tensor(_ entry: ZipArchive.Entry) throws(FileError) -> ForeignTensor {
    let header = try NumpyHeader(beginning(of: entry), place: "entry '\(entry.name)'")
    guard entry.size - header.size == header.dataSize else {
      throw entry.data.error(
        "entry '\(entry.name)'", found: "\(entry.size - header.size) bytes of numbers",
        expected: "\(header.dataSize) for shape \(header.shape) of \(header.type.rawValue)")
    }
    let source: TensorSource =
      if entry.isStored, let data = entry.data.part(from: header.size, count: header.dataSize) {
        .plain(data)
      } else {
        .compressed(entry, headerSize: header.size)
      }
    return ForeignTensor(
      name: String(entry.name.dropLast(4)), shape: header.shape, type: header.type,
      order: header.isColumnMajor ? .columnMajor : .rowMajor, source: source)
  }

  /// The first bytes of an entry, as many as a header may have.
  private static func beginning(of entry: ZipArchive.Entry) throws(FileError) -> FileBytes {
    if entry.isStored {
      return entry.data.part(from: 0, count: min(entry.data.count, NumpyHeader.greatestSize)) ?? entry.data
    }
    let reader = entry.reader()
    var bytes: [UInt8] = []
    while bytes.count < NumpyHeader.greatestSize, let piece = try reader.next() { bytes += piece }
    return FileBytes(Array(bytes.prefix(NumpyHeader.greatestSize)), path: entry.path)
  }
}

/// Writes a numpy archive (`.npz`) array by array, as numpy, Marian and others read it.
package final class NumpyArchiveWriter {
  private let zip: ZipWriter

  /// Opens the file, which appears at its path in ``commit()``.
  ///
  /// - Throws: ``FileError`` if it cannot be written.
  package init(path: String) throws(FileError) { zip = try ZipWriter(path: path) }

  /// Adds an array of 32-bit floats in row-major order.
  ///
  /// - Precondition: as many values as the shape has, and no other array of this name.
  /// - Throws: ``FileError`` if the file cannot be written.
  package func add(name: String, shape: [Int], values: [Float]) throws(FileError) {
    precondition(checkedProduct(shape) == values.count, "array '\(name)': \(values.count) for \(shape)")
    let bytes = unsafe values.withUnsafeBytes { unsafe Array($0) }
    try add(name: name, shape: shape, type: .float32, bytes: bytes)
  }

  /// Adds a text as Marian keeps its configuration: an array of bytes, ended by NUL.
  ///
  /// - Throws: ``FileError`` if the file cannot be written.
  package func add(name: String, text: String) throws(FileError) {
    let bytes = Array(text.utf8) + [0]
    try add(name: name, shape: [bytes.count], type: .int8, bytes: bytes)
  }

  /// Adds an array of any type that numpy has.
  ///
  /// - Parameters:
  ///   - name: its name in the archive, without `.npy`.
  ///   - shape: the extents of its axes.
  ///   - type: its type, other than bfloat16.
  ///   - bytes: its elements in row-major order, little-endian.
  /// - Precondition: as many bytes as the shape has.
  /// - Throws: ``FileError`` if the file cannot be written.
  package func add(name: String, shape: [Int], type: ElementType, bytes: [UInt8]) throws(FileError) {
    precondition(checkedProduct(shape + [type.size]) == bytes.count, "array '\(name)': \(bytes.count) bytes")
    guard let typeName = type.numpyName else { preconditionFailure("numpy has no \(type.rawValue)") }
    let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let fields = "{'descr': '\(typeName)', 'fortran_order': False, 'shape': (\(extents)), }"
    var header = Array(fields.utf8)
    // The numbers start at a multiple of 64 bytes of the entry, after ten bytes and a line end.
    header += [UInt8](repeating: 0x20, count: 63 - (10 + header.count) % 64) + [0x0a]
    let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    try zip.add(
      name: name + ".npy", contents: magic + littleEndian(UInt16(header.count)) + header + bytes)
  }

  /// Moves the file to its path.
  ///
  /// - Throws: ``FileError``; the path is then unchanged.
  package func commit() throws(FileError) { try zip.commit() }

  /// The complete file, not at its path yet.
  ///
  /// - Throws: ``FileError``.
  package func finish() throws(FileError) -> AtomicFile { try zip.finish() }
}
