import Files
import Models
import Tensors
import TestSupport
import Testing
import Tokens

/// Damaged files whose weights are not all float32.
@Suite struct DamagedWeightsTests {
  private static let matrix = "model.encoder.layers.1.fc1.weight"
  private static let vector = "model.encoder.layers.1.fc1.bias"

  /// A tensor of a file with its numbers, for a test to change.
  private struct Tensor {
    var name: String
    var shape: [Int]
    var values: Values

    enum Values {
      case float32([Float])
      case bfloat16([UInt16])
      case int8([Int8])
    }

    var dtype: SafetensorsType {
      switch values {
      case .float32: .float32
      case .bfloat16: .bfloat16
      case .int8: .int8
      }
    }
  }

  /// Writes a file again with something changed, and reads the model.
  private func reread(
    _ type: WeightType = .int8, metadata: [String: String] = [:], _ change: (inout [Tensor]) -> Void
  ) throws -> TrainedTransformer {
    let stored = try StoredModel(SmallModel(), as: type)
    let reader = try SafetensorsReader(path: stored.path)
    var tensors = try reader.entries.map { entry in
      let values: Tensor.Values =
        switch entry.dtype {
        case .int8: .int8(try reader.int8Values(of: entry))
        case .bfloat16: .bfloat16(try reader.bfloat16Bits(of: entry))
        default: .float32(try reader.values(of: entry))
        }
      return Tensor(name: entry.name, shape: entry.shape, values: values)
    }
    change(&tensors)
    let writer = try SafetensorsWriter(
      path: stored.path, entries: tensors.map { .init(name: $0.name, shape: $0.shape, dtype: $0.dtype) },
      metadata: reader.metadata.merging(metadata) { $1 })
    for tensor in tensors {
      switch tensor.values {
      case .float32(let values): try writer.write(values)
      case .bfloat16(let values): try writer.write(bfloat16Bits: values)
      case .int8(let values): try writer.write(int8: values)
      }
    }
    try writer.commit()
    return try stored.read()
  }

  private func expectError(
    _ words: String, of name: String, naming named: String? = nil, type: WeightType = .int8,
    _ change: (inout Tensor) -> Void
  ) {
    #expect {
      _ = try reread(type) { tensors in
        for index in tensors.indices where tensors[index].name == name { change(&tensors[index]) }
      }
    } throws: { error in
      let isNamed = "\(error)".contains("tensor '\(named ?? name)'")
      #expect(isNamed && "\(error)".contains(words), "\(error)")
      return error is CheckpointError
    }
  }

  @Test func missingScalesAreNamed() {
    #expect {
      _ = try reread { tensors in tensors.removeAll { $0.name == "\(Self.matrix)_scale" } }
    } throws: {
      "\($0)".contains(
        "tensor '\(Self.matrix)' is int8, but its scales, tensor '\(Self.matrix)_scale', are missing")
    }
  }

  @Test func wrongScalesAreNamed() {
    let scales = "\(Self.matrix)_scale"
    expectError("has shape [35], expected [35, 1]", of: scales) { $0.shape = [35] }
    expectError("has numbers of type BF16, expected F32", of: scales) {
      $0.values = .bfloat16([UInt16](repeating: 0, count: 35))
    }
    // For wrong numbers the matrix is named.
    for (bad, words) in [
      (Float.nan, "NaN or infinite"), (.infinity, "NaN or infinite"), (3e38, "NaN or infinite"),
      (-1, "a negative scale"),
    ] {
      expectError(words, of: scales, naming: Self.matrix) {
        $0.values = .float32([Float](repeating: 1, count: 34) + [bad])
      }
    }
  }

  @Test func wrongNumbersAreNamed() {
    expectError("the value -128", of: Self.matrix) {
      $0.values = .int8([Int8](repeating: -128, count: 35 * 24))
    }
    expectError("has shape [24, 35], expected [35, 24]", of: Self.matrix) { $0.shape = [24, 35] }
    expectError("type I8, expected F32, F16 or BF16", of: Self.vector) {
      $0.values = .int8([Int8](repeating: 1, count: 35))
    }
    for bits: UInt16 in [0x7F80, 0x7FC0, 0xFF80] {
      expectError("NaN or infinite", of: Self.matrix, type: .bfloat16) {
        $0.values = .bfloat16([UInt16](repeating: 0, count: 35 * 24 - 1) + [bits])
      }
    }
  }

  @Test func formatsOfLaterVersionsAreRefused() throws {
    _ = try reread(metadata: ["weights_format": "1"]) { _ in }
    #expect {
      _ = try reread(metadata: ["weights_format": "2"]) { _ in }
    } throws: {
      "\($0)".contains("in format '2', expected '1'")
    }
  }

  /// Other programs may round only some matrices, and store vectors in 16 bits.
  @Test func typesMayBeMixed() throws {
    let model = SmallModel()
    let read = try reread { tensors in
      for index in tensors.indices {
        let name = tensors[index].name
        guard let item = model.architecture.parameters.first(where: { $0.name == name }) else { continue }
        let values = model.weights.array(item.range)
        if name.hasSuffix("q_proj.weight") { tensors[index].values = .float32(values) }
        if name.hasSuffix("k_proj.weight") || name.hasSuffix("fc2.bias") {
          tensors[index].values = .bfloat16(values.map { UInt16($0.bitPattern >> 16) })
        }
      }
    }
    let expected = FlatBuffer(count: read.weights.count)
    expected.replace(at: 0, with: read.weights.array)
    let reference = TrainedTransformer(model.architecture, weights: expected)
    let scores = [read, reference].map { model in
      var state = model.start(TokenBatch([[5, 7, SpecialTokens.standard.end]]))
      var scores: [Float] = []
      model.step([SpecialTokens.standard.beginning], &state, scores: &scores)
      return scores
    }
    #expect(scores[0] == scores[1] && scores[0].allSatisfy(\.isFinite))
  }

  /// Any file is either refused or read, and what is read is finite.
  @Test(arguments: [WeightType.bfloat16, .int8]) func mutatedFilesNeverCrash(_ type: WeightType) throws {
    let stored = try StoredModel(
      SmallModel { ($0.size, $0.innerSize, $0.encoderLayers, $0.decoderLayers) = (4, 4, 1, 1) }, as: type)
    let original = try readFile(path: stored.path)
    let headerSize = Int(original[0]) | Int(original[1]) << 8
    var random = RandomSource(12)
    var failures = 0
    for round in 0..<1500 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        // Mostly in the header; a changed number alone is seldom wrong.
        let end = round % 4 == 0 ? bytes.count : min(8 + headerSize, bytes.count)
        let place = Int.random(in: 0..<end, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = .random(in: 0...255, using: &random)
        case 1: bytes[place] = UInt8(ascii: "0") + .random(in: 0..<10, using: &random)
        case 2: bytes.remove(at: place)
        default: bytes.removeLast(Int.random(in: 0..<16, using: &random))
        }
      }
      try writeFileAtomically(path: stored.path, contents: bytes)
      do {
        let weights = try stored.read().weights.array
        #expect(!weights.contains { !$0.isFinite })
      } catch {
        failures += 1
      }
    }
    #expect(failures > 1000 && failures < 1500)
  }
}
