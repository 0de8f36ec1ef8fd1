import Files

// Lists, dictionaries, and attributes of objects.

extension PickleReader {
  /// Executes an instruction that makes or fills a container; false if it is another one.
  mutating func changeContainer(_ code: UInt8) throws(FileError) -> Bool {
    switch code {
    case UInt8(ascii: "]"), UInt8(ascii: ")"), 0x8f: pushList([])
    case UInt8(ascii: "}"): pushDictionary([])
    case UInt8(ascii: "l"), UInt8(ascii: "t"), 0x91: pushList(try popToMark())
    case UInt8(ascii: "d"): pushDictionary(try pairs(popToMark()))
    case 0x85...0x87:
      var items: [Int] = []
      for _ in 0..<code - 0x84 { items.insert(try pop(), at: 0) }
      pushList(items)
    case UInt8(ascii: "a"): try append([pop()])
    case UInt8(ascii: "e"), 0x90: try append(popToMark())
    case UInt8(ascii: "s"):
      let (value, key) = (try pop(), try pop())
      try set([(key, value)])
    case UInt8(ascii: "u"): try set(pairs(popToMark()))
    default: return false
    }
    return true
  }

  func pairs(_ items: [Int]) throws(FileError) -> [PickleTree.Pair] {
    guard items.count % 2 == 0 else { throw error("a key without a value", expected: "pairs") }
    return stride(from: 0, to: items.count, by: 2).map { (items[$0], items[$0 + 1]) }
  }

  mutating func pushList(_ items: [Int]) {
    push(.list(tree.lists.count))
    tree.lists.append(items)
  }

  mutating func pushDictionary(_ pairs: [PickleTree.Pair]) {
    push(.dictionary(tree.dictionaries.count))
    tree.dictionaries.append(pairs)
  }

  private mutating func append(_ items: [Int]) throws(FileError) {
    guard case .list(let list) = tree.nodes[try top()] else {
      throw error("no list", expected: "one to add to")
    }
    tree.lists[list] += items
  }

  private mutating func set(_ pairs: [PickleTree.Pair]) throws(FileError) {
    switch tree.nodes[try top()] {
    case .dictionary(let dictionary), .object(_, _, let dictionary, _):
      tree.dictionaries[dictionary] += pairs
    default: throw error("no dictionary", expected: "one to add to")
    }
  }

  /// Gives an object its attributes.
  ///
  /// Those of dictionaries, such as versions of modules, are left out.
  mutating func build() throws(FileError) {
    var state = try pop()
    // Attributes, and slots.
    if let both = tree.list(state), both.count == 2 { state = both[0] }
    let index = try top()
    switch tree.nodes[index] {
    case .dictionary: break
    case .object(let name, let arguments, let dictionary, _):
      tree.nodes[index] = .object(className: name, arguments: arguments, dictionary: dictionary, state: state)
    default: throw error("attributes of no object", expected: "an object")
    }
  }
}
