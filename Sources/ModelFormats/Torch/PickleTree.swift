/// What a pickle describes: values that refer to each other by index, so that a value may be in many places.
///
/// A small pickle can refer to values so often that a tree of copies would fill any memory; here it cannot.
package struct PickleTree: Sendable {
  /// A value; numbers in it are indices of others.
  enum Node: Sendable {
    case none
    case bool(Bool)
    case int(Int)
    case float(Double)
    case text(String)
    case bytes([UInt8])
    /// A list, tuple or set: one of ``PickleTree/lists``.
    case list(Int)
    /// One of ``PickleTree/dictionaries``.
    case dictionary(Int)
    /// A class or function by its name, which is never called.
    case global(String)
    /// An object of a class: arguments, entries if it is a dictionary as well, and attributes.
    case object(className: String, arguments: Int, dictionary: Int, state: Int?)
    case storage(TorchStorage)
    case tensor(TorchTensor)
  }

  /// All values, in the order in which they were made.
  var nodes: [Node] = []
  /// The elements of lists and the entries of dictionaries, outside of the nodes so that they grow in place.
  var lists: [[Int]] = []
  var dictionaries: [[Pair]] = []
  /// The value of the whole pickle.
  var rootIndex = 0

  typealias Pair = (key: Int, value: Int)

  /// The elements of a list; nil for other values.
  func list(_ index: Int) -> [Int]? {
    guard case .list(let list) = nodes[index] else { return nil }
    return lists[list]
  }

  /// The value of the whole pickle.
  package var root: PickleValue { PickleValue(tree: self, index: rootIndex) }
}

/// A value of a pickle.
package struct PickleValue: Sendable {
  let tree: PickleTree
  let index: Int

  private var node: PickleTree.Node { tree.nodes[index] }

  private func value(_ index: Int) -> PickleValue { PickleValue(tree: tree, index: index) }

  /// Whether this is None.
  package var isNone: Bool { if case .none = node { true } else { false } }
  /// A truth value.
  package var bool: Bool? { if case .bool(let value) = node { value } else { nil } }
  /// A whole number.
  package var int: Int? { if case .int(let value) = node { value } else { nil } }
  /// A text.
  package var text: String? { if case .text(let value) = node { value } else { nil } }
  /// Bytes.
  package var bytes: [UInt8]? { if case .bytes(let value) = node { value } else { nil } }
  /// A tensor.
  package var tensor: TorchTensor? { if case .tensor(let value) = node { value } else { nil } }

  /// A number, whole or not.
  package var double: Double? {
    switch node {
    case .float(let value): value
    case .int(let value): Double(value)
    default: nil
    }
  }

  /// The name of a class or function, or of the class of an object: `argparse.Namespace`.
  package var className: String? {
    switch node {
    case .global(let name), .object(let name, _, _, _): name
    default: nil
    }
  }

  /// The elements of a list, tuple or set.
  package var items: [PickleValue]? {
    tree.list(index)?.map(value)
  }

  /// The entries of a dictionary, or the entries and attributes of an object, in their order; nil for other values.
  package var pairs: [(key: PickleValue, value: PickleValue)]? {
    switch node {
    case .dictionary(let dictionary):
      return tree.dictionaries[dictionary].map { (value($0.key), value($0.value)) }
    case .object(_, _, let dictionary, let state):
      var result = tree.dictionaries[dictionary].map { (key: value($0.key), value: value($0.value)) }
      if let state, case .dictionary(let attributes) = tree.nodes[state] {
        result += tree.dictionaries[attributes].map { (value($0.key), value($0.value)) }
      }
      return result
    default: return nil
    }
  }

  /// The value of an entry of a dictionary or an attribute of an object; the last if there are several, as in Python.
  package subscript(key: String) -> PickleValue? {
    let bytes = Array(key.utf8)
    return pairs?.last { $0.key.text?.utf8.elementsEqual(bytes) ?? false }?.value
  }
}
