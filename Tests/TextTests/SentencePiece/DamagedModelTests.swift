import RandomNumbers
import Testing
import Text
import Tokens

/// Models that are damaged or made to do harm.
@Suite struct DamagedModelTests {
  static let contents: [UInt8] = {
    let pipeline = try? LearningText.learn {
      $0.sentencePiece.vocabularySize = 430
      $0.sentencePiece.spellsBytes = true
    }
    return pipeline?.segmentation(.source).files.first?.contents ?? []
  }()

  private func expectError(
    _ contents: [UInt8], _ words: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(sourceLocation: sourceLocation) {
      try makeSegmentation(contents)
    } throws: { error in
      "\(error)".contains(".model: not a valid SentencePiece model") && "\(error)".contains(words)
    }
  }

  @Test func whatIsNoModelIsRefused() throws {
    expectError([], "unknown pieces")
    expectError(Array("#version: 0.2\ne r</w>\n".utf8), "byte")
    expectError(Array(Self.contents[..<(Self.contents.count / 2)]), "bytes are announced")
    expectError([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "bytes are announced")
    expectError(Array(repeating: 0xFF, count: 30), "does not end")
    expectError([0x08, 1], "a number, expected a message")
  }

  @Test func eachPieceIsChecked() throws {
    func model(_ change: (inout HandMadeModel) -> Void) -> [UInt8] {
      var model = HandMadeModel.marian([("▁a", -1), ("b", -2)])
      change(&model)
      return model.contents
    }
    #expect(throws: Never.self) { try makeSegmentation(model { _ in }) }
    expectError(model { $0.pieces[2].score = .nan }, "score of piece 2")
    expectError(model { $0.pieces[3].score = -.infinity }, "score of piece 3")
    expectError(model { $0.pieces[3].text = "▁a" }, "'▁a', occurs twice")
    expectError(model { $0.pieces[3].text = "" }, "piece 3 has 0 bytes")
    expectError(model { $0.pieces[3].text = "\0" }, "not text")
    expectError(model { $0.pieces[3].text = String(repeating: "x", count: 5000) }, "5000 bytes")
    expectError(model { $0.pieces[3].type = 9 }, "unknown type 9")
    expectError(model { $0.pieces[3].type = HandMadeModel.unknown }, "2 unknown pieces")
    expectError(model { $0.pieces[1].type = HandMadeModel.normal }, "0 unknown pieces")
    expectError(model { $0.pieces[3].type = HandMadeModel.byte }, "not a byte")
    expectError(model { $0.spellsBytes = true }, "0 pieces of bytes, expected 256")
    expectError(model { $0.type = 7 }, "unknown type 7")
    expectError(model { $0.pieces[0].text = "<end>" }, "no control piece '</s>'")
    expectError(model { $0.pieces.removeLast(2) }, "no pieces of text")
  }

  @Test func rulesOfNormalizationThatLeadNowhereAreRefused() throws {
    func model(_ map: [UInt8]) -> [UInt8] {
      var model = HandMadeModel.marian([("▁a", -1)])
      model.characterMap = map
      return model.contents
    }
    func map(_ units: [UInt32], _ texts: [UInt8]) -> [UInt8] {
      ([UInt32(4 * units.count)] + units).flatMap { unit in
        (0..<4).map { UInt8(truncatingIfNeeded: unit >> (8 * $0)) }
      }
        + texts
    }
    var units = [UInt32](repeating: 0, count: 256)
    #expect(throws: Never.self) { try makeSegmentation(model(map(units, [0]))) }
    expectError(model([1, 0, 0]), "cut off")
    expectError(model(map(units, [])), "bytes follow")
    expectError(model(map(units, [65])), "does not end")
    expectError(model(map([0], [0])), "behind the trie")
    units[0] = 9 << 10
    expectError(model(map(Array(units[..<8]), [0])), "behind the trie")
    // A rule for "a" whose replacement is too far away, or too long.
    units[0] = 0
    units[97] = 97 | 1 << 8
    units[0 ^ 97] = units[97]
    expectError(model(map(units, [66, 0])), "behind the replacements")
    units[97] = 97 | 1 << 8 | UInt32(97 ^ 200) << 10
    units[200] = 1 << 31
    #expect(try makeSegmentation(model(map(units, Array("x\0".utf8)))).pieces("aba") == "▁xbx")
    expectError(model(map(units, Array(repeating: 66, count: 2000) + [0])), "more than 1024 bytes")
    // A rule that goes round in circles must not take forever.
    units[97] = 97 | UInt32(97) << 10
    #expect(
      try makeSegmentation(model(map(units, [0]))).encode(String(repeating: "a", count: 100_000)).ids.count
        == 2)
  }

  /// Each either is refused or encodes any text.
  @Test(arguments: 0..<8)
  func mutatedModelsAreRefusedOrWork(seed: UInt64) throws {
    var mutator = ModelMutator(seed: seed)
    var texts = NastyText(seed: seed)
    var accepted = 0
    for _ in 0..<500 {
      let mutated = mutator.mutated(Self.contents)
      guard let segmentation = try? makeSegmentation(mutated) else { continue }
      accepted += 1
      var encoder = segmentation.makeEncoder()
      var generator = SplitMix64(state: seed)
      for text in [texts.nextLine(), texts.nextBytes(), Array("low ﬁ e\u{301} 家".utf8)] {
        let sentence = encoder.encode(text)
        _ = segmentation.text(of: sentence)
        _ = segmentation.wordLengths(encoder.encode(text, dropout: 0.5, using: &generator))
        _ = segmentation.text(ofSubwords: encoder.subwords(of: text))
        #expect(sentence.ids.allSatisfy { $0 >= 0 && Int($0) < segmentation.vocabulary.count })
      }
    }
    #expect(accepted > 20 && accepted < 480, "\(accepted) of 500 were accepted")
  }
}

/// Changes bytes of files at random.
struct ModelMutator {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(state: seed &* 7919) }

  private mutating func below(_ limit: Int) -> Int { Int(generator.next() % UInt64(limit)) }

  /// A copy with up to eight changes: other bytes, missing, repeated and swapped pieces.
  mutating func mutated(_ contents: [UInt8]) -> [UInt8] {
    var bytes = contents
    for _ in 0..<1 + below(8) {
      guard bytes.count > 40 else { break }
      // The pieces are a small part at the beginning, the rules of normalization the rest.
      let place = below(below(2) == 0 ? min(bytes.count, 9000) : bytes.count)
      switch below(6) {
      case 0: bytes[place] ^= 1 << UInt8(below(8))
      case 1: bytes[place] = UInt8(below(256))
      case 2: bytes[place] = [0, 0x7F, 0x80, 0xFF][below(4)]
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(20)))
      case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 1 + below(20))], at: place)
      default:
        if below(10) == 0 { bytes.removeSubrange(place...) } else { bytes.swapAt(place, below(bytes.count)) }
      }
    }
    return bytes
  }
}
