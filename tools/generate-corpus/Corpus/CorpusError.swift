/// An error in generating or checking a corpus.
enum CorpusError: Error, CustomStringConvertible {
  case unknownTags([String])
  case ambiguous(String, String, String)
  case exhausted(wanted: Int, found: Int)
  case unreadable(path: String)
  case unwritable(path: String)
  case differs(path: String, line: Int)

  var description: String {
    switch self {
    case .unknownTags(let tags): "the lexicon has no words for these tags: \(tags.joined(separator: ", "))"
    case .ambiguous(let english, let first, let second):
      "'\(english)' has two translations: '\(first)' and '\(second)'; make the grammar tell them apart"
    case .exhausted(let wanted, let found):
      "the grammar gave only \(found) of \(wanted) new sentences; ask for fewer with --pairs"
    case .unreadable(let path): "cannot read '\(path)'; make it with: generate-corpus --output DIR"
    case .unwritable(let path): "cannot write '\(path)'; check the folder and its permissions"
    case .differs(let path, let line):
      "'\(path)' differs from what the grammar gives, first in line \(line); regenerate with --output"
    }
  }
}
