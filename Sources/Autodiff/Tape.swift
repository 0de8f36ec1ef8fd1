public import Tensors

/// Records operations as they run, and runs their derivatives in reverse.
///
/// An operation computes its result immediately and, in training, records a closure that adds to the gradients of its
/// inputs. Two rules make every model correct: backward adds and never overwrites, and gradients start at zero. So an
/// embedding that is used three times, or an encoder output that six layers read, needs no special case.
///
/// Values stay until the tape is reset. The gradient of a result gets its memory when a derivative first
/// reaches it, and gives it back when the derivative of the operation that made the result has run.
///
/// A tape belongs to one thread. Its tensors are valid until ``reset(random:)``.
@safe public final class Tape {
  /// Whether derivatives are needed.
  public enum Mode: Sendable {
    /// Operations are recorded, dropout is on.
    case training
    /// Nothing is recorded, no gradients are kept, dropout is off.
    case inference
  }

  /// Whether this tape records.
  public let mode: Mode
  /// The memory of all results.
  package let arena: Arena
  let packed: PackedProducts?
  let multiplier: MatrixMultiplier
  private let weights: ModelWeights
  private let gradients: FlatBuffer?
  /// The ranges of `gradients` that are not computed.
  private let frozen: [Range<Int>]
  /// See ``withoutDerivatives(_:)``.
  private var isSuspended = false
  let profile: OperationProfile?
  private let gradientPool: GradientPool
  /// Derivatives to run, newest last.
  private var steps: [Step] = []
  /// Gradients of the tensors made since the newest step: the results of the running operation.
  private var made: [PassingGradient] = []
  private var random = RandomSource(0)
  /// When gradients of parameters are complete.
  private var uses = ParameterUses()
  /// See ``withoutRecording(_:)``.
  private var observer: Tape?

  /// A recorded operation: its derivative, and the gradients that only the derivative needs.
  private struct Step {
    let derivative: () -> Void
    let results: [PassingGradient]
  }

  /// A training tape, which adds the derivatives of parameters to `gradients`.
  ///
  /// - Parameters:
  ///   - parameters: the model's parameters.
  ///   - gradients: the sums of their derivatives, as long as `parameters`.
  ///   - frozen: the ranges of both buffers whose derivatives are not computed.
  ///   - activations: the expected number of floats for values and gradients of results; more are allocated when
  ///     needed.
  ///   - precision: of the factors of matrix products, forward and backward.
  ///   - float32Products: how products of float32 are computed.
  ///   - rounded: the parameters as products by bfloat16 read them, if they are kept for many steps.
  ///   - profile: records what every operation costs; nil for no profile.
  /// - Precondition: both buffers have the same length, and this processor supports precision and products.
  public init(
    training parameters: FlatBuffer, gradients: FlatBuffer, frozen: [Range<Int>] = [],
    activations: Int = 1 << 16, precision: MatrixPrecision = .float32,
    float32Products: Float32Products = .library, rounded: RoundedWeights? = nil,
    profile: OperationProfile? = nil
  ) {
    precondition(
      parameters.count == gradients.count,
      "Tape: \(parameters.count) parameters, \(gradients.count) gradients")
    mode = .training
    arena = Arena(firstBlock: activations)
    gradientPool = GradientPool(arena)
    packed = nil
    multiplier = MatrixMultiplier(precision, float32: float32Products, weights: rounded)
    weights = ModelWeights(parameters)
    self.gradients = gradients
    self.frozen = frozen
    self.profile = profile
  }

  /// An inference tape.
  ///
  /// - Parameters:
  ///   - weights: the model's parameters, of any type.
  ///   - packed: the same parameters prepared for products whose rows do not influence each other; without it, the
  ///     matrix library computes them, which is faster for many rows, but rounds differently.
  ///   - pool: where the memory of tensors comes from; nil for the system.
  public init(inference weights: ModelWeights, packed: PackedProducts? = nil, pool: MemoryPool? = nil) {
    mode = .inference
    arena = Arena(pool: pool)
    gradientPool = GradientPool(arena)
    self.packed = packed
    multiplier = MatrixMultiplier(.float32)
    self.weights = weights
    (gradients, frozen) = (nil, [])
    profile = nil
  }

  /// An inference tape with float32 parameters.
  public convenience init(inference parameters: FlatBuffer, packed: PackedProducts? = nil) {
    self.init(inference: ModelWeights(parameters), packed: packed)
  }

  /// An inference tape with the parameters and the precision of another tape.
  private init(observing other: Tape) {
    mode = .inference
    arena = Arena()
    gradientPool = GradientPool(arena)
    (packed, multiplier, profile) = (nil, other.multiplier, nil)
    (weights, gradients, frozen) = (other.weights, nil, [])
  }

  /// Forgets all operations and reclaims the memory of their tensors.
  ///
  /// - Parameter random: the source of dropout until the next reset.
  public func reset(random: RandomSource = RandomSource(0)) {
    steps.removeAll(keepingCapacity: true)
    made.removeAll(keepingCapacity: true)
    uses.removeAll()
    gradientPool.reset()
    arena.reset()
    self.random = random
  }

  /// Forgets all operations and returns the memory of their tensors to the system.
  public func release() {
    reset()
    arena.release()
    observer?.release()
  }

  /// Computes with the same parameters without learning: nothing is recorded or dropped.
  ///
  /// `body` may read tensors of this tape; what it makes is discarded when it returns.
  package func withoutRecording<Result>(_ body: (Tape) -> Result) -> Result {
    let tape = observer ?? Tape(observing: self)
    observer = tape
    defer { tape.reset() }
    return body(tape)
  }

