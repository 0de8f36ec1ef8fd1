public import Models

/// The model size that fits a text and a budget.
public struct SizeRule: Sendable {
  /// What each size needs to be worthwhile.
  ///
  /// `words` are target words of the text. With fewer, a smaller and shallower model translates better (Araabi and
  /// Monz 2020): `tiny` is what Wu et al. 2021 found best for 29,000 pairs, `base` and `big` are for millions.
  ///
  /// `tokens` are target tokens to train on, repeats included. With fewer, a smaller model learns more. Measured:
  /// `tiny` has learned most of what it can after 15 million (Multi30k, 4,000 updates). `base` was published with
  /// 100,000 updates of 25,000 tokens (Vaswani et al. 2017, section 5); a fifth of that makes it useful. The rest is
  /// interpolated.
  static let sizes: [(preset: ModelPreset, words: Double, tokens: Double)] = [
    (.tiny, 0, 0),
    (.small, 1e6, 5e7),
    (.base, 2e7, 4e8),
    (.big, 3e8, 2e9),
  ]

  /// Target tokens below which even the smallest model is undertrained.
  static let leastTokens = 1e7

  static let source = "Wu et al. 2021; Araabi and Monz 2020; Vaswani et al. 2017"

  private let profile: TextProfile
  private let limits: TrainingLimits
  private let tokensOfEpoch: Double

  /// - Parameters:
  ///   - profile: that of the text.
  ///   - limits: those of the training.
  ///   - tokensOfEpoch: target tokens of the text, `</s>` included.
  public init(_ profile: TextProfile, _ limits: TrainingLimits, tokensOfEpoch: Double) {
    (self.profile, self.limits, self.tokensOfEpoch) = (profile, limits, tokensOfEpoch)
  }

  /// The largest size that text, memory and budget allow, and its measured speed.
  ///
  /// Sizes are tried briefly from the smallest up to the first that is too slow. A size that would be too slow even
  /// with twice the work per second of the one before is not tried: `base`, whose products are wider, was measured to
  /// do 1.5 times the work of `tiny`.
  ///
  /// - Parameters:
  ///   - work: the work of a size per target token; see ``SpeedTest/work(_:)``.
  ///   - fits: whether a size fits in memory.
  ///   - measure: the speed of a size; see ``SpeedTest``.
  /// - Returns: the size with the reason against a larger one, and its speed.
  public func choose(
    work: (ModelPreset) -> Double, fits: (ModelPreset) -> Bool, measure: (ModelPreset) -> MeasuredSpeed
  ) -> (choice: Choice, preset: ModelPreset, speed: MeasuredSpeed) {
    var preset = Self.sizes[0].preset
    var speed = measure(preset)
    var reason = "the largest size"
    for size in Self.sizes.dropFirst() {
      let greatest = 2 * speed.alone * work(preset) / work(size.preset)
      if let obstacle = obstacle(size, fits: fits, speed: greatest) {
        reason = obstacle
        break
      }
      let measured = measure(size.preset)
      if let obstacle = obstacle(size, fits: fits, speed: measured.alone) {
        reason = obstacle
        break
      }
      (preset, speed) = (size.preset, measured)
    }
    return (Choice("--preset", preset.rawValue, because: reason, source: Self.source), preset, speed)
  }

  /// The reason against a size; nil if there is none.
  private func obstacle(
    _ size: (preset: ModelPreset, words: Double, tokens: Double), fits: (ModelPreset) -> Bool, speed: Double
  ) -> String? {
    let targetWords = Double(profile.target.words)
    if targetWords < size.words {
      return "\(words(targetWords)) target words; \(size.preset) needs \(words(size.words))"
    }
    if !fits(size.preset) { return "not enough memory for \(size.preset)" }
    let update = Double(BatchRule.tokens(profile, preset: size.preset, threads: 1))
    let tokens = limits.tokens(speed: speed, ofUpdate: update, ofEpoch: tokensOfEpoch)
    guard tokens < size.tokens else { return nil }
    return "\(size.preset) would see \(words(tokens)) target tokens, and needs \(words(size.tokens))"
  }
}
