/// Lays out a model's parameters in one flat buffer and names them by the scopes they are declared in.
public struct ParameterBuilder: Sendable {
  /// What has been declared so far, in order of declaration.
  public private(set) var parameters: [NamedParameter] = []
  /// The number of floats in all parameters.
  public private(set) var count = 0
  private var path: [String] = []

  /// A builder with nothing declared.
  public init() {}

  /// Prefixes the names of all parameters that `body` declares with `name`.
  public mutating func scope<Result>(_ name: String, _ body: (inout ParameterBuilder) -> Result) -> Result {
    path.append(name)
    defer { path.removeLast() }
    return body(&self)
  }

  /// Declares a vector.
  public mutating func vector(_ name: String, _ size: Int, _ initializer: Initializer) -> Parameter {
    declare(name, extents: [size], shape: [size], initializer)
  }

  /// Declares a matrix, shape `[rows, columns]`.
  public mutating func matrix(_ name: String, _ rows: Int, _ columns: Int, _ initializer: Initializer)
    -> Parameter
  {
    declare(name, extents: [rows, columns], shape: [rows, columns], initializer)
  }

  /// One handle for parameters that were declared one after another and have the same number of columns, so that three
  /// projections of the same input become one product.
  ///
  /// - Precondition: they are adjacent in the buffer.
  public func stacked(_ parts: [Parameter], isVector: Bool = false) -> Parameter {
    for (part, next) in zip(parts, parts.dropFirst()) {
      precondition(part.offset + part.shape.count == next.offset, "stacked: parts are not adjacent")
      precondition(part.shape.columns == next.shape.columns || isVector, "stacked: columns differ")
    }
    let rows = parts.reduce(0) { $0 + $1.shape.rows }
    let columns = isVector ? parts.reduce(0) { $0 + $1.shape.columns } : parts[0].shape.columns
    return Parameter(offset: parts[0].offset, shape: isVector ? [columns] : [rows, columns])
  }

  private mutating func declare(_ name: String, extents: [Int], shape: Shape, _ initializer: Initializer)
    -> Parameter
  {
    let parameter = Parameter(offset: count, shape: shape)
    let full = (path + [name]).joined(separator: ".")
    parameters.append(
      NamedParameter(name: full, extents: extents, parameter: parameter, initializer: initializer))
    count += shape.count
    return parameter
  }
}
