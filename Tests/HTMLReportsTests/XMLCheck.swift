import CExpat

/// What an XML parser says about a text; nil if it is well-formed.
func xmlProblem(_ text: String) -> String? {
  guard let parser = XML_ParserCreate("UTF-8") else { return "no parser" }
  defer { XML_ParserFree(parser) }
  let bytes = Array(text.utf8CString.dropLast())
  guard XML_Parse(parser, bytes, Int32(bytes.count), 1) != XML_STATUS_OK else { return nil }
  let place = XML_GetCurrentByteIndex(parser)
  return "\(String(cString: XML_ErrorString(XML_GetErrorCode(parser)))) at \(place)"
}

extension String {
  /// Every element with a name that is not nested in another of its kind.
  func components(betweenTags name: String) -> [String] {
    var (found, rest): ([String], Substring) = ([], self[...])
    while let start = rest.firstRange(of: "<\(name) "),
      let end = rest[start.upperBound...].firstRange(of: "</\(name)>")
    {
      found.append(String(rest[start.lowerBound..<end.upperBound]))
      rest = rest[end.upperBound...]
    }
    return found
  }
}
