internal import Files
public import Tensors

extension Transformer {
  /// The mean of the weights in several files, tensor by tensor.
  ///
  /// Weights of neighboring checkpoints lie around the same minimum, and their mean is nearer to it than any of them:
  /// an ensemble at the cost of one model.
  ///
  /// - Parameter paths: safetensors files of this architecture, at least one, with weights of any type.
  /// - Returns: the means, each rounded once. Only one tensor of each file is in memory at a time.
  /// - Throws: ``CheckpointError`` or `FileError`, which name the file that is missing or does not match.
  public func averageOfParameters(paths: [String]) throws -> FlatBuffer {
    precondition(!paths.isEmpty, "averageOfParameters: no files")
    let files = try paths.map { path in
      let file = try SafetensorsReader(path: path)
      // Kept weights have a checksum of themselves; those of earlier versions and models have none.
      _ = try file.verifyChecksum()
      return try ParameterFile(file, path: path)
    }
    for item in parameters { for file in files { _ = try file.type(of: item) } }
    let buffer = FlatBuffer(count: parameterCount)
    for item in parameters {
      var sums = [Double](repeating: 0, count: item.parameter.shape.count)
      for file in files {
        for (index, value) in try file.values(of: item).floats.enumerated() { sums[index] += Double(value) }
      }
      buffer.replace(at: item.parameter.offset, with: sums.map { Float($0 / Double(files.count)) })
    }
    return buffer
  }
}
