package import Files

extension TensorFile {
  /// Opens a file of any container, which its first bytes tell.
  ///
  /// Of a PyTorch archive, all tensors are listed; ``TorchArchive/tensorFile(of:)`` chooses a part.
  ///
  /// - Throws: ``FileError`` if the file cannot be read, is in none of the formats, or does not follow its own.
  package static func open(path: String) throws(FileError) -> TensorFile {
    let bytes = try FileBytes(path: path)
    switch Container(bytes) {
    case .numpy: return try numpy(bytes)
    case .torch: return try TorchArchive(bytes).tensorFile()
    case .safetensors: return try safetensors(path: path)
    case .marian: return try MarianBinary(bytes).tensorFile()
    case .ctranslate2: return try CTranslate2Model(bytes).tensorFile()
    case .gzip:
      throw bytes.error(
        found: "a gzip file", expected: "a model", hint: "decompress it first: gzip -dk '\(path)'")
    case .pointer:
      throw bytes.error(
        found: "a pointer of Git LFS", expected: "a model", hint: "get the file itself: git lfs pull")
    case nil:
      throw bytes.error(
        found: "other first bytes",
        expected: "a model: .npz, .bin of Marian, .safetensors, PyTorch or CTranslate2",
        hint: "check that it is the right file")
    }
  }

  /// The container of a file.
  package enum Container: Sendable {
    case numpy, torch, safetensors, marian, ctranslate2
    /// No model, but something that often stands in its place.
    case gzip, pointer

    /// The container that the first bytes are of; nil for other files.
    package init?(_ bytes: FileBytes) {
      let first: UInt64 = bytes.number(at: 0) ?? 0
      if first & 0xffff_ffff == 0x0403_4b50 {
        self = Container.hasPickle(bytes) ? .torch : .numpy
      } else if first <= UInt64(bytes.count), bytes.number(at: 8, UInt8.self) == UInt8(ascii: "{") {
        self = .safetensors
      } else if first == 1 {
        self = .marian
      } else if 2...6 ~= first & 0xffff_ffff {
        self = .ctranslate2
      } else if first & 0xff == 0x80 || bytes.part(from: 257, count: 5)?.array == Array("ustar".utf8) {
        self = .torch
      } else if first & 0xffff == 0x8b1f {
        self = .gzip
      } else if bytes.part(from: 0, count: 15)?.array == Array("version https:/".utf8) {
        self = .pointer
      } else {
        return nil
      }
    }

    /// Whether an archive's first entry is the pickle of torch.save.
    private static func hasPickle(_ bytes: FileBytes) -> Bool {
      let length = Int(bytes.number(at: 26, UInt16.self) ?? 0)
      guard let name = bytes.part(from: 30, count: length)?.array else { return false }
      return !name.suffix(4).elementsEqual(".npy".utf8)
    }
  }
}
