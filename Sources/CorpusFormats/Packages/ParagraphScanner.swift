import Files

/// Finds the paragraphs of a part in XML.
struct ParagraphScanner {
  /// What an open element is.
  enum Scope {
    /// What is around paragraphs, or within markup that comes back as it is.
    case outside
    /// Nothing in it is read.
    case inert
    case paragraph, run, runProperties, text, span, container, properties, head, hyphen
    case spaces(count: Int)
    case pair(Int)
    /// Markup that comes back as it is; of an unknown kind, that depends on whether it has text.
    case code(Paragraph.CodeKind?, isInert: Bool)
    case fieldCharacter(type: String)
    case style(name: String)
  }

  /// More than books of thousands of pages have; each takes memory.
  private static let mostEvents = 8_000_000

  private let bytes: [UInt8]
  private let markup: ParagraphMarkup
  private let reader: XMLReader
  private var names = XMLPrefixes()
  private var open: [(scope: Scope, tag: Range<Int>)] = []
  private var builders: [ParagraphBuilder] = []
  private var paragraphs: [Paragraph] = []
  private var fields = FieldStack()
  private var styles = IdleStyles()
  private var pairCount = 0
  /// What the properties of the run that is being read are.
  private var properties: [String] = []

  private init(_ bytes: [UInt8], path: String, markup: ParagraphMarkup) {
    (self.bytes, self.markup) = (bytes, markup)
    reader = XMLReader(path: path, pieces: pieces(of: bytes))
  }

  /// The paragraphs with something to translate, by their places; one may be in the markup of another.
  ///
  /// - Parameters:
  ///   - bytes: the part, in UTF-8.
  ///   - path: its name for messages.
  ///   - markup: its elements.
  /// - Returns: the paragraphs.
  /// - Throws: ``FileError`` if the part is not well-formed.
  static func paragraphs(of bytes: [UInt8], path: String, markup: ParagraphMarkup) throws(FileError)
    -> [Paragraph]
  {
    var (scanner, count) = (ParagraphScanner(bytes, path: path, markup: markup), 0)
    while let event = try scanner.reader.next() {
      count += 1
      guard count <= mostEvents else {
        throw .invalidFormat(
          path: path, place: "", found: "more than \(mostEvents) tags and texts", expected: "fewer",
          hint: "split the document")
      }
      switch event.kind {
      case .start: scanner.start(event)
      case .end: scanner.end(event)
      case .text: scanner.add(event.text)
      case .sectionMark, .comment: break
      }
    }
    return scanner.paragraphs.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// The index of the paragraph that is being read.
  private var top: Int { builders.count - 1 }
  private var isInRun: Bool {
    if case .run = open.last?.scope { return true }
    return false
  }
}

// MARK: - Start tags

extension ParagraphScanner {
  private mutating func start(_ event: XMLEvent) {
    names.note(event)
    let name = names.usual(event.name)
    let scope: Scope
    switch open.last?.scope ?? .outside {
    case .outside, .code(_, isInert: false): scope = outerScope(event, markup.roles[name])
    case .paragraph, .run, .span, .pair, .container: scope = innerScope(event, name, markup.roles[name])
    case .style(let style):
      styles.note(event, of: style, names)
      scope = .inert
    case .inert, .runProperties:
      if isInProperties, !markup.idleProperties.contains(name) { properties.append(key(of: event)) }
      scope = .inert
    case .text, .properties, .head, .hyphen, .spaces, .code, .fieldCharacter: scope = .inert
    }
    open.append((scope, event.range))
  }

  private var isInProperties: Bool {
    for item in open.reversed() {
      if case .runProperties = item.scope { return true }
      guard case .inert = item.scope else { return false }
    }
    return false
  }

  /// An element with its attributes, but for those without an effect.
  private func key(of event: XMLEvent) -> String {
    let attributes = event.attributes.filter { !markup.idleProperties.contains($0.name) }
      .map { "\($0.name)=\($0.value)" }.sorted()
    return ([event.name] + attributes).joined(separator: "\u{1}")
  }

  private mutating func outerScope(_ event: XMLEvent, _ role: ParagraphMarkup.Role?) -> Scope {
    switch role {
    case .paragraph:
      builders.append(ParagraphBuilder(event, markup))
      return .paragraph
    case .untouched: return .inert
    case .style: return names.styleName(of: event).map { .style(name: $0) } ?? .inert
    default: return .outside
    }
  }

