import Files
import Foundation
import ModelFormats
import RandomNumbers
import Testing

/// Every parser on mutated files: an error or a result, never a crash, and no memory beyond what the file is worth.
///
/// `MODEL_FORMATS_MUTATIONS=1000000` sets the number for each parser, and `MODEL_FORMATS_PARSER` chooses one.
@Suite struct FuzzTests {
  struct Parser: Sendable, CustomTestStringConvertible {
    let name: String
    let seeds: @Sendable (TemporaryFolder) throws -> [[UInt8]]
    let read: @Sendable (FileBytes) throws -> Void
    var testDescription: String { name }
  }

  static let parsers = [
    Parser(name: "MarianBinary", seeds: marianSeeds) { bytes in
      try readAll(MarianBinary(bytes).tensorFile())
    },
    Parser(name: "ZipArchive", seeds: zipSeeds) { bytes in
      for entry in try ZipArchive(bytes).entries { _ = try entry.contents() }
    },
    Parser(name: "NumpyArchive", seeds: numpySeeds) { bytes in try readAll(TensorFile.numpy(bytes)) },
    Parser(name: "TorchArchive", seeds: torchSeeds) { bytes in
      try readAll(TorchArchive(bytes).tensorFile())
    },
    // Changes inside of entries, which the archive around them would refuse.
    Parser(name: "NumpyHeader", seeds: numpyArrays) { bytes in
      let zip = HandmadeZip(entries: [.init(name: "a.npy", contents: bytes.array)])
      try readAll(TensorFile.numpy(FileBytes(zip.bytes, path: bytes.path)))
    },
    Parser(name: "PickleReader", seeds: { _ in [[0x80, 2] + torchValue + [0x2e]] }) { bytes in
      let zip = HandmadeZip(entries: [
        .init(name: "a/data.pkl", contents: bytes.array),
        .init(name: "a/data/0", contents: low([1, 2, 3, 4, 5, 6])),
      ])
      try readAll(TorchArchive(FileBytes(zip.bytes, path: bytes.path)).tensorFile())
    },
    Parser(name: "CTranslate2Model", seeds: ct2Seeds) { bytes in
      try readAll(CTranslate2Model(bytes).tensorFile())
    },
    Parser(name: "YAMLDocument", seeds: { _ in yamlSeeds }) { bytes in
      let document = try YAMLDocument(parsing: bytes.array, path: bytes.path)
      // What was read is written such that the same is read again.
      let again = try YAMLDocument(parsing: Array(document.text.utf8), path: "written").root
      #expect(plain(again) == plain(document.root), "\(bytes.array)")
    },
    Parser(name: "NumberedTokens", seeds: { _ in Array(yamlSeeds[1...2]) }) { bytes in
      _ = NumberedTokens(lines: bytes.array)
      _ = try NumberedTokens(YAMLDocument(parsing: bytes.array, path: bytes.path).root, path: bytes.path)
    },
    Parser(name: "FairseqDictionary", seeds: { _ in dictionarySeeds }) { bytes in
      let dictionary = try FairseqDictionary(bytes.array, path: bytes.path)
      #expect(dictionary.tokens.count >= 4 && dictionary.tokens.allSatisfy { !$0.isEmpty })
    },
    Parser(name: "ShardedIndex", seeds: { _ in [Array(#"{"weight_map": {"w": "a", "v": "a"}}"#.utf8)] }) {
      bytes in
      let folder = TemporaryFolder()
      try writeMarianBinary(
        path: folder("a"), items: ["w", "v"].map { MarianItem(name: $0, shape: [1], values: [1]) })
      try readAll(.sharded(index: folder.file(bytes.array, "index.json")))
    },
    Parser(name: "LexicalShortlist", seeds: shortlistSeeds) { bytes in
      for signed in [false, true] {
        let bytes = signed ? FileBytes(sign(bytes.array), path: bytes.path) : bytes
        // The checksum refuses nearly all; with a new one, the other checks are reached.
        if !signed { _ = try? LexicalShortlist(binary: bytes, vocabularySize: 40) }
        guard signed else { continue }
        let list = try LexicalShortlist(binary: bytes, vocabularySize: 40)
        #expect(list.candidates(for: 0..<min(list.sourceCount, 5), vocabularySize: 40).allSatisfy { $0 < 40 })
      }
    },
  ]

  @Test(arguments: parsers)
  func mutatedFilesAreErrorsOrResults(parser: Parser) throws {
    let environment = ProcessInfo.processInfo.environment
    if let only = environment["MODEL_FORMATS_PARSER"], only != parser.name { return }
    let count = environment["MODEL_FORMATS_MUTATIONS"].flatMap { Int($0) } ?? 3000
    let seeds = try parser.seeds(TemporaryFolder())
    for seed in seeds { #expect(throws: Never.self) { try parser.read(FileBytes(seed, path: "seed")) } }
    var random = SplitMix64(state: 16)
    var (errors, results) = (0, 0)
    for _ in 0..<count {
      let bytes = FileBytes(
        random.mutated(seeds[Int.random(in: seeds.indices, using: &random)]), path: "file")
      do {
        try parser.read(bytes)
        results += 1
      } catch is FileError {
        errors += 1
      }
    }
    #expect(errors > 0 && results > 0, "\(errors) errors, \(results) results")
    if count != 3000 { print("\(parser.name): \(count) mutations, \(errors) errors, \(results) results") }
  }
}

private func readAll(_ file: TensorFile) throws {
  for tensor in file.tensors {
    let values = try tensor.floats()
    guard values.count == tensor.count else { throw FileError.notFound(path: "\(tensor)") }
  }
}

/// The node without its quotation marks, which writing may add.
private func plain(_ node: YAMLNode) -> YAMLNode {
  switch node {
  case .scalar(let text, _): .scalar(text, isQuoted: false)
  case .list(let nodes): .list(nodes.map(plain))
  case .map(let pairs): .map(pairs.map { .init(key: $0.key, value: plain($0.value)) })
  }
}

// MARK: - Seeds

private let dictionarySeeds = [
  "the 120\nde@@ 7\n, 3\n", "a 1\nb 2 #fairseq:overwrite\na 3 #fairseq:overwrite\n",
].map {
  Array($0.utf8)
}

@Sendable private func marianSeeds(_ folder: TemporaryFolder) throws -> [[UInt8]] {
  let items = [
    MarianItem(name: "W", shape: [2, 2], values: [1, 2, 3, 4]),
    MarianItem(name: "Q", shape: [1, 3], stored: [1, -2, 3], multiplier: 4, family: .browsermt),
    MarianItem(name: "Wemb", shape: [2, 1], stored: [1, -2], multiplier: 4, family: .upstream),
    MarianItem(name: "special:model.yml", text: "version: x\n"),
  ]
  return try [true, false].map { isAligned in
    try writeMarianBinary(path: folder("a"), items: items, isAligned: isAligned)
    return folder.bytes("a")
  }
}

@Sendable private func zipSeeds(_ folder: TemporaryFolder) throws -> [[UInt8]] {
  let writer = try ZipWriter(path: folder("a"))
  try writer.add(name: "a", contents: Array("hello hello hello".utf8), isCompressed: true)
  try writer.add(name: "b/c", contents: [1, 2, 3])
  try writer.commit()
  var wide = HandmadeZip(entries: [.init(name: "a", contents: [1, 2], isWide: true, hasDescriptor: true)])
  wide.isWide = true
  return [folder.bytes("a"), wide.bytes]
}

@Sendable private func numpySeeds(_ folder: TemporaryFolder) throws -> [[UInt8]] {
  let writer = try NumpyArchiveWriter(path: folder("a"))
  try writer.add(name: "W", shape: [2, 2], values: [1, 2, 3, -4])
  try writer.add(name: "special:model.yml", text: "x: y\n")
  try writer.commit()
  let array = try ZipArchive(path: folder("a"))["W.npy"]?.contents() ?? []
  let packed = try ZipWriter(path: folder("b"))
  try packed.add(name: "W.npy", contents: array, isCompressed: true)
  try packed.commit()
  return [folder.bytes("a"), folder.bytes("b")]
}

@Sendable private func numpyArrays(_ folder: TemporaryFolder) throws -> [[UInt8]] {
  _ = try numpySeeds(folder)
  return try ZipArchive(path: folder("a")).entries.map { try $0.contents() }
}

private var torchValue: [UInt8] {
  let tensors = Pickle.dictionary(
    ("a", Pickle.tensor(shape: [2, 3], strides: [3, 1])),
    ("b", Pickle.tensor(offset: 1, shape: [2], strides: [3])))
  let settings =
    Pickle.global("argparse", "Namespace") + [0x29, 0x81] + Pickle.dictionary(("x", [0x88])) + [0x62]
  return Pickle.dictionary(
    ("args", settings), ("model", tensors), ("list", Pickle.list([0x4e], Pickle.int(2)) + [0x71, 0]),
    ("again", [0x68, 0]))
}

@Sendable private func torchSeeds(_ folder: TemporaryFolder) throws -> [[UInt8]] {
  [try Pickle.archive(torchValue, storages: ["0": low([1, 2, 3, 4, 5, 6])], in: folder)]
}

@Sendable private func ct2Seeds(_ folder: TemporaryFolder) throws -> [[UInt8]] {
  try CTranslate2Model.write(
    path: folder("a"), specification: "TransformerSpec", revision: 7,
    variables: [
      .init(name: "a", shape: [2, 2], int8: [1, 2, 3, 4]),
      .init(name: "a_scale", shape: [2], values: [2, 4]),
    ],
    aliases: [.init(name: "c", variable: "a")])
  let bytes = folder.bytes("a")
  return [bytes, bytes.with(UInt32(4), at: 0)]
}

@Sendable private func shortlistSeeds(_ folder: TemporaryFolder) throws -> [[UInt8]] {
  try LexicalShortlist(firstCount: 2, bestCount: 3, lists: [[], [9, 4], [1], [7]]).writeBinary(
    path: folder("a"))
  return [folder.bytes("a")]
}

private let yamlSeeds = [
  "# c\na: 0\nb:\n  - x\n  - {k: [1, \"\\x85\"], 'l''m': }\nc: |\n  two\n   lines\n? d\n: >-\n  f\n  g\n\ne: \"h\n  i\\\n  j\"\n",
  "{\"a\": 0, \"b\\ud83d\\ude00\": 1,\n \"c\": 2}",
  "</s>: 0\n<unk>: 1\n'yes': 2\n\"\\x85\": 3\n? long\n: 4\n~: 5\n",
  "- a: 1\n  b: 2\n- - c\n  - d e\n    f\n-\n  g: h # i\n", "[a: 1, b, [c], {d: e}]",
].map { Array($0.utf8) }

private func sign(_ bytes: [UInt8]) -> [UInt8] {
  guard bytes.count >= 24 else { return bytes }
  var sum: UInt64 = 0
  for start in stride(from: 16, to: bytes.count - 7, by: 8) {
    let word = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) }
    sum ^= word &+ 0x9e37_79b9 &+ (sum << 6) &+ (sum >> 2)
  }
  return bytes.with(sum, at: 8)
}

extension SplitMix64 {
  /// Changes, removes, adds or repeats a few bytes, or writes numbers that are likely to break something.
  fileprivate mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &self)
      let length = Int.random(in: 1...8, using: &self)
      let end = min(index + length, bytes.count)
      switch Int.random(in: 0..<9, using: &self) {
      case 0: bytes[index] = .random(in: 0...255, using: &self)
      case 1, 2: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 3: bytes.removeSubrange(index..<end)
      case 4: bytes.insert(.random(in: 0...255, using: &self), at: index)
      case 5: bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: bytes.indices, using: &self))
      case 6: if Int.random(in: 0..<8, using: &self) == 0 { bytes.removeSubrange(index...) }
      default:
        let numbers: [UInt64] = [
          0, 1, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0xffff_ffff, 1 << 32, 1 << 62, 1 << 63, .max, .max >> 1,
        ]
        let number = low(numbers[Int.random(in: numbers.indices, using: &self)])
        bytes.replaceSubrange(index..<end, with: number.prefix(end - index))
      }
    }
    return bytes
  }
}
