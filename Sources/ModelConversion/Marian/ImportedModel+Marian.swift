internal import Files
internal import Models
internal import Tensors
internal import Text
internal import Tokens

extension ImportedModel {
  /// A model of Marian, Bergamot, Firefox or OPUS-MT.
  init(marian path: String, _ options: ImportOptions) throws {
    var marian = try MarianModel(path: path)
    let configuration = marian.configuration
    let files =
      options.vocabularies.isEmpty
      ? try VocabularyFiles(besideModel: path)
      : VocabularyFiles(options.vocabularies, folder: path.folderOfPath)
    let package = try MarianPackage(folder: path.folderOfPath)
    var options = options
    options.addLanguages(ofNamesIn: path.folderOfPath)
    options.preprocessing = options.keepsPreprocessing ? try package.preprocessing() : .none
    pipeline = try files.pipeline(
      options, sizes: (configuration.sourceVocabularySize, configuration.targetVocabularySize),
      joint: configuration.tying == .all || configuration.tying == .embeddings)
    vocabularyFiles = files.paths
    notes =
      [marian.rows.note(pipeline)].compactMap { $0 }
      + (try package.notes(path.nameOfPath, keepsPreprocessing: options.keepsPreprocessing))
    if marian.hasActivationMultipliers {
      notes.append(
        "its multipliers of activations are not needed here; 'export-model --format bergamot --alphas' computes new ones"
      )
    }
    marian.fit(pipeline)
    try marian.findAlignmentHeads(package, name: path.nameOfPath)
    var specialTokens = pipeline.specialTokens
    // Whatever the vocabulary has, Marian's decoder starts with zeros.
    specialTokens.beginning = SpecialTokens.absent
    model = try marian.read(specialTokens, keepsBytes: options.keepsBytes)
    weightType = marian.hasBytes && options.keepsBytes ? .int8 : .float32
    origin = "Marian, \(path.nameOfPath)"
    shortlist = try fileNames(in: path.folderOfPath).sorted()
      .first { name in name.hasPrefix("lex") && [".bin", ".s2t", ".s2t.gz"].contains(where: name.hasSuffix) }
      .map { "\(path.folderOfPath)/\($0)" }
  }
}
