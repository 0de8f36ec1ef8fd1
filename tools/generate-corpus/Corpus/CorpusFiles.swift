import FoundationEssentials

/// The corpus as six text files in a folder.
enum CorpusFiles {
  /// Name and text of each file.
  static func contents(of corpus: Corpus) -> [(name: String, text: String)] {
    let parts = [("train", corpus.train), ("valid", corpus.valid), ("test", corpus.test)]
    return parts.flatMap { name, pairs in
      [("\(name).en", lines(pairs.map(\.english))), ("\(name).de", lines(pairs.map(\.german)))]
    }
  }

  static func write(_ corpus: Corpus, to folder: String) throws(CorpusError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: folder)
    }
    for (name, text) in contents(of: corpus) {
      let path = folder + "/" + name
      do {
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
      } catch {
        throw .unwritable(path: path)
      }
    }
  }

  /// - Throws: `CorpusError.differs` at the first line that is not what the grammar gives.
  static func check(_ corpus: Corpus, in folder: String) throws(CorpusError) {
    for (name, text) in contents(of: corpus) {
      let path = folder + "/" + name
      guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path: path) }
      guard data != Data(text.utf8) else { continue }
      let same = zip(data, text.utf8).prefix { $0 == $1 }
      throw .differs(path: path, line: same.count { $0.0 == 0x0A } + 1)
    }
  }

  private static func lines(_ sentences: [String]) -> String {
    sentences.map { $0 + "\n" }.joined()
  }
}
