/// Collects the content of a paragraph.
struct ParagraphBuilder {
  private(set) var items: [Paragraph.Item] = []
  /// Where the content starts that is written anew.
  var contentStart: Int
  private(set) var formats: [Paragraph.Format]
  private var formatNumbers: [[String]: Int] = [[]: 0]
  /// The name of runs in the file.
  private var runName = ""
  private var textTags = Paragraph.Format(opening: [], closing: [])
  private var spans: [(key: String, code: [UInt8], name: String)] = []
  /// The format of what comes next; nil between runs.
  var format: Int?
  /// Whether the markup that is being read has text of its own.
  var hasTextInMarkup = false

  /// Whether a space would follow another, or begin the paragraph.
  private var endsWithSpace = true
  private let spaceTag: [UInt8]?

  /// - Parameters:
  ///   - event: the start tag of the paragraph.
  ///   - markup: the elements of the part.
  init(_ event: XMLEvent, _ markup: ParagraphMarkup) {
    (contentStart, format) = (event.range.upperBound, markup.hasRuns ? nil : 0)
    formats = [Paragraph.Format(opening: [], closing: [])]
    let prefix = event.name.utf8.firstIndex(of: UInt8(ascii: ":")).map { event.name[...$0] } ?? ""
    spaceTag = markup.isOpenDocument ? Array("<\(prefix)s/>".utf8) : nil
  }

  // MARK: - Formats

  /// Begins a run, so far without properties.
  mutating func startRun(_ name: String) {
    runName = name
    if formats[0].opening.isEmpty {
      formats[0] = .init(opening: Array("<\(name)>".utf8), closing: Array("</\(name)>".utf8))
    }
    format = 0
  }

  /// Sets the format of the run.
  ///
  /// - Parameters:
  ///   - properties: what is equal for formats that look the same.
  ///   - code: the element with the properties; that of the first run with this format is used.
  mutating func setRunProperties(_ properties: [String], _ code: ArraySlice<UInt8>) {
    format = number(
      of: properties,
      Paragraph.Format(opening: Array("<\(runName)>".utf8) + code, closing: Array("</\(runName)>".utf8)))
  }

  /// Begins a span of a format within that of the text around it.
  mutating func startSpan(_ key: String, _ event: XMLEvent, _ bytes: [UInt8]) {
    spans.append((key, Array(bytes[event.range]), event.name))
    setSpans()
  }

  mutating func endSpan() {
    spans.removeLast()
    setSpans()
  }

  private mutating func setSpans() {
    let effective = spans.filter { !$0.key.isEmpty }
    format = number(
      of: effective.map(\.key),
      .init(
        opening: effective.flatMap(\.code),
        closing: effective.reversed().flatMap { Array("</\($0.name)>".utf8) }))
  }

  private mutating func number(of key: [String], _ format: Paragraph.Format) -> Int {
    if let number = formatNumbers[key] { return number }
    formats.append(format)
    formatNumbers[key] = formats.count - 1
    return formats.count - 1
  }

  /// Sets how texts are written.
  mutating func setTextTags(_ name: String, keepsSpaces: Bool) {
    textTags = .init(
      opening: Array("<\(name)\(keepsSpaces ? " xml:space=\"preserve\"" : "")>".utf8),
      closing: Array("</\(name)>".utf8))
  }

  // MARK: - Content

  /// Adds text in which several spaces count as one.
  mutating func add(spacedText text: String) {
    var words = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isSpace = scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
      if isSpace, endsWithSpace { continue }
      words.append(isSpace ? " " : scalar)
      endsWithSpace = isSpace
    }
    add(text: String(words))
  }

  mutating func add(text: String) {
    guard let last = text.unicodeScalars.last else { return }
    endsWithSpace = last == " "
    let own = format ?? 0
    if case .text(var before, own) = items.last {
      items.removeLast()
      before += text
      items.append(.text(before, format: own))
    } else {
      items.append(.text(text, format: own))
    }
  }

  /// Adds markup of a run.
  mutating func add(_ range: Range<Int>, _ kind: Paragraph.CodeKind) {
    endsWithSpace = false
    items.append(.code([Paragraph.Code(range: range, format: format)], kind))
  }

  /// Adds markup between runs.
  mutating func addTag(_ range: Range<Int>, _ kind: Paragraph.CodeKind) {
    items.append(.code([Paragraph.Code(range: range, format: nil)], kind))
  }

  /// Adds to the latest markup, if it is one that `condition` accepts.
  ///
  /// - Returns: whether it was added.
  mutating func extend(
    _ range: Range<Int>, kind: Paragraph.CodeKind? = nil, if condition: (Paragraph.CodeKind) -> Bool
  ) -> Bool {
    guard case .code(var codes, let before) = items.last, condition(before) else { return false }
    items.removeLast()
    if let last = codes.last, last.range.upperBound == range.lowerBound, last.format == format {
      codes[codes.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      codes.append(Paragraph.Code(range: range, format: format))
    }
    items.append(.code(codes, kind ?? before))
    return true
  }

  /// The paragraph; nil if nothing in it is translated.
  func paragraph(end: Int) -> Paragraph? {
    guard contentStart <= end else { return nil }
    let paragraph = Paragraph(
      range: contentStart..<end, formats: formats, elements: ParagraphSegmentation(items).elements,
      textTags: textTags, spaceTag: spaceTag)
    return paragraph.segments.isEmpty ? nil : paragraph
  }
}
