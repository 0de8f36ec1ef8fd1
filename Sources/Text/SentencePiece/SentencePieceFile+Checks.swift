extension SentencePieceFile {
  /// The most user-defined pieces that may begin one another: the library's table of matches has 64 places.
  private static let mostNested = 64

  /// Checks what the library takes for granted.
  mutating func check() throws(ProtobufReader.Failure) {
    let unknowns = pieceKinds.indices.filter { pieceKinds[$0] == .unknown }
    guard unknowns.count == 1 else {
      throw ProtobufReader.Failure(reason: "it has \(unknowns.count) unknown pieces, expected 1")
    }
    unknown = unknowns[0]
    guard pieceKinds.contains(where: { $0 == .normal || $0 == .userDefined || $0 == .byte }) else {
      throw ProtobufReader.Failure(reason: "it has no pieces of text")
    }
    for id in pieceKinds.indices where pieceKinds[id] == .byte && Self.byte(of: pieces[id]) == nil {
      throw ProtobufReader.Failure(
        reason: "piece \(id), '\(String(decoding: pieces[id], as: UTF8.self))', is not a byte such as <0x0A>")
    }
    let bytes = pieceKinds.count { $0 == .byte }
    guard bytes == (spellsBytes ? 256 : 0) else {
      throw ProtobufReader.Failure(
        reason: "it has \(bytes) pieces of bytes, expected \(spellsBytes ? "256" : "none")")
    }
    guard nested(pieceKinds.indices.filter { pieceKinds[$0] == .userDefined }) <= Self.mostNested else {
      throw ProtobufReader.Failure(
        reason: "more than \(Self.mostNested) user-defined pieces begin with one another")
    }
    if !characterMap.isEmpty, let problem = CharacterMap.problem(of: characterMap) {
      throw ProtobufReader.Failure(reason: "the rules of normalization are damaged: \(problem)")
    }
  }

  /// The most pieces of which each begins with the one before.
  private func nested(_ ids: [Int]) -> Int {
    var most = 0
    var stack: [Int] = []
    for id in ids.sorted(by: { pieces.precedes($0, $1) }) {
      while let last = stack.last, !pieces[id].starts(with: pieces[last]) { stack.removeLast() }
      stack.append(id)
      most = max(most, stack.count)
    }
    return most
  }
}
