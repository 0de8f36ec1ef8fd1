public import Training

/// How a model is scored in the middle of training.
public struct ValidationSettings: Sendable, Equatable {
  /// The user's own program.
  public struct Script: Sendable, Equatable {
    /// A line of shell.
    public let command: String
    /// After which it is stopped.
    public let timeout: Duration

    package init(command: String, timeout: Duration) { (self.command, self.timeout) = (command, timeout) }
  }

  /// The metrics; perplexity always.
  public let measured: Set<ValidationMetric>
  /// What gives the score ``ValidationMetric/script``; nil for nothing.
  public let script: Script?
  /// The validation text.
  public let files: [TextFiles]
  /// The folder of what the program is given.
  public let folder: String
  /// Threads that decode.
  public let threads: Int

  init(_ request: ValidationRequest, files: [TextFiles], model: String, threads: Int) {
    (measured, self.files, self.threads) = (request.measured, files, threads)
    folder = "\(model)/validation"
    script = request.script.map { Script(command: $0, timeout: request.scriptTimeout ?? .seconds(600)) }
  }
}
