extension SentencePieceFile {
  /// Checks what all pieces together must have.
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
  }
}
