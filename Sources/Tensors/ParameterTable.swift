/// A value for each parameter that has one, found by the parameter's offset: hashing the shape as well would cost more
/// than the lookup, which every product needs.
struct ParameterTable<Value> {
  private var byOffset: [Int: (shape: Shape, value: Value)] = [:]
  /// Of parameters that begin where another one begins: a fused matrix and its first part.
  private var others: [Parameter: Value] = [:]

  /// All values, in no particular order.
  var values: [Value] { byOffset.values.map(\.value) + others.values }

  subscript(parameter: Parameter) -> Value? {
    get {
      guard let item = byOffset[parameter.offset] else { return nil }
      return item.shape == parameter.shape ? item.value : others[parameter]
    }
    set {
      if let item = byOffset[parameter.offset], item.shape != parameter.shape {
        others[parameter] = newValue
      } else {
        byOffset[parameter.offset] = newValue.map { (parameter.shape, $0) }
      }
    }
  }
}
