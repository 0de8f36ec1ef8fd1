import Files

extension FilesRequest {
  /// Rejects training text that comes from a pipe, where it is read more than once.
  ///
  /// - Parameters:
  ///   - reader: what reads it more than once, as the beginning of a sentence.
  ///   - readsTargets: whether it reads the target side as well.
  /// - Throws: ``TrainingRequestError``, which names the file.
  func requireFiles(for reader: String, readsTargets: Bool) throws(TrainingRequestError) {
    let targets = readsTargets ? trainTarget : []
    for (option, paths) in [("--train-source", trainSource), ("--train-target", targets)] {
      for path in paths where fileExists(path) && !regularFileExists(path) {
        throw .conflict(
          "\(reader) reads the training text more than once, but '\(path)' is a pipe or a device, which can be read "
            + "only once; write its text to a file, and name that for '\(option)'")
      }
    }
  }
}
