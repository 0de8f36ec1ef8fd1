import Files
import Models
import Tensors
import TestSupport

/// A small model in its own folder, written with weights of a type.
struct StoredModel {
  let model: SmallModel
  let folder: TemporaryFolder

  init(_ model: SmallModel, as type: WeightType) throws {
    (self.model, folder) = (model, try TemporaryFolder())
    try ModelFiles.write(
      TrainedTransformer(model.architecture, weights: model.weights), as: type, metadata: ["format": "pt"],
      folder: folder.path)
  }

  var path: String { folder(ModelFiles.weights) }

  func read() throws -> TrainedTransformer { try ModelFiles.read(folder: folder.path) }

  /// Every parameter rounded by the definition, without any file.
  static func rounded(_ model: SmallModel, to type: WeightType) throws -> FlatBuffer {
    let buffer = FlatBuffer(count: model.weights.count)
    for item in model.architecture.parameters {
      var values = model.weights.array(item.range)
      if item.extents.count == 2 {
        let columns = item.extents[1]
        for start in stride(from: 0, to: values.count, by: columns) {
          let row = start..<start + columns
          let scale = values[row].reduce(0) { max($0, abs($1)) } / 127
          for index in row {
            switch type {
            case .float32: break
            case .bfloat16: values[index] = nearestBfloat16(values[index])
            case .int8 where scale > 0:
              values[index] = (values[index] / scale).rounded(.toNearestOrEven) * scale
            case .int8: break
            }
          }
        }
      }
      buffer.replace(at: item.parameter.offset, with: values)
    }
    return buffer
  }

  /// By division, not by bits: a bfloat16 has 8 significant bits.
  private static func nearestBfloat16(_ value: Float) -> Float {
    guard value != 0 else { return value }
    let unit = value.binade * 0x1p-7
    return (value / unit).rounded(.toNearestOrEven) * unit
  }
}
