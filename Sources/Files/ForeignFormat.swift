/// A format that people give instead of text in UTF-8.
struct ForeignFormat: Equatable, Sendable {
  /// Its name with an article, for messages.
  let name: String
  /// A command that writes it as text, without a file; nil if there is no customary one.
  let command: String?

  /// How many bytes at the beginning of a file are examined; divisible by four.
  static let examinedBytes = 1 << 14

  /// The format that bytes at the beginning of a file belong to; nil if they may be text in UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: the first bytes of a file, the more the better.
  ///   - isUnpacked: whether they were already decompressed from gzip.
  init?(of bytes: [UInt8], isUnpacked: Bool) {
    if let encoding = wideEncoding(of: bytes) {
      self.init(name: encoding, command: "iconv -f \(encoding) -t UTF-8")
    } else if let magic = Self.magics.first(where: { bytes.starts(with: $0.bytes) }) {
      self = magic.format
    } else if isUnpacked, bytes.starts(with: [0x1f, 0x8b]) {
      self.init(name: "compressed twice", command: "gzip -dc | gzip -dc")
    } else if bytes.dropFirst(257).starts(with: Array("ustar".utf8)) {
      self.init(name: "a tar archive", command: "tar -xO -f")
    } else {
      return nil
    }
  }

  private init(name: String, command: String?) { (self.name, self.command) = (name, command) }

  private struct Magic: Sendable {
    let bytes: [UInt8]
    let format: ForeignFormat

    init(_ bytes: [UInt8], _ name: String, _ command: String?) {
      (self.bytes, format) = (bytes, ForeignFormat(name: name, command: command))
    }
  }

  /// The first bytes of formats; no line of text in UTF-8 begins with any of them.
  ///
  /// Sources: the formats' specifications, as collected in the `magic` files of the `file` command.
  private static let magics: [Magic] =
    [
      Magic([0x50, 0x4b, 0x03, 0x04], zip, "unzip -p"), Magic([0x50, 0x4b, 0x05, 0x06], zip, "unzip -p"),
      Magic([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "compressed with xz", "xz -dc"),
      Magic([0x28, 0xb5, 0x2f, 0xfd], "compressed with zstd", "zstd -dc"),
      Magic([0x04, 0x22, 0x4d, 0x18], "compressed with lz4", "lz4 -dc"),
      Magic([0x4c, 0x5a, 0x49, 0x50, 0x01], "compressed with lzip", "lzip -dc"),
      Magic([0x5d, 0x00, 0x00], "compressed with lzma", "xz --format=lzma -dc"),
      Magic([0x1f, 0x9d], "compressed with compress", "gzip -dc"),
      Magic([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "a 7z archive", "7z x -so"),
      Magic([0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], "a RAR archive", "unrar p -inul"),
      Magic([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "an office document", nil),
      Magic(Array("{\\rtf1\\".utf8), "an RTF document", nil),
      Magic(Array("SQLite format 3\0".utf8), "an SQLite database", nil),
      Magic([0x50, 0x41, 0x52, 0x31, 0x15], "a Parquet table", nil),
    ]
    + (1...9).map { level in
      Magic(Array("BZh\(level)1AY&SY".utf8), "compressed with bzip2", "bzip2 -dc")
    }
    + (1...2).map { version in Magic(Array("%PDF-\(version).".utf8), "a PDF document", "pdftotext") }

  private static let zip = "a zip archive or an office document"
}

extension FileError {
  /// The error for a file in a foreign format, with what to do about it.
  static func foreign(_ format: ForeignFormat, path: String) -> FileError {
    guard let command = format.command else {
      return .notText(path: path, format: format.name, hint: "save it as plain text in UTF-8")
    }
    let file = path == "standard input" ? "" : " '\(path)'"
    // Commands with a pipe read the file first.
    let words = command.split(separator: " | ", maxSplits: 1)
    let rest = words.count > 1 ? " | \(words[1])" : ""
    let output = format.name == "a PDF document" ? "" : " > text.txt"
    return .notText(
      path: path, format: format.name, hint: "convert it first: \(words[0])\(file)\(rest)\(output)")
  }
}
