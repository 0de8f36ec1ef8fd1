extension SentencePieceFile {
  /// The file for the library, with only what was checked.
  var checkedContents: [UInt8] {
    var model = ProtobufWriter()
    for id in scores.indices {
      var piece = ProtobufWriter()
      piece.write(pieces[id], field: 1)
      piece.write(scores[id], field: 2)
      piece.write(pieceKinds[id].rawValue, field: 3)
      model.write(piece.bytes, field: 1)
    }
    var training = ProtobufWriter()
    training.write(kind.rawValue, field: 3)
    training.write(endsWordsWithSpaces ? 1 : 0, field: 24)
    training.write(spellsBytes ? 1 : 0, field: 35)
    training.write(names.unknown, field: 45)
    training.write(names.beginning, field: 46)
    training.write(names.end, field: 47)
    training.write(names.padding, field: 48)
    model.write(training.bytes, field: 2)
    var normalization = ProtobufWriter()
    normalization.write(characterMap, field: 2)
    normalization.write(addsSpace ? 1 : 0, field: 3)
    normalization.write(removesSpaces ? 1 : 0, field: 4)
    model.write(normalization.bytes, field: 3)
    return model.bytes
  }

  /// The contents as lines of text, to show where two files differ.
  var lines: [UInt8] {
    let settings =
      "\(kind), bytes \(spellsBytes), spaces \(endsWordsWithSpaces) \(addsSpace) \(removesSpaces), "
      + "rules of normalization: \(characterMap.count) bytes with sum "
      + "\(characterMap.reduce(into: UInt64(0)) { $0 = $0 &* 31 &+ UInt64($1) })\n"
    var output = Array(settings.utf8)
    for id in scores.indices {
      output += pieces[id]
      output += Array(" \(scores[id]) \(pieceKinds[id])\n".utf8)
    }
    return output
  }
}
