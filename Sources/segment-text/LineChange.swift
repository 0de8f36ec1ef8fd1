import Files
import Machine
import Text

/// Changes a line; several threads may call it concurrently.
typealias LineChange = @Sendable (_ line: [UInt8]) -> [UInt8]

/// What the options do to each line.
func makeLineChange(_ arguments: SegmentTextArguments) throws -> LineChange {
  if !arguments.vocabulary.folder.isEmpty { return try makeModelView(arguments) }
  return arguments.isUndone ? makeUndoing(arguments) : try makeSegmenting(arguments)
}

private func makeModelView(_ arguments: SegmentTextArguments) throws -> LineChange {
  let (pipeline, side) = (try TextPipeline(folder: arguments.vocabulary.folder), arguments.vocabulary.side)
  if arguments.isUndone { return { pipeline.line(ofSubwords: $0, side: side) } }
  return { line in
    var line = line
    _ = repairUTF8(&line)
    return pipeline.subwords(of: line, side: side)
  }
}

private func makeSegmenting(_ arguments: SegmentTextArguments) throws -> LineChange {
  let changes = [
    arguments.words.isUsed ? try makeTokenizing(arguments) : nil,
    arguments.codes.path.isEmpty ? nil : try makeSplitting(arguments),
  ].compactMap(\.self)
  return { line in changes.reduce(line) { $1($0) } }
}

private func makeTokenizing(_ arguments: SegmentTextArguments) throws -> LineChange {
  let words = arguments.words
  let language = try Language(code: words.language).code
  let normalizer = Normalizer(
    form: words.normalization, lowercase: words.lowercase, language: language)
  let tokenizer = ICUTokenizer(
    language: language,
    protected: ProtectedWords(patterns: arguments.protected, ignoresCase: words.lowercase))
  return { tokenizer.tokenize(normalizer.normalize($0)) }
}

private func makeSplitting(_ arguments: SegmentTextArguments) throws -> LineChange {
  let codes = arguments.codes
  let encoding = try BytePairEncoding.readCodes(path: codes.path, merges: codes.merges)
  var options = CodesOptions()
  options.separator = Array(codes.separator.utf8)
  options.protected = arguments.protected
  options.protectsOnlyWords = arguments.words.isUsed
  if !codes.vocabulary.isEmpty {
    options.vocabulary = try CountedVocabulary(path: codes.vocabulary, threshold: codes.threshold)
  }
  let encoders = Pool { [options] in CodesEncoder(encoding, options: options) }
  return { line in encoders.withElement { $0.encode(line) } }
}

/// Joins subwords, then words, each if they were split; without options, there are only words.
private func makeUndoing(_ arguments: SegmentTextArguments) -> LineChange {
  let joiner = SubwordJoiner(separator: Array(arguments.codes.separator.utf8))
  let hasSubwords = !arguments.codes.path.isEmpty
  let hasWords = arguments.words.isUsed || !hasSubwords
  return { line in
    let words = hasSubwords ? joiner.join(line) : line
    return hasWords ? ICUTokenizer.detokenize(words) : words
  }
}
