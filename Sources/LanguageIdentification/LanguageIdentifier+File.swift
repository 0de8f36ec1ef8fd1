import CLanguageModel
public import Files

// The file, in little-endian numbers: the magic; the number of groups; for each group, lists of scripts, languages (strings
// with a byte for their length), fingerprints (ascending), scales (Float) and weights (Int8, a row for each fingerprint);
// the lower half of the checksum of everything before it.

extension LanguageIdentifier {
  /// The identifier whose weights are part of the program.
  public static let builtIn: LanguageIdentifier = {
    let bytes = unsafe Array(
      UnsafeBufferPointer(start: language_model_bytes(), count: Int(language_model_size())))
    do {
      return try LanguageIdentifier(bytes, path: "languages.bin")
    } catch {
      preconditionFailure("LanguageIdentifier: \(error)")
    }
  }()

  /// The first bytes of a file; the last one is the version of the format.
  package static let magic: [UInt8] = Array("langid".utf8) + [0, 1]

  /// Reads an identifier that `train-language-identifier` wrote.
  ///
  /// - Parameter path: the file.
  /// - Throws: ``FileError`` if it cannot be read or is damaged.
  public init(path: String) throws(FileError) { try self.init(readFile(path: path), path: path) }

  /// Reads an identifier from the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - path: its name, for messages.
  /// - Throws: ``FileError`` if it is damaged.
  package init(_ bytes: [UInt8], path: String) throws(FileError) {
    var reader = ModelBytes(bytes, path: path)
    let found = try reader.bytes(Self.magic.count, "magic")
    guard found.dropLast().elementsEqual(Self.magic.dropLast()) else {
      throw reader.error("other first bytes", "those of a language identifier")
    }
    guard found.last == Self.magic.last else {
      throw reader.error(
        "version \(found.last ?? 0)", "version \(Self.magic.last ?? 0)", hint: "train the identifier again")
    }
    guard bytes.count > 4, ModelBytes.checksum(bytes.dropLast(4)) == ModelBytes.number(bytes.suffix(4)) else {
      throw reader.error("another checksum", "that of the contents", hint: "copy the file again")
    }
    var groups: [ScriptGroup] = []
    for _ in 0..<(try reader.count("groups", 1...100)) { groups.append(try reader.group()) }
    guard reader.isAtEnd else { throw reader.error("more bytes", "the end of the file") }
    let (scripts, languages) = (groups.flatMap(\.scripts), groups.flatMap(\.languages))
    guard Set(scripts).count == scripts.count, Set(languages).count == languages.count else {
      throw reader.error("a language or script twice", "each once")
    }
    self.init(groups: groups)
  }

  /// The bytes of a file with this identifier.
  package var fileContents: [UInt8] {
    var bytes = Self.magic
    func append(_ number: UInt32) { for byte in 0..<4 { bytes.append(UInt8(number >> (8 * byte) & 255)) } }
    func append(_ strings: [String]) {
      append(UInt32(strings.count))
      for string in strings { bytes += [UInt8(string.utf8.count)] + string.utf8 }
    }
    append(UInt32(groups.count))
    for group in groups {
      append(group.scripts)
      append(group.languages)
      append(UInt32(group.fingerprints.count))
      group.fingerprints.forEach(append)
      group.scales.forEach { append($0.bitPattern) }
      bytes += group.plainWeights.map { UInt8(bitPattern: $0) }
    }
    append(ModelBytes.checksum(bytes[...]))
    return bytes
  }
}

/// The bytes of a file, read from the beginning.
private struct ModelBytes {
  private let all: [UInt8]
  private let path: String
  private var place = 0

  init(_ bytes: [UInt8], path: String) { (all, self.path) = (bytes, path) }

  /// Whether only the checksum is left.
  var isAtEnd: Bool { place == all.count - 4 }

  func error(_ found: String, _ expected: String, hint: String = "the file is damaged or cut off")
    -> FileError
  {
    .invalidFormat(path: path, place: "byte \(place)", found: found, expected: expected, hint: hint)
  }

  mutating func bytes(_ count: Int, _ what: String) throws(FileError) -> ArraySlice<UInt8> {
    guard count <= all.count - place else { throw error("the end of the file", "\(count) bytes of \(what)") }
    defer { place += count }
    return all[place..<place + count]
  }

  mutating func number(_ what: String) throws(FileError) -> UInt32 { Self.number(try bytes(4, what)) }

  mutating func count(_ what: String, _ range: ClosedRange<Int>) throws(FileError) -> Int {
    let found = Int(try number(what))
    guard range ~= found else {
      throw error("\(found) \(what)", "\(range.lowerBound) to \(range.upperBound)")
    }
    return found
  }

  private mutating func strings(_ what: String, _ range: ClosedRange<Int>) throws(FileError) -> [String] {
    var strings: [String] = []
    for _ in 0..<(try count(what, range)) {
      let length = Int(try bytes(1, what).first ?? 0)
      let text = Array(try bytes(length, what))
      guard length > 0, text.allSatisfy({ 0x21...0x7E ~= $0 }) else {
        throw error("no code", "a code of \(what)")
      }
      strings.append(String(decoding: text, as: UTF8.self))
    }
    return strings
  }

  mutating func group() throws(FileError) -> ScriptGroup {
    let scripts = try strings("scripts", 1...100)
    let languages = try strings("languages", 1...1000)
    let count = try count("groups of letters", 0...1 << 24)
    let fingerprints = Self.numbers(try bytes(4 * count, "fingerprints"))
    guard zip(fingerprints, fingerprints.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw error("fingerprints in another order", "ascending ones")
    }
    let scales = Self.numbers(try bytes(4 * languages.count, "scales")).map { Float(bitPattern: $0) }
    guard scales.allSatisfy({ $0.isFinite && $0 >= 0 && $0 < 1e6 }) else {
      throw error("a scale that is no size", "numbers from 0 to 1000000")
    }
    let weights = try bytes(count * languages.count, "weights").map { Int8(bitPattern: $0) }
    return ScriptGroup(
      scripts: scripts, languages: languages, fingerprints: fingerprints, scales: scales, weights: weights)
  }

  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [UInt32] {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { number(bytes[$0..<$0 + 4]) }
  }

  static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum = Checksum()
    unsafe sum.add(Array(bytes).span.bytes)
    return UInt32(truncatingIfNeeded: sum.value)
  }
}
