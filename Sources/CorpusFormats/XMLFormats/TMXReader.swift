import Files

/// Reads a translation memory, TMX 1.1 to 1.4b.
///
/// Source: "TMX 1.4b Specification", OSCAR/LISA 2005.
struct TMXReader: UnitReader {
  /// A text in a language.
  struct Variant: Sendable {
    var language = ""
    /// The name of the attribute that gives the language.
    var languageAttribute = "xml:lang"
    var start = 0
    var space = ""
    var text = TaggedText()
    /// Nil if there is no segment.
    var place: ElementPlace?
  }

  private let xml: XMLReader
  private var languages: MemoryLanguages
  private var sourceLanguage = ""
  private var space = SpaceBefore()

  var seenLanguages: Set<String> { languages.seen }

  init(_ xml: XMLReader, languages: MemoryLanguages) { (self.xml, self.languages) = (xml, languages) }

  mutating func next() throws(FileError) -> LocatedUnit? {
    while let event = try xml.next() {
      guard event.kind == .start else { continue }
      switch event.name {
      case "header": sourceLanguage = event.attribute("srclang") ?? ""
      case "tu": if let unit = try readUnit(event) { return unit }
      default: break
      }
    }
    return nil
  }

  /// The unit of a `tu`; nil if it has no text in the source language.
  private mutating func readUnit(_ start: XMLEvent) throws(FileError) -> LocatedUnit? {
    var unit = TranslationUnit()
    unit.id = start.attribute("tuid") ?? ""
    var (variants, end): ([Variant], Int) = ([], 0)
    while let event = try xml.next(), event.kind != .end {
      if event.kind == .start {
        switch event.name {
        case "tuv":
          let variant = try readVariant(event)
          variants.append(variant.0)
          try xml.requireFew(variants.count, "texts in one 'tu'")
          end = variant.end
        case "note": unit.add(note: try xml.text())
        case "prop" where event.attribute("type")?.lowercased().hasSuffix("context") == true:
          unit.context = try xml.text()
        default: try xml.skipElement()
        }
      }
      space.note(event)
    }
    guard
      let choice = try languages.choose(
        variants.map(\.language), declared: start.attribute("srclang") ?? sourceLanguage)
    else { return nil }
    let source = variants[choice.source]
    let targets = choice.targets.map { variants[$0] }
    unit.source = [source.text]
    unit.sourceLanguage = source.language
    unit.targetLanguage =
      targets.first?.language ?? (languages.target.isEmpty ? languages.foundTarget : languages.target) ?? ""
    unit.targets = targets.map { [$0.text] }
    unit.state = unit.hasTranslation ? .translated : .untranslated
    let language = unit.targetLanguage
    return LocatedUnit(unit) { [end] texts in
      edits(texts, source: source, target: targets.first, language: language, end: end)
    }
  }

  private mutating func readVariant(_ start: XMLEvent) throws(FileError) -> (Variant, end: Int) {
    var variant = Variant()
    variant.language = start.attribute("xml:lang") ?? start.attribute("lang") ?? ""
    if start.attribute("xml:lang") == nil, start.attribute("lang") != nil {
      variant.languageAttribute = "lang"
    }
    (variant.start, variant.space) = (start.range.lowerBound, space.text)
    var end = start.range.upperBound
    while let event = try xml.next() {
      if event.kind == .end {
        end = max(end, event.range.upperBound)
        break
      }
      guard event.kind == .start else { continue }
      guard event.name == "seg", variant.place == nil else {
        try xml.skipElement()
        continue
      }
      let segment = try xml.segment(event, element)
      (variant.text, variant.place) = (segment.text, segment.place)
    }
    return (variant, end)
  }
}

private func element(_ event: XMLEvent) -> SegmentBuilder.Element {
  switch event.name {
  case "bpt": .opaque(.opening)
  case "ept": .opaque(.closing)
  case "it":
    .opaque(
      event.attribute("pos") == "end" ? .closing : event.attribute("pos") == "begin" ? .opening : .standalone)
  case "ph", "ut": .opaque(.standalone)
  default: .paired
  }
}

/// The changes that write a translation: into the segment that is there, or with a new `tuv` after the last one.
private func edits(
  _ texts: LocatedUnit.Texts, source: TMXReader.Variant, target: TMXReader.Variant?, language: String,
  end: Int
) -> [Edit] {
  guard let text = texts.forms.first, let text else { return [] }
  let mark =
    switch texts.mark {
    case .fuzzy: "<prop type=\"x-state\">needs-review-translation</prop>"
    case .comment: "<note>\(FillMark.commentText)</note>"
    case .unmarked: ""
    }
  if let place = target?.place {
    return (mark.isEmpty ? [] : [Edit(at: place.start.lowerBound, mark)])
      + place.edits(text.xml, name: "seg", texts.source)
  }
  guard target == nil else { return [] }
  let attribute = "\(source.languageAttribute)=\"\(escapedAttribute(language))\""
  return [Edit(at: end, "\(source.space)<tuv \(attribute)>\(mark)<seg>\(text.xml)</seg></tuv>")]
}
