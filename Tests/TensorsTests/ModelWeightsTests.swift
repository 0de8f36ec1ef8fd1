import Tensors
import TestSupport
import Testing

@Suite struct ModelWeightsTests {
  /// Parameters of all types, some of which are adjacent, as in a fused product.
  private struct Mixed {
    let builder: ParameterBuilder
    /// The three matrices of the same columns that come first.
    let fused: Parameter
    let weights: ModelWeights
    /// All numbers as floats, computed by the test.
    let floats: [Float]

    init(_ types: [WeightType]) throws {
      var builder = ParameterBuilder()
      let matrices = ["q", "k", "v"].map { builder.matrix($0, 4, 5, .constant(0)) }
      _ = builder.vector("bias", 7, .constant(0))
      _ = builder.matrix("output", 3, 6, .constant(0))
      _ = builder.matrix("last", 2, 5, .constant(0))
      (self.builder, fused) = (builder, builder.stacked(matrices))
      var read: [WeightValues] = []
      for (item, type) in zip(builder.parameters, types) {
        let values = randomValues(item.range.count, seed: UInt64(item.range.lowerBound))
        read.append(
          try #require(WeightValues(rounding: values, rows: item.parameter.shape.rows, to: type)))
      }
      floats = read.flatMap(\.floats)
      var rest = read[...]
      weights = ModelWeights(builder.parameters, types: types) { _ in rest.removeFirst() }
    }

    func buffer() -> FlatBuffer {
      let buffer = FlatBuffer(count: floats.count)
      buffer.replace(at: 0, with: floats)
      return buffer
    }
  }

  private static let cases: [[WeightType]] = [
    [.float32, .float32, .float32, .float32, .float32, .float32],
    [.int8, .int8, .int8, .float32, .int8, .int8],
    [.bfloat16, .bfloat16, .bfloat16, .float32, .bfloat16, .bfloat16],
    [.int8, .float32, .bfloat16, .float32, .float32, .int8],
    [.float32, .int8, .int8, .float32, .bfloat16, .int8],
  ]

  @Test func trainedWeightsAreNotCopied() throws {
    let parameters = RandomParameters([[3, 4], [2, 2]])
    let weights = ModelWeights(parameters.values)
    #expect(weights.count == 16 && weights.byteCount == 64)
    #expect(weights.elements(of: parameters.handles[1]) == parameters.values.elements + 12)
    #expect(weights.type(of: parameters.handles[0]) == .float32)
    parameters.values.replace(at: 12, with: [9])
    #expect(weights.array == parameters.values.array && weights.array[12] == 9)
  }

  @Test(arguments: cases) func everyRangeIsConverted(_ types: [WeightType]) throws {
    let mixed = try Mixed(types)
    #expect(mixed.weights.count == mixed.floats.count)
    #expect(mixed.weights.array == mixed.floats)
    for start in mixed.floats.indices {
      for end in start...mixed.floats.count {
        // One more than is copied, which must not change.
        var target = [Float](repeating: 42, count: end - start + 1)
        mixed.weights.copy(start..<end, to: &target)
        #expect(target == Array(mixed.floats[start..<end]) + [42], "\(start)..<\(end)")
      }
    }
  }

  @Test(arguments: cases) func everyParameterKnowsItsType(_ types: [WeightType]) throws {
    let mixed = try Mixed(types)
    for (item, type) in zip(mixed.builder.parameters, types) {
      #expect(mixed.weights.type(of: item.parameter) == type)
      #expect((mixed.weights.elements(of: item.parameter) != nil) == (type == .float32))
      let values = mixed.weights.values(of: item.parameter)
      #expect(values.type == type && values.floats == Array(mixed.floats[item.range]))
    }
    let isUniform = Set(types[..<3]).count == 1
    #expect(mixed.weights.type(of: mixed.fused) == (isUniform ? types[0] : nil))
    #expect((mixed.weights.elements(of: mixed.fused) != nil) == (isUniform && types[0] == .float32))
    let bytes = zip(mixed.builder.parameters, types).reduce(0) { sum, item in
      let (rows, count) = (item.0.parameter.shape.rows, item.0.range.count)
      return sum
        + [WeightType.float32: 4 * count, .bfloat16: 2 * count, .int8: count + 4 * rows][item.1, default: 0]
    }
    #expect(mixed.weights.byteCount == bytes)
  }

