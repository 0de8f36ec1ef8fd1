import Files
import Foundation
import RandomNumbers
import Testing

/// Files that people give instead of text in UTF-8.
@Suite struct ForeignFormatTests {
  let folder = TemporaryFolder()

  private func read(_ bytes: [UInt8]) throws {
    let reader = try LineReader(path: folder.file(bytes))
    while try reader.next() != nil {}
  }

  /// The message about a file; nil if it is read as text.
  func complaint(_ bytes: [UInt8]) -> String? {
    do {
      try read(bytes)
      return nil
    } catch {
      return "\(error)"
    }
  }

  static func encoded(_ text: String, _ encoding: String) -> [UInt8] {
    let isBig = encoding.hasSuffix("BE")
    let units =
      encoding.hasPrefix("UTF-16")
      ? text.utf16.map { (UInt32($0), 2) } : text.unicodeScalars.map { ($0.value, 4) }
    return units.flatMap { unit, size in
      (0..<size).map { UInt8(truncatingIfNeeded: unit >> (8 * UInt32(isBig ? size - 1 - $0 : $0))) }
    }
  }

  static let encodings = ["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"]

  /// Lines in scripts of many blocks of Unicode.
  static let texts = [
    "Hi\n", "a\nb\n", "The keeper lights the lamp.\nEvery evening.\n", "L’élève, «naïf», est là…\n\nOui.\n",
    "Старый смотритель маяка.\nКаждый вечер.\n", "Ο γέρος φαροφύλακας.\n", "השומר הזקן כותב.\n",
    "حارس المنارة العجوز يكتب.\n",
    "बूढ़ा रखवाला हर शाम एक पत्र लिखता है ।\n", "ਬੁੱਢਾ ਰਖਵਾਲਾ ਹਰ ਸ਼ਾਮ\nਚਿੱਠੀ ਲਿਖਦਾ ਹੈ\n", "പഴയ കാവൽക്കാരൻ എല്ലാ വൈകുന്നേരവും\nകത്ത് എഴുതുന്നു\n",
    "ผู้ดูแลประภาคาร เขียนจดหมายทุกเย็น\n", "老守灯人每天晚上爬上狭窄的楼梯。\n每天晚上他点亮灯，写一封信。\n", "毎晩ランプを灯して手紙を書く。\nゆっくり 旅をする。\n",
    "매일 저녁 그는 등불을 켜고 편지를 쓴다.\n늙은 등대지기\n", "😀 😀😀 good 👍🏽\n", "ယနေ့ စာရေးသည်။\n", "ቤት ውስጥ ነው።\n",
  ]

