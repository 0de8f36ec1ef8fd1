import Decoding
import Models
import Testing

@Suite struct OptionUseTests {
  static let kinds: [DecoderKind] = [
    .autoregressive, .nonautoregressive(ctc), .nonautoregressive(length), .nonautoregressive(endToken),
    .nonautoregressive(maskPredict), .drafting(ctc), .drafting(length), .drafting(maskPredict),
  ]
  static let ctc = NonautoregressiveConfiguration(method: .ctc)
  static let length = NonautoregressiveConfiguration(method: .length)
  static let maskPredict = NonautoregressiveConfiguration(method: .maskPredict)
  static let endToken = {
    var configuration = NonautoregressiveConfiguration(method: .length)
    configuration.ending = .endToken
    return configuration
  }()

  struct Case: Sendable, CustomTestStringConvertible {
    let option: String
    let users: [DecoderKind]
    let change: @Sendable (inout SearchOptions) -> Void
    var testDescription: String { option }
  }

  static let cases = [
    Case(
      option: "--iterations", users: [.nonautoregressive(maskPredict), .drafting(maskPredict)],
      change: { $0.nonautoregressive.iterations = 4 }),
    Case(
      option: "--length-beam",
      users: [
        .nonautoregressive(length), .nonautoregressive(maskPredict), .drafting(length),
        .drafting(maskPredict),
      ], change: { $0.nonautoregressive.lengthBeam = 5 }),
    Case(
      option: "--max-length-ratio",
      users: [.autoregressive, .drafting(ctc), .drafting(length), .drafting(maskPredict)],
      change: { $0.limits.maxLengthRatio = 3 }),
    Case(
      option: "--stop-rule",
      users: [.autoregressive, .drafting(ctc), .drafting(length), .drafting(maskPredict)],
      change: { $0.stopRule = .vanilla }),
    Case(
      option: "--beam-groups",
      users: [.autoregressive, .drafting(ctc), .drafting(length), .drafting(maskPredict)],
      change: { $0.groups = BeamGroups(5) }),
  ]

  @Test(arguments: cases)
  func anOptionOfOtherDecodersIsRefusedByName(_ item: Case) throws {
    var options = SearchOptions()
    for kind in Self.kinds { try options.checkUse(by: kind) }
    item.change(&options)
    for kind in Self.kinds {
      if item.users.contains(kind) {
        try options.checkUse(by: kind)
      } else {
        #expect { try options.checkUse(by: kind) } throws: { error in
          "\(error)".hasPrefix("\(item.option) has no effect with \(kind)")
        }
      }
    }
  }

  @Test func beamOptionsAreIdleWithoutABeam() {
    var options = SearchOptions()
    (options.stopRule, options.groups.count, options.scoring.wordPenalty) = (.vanilla, 5, -1)
    func names() -> [String] {
      options.idleOptions(with: .autoregressive).compactMap {
        $0.split(separator: " ").first.map(String.init)
      }
    }
    #expect(names() == [])
    options.computesScores = false
    // The mean of the same reward.
    #expect(names() == ["--word-penalty"])
    options.scoring.lengthPenalty = LengthPenalty.none
    #expect(names() == [])
    options.beamSize = 1
    #expect(names() == ["--stop-rule", "--beam-groups", "--length-penalty", "--word-penalty"])
    (options.beamSize, options.sampling) = (nil, Sampling())
    #expect(names() == ["--stop-rule", "--beam-groups", "--length-penalty", "--word-penalty"])
  }

  @Test func idleOptionsAreNamed() {
    var options = SearchOptions()
    options.computesScores = false
    for kind in Self.kinds { #expect(options.idleOptions(with: kind) == []) }
    options.scoring.lengthPenalty = .normalized(alpha: 2)
    func names(_ kind: DecoderKind) -> [String] {
      options.idleOptions(with: kind).compactMap { $0.split(separator: " ").first.map(String.init) }
    }
    #expect(names(.autoregressive) == [])
    #expect(names(.nonautoregressive(Self.ctc)) == ["--length-penalty"])
    #expect(names(.nonautoregressive(Self.endToken)) == ["--length-penalty"])
    #expect(names(.nonautoregressive(Self.length)) == [])
    #expect(names(.drafting(Self.ctc)) == [])
    options.beamSize = 1
    options.scoring.coveragePenalty = 0.2
    #expect(names(.autoregressive) == ["--length-penalty", "--coverage-penalty"])
    #expect(names(.nonautoregressive(Self.maskPredict)) == ["--length-penalty", "--coverage-penalty"])
    options.beamSize = 4
    #expect(names(.nonautoregressive(Self.ctc)) == [])
    #expect(names(.nonautoregressive(Self.endToken)).first == "--beam")
    options.sampling = Sampling()
    #expect(names(.autoregressive) == ["--beam", "--length-penalty", "--coverage-penalty"])
    // Printed scores show their effect.
    options.computesScores = true
    #expect(names(.autoregressive) == ["--beam"])
  }
}
