extension SentencePieceFile {
  /// The contents as lines of text, to show where two files differ.
  var lines: [UInt8] {
    let settings =
      "\(kind), bytes \(spellsBytes), spaces \(endsWordsWithSpaces) \(addsSpace) \(removesSpaces), "
      + "rules of normalization: \(characterMap.size) bytes with sum \(characterMap.sum)\n"
    var output = Array(settings.utf8)
    for id in scores.indices {
      output += pieces[id]
      output += Array(" \(scores[id]) \(pieceKinds[id])\n".utf8)
    }
    return output
  }
}
