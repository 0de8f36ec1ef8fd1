/// Parses and checks the header of a safetensors file, trusting none of its numbers.
struct SafetensorsHeader {
  typealias Entry = SafetensorsReader.Entry

  let path: String
  /// The number of bytes after the header.
  let dataSize: Int

  /// - Returns: the tensors in the order of their bytes, and the metadata.
  func parse(_ bytes: [UInt8]) throws(FileError) -> (entries: [Entry], metadata: [String: String]) {
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    for member in try members(bytes) {
      if member.key == "__metadata__" {
        metadata = try texts(member.value)
      } else {
        entries.append(try entry(member.key, member.value))
      }
    }
    // Empty tensors have the same position as their neighbor; the header's order decides between them.
    entries = entries.enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
    }.map(\.element)
    try requireNoGaps(entries)
    return (entries, metadata)
  }

  private func members(_ bytes: [UInt8]) throws(FileError) -> [JSONTree.Member] {
    let tree: JSONTree
    do {
      tree = try JSONParser.parse(bytes[...])
    } catch {
      throw headerError(path, found: "\(error.found) in the header", expected: error.expected)
    }
    guard case .object(let members) = tree else {
      throw headerError(path, found: "\(tree.words) as the header", expected: "an object")
    }
    return members
  }

  private func texts(_ tree: JSONTree) throws(FileError) -> [String: String] {
    guard case .object(let members) = tree else {
      throw wrong("__metadata__", found: tree.words, expected: "an object of strings")
    }
    var texts: [String: String] = [:]
    for member in members {
      guard case .string(let text) = member.value else {
        throw wrong("__metadata__", found: "\(member.value.words) for '\(member.key)'", expected: "a string")
      }
      texts[member.key] = text
    }
    return texts
  }

  private func entry(_ name: String, _ tree: JSONTree) throws(FileError) -> Entry {
    guard case .string(let text)? = tree["dtype"], let dtype = SafetensorsType(rawValue: text) else {
      throw wrong(
        name, found: "\(tree["dtype"]?.words ?? "nothing") as dtype",
        expected: "one of \(SafetensorsType.allCases.map(\.rawValue).sorted().joined(separator: ", "))")
    }
    let shape = try wholeNumbers(tree["shape"], "shape", of: name)
    let offsets = try wholeNumbers(tree["data_offsets"], "data_offsets", of: name)
    guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] <= dataSize else {
      throw wrong(
        name, found: "data_offsets \(offsets)",
        expected: "a start and an end within the \(dataSize) bytes of data")
    }
    guard let size = elementCount(of: shape + [dtype.size]) else {
      throw wrong(name, found: "shape \(shape)", expected: "a size that fits in 64 bits")
    }
    guard size == offsets[1] - offsets[0] else {
      throw wrong(
        name, found: "\(offsets[1] - offsets[0]) bytes",
        expected: "\(size) for shape \(shape) of \(dtype.rawValue)")
    }
    return Entry(name: name, dtype: dtype, shape: shape, range: offsets[0]..<offsets[1])
  }

  private func wholeNumbers(_ tree: JSONTree?, _ key: String, of name: String) throws(FileError) -> [Int] {
    guard case .array(let elements)? = tree else {
      throw wrong(name, found: "\(tree?.words ?? "nothing") as \(key)", expected: "a list of whole numbers")
    }
    var numbers: [Int] = []
    for element in elements {
      guard case .number(let digits) = element, let number = Int(digits), number >= 0 else {
        throw wrong(name, found: "\(element.words) in \(key)", expected: "whole numbers from 0")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Every byte must belong to exactly one tensor; otherwise the header is wrong.
  private func requireNoGaps(_ entries: [Entry]) throws(FileError) {
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        throw wrong(
          entry.name, found: "data from byte \(entry.range.lowerBound)", expected: "data from byte \(end)")
      }
      end = entry.range.upperBound
    }
    guard end == dataSize else {
      throw headerError(path, found: "\(dataSize) bytes of data", expected: "the \(end) of its tensors")
    }
  }

  private func wrong(_ tensor: String, found: String, expected: String) -> FileError {
    .invalidFormat(
      path: path, place: "tensor '\(tensor)'", found: found, expected: expected,
      hint: "the file is damaged; copy it again")
  }
}

/// The product of a shape's extents; nil if it overflows.
package func elementCount(of numbers: [Int]) -> Int? {
  // A zero makes the tensor empty, even if the product of the other extents overflows.
  guard !numbers.contains(0) else { return 0 }
  var product = 1
  for number in numbers {
    let (next, overflow) = product.multipliedReportingOverflow(by: number)
    guard !overflow else { return nil }
    product = next
  }
  return product
}
