import CommandLineArguments
import Testing

/// Options in several groups: where their values are stored, which were given, and the rules between them.
@Suite struct OptionGroupTests {
  enum OptimizerName: String, CaseIterable, ArgumentValue {
    case adam, sgd, adafactor
  }

  struct Optimizer: OptionGroup, Equatable {
    var name = OptimizerName.adam
    var momentum: Double?
    var relativeStep = false
    var rates: [Double] = []
    var isWarm = true

    static let title = "Optimizer"
    static let options: [Option<Self>] = [
      Option("--optimizer", "name", "the optimizer", \.name),
      Option("--momentum", "decay", "decay of the velocity", \.momentum).only(with: \.name, .sgd, .adafactor),
      Option("--relative-step", "relative steps", \.relativeStep).conflicts(with: \.name, .adam),
      Option("--rate", "rate", "learning rates", \.rates),
      Option("--warm", "warm up", \.isWarm).only(with: \.rates),
      Option("--cold", "start cold", \.isWarm, sets: false),
    ]

    func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
      if given.contains(\.momentum), given.contains(\.rates) {
        throw .conflict("'\(given.name(of: \.momentum))' needs a rate of its own")
      }
    }
  }

  /// Settings that are stored apart from their options.
  struct Request: Equatable {
    var optimizer = Optimizer()
    var seed = 1
    var isSampling = false
  }

  struct Command: CommandArguments {
    var request = Request()
    var resume: String?
    var overwrite = false

    static let command = CommandDescription(name: "sample", summary: "has groups")
    static let groups: [OptionGroupReference<Self>] = [
      .options("Start", startOptions), .group(\.request.optimizer),
      .options("Sampling", samplingOptions) { (arguments, _) throws(ArgumentError) in
        if arguments.request.seed == 13 { throw .conflict("'--seed 13' is unlucky") }
      },
    ]
    private static let startOptions: [Option<Self>] = [
      Option("--resume", "folder", "what to resume", \.resume),
      Option("--overwrite", "start again", \.overwrite).conflicts(with: \.resume),
    ]
    private static let samplingOptions: [Option<Self>] = [
      Option("--seed", "number", "seed", \.request.seed).only(with: \.request.isSampling),
      Option("--sample", "draw at random", \.request.isSampling),
    ]

    func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
      if given.contains(\.request.optimizer.momentum), given.first(of: \.overwrite, \.resume) != nil {
        throw .conflict("the whole refuses '\(given.name(of: \.request.optimizer.momentum))'")
      }
    }
  }

  private func parse(_ words: String) throws -> (arguments: Command, given: GivenOptions<Command>) {
    let request = try Command.request(words.split(separator: " ").map(String.init))
    guard case .run(let arguments, let given) = request else { fatalError("no request for work") }
    return (arguments, given)
  }

  @Test func valuesGoWhereTheKeyPathLeads() throws {
    let words = "--optimizer sgd --relative-step --rate 1 --rate 2 --cold --sample --seed 7"
    var expected = Request()
    (expected.seed, expected.isSampling) = (7, true)
    expected.optimizer = Optimizer(name: .sgd, relativeStep: true, rates: [1, 2], isWarm: false)
    #expect(try parse(words).arguments.request == expected)
    #expect(try parse("").arguments.request == Request())
  }

  @Test func whatWasGivenIsKnownByProperty() throws {
    let given = try parse("--optimizer adam --cold --sample=false").given
    #expect(given.contains(\.request.optimizer.name))
    #expect(given.contains(\.request.isSampling))
    #expect(given.contains(\.request.optimizer.isWarm))
    #expect(!given.contains(\.request.seed))
    #expect(!given.contains(\.request.optimizer))
    #expect(given.name(of: \.request.optimizer.isWarm) == "--cold")
    #expect(given.name(of: \.request.seed) == "--seed")
    #expect(given.first(of: \.resume, \.request.isSampling, \.request.optimizer.name) == \.request.isSampling)
    #expect(given.first(of: \.resume) == nil)
    #expect(given.firstName(except: \.request.optimizer.name) == "--cold")
    #expect(GivenOptions<Command>().firstName() == nil)
  }

  static let conflicts = [
    (
      "--momentum 0.5",
      "'--momentum' has no effect with '--optimizer adam'; it needs '--optimizer sgd' or '--optimizer adafactor'"
    ),
    ("--relative-step", "'--relative-step' has no effect with '--optimizer adam'; leave one of them out"),
    ("--warm", "'--warm' needs '--rate'"),
    ("--resume a --overwrite", "'--overwrite' and '--resume' cannot be used together"),
    ("--seed 1", "'--seed' needs '--sample'"), ("--seed 1 --sample=false", "'--seed' needs '--sample'"),
    ("--sample --seed 13", "'--seed 13' is unlucky"),
    ("--optimizer sgd --momentum 0.5 --rate 1", "'--momentum' needs a rate of its own"),
    ("--optimizer sgd --momentum 0.5 --overwrite", "the whole refuses '--momentum'"),
  ]

  @Test(arguments: conflicts)
  func whatDoesNotFitIsRefused(_ words: String, _ message: String) {
    #expect(throws: ArgumentError.conflict(message)) { try parse(words) }
  }

  @Test(arguments: [
    "--optimizer adafactor --momentum 0.5 --relative-step", "--relative-step=false", "--warm --rate 1",
    "--warm=false", "--overwrite=false --resume a", "--sample --seed 7",
  ])
  func whatFitsIsAccepted(_ words: String) throws {
    _ = try parse(words)
  }

  @Test func helpHasASectionForEachGroup() {
    let titles = Command.text(of: .help).split(separator: "\n").filter { $0.hasSuffix(":") }
    #expect(titles == ["Start:", "Optimizer:", "Sampling:", "General:"])
  }
}
