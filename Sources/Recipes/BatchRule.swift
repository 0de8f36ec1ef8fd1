public import Models

/// How large batches are.
public enum BatchRule {
  /// Tokens of a batch (pairs × longest sentence) by target words of the text.
  ///
  /// Small texts need small batches: more updates, and noise that reduces overfitting. The learning rates of `tiny` and
  /// `small` were tuned with 4,096 tokens; 2,048 was used on Tatoeba.
  ///
  /// Source: Sennrich and Zhang 2019; Atrio and Popescu-Belis 2022, "Small Batch Sizes Improve Training
  /// of Low-Resource Neural MT".
  static let tokens: [(words: Int, tokens: Int)] = [
    (0, 1024),
    (50_000, 2048),
    (250_000, 4096),
  ]

  /// Minimum for large models, whose gradients are noisier per token.
  ///
  /// Source: Popel and Bojar 2018, "Training Tips for the Transformer Model".
  static let least: [ModelPreset: Int] = [.base: 8192, .big: 16384]

  /// Tokens that keep a thread busy; see CONTRIBUTING.md, "Beyond two cores".
  static let tokensOfThread = 512

  /// Target words above which batches grow with the threads, since there are enough updates.
  static let wordsForManyThreads = 20_000_000

  /// Tokens of a batch.
  public static func tokens(_ profile: TextProfile, preset: ModelPreset, threads: Int) -> Int {
    let words = profile.target.words
    var count = max(
      tokens.last { words >= $0.words }?.tokens ?? tokens[0].tokens, least[preset] ?? 0)
    while words >= wordsForManyThreads, count < threads * tokensOfThread { count *= 2 }
    return count
  }

  /// `--batch-tokens`.
  public static func choice(_ profile: TextProfile, preset: ModelPreset, threads: Int) -> Choice {
    let words = Recipes.words(Double(profile.target.words))
    return Choice(
      "--batch-tokens", "\(tokens(profile, preset: preset, threads: threads))",
      because: "\(preset), \(words) target words, threads: \(threads)",
      source: "Atrio and Popescu-Belis 2022; Popel and Bojar 2018")
  }
}
