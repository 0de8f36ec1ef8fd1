public import Training

/// How a model is scored during training.
public struct ValidationSettings: Sendable, Equatable {
  /// The user's scoring program.
  public struct Script: Sendable, Equatable {
    /// A shell command.
    public let command: String
    /// Its time limit.
    public let timeout: Duration

    package init(command: String, timeout: Duration) { (self.command, self.timeout) = (command, timeout) }
  }

  /// The metrics to compute, which always include perplexity.
  public let measured: Set<ValidationMetric>
  /// The program that gives the score ``ValidationMetric/script``; nil for none.
  public let script: Script?
  /// The validation text.
  public let files: [TextFiles]
  /// The folder for the program's input files.
  public let folder: String
  /// Whether sentences are translated to be looked at, even if no metric needs translations.
  public let showsSamples: Bool
  /// Number of decoding threads.
  public let threads: Int

  init(
    _ request: ValidationRequest, files: [TextFiles], model: String, threads: Int, showsSamples: Bool = false
  ) {
    self.showsSamples = showsSamples
    (measured, self.files, self.threads) = (request.measured, files, threads)
    folder = "\(model)/validation"
    script = request.script.map { Script(command: $0, timeout: request.scriptTimeout ?? .seconds(600)) }
  }
}
