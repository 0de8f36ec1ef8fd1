import Glibc

/// The number by which scores must be divided so that probabilities are right on examples that were not learned from.
///
/// Source: Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2.
///
/// - Parameters:
///   - classifier: a trained one.
///   - examples: texts with their languages; 1 is the result if there are none.
/// - Returns: that of a grid from 0.25 to 8 with the least cross-entropy.
package func bestTemperature(_ classifier: LanguageClassifier, _ examples: [LanguageExample]) -> Float {
  guard !examples.isEmpty else { return 1 }
  let temperatures = (-20...30).map { exponent(2, Float($0) / 10) }
  var classifier = classifier
  let losses = temperatures.map { temperature in
    examples.reduce(0.0) { sum, example in
      var example = example
      for place in example.values.indices { example.values[place] /= temperature }
      return sum + Double(classifier.loss(example))
    }
  }
  let best = losses.indices.min { losses[$0] < losses[$1] } ?? 0
  return temperatures[best]
}

/// A power of a number.
func exponent(_ base: Float, _ power: Float) -> Float { powf(base, power) }
