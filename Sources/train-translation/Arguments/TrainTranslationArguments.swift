public import CommandLineArguments
public import Layers
import Machine
public import Models
public import Tensors
import Text
import Training

extension MatrixPrecision: ArgumentValue {}
extension FeedForwardActivation: ArgumentValue {}
extension NormPlacement: ArgumentValue {}
extension EmbeddingTying: ArgumentValue {}

/// The options of `train-translation`; what a preset decides is nil until it is given.
struct TrainTranslationArguments: CommandArguments {
  var vocabulary = ""
  var trainSource: [String] = []
  var trainTarget: [String] = []
  var validSource: [String] = []
  var validTarget: [String] = []
  var model = ""
  var resume = false
  var overwrite = false

  var trainWeight: [Double] = []
  var prefixSource: [String] = []
  var validPrefixSource: [String] = []

  var initializeFrom: String?
  var freeze: [ModelPart] = []
  var distillFrom: String?
  var distillBeam = 5
  var distillWithOriginal = false

  var presetName = PresetName.small
  var encoderLayers: Int?
  var decoderLayers: Int?
  var size: Int?
  var innerSize: Int?
  var heads: Int?
  var activation = FeedForwardActivation.relu
  var normPlacement = NormPlacement.post
  var tying: EmbeddingTying?
  var positions = PositionEncoding.sinusoidal
  var biasFree = false
  var initialization = Initialization.glorot

  var decoder = DecoderName.autoregressive
  var natMethod = NonautoregressiveMethod.ctc
  var natLayers: Int?
  var upsampling: Int?
  var lengthEnding: LengthEnding?
  var glancing = 0.0
  var glancingEnd: Double?

  var dropout: Double?
  var attentionDropout = 0.0
  var activationDropout = 0.0
  var labelSmoothing = 0.1
  var rDrop = 0.0
  var wordDropout = 0.0
  var layerDrop = 0.0
  var bpeDropout = 0.0
  var copyUnknowns = 0.05

  var schedule = ScheduleName.inverseSquareRoot
  var learningRate: Double?
  var warmup: Int?
  var warmupFrom: Double?
  var minLearningRate = 0.0
  var scheduleUpdates: Int?
  var noamFactor: Double?
  var plateauFactor: Double?
  var plateauPatience: Int?

  var optimizer = OptimizerName.adam
  var beta1: Double?
  var beta2: Double?
  var epsilon: Double?
  var weightDecay: Double?
  var momentum: Double?
  var relativeStep = false
  var clipNorm = 1.0
  var skipLimit = 10

  var batchTokens = 4096
  var accumulate = 1
  var maxLength = 256
  var seed: UInt64 = 1

  var averageDecay = 0.999
  var keepCheckpoints: Int?
  var keepEvery: TrainingInterval?
  var averageLast: Int?

  var maxUpdates: Int?
  var maxEpochs: Int?
  var timeBudget: Duration?
  var validateEvery = TrainingInterval.updates(500)
  var patience = 10
  var validation = ValidationArguments()
  var alignment = AlignmentArguments()
  var logEvery = 50
  var checkpointEvery = Duration.seconds(300)
  var precision = MatrixPrecision.float32
  var threads = availableProcessors()
  var shards: Int?
  var maxMemory: ByteCount?
  var profile = false

  var sourceLanguage = ""
  var targetLanguage = ""
  var tokenizer = TokenizerKind.icu
  var normalization = NormalizationForm.nfc
  var lowercase = false
  var merges: Int?
  var joint = true
  var plan = false
  /// Which options were given.
  var given = GivenOptions<Self>()
  /// Whether everything is chosen that `--preset auto` chooses.
  var isResolved = false
  /// Whether the validation text is part of the training text, and to be left out there.
  var leavesOutValidation = false

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if trainSource.count != trainTarget.count {
      throw .conflict(
        "\(trainSource.count) files of --train-source and \(trainTarget.count) of --train-target; give as many of both"
      )
    }
    if validSource.count != validTarget.count {
      throw .conflict(
        "\(validSource.count) files of --valid-source and \(validTarget.count) of --valid-target; give as many of both"
      )
    }
    for (option, paths) in [("--valid-source", validSource), ("--valid-target", validTarget)]
    where paths.contains("-") {
      throw .conflict("validation text is read more than once; name a file for '\(option)'")
    }
    if let problem = precision.problem {
      throw .conflict("no '--precision \(precision.rawValue)' here: \(problem); leave the option out")
    }
    try validateAuto(given)
    try validateCorpora()
    try validateContinuing()
    try validateDistillation()
    try validateDecoder()
    try validateOptimizer()
    // How large another model is, is not known yet.
    if initializeFrom == nil {
      try validateRegularization(presetConfiguration)
      try validateSchedule()
      try validateAlignment()
    }
    try validateKeeping()
    try validateValidation()
  }

  /// The layers and rates that are asked for, whatever the vocabularies.
  private var presetConfiguration: ModelConfiguration {
    var result = preset.configuration(sourceVocabularySize: 1, targetVocabularySize: 1)
    result.encoderLayers = encoderLayers ?? result.encoderLayers
    result.decoderLayers = decoderLayers ?? result.decoderLayers
    result.dropout = dropout.map { Float($0) } ?? result.dropout
    (result.attentionDropout, result.activationDropout) = (Float(attentionDropout), Float(activationDropout))
    return result
  }

  /// The architecture for vocabularies of the given sizes: the preset, with what was given instead of its parts.
  ///
  /// - Throws: `ArgumentError` for parts that do not fit together.
  func configuration(sourceVocabulary: Int, targetVocabulary: Int, isJoint: Bool) throws(ArgumentError)
    -> ModelConfiguration
  {
    var result = preset.configuration(
      sourceVocabularySize: sourceVocabulary, targetVocabularySize: targetVocabulary)
    result.encoderLayers = encoderLayers ?? result.encoderLayers
    result.decoderLayers = decoderLayers ?? result.decoderLayers
    result.size = size ?? result.size
    result.innerSize = innerSize ?? result.innerSize
    result.heads = heads ?? result.heads
    result.activation = activation
    result.normPlacement = normPlacement
    result.tying = tying ?? (isJoint ? .all : .decoder)
    result.dropout = dropout.map { Float($0) } ?? result.dropout
    result.attentionDropout = Float(attentionDropout)
    result.activationDropout = Float(activationDropout)
    setVariants(&result)
    setDecoders(&result)
    if result.tying == .all && !isJoint {
      throw .conflict("'--tie all' needs a joint vocabulary; use --tie decoder, or build-vocab --joint")
    }
    if let problem = result.problem { throw .conflict("no such model can be: \(problem)") }
    return result
  }
}
