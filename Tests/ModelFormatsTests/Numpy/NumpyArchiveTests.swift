import Files
import ModelFormats
import Testing

@Suite struct NumpyArchiveTests {
  let folder = TemporaryFolder()

  /// An array as numpy writes it.
  private func array(
    _ type: String, _ shape: String, _ data: [UInt8], order: String = "False", version: UInt8 = 1
  ) -> [UInt8] {
    let header = Array("{'descr': \(type), 'fortran_order': \(order), 'shape': \(shape), }   \n".utf8)
    let length = version == 1 ? low(UInt16(header.count)) : low(UInt32(header.count))
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + header + data
  }

  private func open(_ entries: [(name: String, contents: [UInt8])], isCompressed: Bool = false) throws
    -> TensorFile
  {
    let writer = try ZipWriter(path: folder("a.npz"))
    for entry in entries {
      try writer.add(name: entry.name, contents: entry.contents, isCompressed: isCompressed)
    }
    try writer.commit()
    return try TensorFile.numpy(path: folder("a.npz"))
  }

  @Test(arguments: [true, false])
  func readsAllTypes(isCompressed: Bool) throws {
    let arrays: [(String, [UInt8], [Float])] = [
      ("'<f2'", [0, 0x3c, 0, 0xc0], [1, -2]), ("'<f4'", low([1.5, -2]), [1.5, -2]),
      ("'<f8'", low((0.1).bitPattern, (-3.0).bitPattern), [0.1, -3]), ("'|i1'", [1, 255], [1, -1]),
      ("'<i1'", [1, 255], [1, -1]), ("'<i2'", low(Int16(300), -5), [300, -5]),
      ("'<i4'", low(Int32(7), -8), [7, -8]),
      ("'<i8'", low(Int64(7), -8), [7, -8]), ("'|u1'", [200, 1], [200, 1]), ("'|b1'", [0, 1], [0, 1]),
      ("\"<u4\"", low(UInt32(7), 8), [7, 8]),
    ]
    let file = try open(
      arrays.map {
        (
          "\($0.0.filter(\.isLetter))\($0.1.count)\($0.0.count)\($0.0.utf8.dropFirst().first ?? 0).npy",
          array($0.0, "(2,)", $0.1)
        )
      }, isCompressed: isCompressed)
    #expect(file.tensors.count == arrays.count)
    for (tensor, expected) in zip(file.tensors, arrays) {
      #expect(tensor.shape == [2])
      #expect(try tensor.floats() == expected.2, "\(expected.0)")
    }
  }

  @Test func readsOrdersVersionsAndTexts() throws {
    let numbers = low([1, 2, 3, 4, 5, 6])
    let file = try open([
      ("c.npy", array("'<f4'", "(2, 3)", numbers)),
      ("f.npy", array("'<f4'", "(2, 3)", numbers, order: "True")),
      ("cube.npy", array("'<f4'", "(1, 3L, 2)", numbers, order: "True", version: 2)),
      ("scalar.npy", array("'<f4'", "()", low([7]), version: 3)), ("none.npy", array("'<f4'", "(0, 5)", [])),
      ("special:model.yml.npy", array("'|i1'", "(5,)", text("a: b"))),
    ])
    #expect(try file.floats(of: "c") == [1, 2, 3, 4, 5, 6])
    #expect(try file.floats(of: "f") == [1, 3, 5, 2, 4, 6])
    #expect(try file.floats(of: "cube") == [1, 4, 2, 5, 3, 6])
    #expect(file["cube"]?.shape == [1, 3, 2])
    #expect(try file.floats(of: "scalar") == [7])
    #expect(try file.floats(of: "none") == [])
    #expect(file.texts == ["special:model.yml": "a: b"])
  }

  @Test func writtenArchivesAreReadAgain() throws {
    let writer = try NumpyArchiveWriter(path: folder("b.npz"))
    try writer.add(name: "W", shape: [2, 2], values: [1, 2, 3, -4])
    try writer.add(name: "b", shape: [1], values: [5])
    try writer.add(name: "special:model.yml", text: "x: y\n")
    try writer.commit()
    let file = try TensorFile.numpy(path: folder("b.npz"))
    #expect(file.tensors.map(\.name) == ["W", "b"] && file.tensors.map(\.shape) == [[2, 2], [1]])
    #expect(try file.floats(of: "W") == [1, 2, 3, -4])
    #expect(file.texts["special:model.yml"] == "x: y\n")
    // cnpy reads a line of at most 255 bytes, from the eleventh byte on.
    let entry = try #require(try ZipArchive(path: folder("b.npz"))["W.npy"])
    #expect(entry.isStored)
    let contents = try entry.contents()
    #expect(
      (contents.firstIndex(of: 0x0a) ?? .max) < 255 && ((contents.firstIndex(of: 0x0a) ?? 0) + 1) % 64 == 0)
  }

  static let refused: [(type: String, shape: String, error: String)] = [
    ("'|O'", "(2,)", "pickled Python objects"), ("'O'", "(2,)", "pickled Python objects"),
    ("'>f4'", "(2,)", "little-endian"), ("'<c8'", "(2,)", "the type <c8"), ("'<U4'", "(2,)", "the type <U4"),
    ("[('a', '<f4')]", "(2,)", "another header"), ("'<f4'", "(3,)", "12 for shape [3]"),
    ("'<f4'", "(-2,)", "another header"), ("'<f4'", "(4294967296, 4294967296)", "fits in memory"),
    ("'<f4'", "(9223372036854775807,)", "fits in memory"),
    ("'<f4'", "(4294967296,)", "for shape [4294967296]"),
    ("'<f4'", "(9223372036854775808,)", "another header"), ("'<f4'", "(2,), 'shape': (2,)", "another header"),
    ("__import__('os')", "(2,)", "another header"),
  ]

  @Test(arguments: refused)
  func wrongArraysAreErrors(item: (type: String, shape: String, error: String)) {
    for isCompressed in [true, false] {
      let error = message {
        _ = try open([("W.npy", array(item.type, item.shape, low([1, 2])))], isCompressed: isCompressed)
      }
      #expect(error.contains("W.npy") && error.contains(item.error), "\(error)")
    }
  }

  @Test func otherFilesAreErrors() {
    #expect(message { _ = try open([("data.pkl", [1])]) }.contains("arrays whose names end in .npy"))
    #expect(message { _ = try open([("a.npy", [1])]) }.contains("numpy array"))
    let long = array("'<f4'", "(2,)" + String(repeating: " ", count: 70_000), [], version: 2)
    #expect(message { _ = try open([("a.npy", long)]) }.contains("65536"))
    let lying = [0x93] + Array("NUMPY".utf8) + [2, 0] + low(UInt32.max) + [1]
    #expect(message { _ = try open([("a.npy", lying)]) }.contains("4294967295 bytes"))
  }
}
