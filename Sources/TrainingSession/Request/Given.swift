/// A setting that has a default and knows whether a value was given for it.
///
///     @Given public var tokens = 4096
///
/// `tokens` is the value in use, and `$tokens.isGiven` says whether it was set, even to the default. Settings whose
/// default depends on others are optionals instead.
@propertyWrapper
public struct Given<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The default, in use unless a value is given.
  public let standard: Value
  private var given: Value?

  /// A setting that was not given.
  public init(wrappedValue: Value) { standard = wrappedValue }

  /// The value in use; setting it counts as giving it.
  public var wrappedValue: Value {
    get { given ?? standard }
    set { given = newValue }
  }

  /// The setting itself.
  public var projectedValue: Self { self }

  /// Whether a value was given.
  public var isGiven: Bool { given != nil }
}
