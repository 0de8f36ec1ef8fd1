internal import ModelFormats

/// A checkpoint of fairseq: the options with which it was trained, and its tensors.
///
/// Source: facebookresearch/fairseq, `fairseq/checkpoint_utils.py` and `fairseq/trainer.py`. Before version 0.10 options are
/// `args`, a Namespace; since then they are `cfg`, whose `model` and `task` are Namespaces or dictionaries.
struct FairseqCheckpoint {
  let path: String
  /// The options of the model, and those of the task.
  let model, task: CheckpointOptions
  let tensors: TensorFile

  /// Reads a checkpoint as data.
  ///
  /// - Throws: ``ModelConversionError`` for a file without options or tensors, `FileError` for a damaged one.
  init(path: String) throws {
    let archive = try TorchArchive(path: path)
    let root = archive.root
    guard let weights = root["model"], weights.pairs != nil else {
      throw ModelConversionError.unrecognized(
        path: path, expected: "a checkpoint of fairseq, which has its tensors under 'model'")
    }
    guard let options = Self.options(root) else {
      throw ModelConversionError.unrecognized(
        path: path, expected: "a checkpoint of fairseq, which has its options under 'cfg' or 'args'")
    }
    self.path = path
    model = CheckpointOptions(options.model, path: path)
    task = CheckpointOptions(options.task, path: path)
    tensors = try archive.tensorFile(of: weights)
  }

  private static func options(_ root: PickleValue) -> (model: PickleValue, task: PickleValue)? {
    if let configuration = root["cfg"]?.plain, let model = configuration["model"]?.plain, !model.isNone {
      return (model, configuration["task"]?.plain ?? model)
    }
    if let arguments = root["args"], !arguments.isNone { return (arguments, arguments) }
    return nil
  }

  /// Whether a checkpoint has this tensor.
  func has(_ name: String) -> Bool { tensors[name] != nil }
}
