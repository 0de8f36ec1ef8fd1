import Files

/// Reads a pickle as data: a machine with a stack that builds values, and never looks up or calls anything.
///
/// Read are the instructions of protocols 2 to 5, without those for text and extensions.
///
/// Source: CPython, `Lib/pickletools.py`.
struct PickleReader {
  /// The pickle.
  let bytes: FileBytes
  /// The storage of a persistent id; nil if there is none.
  let storage: (_ className: String, _ key: String) -> TorchStorage?

  /// The greatest number of values, which take some 150 bytes each.
  ///
  /// Large checkpoints have some ten thousand.
  private static let greatestCount = 2_000_000

  var tree = PickleTree()
  var stack: [Int] = []
  private var marks: [Int] = []
  private var memo: [UInt32: Int] = [:]
  private var position = 0

  init(_ bytes: FileBytes, storage: @escaping (_ className: String, _ key: String) -> TorchStorage?) {
    (self.bytes, self.storage) = (bytes, storage)
  }

  /// Reads a pickle up to its STOP.
  ///
  /// - Parameters:
  ///   - bytes: the pickle.
  ///   - storage: the storage of a class and a key; nil if there is none.
  /// - Returns: its values.
  /// - Throws: ``FileError``, which names the byte, and the function if one is called that is not known as harmless.
  static func read(
    _ bytes: FileBytes, storage: @escaping (_ className: String, _ key: String) -> TorchStorage?
  ) throws(FileError) -> PickleTree {
    var reader = PickleReader(bytes, storage: storage)
    while try reader.step() {}
    reader.tree.rootIndex = try reader.pop()
    return reader.tree
  }

  // MARK: Stack

  func error(_ found: String, expected: String, hint: String = "copy the file again") -> FileError {
    bytes.error("data.pkl, byte \(position)", found: found, expected: expected, hint: hint)
  }

  mutating func push(_ node: PickleTree.Node) {
    stack.append(tree.nodes.count)
    tree.nodes.append(node)
  }

  mutating func pop() throws(FileError) -> Int {
    guard stack.count > marks.last ?? 0 else { throw error("an empty stack", expected: "a value on it") }
    return stack.removeLast()
  }

  func top() throws(FileError) -> Int {
    guard let last = stack.last, stack.count > marks.last ?? 0 else {
      throw error("an empty stack", expected: "a value on it")
    }
    return last
  }

  mutating func popToMark() throws(FileError) -> [Int] {
    guard let mark = marks.popLast(), mark <= stack.count else {
      throw error("no mark on the stack", expected: "one")
    }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  // MARK: Numbers and texts

  private mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) throws(FileError) -> Number {
    guard let value: Number = bytes.number(at: position) else { throw error("the end", expected: "a number") }
    position += Number.bitWidth / 8
    return value
  }

  private mutating func taken(_ count: UInt64) throws(FileError) -> [UInt8] {
    guard count <= UInt64(bytes.count - position), let part = bytes.part(from: position, count: Int(count))
    else {
      throw error("\(count) bytes announced", expected: "at most the \(bytes.count - position) that follow")
    }
    position += Int(count)
    return part.array
  }

  private mutating func text(_ count: UInt64) throws(FileError) -> String {
    String(decoding: try taken(count), as: UTF8.self)
  }

  private mutating func line() throws(FileError) -> String {
    let start = position
    while position < bytes.count, bytes[position] != 0x0a { position += 1 }
    guard position < bytes.count, position - start < 1000 else {
      throw error("a long name", expected: "a line of at most 1000 bytes")
    }
    position += 1
    return String(decoding: bytes.part(from: start, count: position - 1 - start)?.array ?? [], as: UTF8.self)
  }

  /// A whole number of any length; as bytes if it does not fit.
  private mutating func long(_ count: UInt64) throws(FileError) -> PickleTree.Node {
    let digits = try taken(count)
    guard digits.count <= 8 else { return .bytes(digits) }
    let start: Int = (digits.last ?? 0) >= 0x80 ? -1 : 0
    return .int(digits.reversed().reduce(start) { $0 << 8 | Int($1) })
  }

