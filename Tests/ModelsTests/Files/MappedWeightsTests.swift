import Files
import Models
import Tensors
import TestSupport
import Testing
import Tokens

/// Weights that stay in the memory of their file.
@Suite struct MappedWeightsTests {
  private static func variant(_ change: (inout ModelConfiguration) -> Void = { _ in }) -> SmallModel {
    SmallModel { configuration in
      (configuration.size, configuration.innerSize) = (24, 36)
      change(&configuration)
    }
  }

  private func logits(_ trained: TrainedTransformer) -> [Float] {
    var state = trained.start(TokenBatch([[5, 7, SpecialTokens.standard.end]]))
    var scores: [Float] = []
    trained.step([SpecialTokens.standard.beginning], &state, scores: &scores)
    return scores
  }

  /// Reads a model, and checks its numbers and results against those that were read without mapping.
  private func expectSameModel(_ stored: StoredModel, sourceLocation: SourceLocation = #_sourceLocation)
    throws
    -> (weights: ModelWeights, contents: FileContents)
  {
    let (folder, architecture) = (stored.folder.path, stored.model.architecture)
    let copied = try ModelFiles.read(folder: folder, isSummed: true, mayMap: false)
    let mapped = try ModelFiles.read(folder: folder, isSummed: true)
    #expect(mapped.model.weights.array == copied.model.weights.array, sourceLocation: sourceLocation)
    #expect(logits(mapped.model) == logits(copied.model), sourceLocation: sourceLocation)
    let sum = try fileSum(path: stored.path)
    #expect(mapped.sum == sum && copied.sum == sum, sourceLocation: sourceLocation)
    let file = try SafetensorsReader(path: stored.path)
    let contents = try file.contents()
    return (try architecture.readWeights(file, contents, path: stored.path), contents)
  }

  private func isInside(_ contents: FileContents, _ place: UnsafeRawPointer?) -> Bool {
    guard let place else { return false }
    return place >= contents.start && place < contents.start + contents.count
  }

  /// Where the numbers of a parameter are; nil if only copies can be had.
  private func place(_ parameter: Parameter, _ weights: ModelWeights) -> UnsafeRawPointer? {
    if let bytes = weights.bytes(of: parameter) {
      return bytes.owner === weights ? UnsafeRawPointer(bytes.bytes) : nil
    }
    return weights.elements(of: parameter).map { UnsafeRawPointer($0) }
  }

  @Test(arguments: WeightType.allCases) func weightsStayInTheFile(_ type: WeightType) throws {
    let stored = try StoredModel(Self.variant(), as: type)
    let (weights, contents) = try expectSameModel(stored)
    #expect(contents.isMapped)
    for item in stored.model.architecture.parameters where type != .bfloat16 || item.extents.count == 1 {
      #expect(isInside(contents, place(item.parameter, weights)), "\(item.name)")
    }
    // Queries, keys and values are one parameter.
    let start = try #require(
      stored.model.architecture.parameters.firstIndex { $0.name.hasSuffix("q_proj.weight") })
    let parts = stored.model.architecture.parameters[start..<start + 3].map(\.parameter)
    let fused = ParameterBuilder().stacked(parts)
    #expect(weights.type(of: fused) == type)
    #expect(isInside(contents, place(fused, weights)) == (type != .bfloat16))
  }

  /// Files of other programs may begin at any byte, and have their tensors in any order.
  @Test(arguments: WeightType.allCases, [1, 2, 4]) func numbersMayBeAnywhere(_ type: WeightType, _ shift: Int)
    throws
  {
    let stored = try StoredModel(Self.variant(), as: type)
    var bytes = try readFile(path: stored.path)
    let length = Int(bytes[0]) | Int(bytes[1]) << 8
    bytes.insert(contentsOf: [UInt8](repeating: 0x20, count: shift), at: 8 + length)
    (bytes[0], bytes[1]) = (UInt8((length + shift) & 255), UInt8((length + shift) >> 8))
    try writeFileAtomically(path: stored.path, contents: bytes)
    let (weights, contents) = try expectSameModel(stored)
    let expected = try StoredModel.rounded(stored.model, to: type).array
    #expect(weights.array == expected)
    // What is not aligned is copied.
    for item in stored.model.architecture.parameters where item.extents.count == 1 {
      #expect(isInside(contents, place(item.parameter, weights)) == (shift == 4), "\(item.name)")
    }
  }

  @Test(arguments: WeightType.allCases) func tensorsMayBeInAnyOrder(_ type: WeightType) throws {
    let stored = try StoredModel(Self.variant(), as: type)
    let reader = try SafetensorsReader(path: stored.path)
    let entries = Array(reader.entries.reversed())
    let writer = try SafetensorsWriter(
      path: stored.path, entries: entries.map { .init(name: $0.name, shape: $0.shape, dtype: $0.dtype) },
      metadata: reader.metadata)
    for entry in entries {
      switch entry.dtype {
      case .int8: try writer.write(int8: reader.int8Values(of: entry))
      case .bfloat16: try writer.write(bfloat16Bits: reader.bfloat16Bits(of: entry))
      default: try writer.write(reader.values(of: entry))
      }
    }
    try writer.commit()
    let (weights, _) = try expectSameModel(stored)
    #expect(weights.array == (try StoredModel.rounded(stored.model, to: type).array))
  }

  /// 16-bit numbers of vectors, and those of IEEE 754, are converted.
  @Test func whatHasAnotherTypeIsConverted() throws {
    let stored = try StoredModel(Self.variant(), as: .float32)
    let reader = try SafetensorsReader(path: stored.path)
    let isShort = { (entry: SafetensorsReader.Entry) in entry.shape.count == 1 || entry.name.contains("fc1") }
    let writer = try SafetensorsWriter(
      path: stored.path,
      entries: reader.entries.map {
        .init(name: $0.name, shape: $0.shape, dtype: isShort($0) ? .bfloat16 : .float32)
      },
      metadata: reader.metadata)
    for entry in reader.entries {
      let values = try reader.values(of: entry)
      if isShort(entry) {
        try writer.write(bfloat16Bits: values.map { UInt16($0.bitPattern >> 16) })
      } else {
        try writer.write(values)
      }
    }
    try writer.commit()
    let (weights, contents) = try expectSameModel(stored)
    for item in stored.model.architecture.parameters {
      let isFloat = item.extents.count == 2 && !item.name.contains("fc1")
      #expect(isInside(contents, place(item.parameter, weights)) == isFloat, "\(item.name)")
    }
  }

  /// The model of before goes on with its numbers while another takes its place.
  @Test func aReplacedModelStaysAsItWas() throws {
    let stored = try StoredModel(Self.variant(), as: .int8)
    let read = try stored.read()
    let (before, expected) = (read.weights.array, logits(read))
    let other = SmallModel { ($0.size, $0.innerSize, $0.encoderLayers) = (24, 36, 1) }
    try ModelFiles.write(
      TrainedTransformer(other.architecture, weights: other.weights), as: .int8, folder: stored.folder.path)
    #expect(try stored.read().weights.count != before.count)
    #expect(read.weights.array == before && logits(read) == expected)
  }
}
