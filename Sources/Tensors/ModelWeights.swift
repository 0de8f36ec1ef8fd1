/// All parameters of a model, each stored in its own type, in the layout that ``Parameter`` handles refer to.
///
/// Only this type knows how weights are stored. Products and lookups ask for ``elements(of:)``, which float32 weights
/// have, and otherwise for a copy that is converted to floats.
///
/// Training keeps all weights in one ``FlatBuffer``. A file may store matrices in any type; vectors (biases, norms) are
/// float32.
public final class ModelWeights: Sendable {
  /// The number of elements in all parameters.
  public let count: Int
  private let runs: [StoredRun]
  /// Whether all parameters are float32, each at its offset in ``floats``.
  private let isFloat32: Bool
  private let floats: FlatBuffer
  private let halves: [UInt16]
  private let bytes: [Int8]
  private let scales: [Float]

  /// Float32 weights in the memory of `parameters`, without a copy.
  public init(_ parameters: FlatBuffer) {
    count = parameters.count
    runs = [StoredRun(type: .float32, range: 0..<parameters.count, start: 0)]
    (floats, isFloat32) = (parameters, true)
    (halves, bytes, scales) = ([], [], [])
  }

  /// Weights that are read one parameter at a time, so that at most one is in memory twice.
  ///
  /// - Parameters:
  ///   - parameters: all of a layout, in order.
  ///   - types: the type of each; int8 only for matrices.
  ///   - read: returns a parameter's numbers in that type.
  /// - Throws: what `read` throws.
  public init(
    _ parameters: [NamedParameter], types: [WeightType], read: (NamedParameter) throws -> WeightValues
  ) rethrows {
    precondition(parameters.count == types.count, "\(types.count) types of \(parameters.count) parameters")
    let stored = zip(parameters, types)
    func count(_ type: WeightType) -> Int { stored.reduce(0) { $1.1 == type ? $0 + $1.0.range.count : $0 } }
    let floats = FlatBuffer(count: count(.float32))
    var floatCount = 0
    var (halves, bytes, scales): ([UInt16], [Int8], [Float]) = ([], [], [])
    halves.reserveCapacity(count(.bfloat16))
    bytes.reserveCapacity(count(.int8))
    var runs: [StoredRun] = []
    for (item, type) in stored {
      var run = StoredRun(type: type, range: item.range, start: 0)
      let values = try read(item)
      precondition(
        values.type == type && values.count == item.range.count,
        "'\(item.name)': \(values.count) numbers of \(values.type), expected \(item.range.count) of \(type)")
      switch values {
      case .float32(let values):
        run.start = floatCount
        floats.replace(at: floatCount, with: values)
        floatCount += values.count
      case .bfloat16(let values):
        run.start = halves.count
        halves += values
      case .int8(let values, let rowScales):
        precondition(
          rowScales.count == item.parameter.shape.rows,
          "'\(item.name)': \(rowScales.count) scales, expected \(item.parameter.shape.rows)")
        (run.start, run.firstScale, run.columns) = (bytes.count, scales.count, item.parameter.shape.columns)
        bytes += values
        scales += rowScales
      }
      if let last = runs.last, last.isFollowed(by: run) {
        runs[runs.count - 1].range = last.range.lowerBound..<run.range.upperBound
      } else {
        runs.append(run)
      }
    }
    self.count = runs.last?.range.upperBound ?? 0
    (self.runs, self.floats) = (runs, floats)
    isFloat32 = runs.allSatisfy { $0.type == .float32 && $0.start == $0.range.lowerBound }
    (self.halves, self.bytes, self.scales) = (halves, bytes, scales)
  }

  /// Bytes that the numbers and their scales take up.
  public var byteCount: Int { 4 * floats.count + 2 * halves.count + bytes.count + 4 * scales.count }