  // MARK: Instructions

  /// Executes an instruction; false after the last.
  private mutating func step() throws(FileError) -> Bool {
    guard max(tree.nodes.count, memo.count, stack.count) < PickleReader.greatestCount else {
      throw error("\(PickleReader.greatestCount) values", expected: "fewer", hint: "save only the weights")
    }
    let code = try number(UInt8.self)
    switch code {
    case 0x80:
      let version = try number(UInt8.self)
      guard 2...5 ~= version else { throw error("protocol \(version)", expected: "2 to 5") }
    case 0x95: _ = try number(UInt64.self)
    case UInt8(ascii: "."): return false
    case UInt8(ascii: "("): marks.append(stack.count)
    case UInt8(ascii: "0"): _ = try pop()
    case UInt8(ascii: "1"): _ = try popToMark()
    case UInt8(ascii: "2"): stack.append(try top())
    case UInt8(ascii: "q"): memo[UInt32(try number(UInt8.self))] = try top()
    case UInt8(ascii: "r"): memo[try number(UInt32.self)] = try top()
    case 0x94: memo[UInt32(truncatingIfNeeded: memo.count)] = try top()
    case UInt8(ascii: "h"): try recall(UInt32(number(UInt8.self)))
    case UInt8(ascii: "j"): try recall(number(UInt32.self))
    case UInt8(ascii: "c"):
      let module = try line()
      push(.global("\(module).\(try line())"))
    case 0x93:
      let (name, module) = (try pop(), try pop())
      guard case .text(let name) = tree.nodes[name], case .text(let module) = tree.nodes[module] else {
        throw error("no names", expected: "a module and a name")
      }
      push(.global("\(module).\(name)"))
    case UInt8(ascii: "R"), 0x81:
      let (arguments, callable) = (try pop(), try pop())
      try call(callable, arguments)
    case 0x92:
      _ = try pop()
      let (arguments, callable) = (try pop(), try pop())
      try call(callable, arguments)
    case UInt8(ascii: "Q"): try pushStorage(try pop())
    case UInt8(ascii: "b"): try build()
    default:
      let isKnown = if try pushScalar(code) { true } else { try changeContainer(code) }
      guard isKnown else {
        throw error("the instruction 0x\(String(code, radix: 16))", expected: "those that torch.save writes")
      }
    }
    return true
  }

  private mutating func recall(_ key: UInt32) throws(FileError) {
    guard let index = memo[key] else { throw error("no value \(key)", expected: "one that was kept before") }
    stack.append(index)
  }

  private mutating func pushScalar(_ code: UInt8) throws(FileError) -> Bool {
    switch code {
    case UInt8(ascii: "N"): push(.none)
    case 0x88: push(.bool(true))
    case 0x89: push(.bool(false))
    case UInt8(ascii: "J"): push(.int(Int(try number(Int32.self))))
    case UInt8(ascii: "K"): push(.int(Int(try number(UInt8.self))))
    case UInt8(ascii: "M"): push(.int(Int(try number(UInt16.self))))
    case 0x8a: push(try long(UInt64(number(UInt8.self))))
    case 0x8b: push(try long(UInt64(number(UInt32.self))))
    case UInt8(ascii: "G"): push(.float(Double(bitPattern: try number(UInt64.self).byteSwapped)))
    case UInt8(ascii: "X"): push(.text(try text(UInt64(number(UInt32.self)))))
    case 0x8c, UInt8(ascii: "U"): push(.text(try text(UInt64(number(UInt8.self)))))
    case UInt8(ascii: "T"): push(.text(try text(UInt64(number(UInt32.self)))))
    case 0x8d: push(.text(try text(number(UInt64.self))))
    case UInt8(ascii: "B"): push(.bytes(try taken(UInt64(number(UInt32.self)))))
    case UInt8(ascii: "C"): push(.bytes(try taken(UInt64(number(UInt8.self)))))
    case 0x8e, 0x96: push(.bytes(try taken(number(UInt64.self))))
    default: return false
    }
    return true
  }
}