  @Test(arguments: cases) func someRowsHaveTheirOwnScales(_ types: [WeightType]) throws {
    let mixed = try Mixed(types)
    for item in mixed.builder.parameters where item.extents.count == 2 {
      let part = item.parameter.rows(1..<2)
      #expect(mixed.weights.values(of: part).floats == Array(mixed.floats[part.range]))
    }
  }

  @Test(arguments: cases) func bytesAreFoundWithTheirScales(_ types: [WeightType]) throws {
    let mixed = try Mixed(types)
    let matrices = mixed.builder.parameters.filter { $0.extents.count == 2 }.map(\.parameter)
    for parameter in [mixed.fused] + matrices + matrices.map({ $0.rows(1..<2) }) {
      let found = mixed.weights.bytes(of: parameter)
      #expect((found != nil) == (mixed.weights.type(of: parameter) == .int8))
      guard let found, case .int8(let bytes, let scales) = mixed.weights.values(of: parameter) else {
        continue
      }
      #expect(Array(UnsafeBufferPointer(start: found.bytes, count: parameter.shape.count)) == bytes)
      #expect(Array(UnsafeBufferPointer(start: found.scales, count: parameter.shape.rows)) == scales)
      // They are not copied.
      let isShared = found.owner === mixed.weights
      #expect(isShared)
    }
  }

