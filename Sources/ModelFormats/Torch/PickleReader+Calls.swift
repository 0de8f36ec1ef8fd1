import Files

// What a pickle would call. Known functions are imitated; objects of known packages become their attributes; nothing runs.

extension PickleReader {
  /// Packages whose classes only hold settings.
  private static let packages: Set<Substring> = [
    "argparse", "omegaconf", "fairseq", "fairseq2", "joeynmt", "onmt", "eole", "torchtext", "sockeye", "enum",
    "typing", "datetime", "pathlib", "copyreg", "copy_reg", "numpy", "torch", "collections",
  ]

  /// Replaces a call of a function or class by its result.
  mutating func call(_ callable: Int, _ arguments: Int) throws(FileError) {
    guard case .global(let name) = tree.nodes[callable] else {
      throw error("a call of something that is no name", expected: "a class or function of PyTorch")
    }
    guard let items = tree.list(arguments) else {
      throw error("a call of '\(name)' without a list of arguments", expected: "one")
    }
    let first = items.first
    switch name {
    case "collections.OrderedDict", "collections.Counter", "builtins.dict", "__builtin__.dict":
      pushDictionary(try first.map { index throws(FileError) in try entries(index, of: name) } ?? [])
    case "collections.defaultdict": pushDictionary([])
    case "torch.Size", "builtins.set", "builtins.frozenset", "builtins.list", "builtins.tuple",
      "__builtin__.set", "__builtin__.frozenset", "__builtin__.list":
      guard let first else { return pushList([]) }
      guard tree.list(first) != nil else { throw wrongArguments(name) }
      stack.append(first)
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3":
      push(.tensor(try tensor(items, name)))
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
      "torch.nn.parameter.Parameter":
      guard let first, case .tensor = tree.nodes[first] else { throw wrongArguments(name) }
      stack.append(first)
    case "_codecs.encode", "builtins.bytearray", "__builtin__.bytearray":
      push(.bytes(try bytes(first, of: name)))
    case "copyreg._reconstructor", "copy_reg._reconstructor":
      guard let first, case .global(let className) = tree.nodes[first] else { throw wrongArguments(name) }
      try makeObject(className, arguments)
    default: try makeObject(name, arguments)
    }
  }

  private mutating func makeObject(_ name: String, _ arguments: Int) throws(FileError) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    // Functions have lower-case names, and a pickle that calls one wants it to do something.
    let isClass = parts.last?.unicodeScalars.first { $0 != "_" }.map { $0.properties.isUppercase } ?? false
    let isData = PickleReader.harmless.contains(name)
    guard isData || isClass && PickleReader.packages.contains(parts[0]) else {
      throw error(
        "a call of '\(name.prefix(200))'", expected: "only classes and functions that hold data",
        hint: "a pickle can run any program; this one was not run. Ask for the weights as safetensors")
    }
    push(
      .object(className: name, arguments: arguments, dictionary: tree.dictionaries.count, state: nil))
    tree.dictionaries.append([])
  }

  /// Functions and lower-case classes that make values that are of no interest here.
  private static let harmless: Set<String> = [
    "torch.device", "torch.serialization._get_layout", "numpy.dtype", "numpy.core.multiarray.scalar",
    "numpy.core.multiarray._reconstruct", "numpy._core.multiarray.scalar",
    "numpy._core.multiarray._reconstruct", "datetime.datetime", "datetime.timedelta",
  ]

  /// Bytes, in protocol 2 as a text with one character each.
  private func bytes(_ index: Int?, of name: String) throws(FileError) -> [UInt8] {
    switch index.map({ tree.nodes[$0] }) {
    case .text(let text): return text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    case .bytes(let bytes): return bytes
    case nil: return []
    default: throw wrongArguments(name)
    }
  }

  /// The entries of a dictionary, or of a list of pairs.
  private func entries(_ index: Int, of name: String) throws(FileError) -> [PickleTree.Pair] {
    switch tree.nodes[index] {
    case .dictionary(let dictionary): return tree.dictionaries[dictionary]
    case .list(let items):
      var pairs: [PickleTree.Pair] = []
      for item in tree.lists[items] {
        guard let both = tree.list(item), both.count == 2 else { throw wrongArguments(name) }
        pairs.append((both[0], both[1]))
      }
      return pairs
    default: throw wrongArguments(name)
    }
  }

  private func wrongArguments(_ name: String) -> FileError {
    error("a call of '\(name)' with other arguments", expected: "those of torch.save")
  }

  // MARK: Tensors

  /// The storage of a persistent id: `("storage", class, key, device, count)`.
  mutating func pushStorage(_ id: Int) throws(FileError) {
    guard let items = tree.list(id), items.count >= 3, case .text("storage") = tree.nodes[items[0]],
      case .global(let className) = tree.nodes[items[1]], case .text(let key) = tree.nodes[items[2]]
    else { throw error("a reference to something else", expected: "a storage") }
    guard let storage = storage(className, key) else {
      throw error(
        "the storage '\(key.prefix(60))' of '\(className.prefix(60))'", expected: "one that is in the archive"
      )
    }
    push(.storage(storage))
  }

  /// A tensor from storage, offset, shape, strides, and other things.
  private func tensor(_ items: [Int], _ name: String) throws(FileError) -> TorchTensor {
    guard items.count >= 4, case .storage(let storage) = tree.nodes[items[0]],
      case .int(let offset) = tree.nodes[items[1]], let shape = numbers(items[2]),
      let strides = numbers(items[3])
    else { throw wrongArguments(name) }
    var type = storage.type
    if name.hasSuffix("_v3"), items.count > 6, case .global(let dtype) = tree.nodes[items[6]] {
      type = TorchStorage.dtype(dtype)
    }
    guard let type else { throw error("a tensor of an unknown type", expected: "floats or whole numbers") }
    guard
      let tensor = TorchTensor(storage, type: type, offset: offset, shape: shape, strides: strides)
    else {
      throw error(
        "a tensor of shape \(shape.prefix(8)), strides \(strides.prefix(8)) at \(offset)",
        expected: "one within its storage of \(storage.entry.size) bytes")
    }
    return tensor
  }

  private func numbers(_ index: Int) -> [Int]? {
    guard let items = tree.list(index) else { return nil }
    var numbers: [Int] = []
    for item in items {
      guard case .int(let number) = tree.nodes[item] else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}