  @Test(arguments: texts, encodings) func wideTextIsNamed(text: String, encoding: String) throws {
    let bytes = Self.encoded(text, encoding)
    let words = try #require(complaint(bytes))
    #expect(
      words.contains("is \(encoding),") && words.contains("iconv -f \(encoding) -t UTF-8 '"), "\(words)")
    let marked = try #require(complaint(Self.encoded("\u{feff}" + text, encoding)))
    #expect(
      marked.contains("is \(encoding.prefix(6)),") && marked.contains("iconv -f \(encoding.prefix(6)) "))
    // Decompressed, it is still what it is.
    #expect(try #require(complaint(storedGzip(bytes))).contains("is \(encoding),"))
    #expect(complaint(Array(text.utf8)) == nil, "the same text in UTF-8 is refused")
    #expect(complaint(Array("\u{feff}\(text)".utf8)) == nil)
  }

  @Test func longWideTextIsNamed() {
    let text = Self.texts.joined() + String(repeating: Self.texts[12], count: 4000)
    for encoding in Self.encodings { #expect(complaint(Self.encoded(text, encoding)) != nil, "\(encoding)") }
  }

  /// Zero bytes in text that is damaged, or not text, but not UTF-16 either.
  @Test(arguments: [
    "\0", "\0\n", "a\0\n", "ab\0c\n", "one\0two\n", "The keeper\0 lights the lamp.\n", "每天晚上\0他点亮灯\n",
    "a\tb\tc\0\n", "1\n2\n3\n\0", "\0\0\0\0\0\0\0\0", "Каждый\0 вечер\n", "a b c\n\0\0\0\0",
  ])
  func someZerosInTextAreNoOtherEncoding(text: String) {
    #expect(complaint(Array(text.utf8)) == nil)
    let long = String(repeating: "The old keeper writes letters.\n", count: 300) + text
    #expect(complaint(Array(long.utf8)) == nil)
  }

  @Test func invalidUTF8WithAZeroIsNoOtherEncoding() {
    var bytes = Array(String(repeating: "Der alte W\u{e4}rter schreibt.\n", count: 100).utf8)
    bytes[50] = 0
    bytes[120] = 0xff
    #expect(complaint(bytes) == nil)
    // Latin-1.
    let latin = String(repeating: "Der alte Wärter.\n", count: 50).unicodeScalars.map { UInt8($0.value) }
    #expect(complaint(latin) == nil)
  }

  private static let packed: [(bytes: [UInt8], says: [String])] = [
    ([0x50, 0x4b, 3, 4, 20, 0, 0, 0], ["zip archive", "unzip -p '"]),
    ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4], ["xz", "xz -dc '"]),
    ([0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0x12, 0x80], ["bzip2", "bzip2 -dc '"]),
    ([0x28, 0xb5, 0x2f, 0xfd, 4, 0x58], ["zstd", "zstd -dc '"]), ([0x04, 0x22, 0x4d, 0x18, 0x64], ["lz4"]),
    ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4], ["7z archive", "7z x -so"]),
    ([0x52, 0x61, 0x72, 0x21, 0x1a, 7, 1, 0], ["RAR"]),
    (utf8("%PDF-1.7\n%"), ["PDF", "pdftotext '"]), (utf8(#"{\rtf1\ansi Text}"#), ["RTF"]),
    ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0], ["office document", "plain text"]),
    (utf8("name" + String(repeating: "\0", count: 253) + "ustar\0"), ["tar archive", "tar -xO"]),
  ]

  private static func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(arguments: packed)
  func packedFilesAreNamed(bytes: [UInt8], says: [String]) throws {
    let words = try #require(complaint(bytes))
    for part in says + ["UTF-8", folder("file")] { #expect(words.contains(part), "no '\(part)' in \(words)") }
    #expect(try #require(complaint(storedGzip(bytes))).contains(says[0]))
  }

  @Test func gzipInGzipIsNamed() throws {
    let words = try #require(complaint(storedGzip(storedGzip(Array("text\n".utf8)))))
    #expect(
      words.contains("compressed twice") && words.contains("gzip -dc '") && words.contains("' | gzip -dc"))
  }

  @Test(arguments: [
    "PK\n", "P", "B", "BZh", "BZh9 is a name\n", "%PDF\n", "%PDF-x is no version\n", "7z\n", "Rar!\n", "]\n",
    "{\\rtf is a tag\n",
    "ustar\n", "SQLite format\n", "LZIP\n",
  ])
  func textAboutFormatsIsText(text: String) { #expect(complaint(Array(text.utf8)) == nil) }

  /// A pipe whose writer sends one byte at a time.
  @Test(arguments: [("BZh91AY&SY", "bzip2"), ("H\0i\0.\0\n\0a\0\n\0", "UTF-16LE"), ("%PDF-1.7\n", "PDF")])
  func bytesThatDecideMayArriveLater(text: String, name: String) throws {
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    let writer = open(folder("pipe"), O_RDWR)
    let reader = try LineReader(path: folder("pipe"))
    let thread = Thread {
      for byte in text.utf8 {
        _ = [byte].withUnsafeBytes { write(writer, $0.baseAddress, 1) }
        usleep(2000)
      }
      close(writer)
    }
    thread.start()
    #expect { while try reader.next() != nil {} } throws: { "\($0)".contains(name) }
  }

  @Test func wholeTextFilesAreCheckedToo() throws {
    let json = Self.encoded("{\"a\": 1}", "UTF-16LE")
    #expect { try readJSON([String: Int].self, path: folder.file(json)) } throws: {
      "\($0)".contains("UTF-16LE")
    }
    #expect { try readTextFile(path: folder.file(json)) } throws: { "\($0)".contains("UTF-16LE") }
    #expect(try readTextFile(path: folder.file(Array("\u{feff}a\n".utf8))) == Array("a\n".utf8))
    // Files of any kind are read as they are.
    #expect(try readFile(path: folder.file(json)) == json)
    #expect(try fileChecksum(path: folder.file(json)).hasPrefix("crc32:"))
  }
}

extension ForeignFormatTests {
  /// Lines of several scripts in one file, and half of it in Latin letters.
  @Test(arguments: encodings) func mixedScriptsAreNamed(encoding: String) throws {
    var random = SplitMix64(state: 8)
    for _ in 0..<60 {
      let count = Int.random(in: 1...5, using: &random)
      let text = (0..<count).map { _ in Self.texts.randomElement(using: &random) ?? "" }.joined()
      let words = try #require(complaint(Self.encoded(text, encoding)), "\(text.debugDescription)")
      #expect(words.contains("is \(encoding),"), "\(text.debugDescription)")
    }
  }

  @Test func zerosAnywhereInTextAreNoOtherEncoding() {
    var random = SplitMix64(state: 9)
    for _ in 0..<150 {
      let count = Int.random(in: 1...5, using: &random)
      var bytes = Array((0..<count).map { _ in Self.texts.randomElement(using: &random) ?? "" }.joined().utf8)
      guard bytes.count > 8 else { continue }
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes.insert(0, at: Int.random(in: 0...bytes.count, using: &random))
      }
      #expect(complaint(bytes) == nil, "\(bytes)")
    }
  }
}