  /// In a file of another program, the parts of a fused parameter may be in any order.
  @Test(arguments: WeightType.allCases)
  func partsThatAreNotTogetherAreStillOneParameter(_ type: WeightType) throws {
    let mixed = try Mixed([type, type, type, .float32, type, type])
    let memory = FlatBuffer(count: 1000)
    var end = UnsafeMutableRawPointer(memory.elements + 1000)
    func place<Number>(_ numbers: [Number]) -> UnsafeRawPointer {
      // Each before the last one, at a multiple of 64.
      end -= (numbers.count * MemoryLayout<Number>.stride + 63) / 64 * 64
      numbers.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(start: end, count: $0.count).copyMemory(from: $0)
      }
      return UnsafeRawPointer(end)
    }
    let views = mixed.builder.parameters.map { item -> WeightView in
      let count = item.range.count
      switch mixed.weights.values(of: item.parameter) {
      case .float32(let values): return WeightView(.float32, place(values), count: count, owner: memory)
      case .bfloat16(let values): return WeightView(.bfloat16, place(values), count: count, owner: memory)
      case .int8(let values, let scales):
        let scales = place(scales).assumingMemoryBound(to: Float.self)
        return WeightView(.int8, place(values), count: count, scales: scales, owner: memory)
      }
    }
    let weights = ModelWeights(mixed.builder.parameters, stored: views, types: views.map(\.type)) { item in
      Issue.record("'\(item.name)' is read")
      return .float32([])
    }
    #expect(weights.array == mixed.floats && weights.byteCount == mixed.weights.byteCount)
    #expect(weights.type(of: mixed.fused) == type)
    #expect(weights.values(of: mixed.fused) == mixed.weights.values(of: mixed.fused))
    #expect(weights.elements(of: mixed.fused) == nil)
    let last = mixed.builder.parameters[5].parameter
    #expect(
      weights.elements(of: last).map { UnsafeRawPointer($0) } == (type == .float32 ? views[5].numbers : nil))
    let found = weights.bytes(of: mixed.fused)
    #expect((found != nil) == (type == .int8))
    if let found, case .int8(let bytes, let scales) = mixed.weights.values(of: mixed.fused) {
      #expect(Array(UnsafeBufferPointer(start: found.bytes, count: bytes.count)) == bytes)
      #expect(Array(UnsafeBufferPointer(start: found.scales, count: scales.count)) == scales)
    }
  }

  @Test func numbersAreCheckedWhereTheyAre() throws {
    let memory = FlatBuffer(count: 300)
    let raw = UnsafeMutableRawPointer(memory.elements)
    for (place, count) in [(0, 1), (99, 100), (0, 100), (37, 99)] {
      for (bits, isFinite) in [
        (UInt32(0x7F80_0000), false), (0xFF80_0000, false), (0x7FC0_0000, false), (0x7F7F_FFFF, true),
        (0xFF7F_0000, true), (1, true),
      ] {
        memory.clear()
        raw.storeBytes(of: bits, toByteOffset: 4 * place, as: UInt32.self)
        #expect(WeightView(.float32, raw, count: count, owner: memory).isFinite(rows: 1) == isFinite)
        memory.clear()
        raw.storeBytes(of: UInt16(bits >> 16), toByteOffset: 2 * place, as: UInt16.self)
        #expect(WeightView(.bfloat16, raw, count: count, owner: memory).isFinite(rows: 1) == isFinite)
      }
      memory.clear()
      let scales = UnsafePointer(memory.elements + 200)
      let view = WeightView(.int8, raw, count: count, scales: scales, owner: memory)
      for (byte, isSymmetric) in [(Int8(-128), false), (-127, true), (127, true)] {
        raw.storeBytes(of: byte, toByteOffset: place, as: Int8.self)
        #expect(view.isSymmetric(rows: 4) == isSymmetric)
      }
      for (scale, isFinite, isSymmetric) in [
        (Float.nan, false, false), (3e38, false, true), (-1, true, false), (1, true, true),
      ] {
        memory.replace(at: 203, with: [scale])
        #expect(view.isFinite(rows: 4) == isFinite && view.isSymmetric(rows: 4) == isSymmetric)
        #expect(view.isFinite(rows: 3) && view.isSymmetric(rows: 3))
      }
    }
  }

  /// The same bits as with weights that were converted in advance.
  @Test(arguments: cases) func productsAreThoseOfTheConvertedWeights(_ types: [WeightType]) throws {
    let mixed = try Mixed(types)
    let (packed, expected) = (PackedProducts(mixed.weights), PackedProducts(mixed.buffer()))
    for weight in [mixed.fused] + mixed.builder.parameters.filter({ $0.extents.count == 2 }).map(\.parameter)
    {
      let x = randomValues(3 * weight.shape.columns, seed: 8)
      func product(_ packed: PackedProducts) -> [Float] {
        var y = [Float](repeating: .nan, count: 3 * weight.shape.rows)
        packed.multiply(x, rows: 3, weight: weight, bias: nil, into: &y)
        return y
      }
      #expect(product(packed) == product(expected))
      // The fused parameter and its first part start at the same place but are different parameters.
      let excluded = [UInt16](repeating: 1, count: 3)
      for isScreened in [false, true] {
        #expect(
          packed.greatestOutputs(x, rows: 3, weight: weight, excluding: excluded, isScreened: isScreened)
            == expected.greatestOutputs(
              x, rows: 3, weight: weight, excluding: excluded, isScreened: isScreened))
      }
    }
  }

  /// A matrix so large that it is converted in several parts, the last one of fewer rows.
  @Test(arguments: [WeightType.bfloat16, .int8]) func largeMatricesArePackedInParts(_ type: WeightType) throws
  {
    var builder = ParameterBuilder()
    let weight = builder.matrix("weight", 201, 1030, .constant(0))
    let exact = randomValues(weight.shape.count, seed: 5)
    let values = try #require(WeightValues(rounding: exact, rows: 201, to: type))
    let weights = ModelWeights(builder.parameters, types: [type]) { _ in values }
    let buffer = FlatBuffer(count: weight.shape.count)
    buffer.replace(at: 0, with: values.floats)
    let x = randomValues(2 * 1030, seed: 6)
    let results = [PackedProducts(weights), PackedProducts(buffer)].map { packed in
      var y = [Float](repeating: .nan, count: 2 * 201)
      packed.multiply(x, rows: 2, weight: weight, bias: nil, into: &y)
      return y
    }
    #expect(results[0] == results[1] && results[0].allSatisfy(\.isFinite))
  }
}
