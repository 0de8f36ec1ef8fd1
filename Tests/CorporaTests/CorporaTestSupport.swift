import Corpora
import Foundation
import Tokens

/// A temporary folder that is removed after the test.
final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.path + "/corpora-tests-" + UUID().uuidString

  init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Creates a file with the given bytes.
  func file(_ name: String, _ bytes: some Sequence<UInt8>) -> String {
    _ = FileManager.default.createFile(atPath: path + "/" + name, contents: Data(bytes))
    return path + "/" + name
  }

  func file(_ name: String, _ text: String) -> String { file(name, text.utf8) }
}

/// Encodes each word as 10 plus its number of bytes, or as 3 (unknown) if it is `?`.
let encodeWords: ParallelCorpus.Encoder = { line in
  line.split(separator: 0x20).map { $0 == [0x3f] ? SpecialTokens.standard.unknown : TokenID(10 + $0.count) }
}

struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ (state >> 29)) &* 0xbf58_476d_1ce4_e5b9
  }
}

/// Pairs of random lengths with distinct ids.
func randomCorpus(pairs: Int, lengths: ClosedRange<Int> = 1...40, seed: UInt64) -> ParallelCorpus {
  var random = SeededGenerator(state: seed)
  func sentence(_ pair: Int) -> [TokenID] {
    (0..<Int.random(in: lengths, using: &random)).map { TokenID(4 + pair * 100 + $0) }
  }
  let sides = (0..<pairs).map { (sentence($0), sentence($0)) }
  return ParallelCorpus(sources: sides.map(\.0), targets: sides.map(\.1))
}
