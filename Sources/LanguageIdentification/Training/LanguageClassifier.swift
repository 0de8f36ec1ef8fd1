import Glibc

/// Multinomial logistic regression over groups of letters, trained by AdaGrad.
///
/// Source: Duchi, Hazan & Singer 2011, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization".
package struct LanguageClassifier: Sendable {
  /// How many languages there are.
  package let languages: Int
  /// Rows of weights, in vectors; columns beyond the languages stay 0.
  package var weights: [SIMD8<Float>]
  /// Sums of squared derivatives.
  private var squares: [SIMD8<Float>]
  private let vectors: Int
  private var sums: [SIMD8<Float>]

  /// A classifier to which all languages are equally probable.
  package init(languages: Int, rows: Int) {
    self.languages = languages
    vectors = (languages + 7) / 8
    weights = Array(repeating: .zero, count: rows * vectors)
    // The first steps are no longer than the rate.
    squares = Array(repeating: SIMD8(repeating: 1e-8), count: rows * vectors)
    sums = Array(repeating: .zero, count: vectors)
  }

  /// The weight of a row for a language.
  package subscript(row: Int, language: Int) -> Float {
    get { weights[row * vectors + language / 8][language % 8] }
    set { weights[row * vectors + language / 8][language % 8] = newValue }
  }

  /// The cross-entropy of an example, after which `errors` has its derivatives by the languages' scores.
  package mutating func loss(_ example: LanguageExample) -> Float {
    for vector in 0..<vectors { sums[vector] = .zero }
    for (row, value) in zip(example.rows, example.values) {
      for vector in 0..<vectors { sums[vector] += value * weights[Int(row) * vectors + vector] }
    }
    var greatest = -Float.infinity
    for language in 0..<languages { greatest = max(greatest, sums[language / 8][language % 8]) }
    var sum: Float = 0
    let score = sums[example.label / 8][example.label % 8]
    for vector in 0..<vectors {
      for column in 0..<8 {
        let isLanguage = 8 * vector + column < languages
        let part = isLanguage ? exp(sums[vector][column] - greatest) : 0
        sums[vector][column] = part
        sum += part
      }
    }
    for vector in 0..<vectors { sums[vector] /= sum }
    sums[example.label / 8][example.label % 8] -= 1
    return log(sum) + greatest - score
  }

  /// The derivative of the last example's loss by a language's score.
  package func error(_ language: Int) -> Float { sums[language / 8][language % 8] }

  /// Learns from an example.
  ///
  /// - Parameters:
  ///   - example: a text with its language.
  ///   - importance: what its loss is multiplied by.
  ///   - rate: of learning.
  /// - Returns: the loss before.
  package mutating func learn(_ example: LanguageExample, importance: Float, rate: Float) -> Float {
    let loss = loss(example)
    for (row, value) in zip(example.rows, example.values) {
      for vector in 0..<vectors {
        let place = Int(row) * vectors + vector
        let derivative = (importance * value) * sums[vector]
        squares[place] += derivative * derivative
        weights[place] -= rate * derivative / squares[place].squareRoot()
      }
    }
    return loss
  }

  /// Weights in 8 bits, with a scale for each language.
  package func rounded(rows: Int) -> (weights: [Int8], scales: [Float]) {
    let scales = (0..<languages).map { language in
      (0..<rows).reduce(Float(0)) { max($0, abs(self[$1, language])) } / 127
    }
    let weights = (0..<rows).flatMap { row in
      (0..<languages).map { language in
        scales[language] > 0 ? Int8((self[row, language] / scales[language]).rounded()) : 0
      }
    }
    return (weights, scales)
  }
}
