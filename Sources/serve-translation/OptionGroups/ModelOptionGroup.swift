import CommandLineArguments

/// The models.
struct ModelOptionGroup: OptionGroup {
  var model: [String] = []
  var memoryLimit: ByteCount?
  var pivots = true
  var preload = false

  static let title = "Models"
  static let options: [Option<Self>] = [
    Option(
      "--model", short: "m", "folder",
      "model folder, once for each model; en-de=folder for one that does not say its languages", \.model,
      required: true),
    Option(
      "--memory-limit", "size",
      "size of model files kept in memory, such as 2G; of more, those not used for longest are dropped",
      \.memoryLimit),
    Option("--no-pivots", "do not translate by two models, one after the other", \.pivots, sets: false),
    Option("--preload", "read all models before the first request", \.preload),
  ]
}
