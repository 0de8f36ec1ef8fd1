import CExpat

/// Tells expat what to call, with the collector as its user data.
///
/// The functions of C cannot capture anything: each finds the collector by the pointer that expat hands back.
func setHandlers(_ parser: XML_Parser) {
  unsafe XML_SetElementHandler(
    parser,
    { context, name, attributes in
      guard let context = unsafe context, let name = unsafe name else { return }
      unsafe collector(context).start(name, attributes)
    },
    { context, name in
      guard let context = unsafe context, let name = unsafe name else { return }
      unsafe collector(context).end(name)
    })
  unsafe XML_SetCharacterDataHandler(parser) { context, text, length in
    guard let context = unsafe context, let text = unsafe text else { return }
    unsafe collector(context).text(text, length)
  }
  unsafe XML_SetCdataSectionHandler(
    parser, { context in unsafe context.map { unsafe collector($0).mark(.sectionMark) } },
    { context in unsafe context.map { unsafe collector($0).mark(.sectionMark) } })
  unsafe XML_SetCommentHandler(parser) { context, _ in
    unsafe context.map { unsafe collector($0).mark(.comment) }
  }
  unsafe XML_SetProcessingInstructionHandler(parser) { context, _, _ in
    unsafe context.map { unsafe collector($0).mark(.comment) }
  }
  unsafe XML_SetXmlDeclHandler(parser) { context, _, encoding, _ in
    unsafe context.map { unsafe collector($0).declare(encoding: encoding) }
  }
  unsafe XML_SetEntityDeclHandler(parser) { context, name, _, _, _, _, _, _, _ in
    guard let context = unsafe context, let name = unsafe name else { return }
    unsafe collector(context).declare(entity: name)
  }
  unsafe XML_SetSkippedEntityHandler(parser) { context, name, _ in
    guard let context = unsafe context, let name = unsafe name else { return }
    unsafe collector(context).skip(entity: name)
  }
  unsafe XML_SetUnknownEncodingHandler(
    parser,
    { _, name, information in
      guard let name = unsafe name, let information = unsafe information else { return 0 }
      return unsafe describeEncoding(String(cString: name), in: information) ? 1 : 0
    }, nil)
}

private func collector(_ context: UnsafeMutableRawPointer) -> XMLEventCollector {
  unsafe Unmanaged<XMLEventCollector>.fromOpaque(context).takeUnretainedValue()
}
