package import Files

extension TensorFile {
  /// Opens a safetensors file; its metadata are the texts.
  ///
  /// - Throws: ``FileError``, also for a tensor of a type smaller than 16 bits that is no whole number.
  package static func safetensors(path: String) throws(FileError) -> TensorFile {
    let reader = try SafetensorsReader(path: path)
    let bytes = try FileBytes(path: path)
    var tensors: [ForeignTensor] = []
    for entry in reader.entries {
      guard let type = ElementType(entry.dtype) else {
        throw bytes.error(
          "tensor '\(entry.name)'", found: "numbers of type \(entry.dtype.rawValue)",
          expected: "floats of 16 bits or more, or whole numbers", hint: "save the model in BF16 or F32")
      }
      let place = reader.place(of: entry)
      guard let data = bytes.part(from: place.lowerBound, count: place.count) else {
        throw .notReadable(path: path, reason: "the file became shorter while it was read; try again")
      }
      tensors.append(ForeignTensor(name: entry.name, shape: entry.shape, type: type, source: .plain(data)))
    }
    return try TensorFile(path: path, tensors: tensors, texts: reader.metadata)
  }
}

extension ElementType {
  fileprivate init?(_ type: SafetensorsType) {
    switch type {
    case .float64: self = .float64
    case .float32: self = .float32
    case .float16: self = .float16
    case .bfloat16: self = .bfloat16
    case .int64: self = .int64
    case .int32: self = .int32
    case .int16: self = .int16
    case .int8: self = .int8
    case .uint64: self = .uint64
    case .uint32: self = .uint32
    case .uint16: self = .uint16
    case .uint8: self = .uint8
    case .bool: self = .bool
    case .float8E4M3, .float8E5M2: return nil
    }
  }
}
