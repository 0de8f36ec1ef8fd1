private import CKernels
import Tensors

/// The output layer of connectionist temporal classification, one chunk of rows at a time.
///
/// An alignment needs every row of a sentence, but only the probabilities of the sentence's own symbols in each row, its
/// emissions. So logits can be discarded; those of a sentence longer than a chunk are computed again for the derivative.
struct CTCOutputLayer {
  private let tape: Tape
  private let x: Tensor
  private let weight: Parameter
  private let w: Tensor
  private let b: Tensor?
  private let chunk: Int
  private let logits: UnsafeMutablePointer<Float>
  private let emissions: UnsafeMutablePointer<Float>
  let groups: [CTCGroup]

  init(
    _ x: Tensor, weight: Parameter, bias: Parameter?, targets: [CTCTarget], blank: Int32, on tape: Tape
  ) {
    let (rows, classes) = (x.shape.rows, weight.shape.rows)
    precondition(
      weight.shape.columns == x.shape.columns && 0..<classes ~= Int(blank)
        && zip(targets, targets.dropFirst()).allSatisfy { $0.rows.upperBound <= $1.rows.lowerBound }
        && (targets.first?.rows.lowerBound ?? 0) >= 0 && (targets.last?.rows.upperBound ?? 0) <= rows
        && targets.allSatisfy { $0.labels.allSatisfy { 0..<classes ~= Int($0) && $0 != blank } },
      "CTC: x \(x.shape), weight \(weight.shape), blank \(blank), targets \(targets)")
    (self.tape, self.x, self.weight) = (tape, x, weight)
    (w, b) = (tape.tensor(weight), bias.map { tape.tensor($0) })
    chunk = min(max(rows, 1), rowsPerChunk(classes: classes))
    groups = CTCGroup.groups(targets, blank: blank, chunk: chunk)
    logits = tape.makeBuffer(chunk * classes)
    emissions = tape.makeBuffer(groups.reduce(0) { max($0, $1.emissionCount) })
  }

  func parts(of group: CTCGroup) -> [Range<Int>] { group.parts(of: chunk) }

  /// Computes the logits of some rows.
  func project(_ rows: Range<Int>) {
    tape.multiplier.project(x.matrix.rows(rows), weight: weight, w.matrix, bias: b?.values, to: matrix(rows))
  }

  /// A sentence's emissions, or its posteriors after ``align(_:scratch:withPosteriors:)`` computed them.
  func emissions(of sentence: CTCGroup.Sentence) -> UnsafeMutablePointer<Float> {
    emissions + sentence.offset
  }

  /// The class with the highest logit in one of the rows that were projected last, the lowest of equals.
  ///
  /// - Parameter row: counted from the first of those rows.
  /// - Returns: the class, or the number of classes if the logits are NaN.
  func prediction(_ row: Int) -> Int32 {
    let classes = w.shape.rows
    let start = logits + row * classes
    return Int32(next_above(start, 0, classes, vector_max(start, classes).nextDown))
  }

  /// Keeps the emissions of some rows and overwrites their logits with the gradient, from which posteriors are yet to be
  /// subtracted.
  ///
  /// - Parameters:
  ///   - rows: those that were projected last.
  ///   - group: the group of the rows.
  ///   - smoothing: ε.
  ///   - keepsEmissions: whether to keep emissions; false once posteriors have taken their place.
  ///   - withGradient: whether to compute the gradient.
  /// - Returns: the part of the loss that is due to label smoothing.
  func normalize(
    _ rows: Range<Int>, of group: CTCGroup, smoothing: Float, keepsEmissions: Bool, withGradient: Bool
  ) -> Double {
    slices(rows, of: group).reduce(0) { sum, slice in
      let share = slice.sentence.smoothingShare(smoothing)
      return sum + Double(share)
        * ctc_emissions(
          keepsEmissions ? slice.emissions : nil, slice.logits, slice.sentence.symbols,
          slice.sentence.symbols.count, slice.count, w.shape.rows, 1 - smoothing, share, withGradient ? 1 : 0)
    }
  }

  /// The log-probability that a sentence's rows spell its labels.
  func align(_ sentence: CTCGroup.Sentence, scratch: inout [Double], withPosteriors: Bool) -> Double {
    let labels = Array(sentence.symbols.dropFirst())
    let size = ctc_scratch(sentence.rows.count, labels.count)
    if scratch.count < size { scratch = [Double](repeating: 0, count: size) }
    return ctc_align(
      emissions(of: sentence), labels, labels.count, sentence.rows.count, &scratch, withPosteriors ? 1 : 0)
  }

  /// Subtracts posteriors from the gradients of some rows and adds the derivatives by the inputs of the layer.
  func addDerivative(_ rows: Range<Int>, of group: CTCGroup, smoothing: Float) {
    for slice in slices(rows, of: group) {
      ctc_subtract(
        slice.logits, slice.emissions, slice.sentence.symbols, slice.sentence.symbols.count, slice.count,
        w.shape.rows, 1 - smoothing)
    }
    let gradient = matrix(rows)
    if let dx = x.gradientMatrix {
      tape.multiplier.addProduct(gradient, weight: weight, w.matrix, to: dx.rows(rows))
    }
    if let dw = w.gradientMatrix {
      tape.multiplier.addProduct(gradient.transposed, x.matrix.rows(rows), to: dw)
    }
    if let db = b?.gradient { rows_sum(db, logits, rows.count, w.shape.rows) }
  }

  private func matrix(_ rows: Range<Int>) -> Matrix {
    Matrix(logits, rows: rows.count, columns: w.shape.rows)
  }

  /// The part of a sentence in the rows that were projected last.
  private struct Slice {
    let sentence: CTCGroup.Sentence
    let count: Int
    let logits: UnsafeMutablePointer<Float>
    let emissions: UnsafeMutablePointer<Float>
  }

  private func slices(_ rows: Range<Int>, of group: CTCGroup) -> [Slice] {
    group.sentences.compactMap { sentence in
      let common = sentence.rows.clamped(to: rows)
      guard !common.isEmpty else { return nil }
      return Slice(
        sentence: sentence, count: common.count,
        logits: logits + (common.lowerBound - rows.lowerBound) * w.shape.rows,
        emissions: emissions(of: sentence)
          + (common.lowerBound - sentence.rows.lowerBound) * sentence.symbols.count)
    }
  }
}

extension CTCGroup.Sentence {
  /// The part of ε that applies to a row, so that smoothing weighs as much per label as in the cross-entropy.
  fileprivate func smoothingShare(_ smoothing: Float) -> Float {
    smoothing * Float(symbols.count - 1) / Float(rows.count)
  }
}
