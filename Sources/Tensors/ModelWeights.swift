/// All parameters of a model, each stored in its own type, in the layout that ``Parameter`` handles refer to.
///
/// Only this type knows how weights are stored. Products and lookups ask for ``elements(of:)``, which float32 weights
/// have, or for ``bytes(of:)``, which int8 weights have, and otherwise for a copy that is converted to floats.
///
/// Training keeps all weights in one ``FlatBuffer``. A file may store matrices in any type; vectors (biases, norms) are
/// float32. The numbers of a file that is mapped into memory stay there, without a copy.
public final class ModelWeights: Sendable {
  /// The number of elements in all parameters.
  public let count: Int
  private let runs: [StoredRun]
  /// Keep the memory of the runs.
  private let owners: [any AnyObject & Sendable]
  /// Whether all parameters are float32 and follow one another in memory.
  private let isOneRunOfFloats: Bool

  /// Float32 weights in the memory of `parameters`, without a copy.
  public convenience init(_ parameters: FlatBuffer) {
    let view = WeightView(.float32, parameters.elements, count: parameters.count, owner: parameters)
    self.init([StoredRun(view, range: 0..<parameters.count, columns: 0)], owners: [parameters])
  }

  /// Weights that are read one parameter at a time, so that at most one is in memory twice.
  ///
  /// - Parameters:
  ///   - parameters: all of a layout, in order.
  ///   - types: the type of each; int8 only for matrices.
  ///   - read: returns a parameter's numbers in that type.
  /// - Throws: what `read` throws.
  public convenience init(
    _ parameters: [NamedParameter], types: [WeightType], read: (NamedParameter) throws -> WeightValues
  ) rethrows {
    precondition(parameters.count == types.count, "\(types.count) types of \(parameters.count) parameters")
    try self.init(parameters, stored: parameters.map { _ in nil }, types: types, read: read)
  }

  /// Weights that are in memory already, such as those of a mapped file, and others that are read one at a time.
  ///
  /// - Parameters:
  ///   - parameters: all of a layout, in order.
  ///   - stored: where the numbers of each are; nil if they must be read.
  ///   - types: the type of each; int8 only for matrices.
  ///   - read: returns a parameter's numbers in that type.
  /// - Throws: what `read` throws.
  package convenience init(
    _ parameters: [NamedParameter], stored: [WeightView?], types: [WeightType],
    read: (NamedParameter) throws -> WeightValues
  ) rethrows {
    precondition(parameters.count == stored.count && parameters.count == types.count, "a view for each")
    var missing: [(item: NamedParameter, type: WeightType)] = []
    for (index, item) in parameters.enumerated() where stored[index] == nil {
      missing.append((item, types[index]))
    }
    let memory = WeightMemory(for: missing)
    var runs: [StoredRun] = []
    var owners: [any AnyObject & Sendable] = []
    for (index, item) in parameters.enumerated() {
      let type = types[index]
      let view = try stored[index] ?? memory.append(checked(read(item), of: item, type))
      precondition(
        view.type == type && view.count == item.range.count,
        "'\(item.name)': \(view.count) numbers of \(view.type), expected \(item.range.count) of \(type)")
      if !owners.contains(where: { $0 === view.owner }) { owners.append(view.owner) }
      let run = StoredRun(
        view, range: item.range, columns: type == .int8 ? item.parameter.shape.columns : 0)
      if let last = runs.last, last.isFollowed(by: run) {
        runs[runs.count - 1].range = last.range.lowerBound..<run.range.upperBound
      } else {
        runs.append(run)
      }
    }
    self.init(runs, owners: owners)
  }

  private init(_ runs: [StoredRun], owners: [any AnyObject & Sendable]) {
    (self.runs, self.owners) = (runs, owners)
    count = runs.last?.range.upperBound ?? 0
    isOneRunOfFloats = runs.count == 1 && runs[0].type == .float32
  }

  /// Bytes that the numbers and their scales take up.
  public var byteCount: Int { runs.reduce(0) { $0 + $1.byteCount } }

