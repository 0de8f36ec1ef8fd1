public import Files
import Tokens

/// What can be wrong with the files of a vocabulary folder.
public enum VocabularyError: Error, Equatable {
  /// A file or folder cannot be read or written.
  case file(FileError)
  /// A file is not UTF-8.
  case invalidUTF8(path: String, line: Int)
  /// A line of `vocab.txt` is empty.
  case emptyToken(path: String, line: Int)
  /// A token contains a space.
  case malformedToken(found: String, path: String, line: Int)
  /// A token occurs twice in `vocab.txt`.
  case duplicate(Subword, path: String, line: Int, firstLine: Int)
  /// One of the first four lines of `vocab.txt` is not the expected special token.
  case missingSpecialToken(expected: String, found: String, path: String, line: Int)
  /// The id of a special token is out of range.
  case noSuchSpecialToken(id: Int, tokens: Int, path: String)
  /// The end or unknown tokens of the two sides have different ids.
  case differentSpecialTokens(folder: String)
  /// A tag that `pipeline.json` lists is not on its line of `vocab.txt`.
  case missingTag(expected: String, found: String, path: String, line: Int)
  /// A span token or mark of terms that `pipeline.json` says is not in the file.
  case missingMark(String, path: String)
  /// The vocabulary does not have the tag; `known` are its tags.
  case unknownTag(found: String, known: [String])
  /// A codes file's first line is not a version.
  case codesWithoutVersion(found: String, path: String)
  /// A codes file has an unsupported version.
  case unknownCodesVersion(found: String, path: String)
  /// A codes file has fewer merges than `pipeline.json` says.
  case missingMerges(found: Int, expected: Int, path: String)
  /// A codes file has fewer merges than were requested, and they cannot make a token of the vocabulary.
  case unmakeableToken(String, found: Int, requested: Int, path: String)
  /// A line of a codes file is not a merge operation.
  case malformedMerge(found: String, path: String, line: Int)
  /// A line of a codes file of any format is not what is expected there.
  case malformedCodes(found: String, expected: String, path: String, line: Int)
  /// A line of a vocabulary with counts is not a subword and its count.
  case malformedCount(found: String, path: String, line: Int)
  /// `pipeline.json` is invalid.
  case malformedSettings(path: String, reason: String)
  /// A file is not a SentencePiece model, or it is damaged.
  case malformedModel(path: String, reason: String)
  /// A list of tokens lacks a special token.
  case missingToken(String, path: String)
  /// The sides share one vocabulary, but the files give each another.
  case differentVocabularies(folder: String)
  /// SentencePiece has learned fewer pieces than requested; `most` is what the text has.
  case vocabularyTooLarge(requested: Int, most: Int)
  /// SentencePiece was asked for fewer pieces than the characters, special tokens and symbols that each need one.
  case vocabularyTooSmall(requested: Int, least: Int)
  /// SentencePiece could not learn a model.
  case notLearned(reason: String)
  /// A folder to replace contains files that are not part of a vocabulary.
  case foreignFolder(path: String, file: String)
  /// The files to learn a vocabulary from contain no words.
  case noWords(paths: [String])
  /// Something cannot be added as a token.
  case badToken(String)
  /// No tokens can be added to vocabularies of the segmentation.
  case notExtendable(segmentation: String)
  /// The segmentation cannot be learned; its vocabularies are made by other programs.
  case notLearnable(segmentation: String)
}

