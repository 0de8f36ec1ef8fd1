/// The elements of a format with paragraphs, by what they are for a translation.
///
/// Names have the usual prefixes of their namespaces, whatever those in a file are.
struct ParagraphMarkup: Sendable {
  enum Role: Sendable, Equatable {
    case paragraph
    /// Text with one format.
    case run
    /// The format of a run.
    case runProperties
    /// The text of a run.
    case text
    /// A format of the text in it, nested in others.
    case span
    /// It encloses text: a link, an insertion.
    case pair
    /// What must stay behind the start tag before it: properties of a pair.
    case head
    /// It encloses text that is no part of the sentence around it; its own tags are boundaries.
    case container
    /// A boundary without text.
    case boundary
    /// A word of the sentence.
    case word
    /// A place in the sentence, whatever is in it: a note.
    case place
    /// The beginning of a range such as a bookmark, and its end.
    case rangeStart, rangeEnd
    /// A beginning or an end of a field, or what is between its instruction and its result.
    case fieldCharacter
    /// What comes back as it is: properties of paragraphs, deletions, comments.
    case untouched
    /// What stays before the text of a paragraph.
    case properties
    /// What has no meaning for a text that changes: spelling errors, ends of lines on the page.
    case dropped
    /// A hyphen at which no line breaks.
    case hyphen
    /// Spaces.
    case spaces
    /// A definition of a format, of which those without an effect are left out.
    case style
  }

  let roles: [String: Role]
  /// Whether text is in runs; otherwise it is directly in paragraphs.
  let hasRuns: Bool
  /// Attributes and elements of formats that make no difference to a reader.
  let idleProperties: Set<String>
  /// Whether it is OpenDocument: several spaces count as one, but for `text:s`, and unknown elements with text are
  /// fields.
  let isOpenDocument: Bool

  /// The usual prefix of a namespace; nil if its elements do not matter here.
  static func prefix(ofNamespace name: String) -> String? { prefixes[name] }

  private static let prefixes = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "http://openoffice.org/2009/office": "officeooo",
    "http://www.daisy.org/z3986/2005/ncx/": "ncx",
  ]

  /// Texts of Office Open XML: documents, slides, charts.
  static let office = ParagraphMarkup(
    roles: [
      "w:p": .paragraph, "w:r": .run, "w:rPr": .runProperties, "w:t": .text, "w:pPr": .properties,
      "w:hyperlink": .pair, "w:ins": .pair, "w:moveTo": .pair, "w:smartTag": .pair, "w:customXml": .pair,
      "w:fldSimple": .pair, "w:dir": .pair, "w:bdo": .pair, "w:smartTagPr": .head, "w:customXmlPr": .head,
      "w:fldData": .head, "w:sdt": .container, "w:sdtContent": .container, "w:sdtPr": .boundary,
      "w:sdtEndPr": .boundary, "w:tab": .boundary, "w:ptab": .boundary, "w:br": .boundary,
      "w:cr": .boundary, "m:oMath": .word, "m:oMathPara": .boundary, "w:sym": .word,
      "w:fldChar": .fieldCharacter, "w:del": .untouched, "w:moveFrom": .untouched,
      "w:proofErr": .dropped, "w:lastRenderedPageBreak": .dropped, "w:softHyphen": .dropped,
      "w:noBreakHyphen": .hyphen, "w:bookmarkStart": .rangeStart, "w:bookmarkEnd": .rangeEnd,
      "w:commentRangeStart": .rangeStart, "w:commentRangeEnd": .rangeEnd, "w:permStart": .rangeStart,
      "w:permEnd": .rangeEnd, "w:moveFromRangeStart": .rangeStart, "w:moveFromRangeEnd": .rangeEnd,
      "w:moveToRangeStart": .rangeStart, "w:moveToRangeEnd": .rangeEnd,
      "a:p": .paragraph, "a:r": .run, "a:rPr": .runProperties, "a:t": .text, "a:pPr": .properties,
      "a:br": .boundary, "a:fld": .word, "a:endParaRPr": .boundary,
    ],
    hasRuns: true,
    idleProperties: ["w:lang", "w:noProof", "lang", "altLang", "dirty", "err", "noProof", "smtClean"],
    isOpenDocument: false)

  /// Texts of OpenDocument.
  static let openDocument = ParagraphMarkup(
    roles: [
      "text:p": .paragraph, "text:h": .paragraph, "text:span": .span, "text:a": .pair, "text:meta": .pair,
      "text:note": .place, "text:s": .spaces, "text:tab": .boundary, "text:line-break": .boundary,
      "text:soft-page-break": .dropped,
      "office:annotation": .untouched, "text:tracked-changes": .untouched, "style:style": .style,
      "text:bookmark-start": .rangeStart, "text:bookmark-end": .rangeEnd,
      "text:reference-mark-start": .rangeStart, "text:reference-mark-end": .rangeEnd,
      "text:change-start": .rangeStart, "text:change-end": .rangeEnd,
    ],
    hasRuns: false, idleProperties: [], isOpenDocument: true)

  /// The table of contents of an electronic book.
  static let bookContents = ParagraphMarkup(
    roles: ["ncx:text": .paragraph], hasRuns: false, idleProperties: [],
    isOpenDocument: true)
}
