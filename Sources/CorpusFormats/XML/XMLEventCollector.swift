import CExpat
import Files

/// Makes events of what expat calls back with.
///
/// - Safety: the parser is valid during callbacks, and only then is it used; pointers that callbacks bring are copied from
///   and not kept.
@safe final class XMLEventCollector {
  /// Why parsing was stopped, other than by expat.
  struct Problem {
    let found: String
    let expected: String
    var hint = ""
  }

  /// Deeper than any real file; expat and our readers need memory for each open element.
  static let maximumDepth = 256

  var parser: XML_Parser?
  private(set) var problem: Problem?
  private(set) var encoding: String?
  private var events: [XMLEvent] = []
  private var depth = 0

  /// The events so far, which are then forgotten.
  func take() -> [XMLEvent] {
    let taken = events
    events.removeAll(keepingCapacity: true)
    return taken
  }

  private var range: Range<Int> {
    guard let parser = unsafe parser else { return 0..<0 }
    let start = unsafe Int(XML_GetCurrentByteIndex(parser))
    return unsafe start..<(start + Int(max(0, XML_GetCurrentByteCount(parser))))
  }

  func stop(_ problem: Problem) {
    guard self.problem == nil, let parser = unsafe parser else { return }
    self.problem = problem
    _ = unsafe XML_StopParser(parser, 0)
  }

  func start(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
    depth += 1
    guard depth <= Self.maximumDepth else {
      return stop(
        Problem(found: "\(depth) nested elements", expected: "at most \(Self.maximumDepth)", hint: ""))
    }
    var event = unsafe XMLEvent(kind: .start, name: String(cString: name), range: range)
    var index = 0
    while let key = unsafe attributes?[index], let value = unsafe attributes?[index + 1] {
      unsafe event.attributes.append(XMLAttribute(name: String(cString: key), value: String(cString: value)))
      index += 2
    }
    events.append(event)
  }

  func end(_ name: UnsafePointer<CChar>) {
    depth -= 1
    unsafe events.append(XMLEvent(kind: .end, name: String(cString: name), range: range))
  }

  func text(_ start: UnsafePointer<CChar>, _ length: Int32) {
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(length))
    let text = unsafe String(decoding: bytes, as: UTF8.self)
    let range = range
    if let last = events.last, last.kind == .text, last.range.upperBound == range.lowerBound {
      events[events.count - 1].text += text
      events[events.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      events.append(XMLEvent(kind: .text, text: text, range: range))
    }
  }

  func mark(_ kind: XMLEvent.Kind) { events.append(XMLEvent(kind: kind, range: range)) }

  func declare(encoding: UnsafePointer<CChar>?) {
    self.encoding = unsafe encoding.map { unsafe String(cString: $0) }
  }

  func declare(entity name: UnsafePointer<CChar>) {
    let name = unsafe String(cString: name)
    guard !["lt", "gt", "amp", "apos", "quot"].contains(name) else { return }
    stop(
      Problem(
        found: "a declaration of the entity '\(name.prefix(40))'",
        expected: "none, since entities can hide other files",
        hint: "replace the entity by its text and remove the declaration"))
  }

  func skip(entity name: UnsafePointer<CChar>) {
    let name = unsafe String(cString: name)
    stop(
      Problem(
        found: "the entity '&\(name.prefix(40));'", expected: "one of the five of XML; no DTD is read",
        hint: "replace the entity by its character"))
  }
}
