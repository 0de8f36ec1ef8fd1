import Tensors

extension FlatBuffer {
  /// A buffer with these values.
  convenience init(_ values: [Float]) {
    self.init(count: values.count)
    replace(at: 0, with: values)
  }
}
