public import Models

/// Learning rate, validations and when to stop.
public enum ScheduleRules {
  /// The share of the updates that a warm-up takes at most.
  static let warmup = 0.2

  /// Validations of a training that has an end.
  ///
  /// There are no more than `most` and no fewer than `least`, not more often than every so many `seconds`, and they
  /// take no more than a `share` of the time; but nobody waits more than so many `updates` for the next model.
  static let validations = (most: 20.0, least: 3.0, seconds: 30.0, share: 0.05, updates: 5000)

  /// Validations without progress after which a training that has no end of its own stops.
  static let patience = 10

  /// `--schedule`: down to nothing where it is known when training ends, else by the inverse square root.
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
      "--schedule", "linear", because: "the rate is down to 0 when \(end)", source: "Defazio et al. 2023")
  }

  /// The peak of the learning rate with Adam, by size.
  ///
  /// Source: Vaswani et al. 2017, equation 3, for `base` and `big`; measured on Multi30k for `tiny` and `small`.
  public static func peakRate(_ preset: ModelPreset) -> Double {
    switch preset {
    case .tiny: 5e-3
    case .small: 1e-3
    case .base: 7e-4
    case .big: 5e-4
    }
  }

  /// Updates of warm-up, by size.
  ///
  /// Source: Vaswani et al. 2017, section 5.3, for `base` and `big`.
  public static func warmupUpdates(_ preset: ModelPreset) -> Int {
    switch preset {
    case .tiny, .small: 2000
    case .base, .big: 4000
    }
  }

  /// `--learning-rate`: the peak that suits the size with Adam.
  public static func learningRate(_ preset: ModelPreset) -> Choice {
    Choice(
      "--learning-rate", "\(peakRate(preset))", because: "the peak for \(preset.rawValue)",
      source: preset == .tiny ? "measured on Multi30k" : "Vaswani et al. 2017, equation 3")
  }

  /// `--warmup`: what suits the size, or a fifth of all updates.
  public static func warmup(_ preset: ModelPreset, outlook: Outlook) -> Choice {
    let usual = warmupUpdates(preset)
    guard let updates = outlook.updates, updates * warmup < Double(usual) else {
      return Choice(
        "--warmup", "\(usual)", because: "what suits the size", source: "Vaswani et al. 2017, section 5.3")
    }
    return Choice(
      "--warmup", "\(min(usual, rounded(updates * warmup)))",
      because: "a fifth of \(words(updates)) updates, rounded", source: "Popel and Bojar 2018")
  }

  /// `--validate-every`.
  ///
  /// - Parameters:
  ///   - outlook: of the training.
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
        "--patience", "0", because: "the best comes last, when the rate is down",
        source: "Defazio et al. 2023")
    }
    return Choice(
      "--patience", "\(patience)", because: "validations without progress are the only end",
      source: "Popel and Bojar 2018")
  }
}
