import Corpora
import CorpusShards
import Foundation
import TestSupport
import Testing
import Tokens

/// Shards as files.
@Suite struct ShardTests {
  static let pairs: [(source: [TokenID], target: [TokenID])] = (0..<2500).map { number in
    let ids = (0...number % 7).map { TokenID((number * 37 + $0 * 1001) % 65_536) }
    return (ids, Array(ids.reversed()) + [TokenID(number % 100)])
  }

  private func write(_ layout: ShardBuilder.Layout, _ folder: TemporaryFolder, shift: TokenID = 0) throws
    -> CorpusManifest.Shard
  {
    var builder = ShardBuilder(layout)
    let width = shift > 0 ? 4 : 2
    for pair in Self.pairs {
      let bytes = (pair.source + pair.target).flatMap { id in
        (0..<width).map { UInt8(truncatingIfNeeded: (id + shift) >> TokenID(8 * $0)) }
      }
      builder.append(sourceLength: pair.source.count, targetLength: pair.target.count, ids: bytes[...])
    }
    return try builder.write(to: folder.path, name: "shard-00001.pairs", threads: 2)
  }

  /// Ids of 2 and 4 bytes, lengths of 2 and 4 bytes, with and without compression.
  @Test(arguments: [false, true], [60_000, 70_000])
  func pairsAreReadAsTheyWereWritten(isCompressed: Bool, maxLength: Int) throws {
    for shift in [TokenID(0), 1_000_000] {
      let folder = try TemporaryFolder()
      let vocabulary = shift > 0 ? 1 << 21 : 1 << 16
      let shard = try write(
        ShardBuilder.Layout(vocabulary: vocabulary, maxLength: maxLength, isCompressed: isCompressed), folder,
        shift: shift)
      let open = try OpenShard(
        path: folder("shard-00001.pairs"), shard, vocabularies: (vocabulary, vocabulary))
      for (index, pair) in Self.pairs.enumerated() {
        let found = open.pair(index)
        #expect(Array(found.source) == pair.source.map { $0 + shift })
        #expect(Array(found.target) == pair.target.map { $0 + shift })
      }
    }
  }

  @Test func idsOutsideOfTheVocabularyAreRefused() throws {
    let folder = try TemporaryFolder()
    let shard = try write(
      ShardBuilder.Layout(vocabulary: 1 << 16, maxLength: 100, isCompressed: false), folder)
    for vocabularies in [(1 << 10, 1 << 16), (1 << 16, 1 << 10)] {
      #expect {
        _ = try OpenShard(path: folder("shard-00001.pairs"), shard, vocabularies: vocabularies)
      } throws: {
        "\($0)".contains("shard-00001.pairs' is damaged: found an id of")
      }
    }
  }

  /// Flipped, inserted and missing bytes: never a crash, and an error or the same pairs.
  @Test(arguments: [false, true])
  func damageIsNoticed(isCompressed: Bool) throws {
    let folder = try TemporaryFolder()
    let shard = try write(
      ShardBuilder.Layout(vocabulary: 1 << 16, maxLength: 100, isCompressed: isCompressed), folder)
    let path = folder("shard-00001.pairs")
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    var mutator = ByteMutator(seed: 5)
    for round in 0..<200 {
      let damaged =
        round < 40
        ? Array(whole.prefix(round < 20 ? round * 5 : mutator.below(whole.count))) : mutator.mutated(whole)
      guard damaged != whole else { continue }
      try Data(damaged).write(to: URL(filePath: path))
      #expect {
        _ = try OpenShard(path: path, shard, vocabularies: (1 << 16, 1 << 16))
      } throws: {
        "\($0)".contains(path)
      }
    }
  }

  /// Damage that checksums and sizes of the manifest go along with: errors, or pairs, but no crash.
  @Test(arguments: [false, true])
  func damageWithTheRightChecksumsDoesNotCrash(isCompressed: Bool) throws {
    let folder = try TemporaryFolder()
    let shard = try write(
      ShardBuilder.Layout(vocabulary: 1 << 16, maxLength: 100, isCompressed: isCompressed), folder)
    let path = folder("shard-00001.pairs")
    let whole = Array(try Data(contentsOf: URL(filePath: path)))
    var mutator = ByteMutator(seed: 6)
    var opened = 0
    for round in 0..<300 {
      // The header and the first lengths, or anything.
      var damaged = mutator.mutated(round % 2 == 0 ? Array(whole.prefix(200)) : whole)
      if round % 2 == 0 { damaged += whole.dropFirst(200) }
      try Data(damaged).write(to: URL(filePath: path))
      var forged = shard
      forged.bytes = damaged.count
      // The checksums that the reader finds are those that it asks for.
      for _ in 0..<3 {
        do {
          let open = try OpenShard(path: path, forged, vocabularies: (1 << 16, 1 << 16))
          for index in 0..<forged.pairs { _ = open.pair(index) }
          opened += 1
          break
        } catch CorpusShardError.damaged(_, let found, _) {
          let words = found.split(separator: " ")
          guard words.first == "checksum", words.count > 1 else { break }
          if found.hasSuffix("lengths") { forged.indexChecksum = String(words[1]) }
          if found.hasSuffix("ids") { forged.idsChecksum = String(words[1]) }
        } catch {
          break
        }
      }
    }
    // zlib has a checksum of its own.
    #expect(opened > 0 || isCompressed)
  }
}
