public import Models

/// Rules for the learning rate, validations and stopping.
public enum ScheduleRules {
  /// The largest share of the updates for the warm-up.
  static let warmup = 0.2

  /// Number of validations in a training with a known end.
  ///
  /// At most `most` and at least `least`, not more often than every `seconds`, with no more than a `share` of the time;
  /// but at least every `updates`.
  static let validations = (most: 20.0, least: 3.0, seconds: 30.0, share: 0.05, updates: 5000)

  /// Validations without progress after which a training without other limits stops.
  static let patience = 10

  /// `--schedule`: linear to 0 if the end of training is known, otherwise the inverse square root.
  ///
  /// Source: Defazio et al. 2023, "Optimal Linear Decay Learning Rate Schedules and Further Refinements";
  /// Vaswani et al. 2017, equation 3.
  public static func schedule(_ limits: TrainingLimits) -> Choice {
    if limits.seconds == nil, limits.updates == nil {
      return Choice(
        "--schedule", "inverse-sqrt", because: "neither time nor updates are limited",
        source: "Vaswani et al. 2017")
    }
    let end = limits.updates == nil ? "the time is up" : "all updates are done"
    return Choice(
      "--schedule", "linear", because: "the rate reaches 0 when \(end)", source: "Defazio et al. 2023")
  }

  /// The peak learning rate with Adam, by size.
  ///
  /// Source: Vaswani et al. 2017, equation 3, for `base` and `big`; measured on Multi30k for `tiny` and `small`; `student` has
  /// the width of `small`.
  public static func peakRate(_ preset: ModelPreset) -> Double {
    switch preset {
    case .tiny: 5e-3
    case .small, .student: 1e-3
    case .base: 7e-4
    case .big: 5e-4
    }
  }

  /// Number of warm-up updates, by size.
  ///
  /// Source: Vaswani et al. 2017, section 5.3, for `base` and `big`.
  public static func warmupUpdates(_ preset: ModelPreset) -> Int {
    switch preset {
    case .tiny, .small, .student: 2000
    case .base, .big: 4000
    }
  }

  /// `--learning-rate`: the peak for the size, with Adam.
  public static func learningRate(_ preset: ModelPreset) -> Choice {
    Choice(
      "--learning-rate", "\(peakRate(preset))", because: "the peak for \(preset.rawValue)",
      source: [.tiny, .small, .student].contains(preset)
        ? "measured on Multi30k" : "Vaswani et al. 2017, equation 3"
    )
  }

  /// `--warmup`: as many updates as usual for the size, but at most a fifth of all.
  public static func warmup(_ preset: ModelPreset, outlook: Outlook) -> Choice {
    let usual = warmupUpdates(preset)
    let isPaper = preset == .base || preset == .big
    guard let updates = outlook.updates, updates * warmup < Double(usual) else {
      return Choice(
        "--warmup", "\(usual)", because: "usual for the size",
        source: isPaper ? "Vaswani et al. 2017, section 5.3" : "practice")
    }
    return Choice(
      "--warmup", "\(min(usual, rounded(updates * warmup)))",
      because: "a fifth of \(words(updates)) updates, rounded", source: "Popel and Bojar 2018")
  }

  /// `--validate-every`.
  ///
  /// - Parameters:
  ///   - outlook: that of the training.
  ///   - validationTokens: target tokens of the validation text.
  /// - Returns: a number of updates.
  public static func validateEvery(_ outlook: Outlook, validationTokens: Double) -> Choice {
    guard let updates = outlook.updates else {
      let half = outlook.tokensOfEpoch / outlook.tokensOfUpdate / 2
      return Choice(
        "--validate-every", "\(rounded(min(max(half, 500), Double(validations.updates))))",
        because: "half an epoch, at least 500",
        source: "practice")
    }
    var count = validations.most
    if let speed = outlook.speed {
      let seconds = outlook.tokens / speed
      count = min(
        count, seconds / validations.seconds, seconds * validations.share * speed / max(validationTokens, 1))
    }
    let interval = min(rounded(updates / max(count, validations.least)), validations.updates)
    return Choice(
      "--validate-every", "\(interval)",
      because: "about \(words(max(1, updates / Double(interval)))) validations", source: "practice")
  }

  /// `--patience`.
  public static func patience(_ schedule: String) -> Choice {
    if schedule == "linear" || schedule == "cosine" {
      return Choice(
        "--patience", "0", because: "the best model comes last, at the lowest rate",
        source: "Defazio et al. 2023")
    }
    return Choice(
      "--patience", "\(patience)", because: "nothing else ends the training",
      source: "Popel and Bojar 2018")
  }
}
