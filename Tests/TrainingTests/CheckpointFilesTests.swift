import Files
import Foundation
import Models
import TestSupport
import Testing
import Training

@Suite struct CheckpointFilesTests {
  let fixture: RunFixture
  var files: CheckpointFiles { CheckpointFiles(modelFolder: fixture.plan.folder) }

  /// A run whose newest checkpoint is from update 4, and the previous one from update 2.
  init() throws {
    fixture = try RunFixture()
    _ = try fixture.run(stoppingAt: 2)
    _ = try fixture.run(resuming: true, stoppingAt: 4)
  }

  @Test func twoAreKept() throws {
    #expect(names == ["last.safetensors", "previous.safetensors"])
    #expect(try files.newest().state.update == 4)
    try FileManager.default.removeItem(atPath: files.last)
    #expect(try files.newest().state.update == 2)
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: fixture.folder("checkpoints"))) ?? []).sorted()
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let words: String
    let apply: @Sendable ([UInt8]) -> [UInt8]
  }

  static func flipped(_ name: String, _ words: String, at place: @escaping @Sendable ([UInt8]) -> Int)
    -> Damage
  {
    Damage(testDescription: name, words: words) { bytes in
      var bytes = bytes
      bytes[place(bytes)] ^= 4
      return bytes
    }
  }

  /// The offset of a text in the header.
  static func place(of text: String, in bytes: [UInt8]) -> Int {
    let text = Array(text.utf8)
    return bytes.indices.first { bytes[$0...].starts(with: text) } ?? 0
  }

  static let damages = [
    Damage(testDescription: "empty", words: "a file of 0 bytes") { _ in [] },
    Damage(testDescription: "7 bytes", words: "a file of 7 bytes") { Array($0.prefix(7)) },
    Damage(testDescription: "cut in the header", words: "a header of") { Array($0.prefix(500)) },
    Damage(testDescription: "cut in the numbers", words: "data_offsets") { Array($0.prefix($0.count / 2)) },
    Damage(testDescription: "one byte short", words: "data_offsets") { Array($0.dropLast()) },
    Damage(testDescription: "one byte more", words: "bytes of data") { $0 + [0] },
    Damage(testDescription: "zeros", words: "found") { Array(repeating: 0, count: $0.count) },
    Damage(testDescription: "zeros at the end", words: "found bytes with checksum") {
      $0.dropLast(4096) + Array(repeating: 0, count: 4096)
    },
    flipped("bit of a weight", "found bytes with checksum") { $0.count / 2 },
    flipped("last bit", "found bytes with checksum") { $0.count - 1 },
    flipped("bit of the state", "checksum") { place(of: "targetTokens", in: $0) + 16 },
    flipped("bit of the checksum", "found") { place(of: "xxh64:", in: $0) + 8 },
    flipped("bit of the checksum's name", "no checksum") { place(of: "checksum", in: $0) },
  ]

  @Test(arguments: damages)
  func damagedFileIsNamedAndTheOneBeforeItTakesItsPlace(damage: Damage) throws {
    let whole = try readFile(path: files.last)
    try writeFileAtomically(path: files.last, contents: damage.apply(whole))
    let point = try files.newest()
    #expect(point.state.update == 2 && point.path == files.previous)
    let words = "\(try #require(point.damage))"
    #expect(words.contains(files.last) && words.contains(damage.words), "\(words)")
    // It continues to the same bits, and the damaged file never replaces the good one.
    var next = fixture
    next.plan.maxUpdates = 4
    _ = try next.run(resuming: true, stoppingAt: 3)
    #expect(try files.newest().state.update == 3)
    try FileManager.default.removeItem(atPath: files.last)
    #expect(try files.newest().state.update == 2)
    #expect(try next.run(resuming: true).record.state.update == 4)
    let expected = try SafetensorsFile(path: write(whole)).tensors.map { $0.values.map(\.bitPattern) }
    #expect(try fixture.checkpoint().map { $0.values.map(\.bitPattern) } == expected)
  }

  func write(_ bytes: [UInt8]) throws -> String {
    try writeFileAtomically(path: fixture.folder("whole"), contents: bytes)
    return fixture.folder("whole")
  }

  @Test(arguments: damages)
  func bothDamagedIsAnError(damage: Damage) throws {
    for path in [files.last, files.previous] {
      try writeFileAtomically(path: path, contents: damage.apply(readFile(path: path)))
    }
    #expect {
      try files.newest()
    } throws: { error in
      guard case ResumeError.allDamaged = error else { return false }
      return [files.last, files.previous, damage.words, "leave out --resume"].allSatisfy("\(error)".contains)
    }
  }

  /// Wherever a process is killed between the moves of files, one checkpoint is intact.
  @Test func everyInstantOfAMoveCanBeResumedFrom() throws {
    let (last, next) = (try readFile(path: files.last), fixture.folder("checkpoints/next.safetensors"))
    try writeFileAtomically(path: next, contents: Array(last.prefix(1000)))
    #expect(try files.newest().state.update == 4)
    try moveFile(files.last, to: files.previous)
    #expect(try files.newest().state.update == 4)
    _ = try fixture.run(resuming: true, stoppingAt: 5)
    #expect(names == ["last.safetensors", "previous.safetensors"])
    #expect(try files.newest().state.update == 5)
    try FileManager.default.removeItem(atPath: files.last)
    #expect(try files.newest().state.update == 4)
  }

  /// A checkpoint in the format from before there were checksums.
  @Test func checkpointWithoutAChecksumIsTaken() throws {
    var file = try SafetensorsFile(path: files.last)
    file.metadata["checksum"] = nil
    try file.write(path: files.last)
    #expect(try files.newest().state.update == 4)
  }

  @Test func checkpointIsWrittenOnRequest() throws {
    var fixture = fixture
    (fixture.plan.maxUpdates, fixture.saveAt) = (9, [6, 8])
    let record = try fixture.run(resuming: true).record
    #expect(record.events.filter { $0.hasPrefix("saved") } == ["saved 6", "saved 8"])
    #expect(record.state.update == 9)
    try FileManager.default.removeItem(atPath: files.last)
    #expect(try files.newest().state.update == 8)
  }

  /// A folder blocks the path of the new file, because permissions do not stop root.
  @Test func whatCannotBeWrittenCostsNoCheckpoint() throws {
    var fixture = fixture
    (fixture.plan.maxUpdates, fixture.saveAt) = (9, [6, 7, 8])
    let blocked = fixture.folder("checkpoints/next.safetensors/in the way")
    let before = try [files.last, files.previous].map { try readFile(path: $0) }
    fixture.validator = Blocking {
      try? FileManager.default.createDirectory(atPath: blocked, withIntermediateDirectories: true)
    }
    #expect(throws: FileError.self) { try fixture.run(resuming: true) }
    #expect(try [files.last, files.previous].map { try readFile(path: $0) } == before)
  }

  /// Calls a closure before it scores.
  struct Blocking: Validator {
    let body: @Sendable () -> Void

    func validate(_ model: TrainedTransformer, update: Int) -> ValidationScores {
      body()
      return ValidationScores(perplexity: 5)
    }
  }
}
