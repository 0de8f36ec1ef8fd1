/// How many files a server keeps.
public struct DocumentLimits: Sendable, Equatable {
  /// The most files that wait, are translated, or wait to be fetched.
  public var files = 1000
  /// The most bytes of all of them, before and after translation.
  public var bytes = 512 << 20
  /// How many are translated at a time; requests for texts go on beside them.
  public var running = 2
  /// How long a translated file is kept.
  public var lifetime = Duration.seconds(3600)

  /// The defaults.
  public init() {}
}
