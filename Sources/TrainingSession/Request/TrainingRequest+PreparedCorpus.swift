extension TrainingRequest {
  /// Rejects what a prepared corpus cannot be used with: everything that needs text, or all pairs in memory.
  func validatePreparedCorpus() throws(TrainingRequestError) {
    guard !files.trainCorpus.isEmpty else {
      guard batches.$corpusWindow.isGiven else { return }
      throw .conflict("'--corpus-window' needs '--train-corpus'; text is mixed as a whole")
    }
    if !files.trainSource.isEmpty || !files.trainTarget.isEmpty || !files.train.isEmpty {
      throw .conflict(
        "'--train-corpus' stands for all of the training text; name the files of '--train-source', '--train-target' and "
          + "'--train' to prepare-corpus instead")
    }
    for (option, isUsed, advice) in preparedCorpusConflicts where isUsed {
      throw .conflict("'\(option)' and '--train-corpus' cannot be used together: \(advice)")
    }
  }

  /// Options that need text, with the reason and what to do.
  private var preparedCorpusConflicts: [(option: String, isUsed: Bool, advice: String)] {
    let needsText =
      "it needs text, and a prepared corpus holds ids; give '--train-source' and '--train-target'"
    return [
      (
        "--preset auto", isAutomatic,
        "it looks at the text; choose another preset, or run it with '--plan' on a part of the text"
      ),
      ("--bpe-dropout", regularization.bpeDropout > 0, needsText),
      (
        "--distill-from", distillation.teacher != nil,
        "the teacher translates text; run translate with the teacher, and prepare its translations"
      ),
      (
        "--replay", !start.replay.isEmpty,
        "replayed text is mixed into text; translate it, and name both to prepare-corpus"
      ),
      (
        alignment.files.isEmpty ? "--preset student" : "--guided-alignment", !alignmentInUse.files.isEmpty,
        "a prepared corpus has no word alignments; give '--guided-alignment none'"
      ),
      (
        "--train-weight", !corpora.trainWeight.isEmpty,
        "a prepared corpus has every pair once; to see a file twice, name it twice to prepare-corpus"
      ),
      (
        "--prefix-source", !corpora.prefixSource.isEmpty,
        "give '--prefix-source' to prepare-corpus, and '--valid-prefix-source' here"
      ),
      (
        "--extend-vocab, --extend-tag, --extend-spans or --extend-terms", start.extendsVocabulary,
        "the corpus has the ids of its own vocabulary; extend it in a training from text, and prepare the corpus with that "
          + "model's folder as '--vocab'"
      ),
    ]
  }
}
