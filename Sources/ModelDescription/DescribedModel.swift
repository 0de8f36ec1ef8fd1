package import ModelFolders
package import Models
internal import Tensors
internal import Training

/// A model to describe: an architecture alone, or what a folder holds.
package struct DescribedModel: Sendable {
  private let transformer: Transformer
  /// The weights of a folder; nil for an architecture alone.
  private let trained: TrainedTransformer?
  private let text: TextDescription?
  private let origin: OriginDescription?

  /// An architecture.
  ///
  /// - Precondition: `model.problem` is nil.
  package init(_ model: ModelConfiguration) {
    transformer = Transformer(model)
    (trained, text, origin) = (nil, nil, nil)
  }

  /// The model of a folder.
  ///
  /// - Throws: what reading the folder throws.
  package init(_ folder: ModelFolder) throws {
    let (model, pipeline) = try folder.read()
    (transformer, trained) = (model.architecture, model)
    (text, origin) = (TextDescription(pipeline), try OriginDescription(folder))
  }

  /// The model of the folder at a path.
  ///
  /// - Throws: what reading the folder throws.
  package init(folder path: String) throws { try self.init(ModelFolder(path)) }

  /// The description without the speed.
  package func description(_ settings: DescriptionSettings) -> ModelDescription {
    var result = ModelDescription(transformer, settings: adjusted(settings))
    (result.text, result.origin) = (text, origin)
    result.storedWeights = trained.map { model in
      let types = transformer.parameters.filter { $0.extents.count > 1 }.map { item in
        model.weights.type(of: item.parameter)?.rawValue ?? "several"
      }
      return StoredWeights(types: Set(types).sorted(), bytes: model.weights.byteCount)
    }
    return result
  }

  /// What was frozen in the training of the folder's model is frozen here, too.
  private func adjusted(_ settings: DescriptionSettings) -> DescriptionSettings {
    var settings = settings
    settings.trainer.frozen.formUnion((origin?.frozen ?? []).compactMap { ModelPart(rawValue: $0) })
    return settings
  }

  /// The number of stages of a measurement.
  package var stages: Int { precisions.count + ComputeType.allCases.count }

  private var precisions: [MatrixPrecision] { MatrixPrecision.allCases.filter { $0.problem == nil } }

  /// Measures the speed of training and of translation on this machine, for some seconds and in memory of its own.
  ///
  /// - Parameters:
  ///   - settings: those of the description.
  ///   - seconds: how long each measurement should take; an update of a large model may take longer.
  ///   - progress: called before each stage.
  /// - Returns: the speed.
  /// - Throws: `SearchOptionsError` for a beam that a search cannot have.
  package func measureSpeed(
    _ settings: DescriptionSettings, seconds: Double = 0.5, progress: () -> Void = {}
  ) throws -> SpeedDescription {
    let settings = adjusted(settings)
    let training = precisions.map { precision in
      progress()
      return TrainingSpeedTest(transformer, settings, precision: precision).measure(seconds: seconds)
    }
    let model = trained ?? TrainedTransformer(transformer, weights: transformer.initialParameters(seed: 1))
    let rates = InferenceRates(transformer.configuration)
    let decoding = try ComputeType.allCases.flatMap { type in
      progress()
      return try DecodingSpeedTest(model, settings, type, rates).measure(seconds: seconds / 2)
    }
    return SpeedDescription(
      usesRandomWeights: trained == nil, threads: settings.trainer.threads,
      kernels: ProductKernels(float32: settings.trainer.float32Products).description, training: training,
      decoding: decoding, readBandwidth: rates.bandwidth)
  }
}
