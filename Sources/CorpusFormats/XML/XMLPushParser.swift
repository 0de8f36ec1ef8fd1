import CExpat
import Files

/// Parses XML in pieces as they arrive, by expat.
///
/// Nothing outside the file is ever read: no DTD, no external entity. A file that declares entities other than the five
/// of XML is refused, as are elements nested too deeply. Expat's own limit on the amplification of entities stays on.
/// UTF-8, UTF-16, Latin-1 and ASCII are expat's; for other encodings see ``LegacyEncoding``.
///
/// - Safety: the parser belongs to this object alone, which frees it. Its callbacks run only within ``parse(_:isLast:)``
///   and reach the collector by an unretained reference, which is valid because this object holds it. They copy what they
///   are given and keep no pointer.
@safe final class XMLPushParser {
  private let parser: XML_Parser
  private let collector = XMLEventCollector()
  private let path: String

  /// - Parameters:
  ///   - path: the file's name for messages.
  ///   - encoding: the encoding, whatever the file declares; nil for that which it declares.
  init(path: String, encoding: String? = nil) {
    self.path = path
    guard let parser = unsafe XML_ParserCreate(encoding) else {
      preconditionFailure("expat: no memory for a parser")
    }
    unsafe self.parser = parser
    unsafe collector.parser = parser
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(collector).toOpaque())
    unsafe setHandlers(parser)
    unsafe XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER)
  }

  deinit { unsafe XML_ParserFree(parser) }

  /// The encoding that the file declares; nil if it declares none.
  var declaredEncoding: String? { collector.encoding }

  /// Parses the next bytes.
  ///
  /// - Parameters:
  ///   - bytes: the bytes after those of the previous call.
  ///   - isLast: whether the file ends after them.
  /// - Returns: what is complete now.
  /// - Throws: ``FileError`` with line and column.
  func parse(_ bytes: [UInt8], isLast: Bool) throws(FileError) -> [XMLEvent] {
    precondition(bytes.count < Int(Int32.max), "XMLPushParser: \(bytes.count) bytes in one piece")
    let status = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { text in
        unsafe XML_Parse(parser, text.baseAddress, Int32(text.count), isLast ? 1 : 0)
      }
    }
    guard status != XML_STATUS_OK else { return collector.take() }
    let (line, column) = unsafe (XML_GetCurrentLineNumber(parser), XML_GetCurrentColumnNumber(parser))
    let place = "line \(line), column \(column + 1)"
    if let problem = collector.problem {
      throw .invalidFormat(
        path: path, place: place, found: problem.found, expected: problem.expected, hint: problem.hint)
    }
    let reason =
      unsafe XML_ErrorString(XML_GetErrorCode(parser)).map { unsafe String(cString: $0) } ?? "an error"
    throw .invalidFormat(
      path: path, place: place, found: "\(reason)", expected: "well-formed XML",
      hint: "the file is damaged or cut off, or its encoding is not the declared one")
  }
}
