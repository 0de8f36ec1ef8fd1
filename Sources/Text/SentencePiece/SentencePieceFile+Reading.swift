extension SentencePieceFile {
  private typealias Failure = ProtobufReader.Failure

  /// Reads and checks a model file.
  ///
  /// - Throws: the reason why it cannot be used.
  init(contents: [UInt8]) throws(ProtobufReader.Failure) {
    var reader = ProtobufReader(contents, 0..<contents.count)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (1, .bytes(let range)): try readPiece(contents, range)
      case (2, .bytes(let range)): try readTraining(contents, range)
      case (3, .bytes(let range)): try readNormalization(contents, range)
      case (5, .bytes(let range)): try checkDenormalization(contents, range)
      case (1...5, .bytes): break
      case (1...5, _): throw Failure(reason: "field \(field) is a number, expected a message")
      default: break
      }
    }
    try check()
  }

  private mutating func readPiece(_ contents: [UInt8], _ range: Range<Int>) throws(ProtobufReader.Failure) {
    let number = scores.count
    var (place, score, kind): (Range<Int>, Float, Int) = (0..<0, 0, PieceKind.normal.rawValue)
    var reader = ProtobufReader(contents, range)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (1, .bytes(let range)): place = range
      case (2, .bits32(let bits)): score = Float(bitPattern: bits)
      case (3, .number(let number)): kind = Int(truncatingIfNeeded: number)
      case (1...3, _): throw Failure(reason: "piece \(number) has a field of a wrong type")
      default: break
      }
    }
    guard let kind = PieceKind(rawValue: kind) else {
      throw Failure(reason: "piece \(number) is of the unknown type \(kind)")
    }
    let text = contents.span.extracting(place)
    guard !text.isEmpty, text.count <= Self.longestPiece else {
      throw Failure(
        reason:
          "piece \(number) has \(text.count) bytes, expected at least 1 and at most \(Self.longestPiece)")
    }
    guard !contents[place].contains(0), (try? UTF8Span(validating: text)) != nil else {
      throw Failure(reason: "piece \(number) is not text in UTF-8")
    }
    guard score.isFinite else { throw Failure(reason: "the score of piece \(number) is \(score)") }
    guard pieces.insert(text) == number else {
      throw Failure(
        reason: "piece \(number), '\(String(decoding: contents[place], as: UTF8.self))', occurs twice")
    }
    scores.append(score)
    pieceKinds.append(kind)
  }

  private mutating func readTraining(_ contents: [UInt8], _ range: Range<Int>) throws(ProtobufReader.Failure)
  {
    var reader = ProtobufReader(contents, range)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (3, .number(let number)):
        guard let kind = Kind(rawValue: Int(truncatingIfNeeded: number)) else {
          throw Failure(reason: "the model is of the unknown type \(number)")
        }
        self.kind = kind
      case (24, .number(let number)): endsWordsWithSpaces = number != 0
      case (35, .number(let number)): spellsBytes = number != 0
      case (44, .bytes(let range)): unknownText = Array(contents[range])
      // An empty name means the default.
      case (45, .bytes(let range)): names.unknown = range.isEmpty ? Names().unknown : Array(contents[range])
      case (46, .bytes(let range)):
        names.beginning = range.isEmpty ? Names().beginning : Array(contents[range])
      case (47, .bytes(let range)): names.end = range.isEmpty ? Names().end : Array(contents[range])
      case (48, .bytes(let range)): names.padding = range.isEmpty ? Names().padding : Array(contents[range])
      case (3, _), (24, _), (35, _), (44...48, _):
        throw Failure(reason: "field \(field) of the settings of training has a wrong type")
      default: break
      }
    }
  }

  private mutating func readNormalization(_ contents: [UInt8], _ range: Range<Int>)
    throws(ProtobufReader.Failure)
  {
    var reader = ProtobufReader(contents, range)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (2, .bytes(let range)): characterMap = try CharacterMap(Array(contents[range]))
      case (3, .number(let number)): addsSpace = number != 0
      case (4, .number(let number)): removesSpaces = number != 0
      case (5, .number(0)):
        throw Failure(reason: "it keeps spaces instead of marking them with ▁, which is not supported")
      case (5, .number): break
      case (2...5, _):
        throw Failure(reason: "field \(field) of the settings of normalization has a wrong type")
      default: break
      }
    }
  }

  private func checkDenormalization(_ contents: [UInt8], _ range: Range<Int>) throws(ProtobufReader.Failure) {
    var reader = ProtobufReader(contents, range)
    while let (field, value) = try reader.next() {
      if case (2, .bytes(let range)) = (field, value), !range.isEmpty {
        throw Failure(reason: "it has rules that change decoded text, which are not supported")
      }
    }
  }
}
