import Autodiff
import Corpora
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite struct AdamTests {
  /// A literal implementation of algorithm 1 of Kingma and Ba 2015 in double precision.
  struct NaiveAdam {
    var weights: [Double]
    var first: [Double]
    var second: [Double]
    var update = 0

    init(_ weights: [Float]) {
      self.weights = weights.map(Double.init)
      (first, second) = (weights.map { _ in 0 }, weights.map { _ in 0 })
    }

    mutating func step(_ gradient: [Double], rate: Double, settings: Adam, decays: [Bool]) {
      update += 1
      let (beta1, beta2) = (Double(settings.beta1), Double(settings.beta2))
      for i in weights.indices {
        first[i] = beta1 * first[i] + (1 - beta1) * gradient[i]
        second[i] = beta2 * second[i] + (1 - beta2) * gradient[i] * gradient[i]
        let mean = first[i] / (1 - pow(beta1, Double(update)))
        let variance = second[i] / (1 - pow(beta2, Double(update)))
        if decays[i] { weights[i] -= rate * Double(settings.weightDecay) * weights[i] }
        weights[i] -= rate * mean / (variance.squareRoot() + Double(settings.epsilon))
      }
    }
  }

  /// The gradient of the mean loss per token, from a separate tape.
  static func gradient(_ model: Transformer, _ weights: [Double], _ batch: Batch) -> [Double] {
    let parameters = FlatBuffer(count: model.parameterCount)
    parameters.replace(at: 0, with: weights.map { Float($0) })
    let gradients = FlatBuffer(count: model.parameterCount)
    let tape = Tape(training: parameters, gradients: gradients)
    let loss = model.loss(
      source: batch.source, target: batch.target, objective: TrainingObjective(labelSmoothing: 0.1), on: tape)
    tape.backward()
    return gradients.array.map { Double($0) / Double(loss.tokens) }
  }

  @Test(arguments: [(0, 0), (0.05, 0), (0, 0.1), (0.02, 0.01)])
  func fiveUpdatesEqualTheAlgorithm(clipNorm: Double, weightDecay: Float) {
    let model = ToyTask.model()
    var options = ToyTask.options()
    var adam = Adam()
    // An epsilon as large as gradients, or else rounding decides where a gradient is almost zero.
    (adam.weightDecay, adam.epsilon) = (weightDecay, 1e-4)
    (options.clipNorm, options.optimizer) = (clipNorm, adam)
    let trainer = Trainer(model, options: options)
    var naive = NaiveAdam(trainer.parameters.array)
    // Biases and gains of norms do not decay.
    let decays = model.parameters.flatMap { item in
      [Bool](repeating: item.extents.count == 2, count: item.parameter.shape.count)
    }
    let start = trainer.parameters.array
    for update in 1...5 {
      let batch = ToyTask.batch(9, seed: UInt64(update))
      var gradient = Self.gradient(model, naive.weights, batch)
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if clipNorm > 0, norm > clipNorm { gradient = gradient.map { $0 * clipNorm / norm } }
      naive.step(gradient, rate: options.schedule.rate(update: update), settings: adam, decays: decays)
      let report = trainer.update(batch)
      #expect(abs(report.gradientNorm - norm) < 1e-4 * norm, "the norm is that before clipping")
      #expect(clipNorm == 0 || norm > clipNorm, "the case must clip")
      #expect(report.learningRate == options.schedule.rate(update: update))
    }
    let moved = naive.weights.map { Float($0) }
    let deviation = Deviation(
      zip(trainer.parameters.array, start).map { $0 - $1 }, from: zip(moved, start).map { $0 - $1 })
    #expect(deviation.ofNorm < 1e-3, "\(deviation)")
  }

  /// With bias correction, the first update is as large as the rate, however small the gradient.
  @Test func firstUpdateIsAsLongAsTheRate() {
    let count = 40
    let (weights, gradient) = (FlatBuffer(count: count), FlatBuffer(count: count))
    let (first, second) = (FlatBuffer(count: count), FlatBuffer(count: count))
    gradient.replace(at: 0, with: (0..<count).map { ($0.isMultiple(of: 2) ? 1 : -1) * Float($0 + 1) * 1e-3 })
    let numbers = AdamNumbers(
      gradientScale: 1, rate: 0.25, beta1: 0.9, beta2: 0.98, epsilon: 1e-9, correction1: 0.1,
      correction2: 0.02, weightDecay: 0)
    weights.updateByAdam(
      gradient: gradient, firstMoment: first, secondMoment: second, numbers: numbers, in: 0..<count)
    for (index, weight) in weights.array.enumerated() {
      #expect(abs(weight - (index.isMultiple(of: 2) ? -0.25 : 0.25)) < 1e-5)
    }
  }
}