  /// A copy of all numbers as 32-bit floats.
  public var array: [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { copy(0..<count, to: start) }
      initialized = count
    }
  }

  /// The type of a parameter's numbers; nil for a fused parameter whose parts differ.
  package func type(of parameter: Parameter) -> WeightType? {
    let parts = runs(of: parameter)
    return parts.allSatisfy { $0.type == parts.first?.type } ? parts.first?.type : nil
  }

  /// A parameter's numbers as they are stored, for a file.
  ///
  /// - Precondition: all of the parameter's numbers have one type.
  public func values(of parameter: Parameter) -> WeightValues {
    guard let type = type(of: parameter) else {
      preconditionFailure("values(of:): \(parameter) has several types")
    }
    func numbers<Number>(_ type: Number.Type) -> [Number] {
      runs(of: parameter).flatMap { run in
        let part = parameter.range.clamped(to: run.range)
        return UnsafeBufferPointer(
          start: run.numbers(type) + (part.lowerBound - run.range.lowerBound), count: part.count)
      }
    }
    switch type {
    case .float32: return .float32(numbers(Float.self))
    case .bfloat16: return .bfloat16(numbers(UInt16.self))
    case .int8:
      let scales = (0..<parameter.shape.rows).map { row in
        let place = parameter.offset + row * parameter.shape.columns
        return runs[runIndex(place)].scale(at: place)
      }
      return .int8(numbers(Int8.self), scales: scales)
    }
  }

  /// The numbers of a float32 parameter where they are stored, valid as long as the weights and not to be written unless
  /// they are those of a ``FlatBuffer``; nil for other types, and for a fused parameter whose parts are not together.
  @unsafe package func elements(of parameter: Parameter) -> UnsafeMutablePointer<Float>? {
    guard let run = isOneRunOfFloats ? runs[0] : run(of: parameter), run.type == .float32 else { return nil }
    return UnsafeMutablePointer(mutating: run.numbers(Float.self) + (parameter.offset - run.range.lowerBound))
  }

  /// A parameter's numbers as 32-bit floats, and the owner of their memory: the stored numbers or a converted copy.
  func floats(of parameter: Parameter) -> (elements: UnsafePointer<Float>, owner: any AnyObject & Sendable) {
    if let elements = elements(of: parameter) { return (UnsafePointer(elements), self) }
    let memory = WeightMemory(floats: parameter.shape.count)
    let copy = memory.reserveFloats(parameter.shape.count)
    self.copy(parameter.range, to: copy)
    return (UnsafePointer(copy), memory)
  }

  /// A matrix as 32-bit floats, some rows at a time, so that the copy of rows that are converted stays in the cache.
  ///
  /// - Parameters:
  ///   - parameter: a matrix.
  ///   - multiple: each part but the last has a multiple of this many rows.
  ///   - body: called for each part in order, with its floats and its rows.
  func forEachPart(
    of parameter: Parameter, rowsInMultiplesOf multiple: Int = 1,
    _ body: (UnsafePointer<Float>, Range<Int>) -> Void
  ) {
    let (rows, columns) = (parameter.shape.rows, parameter.shape.columns)
    if let elements = elements(of: parameter) { return body(UnsafePointer(elements), 0..<rows) }
    let step = multiple * max(1, floatsPerPart / max(1, multiple * columns))
    withUnsafeTemporaryAllocation(of: Float.self, capacity: min(step, rows) * columns) { part in
      guard let start = part.baseAddress else { return }
      for first in stride(from: 0, to: rows, by: step) {
        let part = first..<min(first + step, rows)
        copy(parameter.rows(part).range, to: start)
        body(start, part)
      }
    }
  }

  /// The bytes and scales of an int8 matrix where they are stored.
  ///
  /// The parts of a fused parameter are copied if they are not together, as in files of other programs.
  ///
  /// - Returns: nil for other types, and for a fused parameter of which only some parts are int8.
  package func bytes(of parameter: Parameter) -> ByteMatrix? {
    guard type(of: parameter) == .int8 else { return nil }
    if let run = run(of: parameter), run.columns == parameter.shape.columns, let scales = run.scales {
      let place = parameter.offset - run.range.lowerBound
      return ByteMatrix(
        bytes: run.numbers(Int8.self) + place, scales: scales + place / run.columns, owner: self)
    }
    let memory = WeightMemory(scales: parameter.shape.rows, bytes: parameter.shape.count)
    let copy = memory.append(values(of: parameter))
    guard let scales = copy.scales else { return nil }
    return ByteMatrix(
      bytes: copy.numbers.assumingMemoryBound(to: Int8.self), scales: scales, owner: memory)
  }

  /// Gives memory back to the system that a matrix takes up in a mapped file; call it when products have a copy of their
  /// own. The numbers stay valid, and take up memory again if they are read.
  func releasePages(of parameter: Parameter) {
    for run in runs(of: parameter) { run.releasePages(of: parameter.range.clamped(to: run.range)) }
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
      run.convert(part, to: target)
      target += part.count
    }
  }

  /// The run that contains all of a parameter; nil if there is none.
  private func run(of parameter: Parameter) -> StoredRun? {
    let run = runs[runIndex(parameter.offset)]
    return run.range.upperBound >= parameter.range.upperBound ? run : nil
  }

  /// The runs that contain parts of a parameter.
  private func runs(of parameter: Parameter) -> ArraySlice<StoredRun> {
    runs[runIndex(parameter.offset)...].prefix { $0.range.lowerBound < parameter.range.upperBound }
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

/// 128 KiB, so that there is room for the packed rows in a second-level cache.
private let floatsPerPart = 1 << 15

/// An int8 matrix in memory: weight = scale of its row · byte, with bytes from -127 to 127, row by row.
@unsafe package struct ByteMatrix {
  /// The bytes, row by row, at any address.
  package let bytes: UnsafePointer<Int8>
  /// A scale for each row.
  package let scales: UnsafePointer<Float>
  /// Keeps the memory.
  package let owner: any AnyObject & Sendable
}

/// The numbers of a parameter, which must have the given type and fit its shape.
private func checked(_ values: WeightValues, of item: NamedParameter, _ type: WeightType) -> WeightValues {
  precondition(
    values.type == type && values.count == item.range.count,
    "'\(item.name)': \(values.count) numbers of \(values.type), expected \(item.range.count) of \(type)")
  if case .int8(_, let scales) = values {
    precondition(
      scales.count == item.parameter.shape.rows,
      "'\(item.name)': \(scales.count) scales, expected \(item.parameter.shape.rows)")
  }
  return values
}
