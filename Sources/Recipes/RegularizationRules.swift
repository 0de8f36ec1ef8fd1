import Formatting

/// Regularization against overfitting: stronger, the fewer words there are per parameter and the more often they are
/// seen.
public enum RegularizationRules {
  /// Dropout by target words per parameter.
  ///
  /// The table follows published settings, as words per parameter and rate: `tiny` with 29,000 pairs 0.16 and 0.3 (Wu
  /// et al. 2021), IWSLT with 160,000 pairs 0.2 and 0.3 (Araabi and Monz 2020), WMT English-German 1.7 and 0.1 for
  /// base, 0.5 and 0.3 for big, English-French 4 and 0.1 for big (Vaswani et al. 2017, table 3 and section 6.1).
  static let dropout: [(wordsOfParameter: Double, rate: Double)] = [(0, 0.3), (0.7, 0.2), (1.4, 0.1)]

  /// Number of epochs below which a model does not overfit.
  ///
  /// Source: Komatsuzaki 2019, "One Epoch Is All You Need".
  static let fewEpochs = 3.0

  /// Rate of BPE-dropout by target words, if the text is seen for at least `epochs`.
  ///
  /// It helps most with little text (Provilkov et al. 2020), but slows learning, so it does not pay in a short
  /// training. Used on Tatoeba with 126,000 words and a hundred epochs. On Multi30k, with 366,000 words, `tiny` with it
  /// was three BLEU behind `tiny` without it after 40 epochs, so R-Drop is used there.
  static let bpeDropout: [(words: Range<Double>, epochs: Double, rate: Double)] = [
    (0..<250_000, 40, 0.1), (1_000_000..<10_000_000, 150, 0.1),
  ]

  /// Weight of R-Drop for models of at least `size`, by target words, if the text is seen for at least `epochs`.
  ///
  /// It doubles the work, and pays if training continues until nothing improves. On Multi30k, with 366,000 words,
  /// `tiny` gains one BLEU from a weight of 2 in 100 epochs of two passes (tools/recipes/README.md); the paper's models
  /// had a d_model of 512 and a weight of 5.
  ///
  /// Source: Liang et al. 2021, "R-Drop: Regularized Dropout for Neural Networks".
  static let rDrop: [(size: Int, words: Range<Double>, epochs: Double, weight: Double)] = [
    (256, 0..<10_000_000, 200, 5), (128, 250_000..<1_000_000, 200, 2),
  ]

  /// ε of label smoothing, for every text.
  ///
  /// Source: Szegedy et al. 2016; Vaswani et al. 2017, section 5.4.
  static let labelSmoothing = 0.1

  /// `--dropout`.
  public static func dropout(_ profile: TextProfile, parameters: Int, outlook: Outlook) -> Choice {
    let ratio = Double(profile.target.words) / Double(max(parameters, 1))
    let source = "Wu et al. 2021; Araabi and Monz 2020; Vaswani et al. 2017"
    if outlook.epochs < fewEpochs {
      return Choice(
        "--dropout", "0.1", because: "each pair is seen fewer than \(Int(fewEpochs)) times",
        source: "Komatsuzaki 2019")
    }
    let rate = dropout.last { ratio >= $0.wordsOfParameter }?.rate ?? dropout[0].rate
    return Choice(
      "--dropout", "\(rate)",
      because:
        "\(Readable.decimal(ratio, 2)) target words per parameter, with \(words(Double(parameters))) parameters",
      source: source)
  }

  /// `--label-smoothing`.
  public static var smoothing: Choice {
    Choice(
      "--label-smoothing", "\(labelSmoothing)", because: "for every text",
      source: "Vaswani et al. 2017, section 5.4")
  }

  /// `--bpe-dropout`.
  public static func bpeDropout(_ profile: TextProfile, outlook: Outlook) -> Choice {
    let count = Double(profile.target.words)
    let row = bpeDropout.first { $0.words.contains(count) && outlook.epochs >= $0.epochs }
    return Choice(
      "--bpe-dropout", row.map { "\($0.rate)" } ?? "0", because: repeats(count, outlook),
      source: "Provilkov et al. 2020")
  }

  /// `--r-drop`.
  ///
  /// - Parameters:
  ///   - profile: that of the text.
  ///   - size: the model's d_model.
  ///   - dropout: its rate, which must be above 0.
  ///   - outlook: that of a training without R-Drop.
  /// - Returns: the choice; 0 disables it.
  public static func rDrop(_ profile: TextProfile, size: Int, dropout: Double, outlook: Outlook) -> Choice {
    let count = Double(profile.target.words)
    let row = rDrop.first {
      size >= $0.size && $0.words.contains(count) && outlook.epochs >= $0.epochs
    }
    return Choice(
      "--r-drop", dropout > 0 ? Readable.decimal(row?.weight ?? 0, 0) : "0",
      because: "\(repeats(count, outlook)), d_model \(size)",
      source: "Liang et al. 2021; measured on Multi30k")
  }

  private static func repeats(_ count: Double, _ outlook: Outlook) -> String {
    let times = outlook.epochs.isFinite ? "\(words(outlook.epochs)) times" : "until nothing improves"
    return "\(words(count)) target words, seen \(times)"
  }
}
