import Foundation
import RandomNumbers
import Testing
import Text

/// A folder for one test, removed at the end.
final class ScratchFolder {
  let path = NSTemporaryDirectory() + "text-tests-\(UUID().uuidString)"
  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }
  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
  func write(_ name: String, _ contents: [UInt8]) throws {
    try Data(contents).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }
  func read(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }
}

@Suite struct VocabularyFolderTests {
  static let joint = TextPipelineTests.pipeline(of: lines("low low lower"))
  static let separate: TextPipeline = {
    var settings = TextPipelineSettings()
    settings.joint = false
    (settings.sourceLanguage, settings.targetLanguage) = ("en", "pt-BR")
    (settings.lowercase, settings.normalization, settings.merges) = (true, .nfkc, 7)
    return TextPipeline(
      settings: settings, source: TextPipelineTests.part(of: lines("low low lower")),
      target: TextPipelineTests.part(of: lines("newest newest widest")))
  }()

  @Test(arguments: [
    (pipeline: joint, files: ["bpe.codes", "pipeline.json", "vocab.txt"]),
    (
      separate,
      ["bpe.source.codes", "bpe.target.codes", "pipeline.json", "vocab.source.txt", "vocab.target.txt"]
    ),
  ])
  func comesBackAsItWasWritten(pipeline: TextPipeline, files: [String]) throws {
    let folder = try ScratchFolder()
    try pipeline.write(to: folder.path)
    #expect(folder.names == files)
    let copy = try TextPipeline(folder: folder.path)
    #expect(copy.settings == pipeline.settings)
    for side in TextPipeline.Side.allCases {
      #expect(copy.vocabulary(side) == pipeline.vocabulary(side))
      #expect(
        copy.segmentation(side).files.map(\.contents) == pipeline.segmentation(side).files.map(\.contents))
      let line = Array("the lowest lower low".utf8)
      #expect(copy.encode(line, side: side) == pipeline.encode(line, side: side))
    }
  }

  @Test func aVocabularyIsReplacedWhole() throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/vocab"
    #expect(try Self.separate.replaceFolder(at: path) == .created)
    #expect(try Self.joint.replaceFolder(at: path + "/") == .replaced)
    #expect(folder.names == ["vocab"])
    let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    #expect(names == ["bpe.codes", "pipeline.json", "vocab.txt"])
  }

  /// Like a folder that was mounted or created for the vocabulary.
  @Test func anEmptyFolderIsFilled() throws {
    let folder = try ScratchFolder()
    let path = folder.path + "/vocab"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let number = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    #expect(try Self.joint.replaceFolder(at: path) == .created)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == number)
    let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    #expect(names == ["bpe.codes", "pipeline.json", "vocab.txt"])
    #expect(try TextPipeline(folder: path).vocabulary(.source) == Self.joint.vocabulary(.source))
  }

  @Test func aFolderWithOtherFilesIsLeftAlone() throws {
    let folder = try ScratchFolder()
    try folder.write("model.safetensors", [1, 2, 3])
    let error = VocabularyError.foreignFolder(path: folder.path, file: "model.safetensors")
    #expect(throws: error) { try Self.joint.replaceFolder(at: folder.path) }
    #expect(folder.names == ["model.safetensors"])
    #expect(
      "\(error)" == "'\(folder.path)' holds 'model.safetensors', which is not part of a vocabulary; "
        + "choose a new folder, or remove what is in this one")
  }

  @Test func aFileInTheWayIsAnError() throws {
    let folder = try ScratchFolder()
    try folder.write("x", [])
    #expect(throws: VocabularyError.self) { try Self.joint.replaceFolder(at: folder.path + "/x") }
    #expect(folder.names == ["x"])
  }

  static let settingsCases = [
    (from: "\"merges\" : 500", to: "\"merges\" : \"many\"", says: ["pipeline.json", "merges", "many"]),
    ("\"merges\" : 500", "\"merges\" : -1", ["pipeline.json", "negative"]),
    ("\"merges\"", "\"mergers\"", ["unknown key 'mergers'", "min_frequency"]),
    ("\"format_version\" : 1", "\"format_version\" : 2", ["'format_version' is 2", "reads 1"]),
    ("  \"lowercase\" : false,\n", "", ["lowercase", "no such key"]),
    ("\"whitespace\"", "\"moses\"", ["tokenizer", "moses"]),
    ("{", "[", ["line 2"]),
  ]

  @Test(arguments: settingsCases)
  func messageTellsWhatIsWrongWithTheSettings(from: String, to: String, says: [String]) throws {
    let folder = try ScratchFolder()
    try Self.joint.write(to: folder.path)
    let settings = text(try folder.read("pipeline.json"))
    let changed = settings.replacing(from, with: to)
    #expect(changed != settings)
    try folder.write("pipeline.json", Array(changed.utf8))
    #expect { try TextPipeline(folder: folder.path) } throws: { error in
      says.allSatisfy { "\(error)".contains($0) } && error is VocabularyError
    }
  }

  @Test func aMissingFileIsNamed() throws {
    let folder = try ScratchFolder()
    try Self.joint.write(to: folder.path)
    try FileManager.default.removeItem(atPath: folder.path + "/bpe.codes")
    #expect { try TextPipeline(folder: folder.path) } throws: { "\($0)".contains("bpe.codes") }
  }

  /// Damaged files give a pipeline or an error, never a crash; such a pipeline encodes any text.
  @Test func damagedFilesDoNoHarm() throws {
    let folder = try ScratchFolder()
    let pipeline = TextPipelineTests.pipeline(of: Array(lines(BytePairEncodingFixture.text).prefix(40)))
    try pipeline.write(to: folder.path)
    var generator = SplitMix64(state: 4)
    var readable = 0
    for round in 0..<600 {
      let name = ["bpe.codes", "vocab.txt", "pipeline.json"][round % 3]
      let original = try folder.read(name)
      try folder.write(name, damaged(original, using: &generator))
      if let pipeline = try? TextPipeline(folder: folder.path) {
        readable += 1
        for line in ["the old lighthouse", "low lower </w> a</w>b", "東京 😀 keepers"] {
          let sentence = pipeline.encode(Array(line.utf8), side: .source)
          #expect(text(pipeline.decode(sentence.ids, unknowns: sentence.unknowns)) == line)
        }
      }
      try folder.write(name, original)
    }
    #expect(readable > 50 && readable < 590)
  }

  private func damaged(_ bytes: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int.random(in: 0...3, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: Array("</w> \n@@".utf8.shuffled(using: &generator)), at: place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + 200))
      default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &generator))
      }
    }
    return bytes
  }
}