  private mutating func innerScope(_ event: XMLEvent, _ name: String, _ role: ParagraphMarkup.Role?) -> Scope
  {
    let isEmpty = bytes[..<event.range.upperBound].suffix(2).elementsEqual([0x2F, 0x3E])
    let isText = !fields.isInInstruction
    builders[top].hasTextInMarkup = false
    switch role {
    case .run where !isInRun:
      builders[top].startRun(event.name)
      return .run
    case .runProperties where isInRun:
      // Attributes of the element itself are properties, too.
      properties = [key(of: event)].filter { $0 != event.name }
      return .runProperties
    case .text where isInRun && isText:
      builders[top].setTextTags(event.name, keepsSpaces: name == "w:t")
      return .text
    case .span where !isEmpty:
      builders[top].startSpan(styles.hasEffect(event, names) ? key(of: event) : "", event, bytes)
      return .span
    case .pair where !isEmpty && !isInRun && isText:
      pairCount += 1
      builders[top].addTag(event.range, .opening(pairCount))
      return .pair(pairCount)
    case .container where !isInRun:
      builders[top].addTag(event.range, .boundary)
      return .container
    case .head: return .head
    case .properties: return .properties
    case .dropped: return .inert
    case .hyphen where isInRun && isText: return .hyphen
    case .spaces:
      let count = event.attributes.first { names.usual($0.name) == "text:c" }.flatMap { Int($0.value) } ?? 1
      // A damaged file may announce any number.
      return 0...1000 ~= count ? .spaces(count: count) : .code(.standalone, isInert: true)
    case .fieldCharacter:
      return .fieldCharacter(type: event.attributes.first { $0.name.hasSuffix("fldCharType") }?.value ?? "")
    case .boundary: return .code(.boundary, isInert: false)
    case .word: return .code(.copied, isInert: true)
    case .untouched: return .code(.standalone, isInert: true)
    case .rangeStart: return .code(.rangeStart(rangeName(event, name)), isInert: true)
    case .rangeEnd: return .code(.rangeEnd(rangeName(event, name)), isInert: true)
    case .place: return .code(.standalone, isInert: false)
    default:
      let mayBeField = markup.isOpenDocument && name.hasPrefix("text:")
      return .code(mayBeField ? nil : .standalone, isInert: false)
    }
  }
}

extension ParagraphScanner {
  /// What is equal for both ends of a range: the kind and the identifier.
  private func rangeName(_ event: XMLEvent, _ name: String) -> String {
    let kind = ["Start", "End", "-start", "-end"].reduce(name) {
      $0.hasSuffix($1) ? String($0.dropLast($1.count)) : $0
    }
    let attributes = ["w:id", "text:name", "text:change-id"]
    let identifier = event.attributes.first { attributes.contains(names.usual($0.name)) }?.value ?? ""
    return kind + " " + identifier
  }
}

// MARK: - Text and end tags

extension ParagraphScanner {
  private mutating func add(_ text: String) {
    guard !builders.isEmpty else { return }
    switch open.last?.scope {
    case .text: builders[top].add(text: text)
    case .paragraph, .span, .pair, .container: if !markup.hasRuns { builders[top].add(spacedText: text) }
    case .outside, .code:
      if text.contains(where: { !$0.isWhitespace }) { builders[top].hasTextInMarkup = true }
    default: break
    }
  }

  private mutating func end(_ event: XMLEvent) {
    guard let (scope, tag) = open.popLast() else { return }
    let range = tag.lowerBound..<(event.range.isEmpty ? tag.upperBound : event.range.upperBound)
    switch scope {
    case .outside, .inert, .text, .style: break
    case .paragraph:
      if let builder = builders.popLast(), !event.range.isEmpty,
        let paragraph = builder.paragraph(end: event.range.lowerBound)
      {
        paragraphs.append(paragraph)
      }
    case .run: builders[top].format = nil
    case .runProperties: builders[top].setRunProperties(properties, bytes[range])
    case .span: builders[top].endSpan()
    case .pair(let number): builders[top].addTag(event.range, .closing(number))
    case .container: if !event.range.isEmpty { builders[top].addTag(event.range, .boundary) }
    case .head:
      let isAdded = builders[top].extend(range) { kind in
        if case .opening = kind { return true }
        return false
      }
      if !isAdded { builders[top].addTag(range, .boundary) }
    case .properties:
      if builders[top].items.isEmpty {
        builders[top].contentStart = range.upperBound
      } else {
        builders[top].addTag(range, .boundary)
      }
    case .hyphen: builders[top].add(text: "\u{2011}")
    case .spaces(let count): builders[top].add(text: String(repeating: " ", count: count))
    case .code(let kind, _):
      add(range, kind ?? (builders[top].hasTextInMarkup ? .copied : .standalone))
    case .fieldCharacter(let type): endFieldCharacter(type, range)
    }
  }

  /// Adds markup; within the instruction of a field, it belongs to that.
  private mutating func add(_ range: Range<Int>, _ kind: Paragraph.CodeKind) {
    guard fields.isInInstruction else { return builders[top].add(range, kind) }
    let number = fields.instructionNumber
    let isAdded = builders[top].extend(range) { $0 == .opening(number) || $0 == .boundary }
    if !isAdded { builders[top].add(range, .boundary) }
  }

  private mutating func endFieldCharacter(_ type: String, _ range: Range<Int>) {
    switch type {
    case "begin":
      pairCount += 1
      add(range, fields.isFull ? .boundary : .opening(pairCount))
      fields.begin(pairCount)
    case "separate":
      add(range, .boundary)
      fields.separate()
    case "end":
      guard let field = fields.end() else { return add(range, .boundary) }
      if fields.isInInstruction || !field.isInInstruction { return add(range, .closing(field.number)) }
      // Without a result, it is one mark.
      let isAdded = builders[top].extend(range, kind: .standalone) { $0 == .opening(field.number) }
      if !isAdded { builders[top].add(range, .boundary) }
    default: add(range, .boundary)
    }
  }
}
