import Files
import ModelFormats
import Testing

@Suite struct OpeningTests {
  let folder = TemporaryFolder()

  @Test func eachContainerIsRecognized() throws {
    let names = [folder("a"), folder("b"), folder("model.pt"), folder("d"), folder("e")]
    let numpy = try NumpyArchiveWriter(path: names[0])
    try numpy.add(name: "W", shape: [2], values: [1, 2])
    try numpy.commit()
    try writeMarianBinary(path: names[1], items: [MarianItem(name: "W", shape: [2], values: [1, 2])])
    _ = try Pickle.archive(
      Pickle.dictionary(("W", Pickle.tensor(count: 2, shape: [2], strides: [1]))),
      storages: ["0": low([1, 2])],
      in: folder)
    try SafetensorsFile([.init(name: "W", shape: [2], values: [1, 2])]).write(path: names[3])
    try CTranslate2Model.write(
      path: names[4], specification: "T", revision: 1,
      variables: [.init(name: "W", shape: [2], values: [1, 2])])
    for name in names { #expect(try TensorFile.open(path: name).floats(of: "W") == [1, 2], "\(name)") }
  }

  @Test(
    arguments: [
      ([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0], "gzip -dk"),
      (Array("version https://git-lfs.github.com/spec/v1\n".utf8), "git lfs pull"),
      ([], "right file"), (Array("hello, world".utf8), "right file"), ([1], "right file"),
      ([0x80, 2, 0x8a, 10, 0, 0, 0, 0], "1.6"), ([0x50, 0x4b, 3, 4, 0, 0, 0, 0], "zip archive"),
      ([1, 0, 0, 0, 0, 0, 0, 0], "at least 16"),
      ([6, 0, 0, 0, 0, 0, 0, 0], "specification"),
    ] as [([UInt8], String)])
  func otherFilesAreErrors(bytes: [UInt8], hint: String) {
    let error = message { _ = try TensorFile.open(path: folder.file(bytes, "model")) }
    #expect(error.contains("model") && error.contains(hint), "\(error)")
  }
}
