import CommandLineArguments
import Models
import Testing
import TrainingOptions
import TrainingSession

@Suite struct TrainingOptionsTests {
  /// A command with some of the groups, as `describe-model` is.
  private struct Arguments: CommandArguments {
    var request = TrainingRequest()

    static let command = CommandDescription(name: "plan", summary: "plans a training")
    static let groups: [OptionGroupReference<Self>] = [
      .group(\.request.architecture), .group(\.request.decoder), .group(\.request.machine),
    ]
  }

  @Test func optionsSetTheRequest() throws {
    let request = try Arguments.parse([
      "--preset", "base", "--size", "384", "--positions", "rotary", "--decoder", "both", "--nat-method",
      "length", "--threads", "3",
    ]).request
    #expect(request.architecture.preset == .base && request.architecture.$preset.isGiven)
    #expect(request.architecture.size == 384 && request.architecture.positions == .rotary)
    #expect(request.decoder.name == .both && request.decoder.method == .length)
    #expect(request.machine.threads == 3 && request.batches == BatchRequest())
  }

  /// Ranges are those of the request, whatever the command.
  @Test(arguments: [
    ["--threads", "0"], ["--heads", "-1"], ["--glancing", "1.5"], ["--preset", "huge"],
    ["--optimizer", "adam"],
  ])
  func othersAreRefused(words: [String]) {
    #expect(throws: ArgumentError.self) { try Arguments.parse(words) }
  }
}