  /// Computes as in training, including dropout, but without derivatives: the results have no gradients.
  ///
  /// For results of frozen parameters alone. Unlike those of ``withoutRecording(_:)``, the results stay valid.
  package func withoutDerivatives<Result>(_ body: () -> Result) -> Result {
    let outer = isSuspended
    isSuspended = true
    defer { isSuspended = outer }
    return body()
  }

  /// Whether results have gradients, and operations keep what their derivatives will need.
  var keepsDerivatives: Bool { mode == .training && !isSuspended }

  /// The tensor of a parameter: its values and, in training and unless it is frozen, its gradient.
  ///
  /// Values that are not stored as float32 are converted into memory of the tape.
  public func tensor(_ parameter: Parameter) -> Tensor {
    precondition(
      parameter.offset + parameter.shape.count <= weights.count,
      "parameter \(parameter) lies outside of \(weights.count) floats")
    let isFrozen = frozen.contains { $0.contains(parameter.offset) }
    if keepsDerivatives { uses.note(parameter.range, beforeStep: steps.count) }
    return unsafe Tensor(
      shape: parameter.shape, values: weights.elements(of: parameter) ?? converted(parameter),
      gradient: isFrozen ? nil : gradients.map { unsafe $0.elements + parameter.offset })
  }

  private func converted(_ parameter: Parameter) -> UnsafeMutablePointer<Float> {
    let values = arena.allocate(parameter.shape.count)
    weights.copy(parameter.range, to: values)
    return values
  }

  /// A table and the indices to look up in it: the parameter itself if it is stored as float32, otherwise a copy of
  /// only these rows, converted and numbered from 0.
  func table(_ parameter: Parameter, rows ids: [Int32]) -> (table: Tensor, ids: [Int32]) {
    guard weights.elements(of: parameter) == nil else { return (tensor(parameter), ids) }
    let columns = parameter.shape.columns
    precondition(
      ids.allSatisfy { 0..<parameter.shape.rows ~= Int($0) }, "table: a row beyond \(parameter.shape)")
    let rows = Tensor(shape: [ids.count, columns], values: arena.allocate(ids.count * columns))
    for (row, id) in ids.enumerated() {
      let start = parameter.offset + Int(id) * columns
      weights.copy(start..<start + columns, to: rows.values + row * columns)
    }
    return (rows, Array(0..<Int32(ids.count)))
  }

  /// An uninitialized tensor for the result of the running operation; in training, with a gradient that starts at zero
  /// and is released when the operation's derivative has run.
  func makeTensor(_ shape: Shape) -> Tensor {
    let values = arena.allocate(shape.count)
    guard keepsDerivatives else { return Tensor(shape: shape, values: values) }
    let gradient = PassingGradient(count: shape.count, pool: gradientPool)
    made.append(gradient)
    return Tensor(shape: shape, values: values, gradient: gradient)
  }

  /// A tensor with the given elements, for an input; in training with a gradient that stays until ``reset(random:)``.
  public func makeTensor(_ shape: Shape, _ elements: [Float]) -> Tensor {
    let tensor = makeTensor(shape)
    if keepsDerivatives { made.removeLast() }
    tensor.fill(with: elements)
    return tensor
  }

  /// Memory for what an operation keeps for its derivative.
  func makeBuffer(_ count: Int) -> UnsafeMutablePointer<Float> { arena.allocate(count) }

  /// Adds the derivative of the running operation, whose results are the tensors that were made since the newest
  /// derivative was added.
  func addStep(_ derivative: @escaping () -> Void) {
    steps.append(Step(derivative: derivative, results: made))
    made.removeAll(keepingCapacity: true)
  }

  /// A key for one dropout mask.
  func dropoutKey(_ rate: Float) -> UInt64 {
    precondition(rate >= 0 && rate < 1, "dropout rate \(rate), expected 0 ..< 1")
    return random.next()
  }

  /// A key for other random choices; the same one whenever the tape is reset with the same source.
  package func randomKey() -> UInt64 { random.next() }

  /// The rate in effect: 0 outside of training.
  func activeRate(_ rate: Float) -> Float { mode == .training ? rate : 0 }

  /// Adds the derivative of `root` to the gradients of everything it was computed from.
  ///
  /// - Parameters:
  ///   - root: a result of this tape, in training.
  ///   - seed: the derivative of the loss by each element of `root`; nil for ones.
  public func backward(from root: Tensor, seed: [Float]? = nil) {
    guard let gradient = root.gradient else { preconditionFailure("backward: the root has no gradient") }
    let start = seed ?? [Float](repeating: 1, count: root.shape.count)
    precondition(start.count == root.shape.count, "backward: \(start.count) seeds for \(root.shape)")
    for index in start.indices { gradient[index] += start[index] }
    backward()
  }

  /// Runs the recorded derivatives, newest first, for a loss whose own derivative has already been added.
  ///
  /// - Parameter progress: called when gradients of parameters are complete: those from this place on in the buffer of
  ///   gradients. It decreases to 0.
  public func backward(progress: (_ completeFrom: Int) -> Void = { _ in }) {
    var reported = Int.max
    func report() {
      let bound = uses.incomplete(beforeStep: steps.count)
      guard bound < reported else { return }
      reported = bound
      progress(bound)
    }
    report()
    while let step = steps.popLast() {
      step.derivative()
      for gradient in step.results { gradient.giveBack() }
      report()
    }
  }
}