extension VocabularyError: CustomStringConvertible {
  /// Where and what is wrong, and what to do about it, on one line.
  public var description: String {
    switch self {
    case .badToken(let reason): reason
    case .notExtendable(let segmentation):
      "no tokens can be added to a vocabulary of the segmentation '\(segmentation)'"
    case .file(let error):
      error.description
    case .invalidUTF8(let path, let line):
      "\(path):\(line): not UTF-8; convert the file, or rerun build-vocab"
    case .emptyToken(let path, let line):
      "\(path):\(line): the line is empty, expected a token; remove the line or rerun build-vocab"
    case .malformedToken(let found, let path, let line):
      "\(path):\(line): '\(found)' contains a space, expected one token per line; rerun build-vocab"
    case .duplicate(let subword, let path, let line, let firstLine):
      "\(path):\(line): '\(subword)' is already on line \(firstLine); remove one or rerun build-vocab"
    case .missingSpecialToken(let expected, let found, let path, let line):
      "\(path):\(line): found '\(found)', expected '\(expected)': a vocabulary begins with "
        + "\(SpecialTokens.standardNames.joined(separator: ", ")); rerun build-vocab"
    case .noSuchSpecialToken(let id, let tokens, let path):
      "\(path): a special token has the id \(id), but there are only \(tokens) tokens; restore the file"
    case .differentSpecialTokens(let folder):
      "'\(folder)': the source and target vocabularies have different ids for their end or unknown tokens, which a "
        + "model needs to have in common; restore the files"
    case .missingTag(let expected, let found, let path, let line):
      "\(path):\(line): found '\(found)', expected the tag '\(expected)', which pipeline.json lists; "
        + "restore the files or rerun build-vocab"
    case .missingMark(let name, let path):
      "\(path): there is no token '\(name)', which 'span_tokens' or 'term_marks' in pipeline.json say; restore the files or rerun "
        + "build-vocab"
    case .unknownTag(let found, let known):
      "the vocabulary has no tag '\(found)'; "
        + (known.isEmpty ? "it has no tags" : "its tags are \(known.joined(separator: ", "))")
        + "; a tag must be there before training: build-vocab --tag '\(found)'"
    case .codesWithoutVersion(let found, let path):
      "\(path):1: found '\(found)', expected '#version: 0.2'; codes without a version are in subword-nmt's "
        + "old format 0.1 or fastBPE's: apply them with segment-text, or learn them again with build-vocab"
    case .unknownCodesVersion(let found, let path):
      "\(path):1: codes of version '\(found)', expected 0.2; learn them again with build-vocab"
    case .missingMerges(let found, let expected, let path):
      "\(path): the file has \(found) merges, but pipeline.json beside it says that there are \(expected): it was cut "
        + "off; copy it again or rerun build-vocab"
    case .unmakeableToken(let token, let found, let requested, let path):
      "\(path): the file has \(found) of the \(requested) merges that pipeline.json beside it names, and they do not make "
        + "'\(token)', a token of the vocabulary: it was cut off; copy it again or rerun build-vocab"
    case .malformedMerge(let found, let path, let line):
      "\(path):\(line): '\(found)' is not a merge, expected two symbols separated by one space; "
        + "restore the file or rerun build-vocab"
    case .malformedCodes(let found, let expected, let path, let line):
      "\(path):\(line): found '\(found)', expected \(expected), separated by single spaces; "
        + "give a codes file of build-vocab, subword-nmt or fastBPE, and restore it if it was edited"
    case .malformedCount(let found, let path, let line):
      "\(path):\(line): found '\(found)', expected a subword and its count, separated by one space; "
        + "make the file with subword-nmt's get-vocab from segmented text"
    case .malformedSettings(let path, let reason):
      "\(path): \(reason); restore the file or rerun build-vocab"
    case .malformedModel(let path, let reason):
      "\(path): not a valid SentencePiece model: \(reason); copy the file again"
    case .missingToken(let name, let path):
      "\(path): there is no token '\(name)', which a vocabulary needs; add the line where the model has its id"
    case .differentVocabularies(let folder):
      "'\(folder)': pipeline.json says that both sides share one vocabulary, but the sides' files have different tokens; "
        + "add a vocab.txt with the common tokens, or set 'joint' to false"
    case .vocabularyTooLarge(let requested, let most):
      "a vocabulary of \(requested) pieces is too large for this text, from which \(most) can be learned; "
        + "give --vocab-size \(most) or less, or more text"
    case .vocabularyTooSmall(let requested, let least):
      "a vocabulary of \(requested) pieces is too small: the special tokens and the characters of this text are "
        + "\(least); give --vocab-size \(least) or more, or a lower --character-coverage"
    case .notLearned(let reason):
      "SentencePiece could not learn a model: \(reason)"
    case .foreignFolder(let path, let file):
      "'\(path)' holds '\(file)', which is not part of a vocabulary; "
        + "choose a new folder, or remove what is in this one"
    case .noWords(let paths):
      "no words in \(paths.map { "'\($0)'" }.joined(separator: ", ")); name files with text, one sentence per line"
    case .notLearnable(let segmentation):
      "a vocabulary of the kind '\(segmentation)' cannot be learned here; give a folder that contains one"
    }
  }
}
