import CorpusFormats
import Files
import RandomNumbers
import Testing

/// Random changes of good files: an error or units, and never a crash.
///
/// A file that can be read stays as it is if nothing
/// is translated, and can be read again after it was filled.
@Suite struct MutationTests {
  static let files: [(name: String, contents: [UInt8])] = [
    ("a.po", Array(POTests.catalog.utf8)),
    ("a.mo", MOTests.catalog([("", MOTests.header), ("a\0as", "x\0y\0z"), ("c\u{4}b", "ż")])),
    ("a.tmx", Array(TMXTests.memory.utf8)),
    ("b.tmx", TMXTests.memory.replacing("UTF-8", with: "UTF-16").utf16()),
    ("a.xlf", Array(XLIFFTests.first.utf8)), ("b.xlf", Array(XLIFFTests.second.utf8)),
    ("c.xlf", Array(XLIFFTests.studio.utf8)), ("a.ts", Array(QtTests.file.utf8)),
    ("strings.xml", Array(AndroidTests.file.utf8)), ("a.strings", Array(StringsTests.file.utf8)),
    ("b.strings", StringsTests.file.utf16()), ("a.xcstrings", Array(StringCatalogTests.file.utf8)),
    ("a.tsv", Array("a\tb\nc\t\nd\n".utf8)),
    ("a.tbx", Array(GlossaryTests.second.utf8)), ("b.tbx", Array(GlossaryTests.third.utf8)),
  ]

  @Test(arguments: files.indices) func mutatedFiles(index: Int) {
    let (name, contents) = Self.files[index]
    var random = SplitMix64(state: UInt64(index))
    var (read, refused) = (0, 0)
    for _ in 0..<1500 {
      if survives(random.mutated(contents), name) { read += 1 } else { refused += 1 }
    }
    // Most changes of text leave a file that can be read, most of XML's tags do not.
    #expect(read > 0 && refused > 0, "\(name): \(read) read, \(refused) refused")
  }
}

/// Reads and fills a file.
///
/// - Returns: whether it could be read.
func survives(_ contents: [UInt8], _ name: String) -> Bool {
  let format = MutationTests.format(of: name)
  do {
    _ = try units(contents, name, format: format, from: "en", to: "de")
    guard format != .mo, format != .tbx else { return true }
    let options = FillOptions(to: "de")
    let document = try DocumentTranslation(contents: contents, path: name, format: format, options: options)
    let result = try document.filled { $0.map { $0.uppercased() } }
    if result.filledCount == 0 { #expect(result.contents == contents, "\(name) changed") }
    _ = try units(result.contents, name, format: format, to: "de")
    return true
  } catch {
    return !(error is FileError)
  }
}

extension MutationTests {
  static func format(of name: String) -> CorpusFormat? {
    switch name.split(separator: ".").last {
    case "po": .po
    case "mo": .mo
    case "tmx": .tmx
    case "xlf": .xliff
    case "ts": .qt
    case "xml": .android
    case "strings": .strings
    case "tsv": .tsv
    case "xcstrings": .xcstrings
    default: .tbx
    }
  }
}

extension SplitMix64 {
  /// Changes, removes, doubles, adds or cuts off a few bytes.
  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &self) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &self)
      let end = min(bytes.count, index + Int.random(in: 1...40, using: &self))
      switch Int.random(in: 0..<12, using: &self) {
      case 0: bytes[index] = .random(in: 0...255, using: &self)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(.random(in: 0...255, using: &self), at: index)
      case 4: bytes.removeSubrange(index..<end)
      case 5: bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: bytes.indices, using: &self))
      case 6: bytes.removeSubrange(index...)
      default: bytes[index] = Array("<>&\"'/\\\n\t=; a%{}[]#~m".utf8).randomElement(using: &self) ?? 0
      }
    }
    return bytes
  }
}
