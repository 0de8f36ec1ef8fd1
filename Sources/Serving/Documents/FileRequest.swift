import HTTPServer
import Terminology
import Text

/// A file that a client wants translated.
struct FileRequest: Sendable {
  var name: String
  var format: FileFormat
  var contents: [UInt8]
  /// The language of the file; nil to find it.
  var source: Language?
  var target: Language
  /// Terms with the translations that they must have; nil for none.
  var glossary: Glossary?
  /// Whose file it is: all jobs of a client have one share of the threads.
  var client: String?

  /// A name that is safe in headers, addresses and messages: the last part of a path, in ASCII.
  static func safeName(_ name: String) -> String {
    let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
    let safe = last.unicodeScalars.map { scalar in
      let isKept =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "._-".unicodeScalars.contains(scalar))
      return isKept ? Character(scalar) : "_"
    }
    let text = String(safe.suffix(100)).drop { $0 == "." }
    return text.isEmpty ? "file" : String(text)
  }
}

extension MultipartBody {
  /// The file that has a name.
  func file(_ name: String) -> Part? { parts.first { $0.name == name && $0.fileName != nil } }
}
