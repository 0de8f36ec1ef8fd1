/// Header fields in the order in which they were sent; names are compared without regard to case.
public struct HTTPFields: Sendable, Equatable {
  /// A field.
  public struct Field: Sendable, Equatable {
    /// The name as it was written.
    public var name: String
    /// The value, without white space around it.
    public var value: String
  }

  /// All fields.
  public private(set) var fields: [Field] = []

  /// No fields.
  public init() {}

  /// The value of the first field with a name; setting it replaces all fields with that name.
  public subscript(name: String) -> String? {
    get { fields.first { $0.name.lowercased() == name.lowercased() }?.value }
    set {
      fields.removeAll { $0.name.lowercased() == name.lowercased() }
      if let newValue { add(name, newValue) }
    }
  }

  /// Adds a field behind the others.
  public mutating func add(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }
}