  /// A copy of all numbers as 32-bit floats.
  public var array: [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { copy(0..<count, to: start) }
      initialized = count
    }
  }

  /// The type of a parameter's numbers; nil for a fused parameter whose parts differ.
  package func type(of parameter: Parameter) -> WeightType? {
    let run = runs[runIndex(parameter.offset)]
    return run.range.upperBound >= parameter.range.upperBound ? run.type : nil
  }

  /// A parameter's numbers as they are stored, for a file.
  ///
  /// - Precondition: all of the parameter's numbers have one type.
  public func values(of parameter: Parameter) -> WeightValues {
    let run = runs[runIndex(parameter.offset)]
    precondition(
      run.range.upperBound >= parameter.range.upperBound, "values(of:): \(parameter) has several types")
    let start = run.start + parameter.offset - run.range.lowerBound
    let range = start..<start + parameter.shape.count
    switch run.type {
    case .float32: return .float32(floats.array(range))
    case .bfloat16: return .bfloat16(Array(halves[range]))
    case .int8:
      let firstScale = run.scale(at: parameter.offset)
      return .int8(Array(bytes[range]), scales: Array(scales[firstScale..<firstScale + parameter.shape.rows]))
    }
  }

  /// The numbers of a float32 parameter where they are stored, valid as long as the weights; nil for other types.
  @unsafe package func elements(of parameter: Parameter) -> UnsafeMutablePointer<Float>? {
    if isFloat32 { return floats.elements + parameter.offset }
    let run = runs[runIndex(parameter.offset)]
    guard run.type == .float32, run.range.upperBound >= parameter.range.upperBound else { return nil }
    return floats.elements + run.start + (parameter.offset - run.range.lowerBound)
  }

  /// A parameter's numbers as 32-bit floats, and the owner of their memory: the stored numbers or a converted copy.
  func floats(of parameter: Parameter) -> (elements: UnsafePointer<Float>, owner: FlatBuffer) {
    if let elements = elements(of: parameter) { return (UnsafePointer(elements), floats) }
    let copy = FlatBuffer(count: parameter.shape.count)
    self.copy(parameter.range, to: copy.elements)
    return (UnsafePointer(copy.elements), copy)
  }

  /// Converts consecutive numbers of the layout to 32-bit floats.
  ///
  /// - Parameters:
  ///   - range: which numbers, such as ``Parameter/range`` or the range of one row.
  ///   - target: receives as many floats.
  package func copy(_ range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    guard !range.isEmpty else { return }
    var target = target
    for run in runs[runIndex(range.lowerBound)...] {
      guard run.range.lowerBound < range.upperBound else { return }
      let part = range.clamped(to: run.range)
      convert(part, of: run, to: target)
      target += part.count
    }
  }

  private func convert(_ range: Range<Int>, of run: StoredRun, to target: UnsafeMutablePointer<Float>) {
    let start = run.start + range.lowerBound - run.range.lowerBound
    switch run.type {
    case .float32: target.update(from: floats.elements + start, count: range.count)
    case .bfloat16:
      for index in 0..<range.count { target[index] = float(bfloat16Bits: halves[start + index]) }
    case .int8:
      var place = range.lowerBound
      while place < range.upperBound {
        let end = min(range.upperBound, run.rowEnd(after: place))
        let scale = scales[run.scale(at: place)]
        for index in place - range.lowerBound..<end - range.lowerBound {
          target[index] = scale * Float(bytes[start + index])
        }
        place = end
      }
    }
  }

  /// The index of the run that contains a number.
  private func runIndex(_ place: Int) -> Int {
    precondition(place >= 0 && place < count, "number \(place) of \(count) weights")
    var (low, high) = (0, runs.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if runs[middle].range.lowerBound <= place { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

/// Consecutive parameters that are stored in the same type, one after another.
private struct StoredRun: Sendable {
  let type: WeightType
  /// Their numbers in the layout of all parameters.
  var range: Range<Int>
  /// The index of the first among the stored numbers of this type.
  var start: Int
  /// How many numbers share a scale; 0 if there are no scales.
  var columns = 0
  /// The index of the first scale.
  var firstScale = 0

  /// Whether the numbers of another run follow those of this one, so that the two can be merged.
  func isFollowed(by next: StoredRun) -> Bool {
    type == next.type && columns == next.columns && range.upperBound == next.range.lowerBound
  }

  /// The index of a number's scale.
  func scale(at place: Int) -> Int { firstScale + (place - range.lowerBound) / columns }

  /// The end of a number's row in the layout.
  func rowEnd(after place: Int) -> Int { place + columns - (place - range.lowerBound) % columns }
}
