import Files
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite struct KeptWeightsTests {
  private func fixture(_ scores: [Double] = [5]) throws -> RunFixture {
    var fixture = try RunFixture()
    fixture.plan.keptCheckpoints = 3
    fixture.validator = RunFixture.ListedScores(scores.map { .init(perplexity: $0) })
    return fixture
  }

  private func kept(_ fixture: RunFixture) -> [KeptWeights.File] {
    KeptWeights(modelFolder: fixture.plan.folder).files
  }

  @Test func newestAreKeptEverySoManyUpdates() throws {
    var fixture = try fixture()
    (fixture.plan.keepEvery, fixture.plan.maxUpdates) = (2, 11)
    _ = try fixture.run()
    #expect(kept(fixture).map(\.update) == [6, 8, 10])
    let newest = try SafetensorsFile(path: try #require(kept(fixture).last).path)
    #expect(newest.metadata["update"] == "10")
    #expect(newest.tensors.map(\.name) == ToyTask.model().parameters.map(\.name), "weights alone")
  }

  @Test func newestAreKeptEveryEpoch() throws {
    var fixture = try fixture()
    fixture.plan.maxEpochs = 5
    let updates = fixture.updatesPerEpoch
    _ = try fixture.run()
    #expect(kept(fixture).map(\.update) == [3 * updates, 4 * updates, 5 * updates])
  }

  /// The limit of updates is at the end of an epoch, which ends like any other.
  @Test func lastEpochIsKept() throws {
    var fixture = try fixture()
    fixture.plan.maxUpdates = 2 * fixture.updatesPerEpoch
    _ = try fixture.run()
    #expect(kept(fixture).map(\.update) == [fixture.updatesPerEpoch, 2 * fixture.updatesPerEpoch])
  }

  @Test func weightsAreThoseThatAreTrainedNotTheirMovingAverage() throws {
    var fixture = try fixture()
    (fixture.plan.keepEvery, fixture.plan.maxUpdates) = (4, 4)
    _ = try fixture.run()
    let file = try SafetensorsFile(path: try #require(kept(fixture).first).path)
    let checkpoint = try SafetensorsFile(path: fixture.plan.checkpointPath)
    for tensor in file.tensors {
      #expect(checkpoint[tensor.name]?.values == tensor.values)
      #expect(checkpoint["average.\(tensor.name)"]?.values != tensor.values)
    }
  }

  @Test func newRunForgetsOldWeights() throws {
    var fixture = try fixture()
    (fixture.plan.keepEvery, fixture.plan.maxUpdates) = (2, 6)
    _ = try fixture.run()
    fixture.plan.maxUpdates = 3
    _ = try fixture.run()
    #expect(kept(fixture).map(\.update) == [2])
  }

  /// A killed run leaves weights of updates after its checkpoint.
  @Test func weightsAfterTheCheckpointAreForgotten() throws {
    var fixture = try fixture()
    (fixture.plan.keepEvery, fixture.plan.maxUpdates) = (2, 20)
    _ = try fixture.run(stoppingAt: 4)
    let old = try #require(kept(fixture).last).path
    try FileManager.default.copyItem(atPath: old, toPath: fixture.folder("checkpoints/update-18.safetensors"))
    _ = try fixture.run(resuming: true, stoppingAt: 7)
    #expect(kept(fixture).map(\.update) == [2, 4, 6])
  }

  @Test func validationEveryEpoch() throws {
    var fixture = try fixture([5, 4, 3, 6])
    (fixture.plan.validateEvery, fixture.plan.patience) = (.epochs(2), 2)
    let updates = fixture.updatesPerEpoch
    let (end, record) = try fixture.run()
    #expect(end == .noProgress)
    #expect(record.state.newestEpoch == 10)
    #expect(
      record.events.filter { $0.hasPrefix("validating") } == (1...5).map { "validating \($0 * 2 * updates)" })
  }

  @Test(arguments: [1, 2])
  func interruptionAtTheEndOfAnEpochLosesNoValidation(epoch: Int) throws {
    var (whole, parts) = (try fixture(), try fixture())
    for fixture in [0, 1] {
      let plan = { (plan: inout TrainingPlan) in (plan.validateEvery, plan.maxEpochs) = (.epochs(1), 3) }
      if fixture == 0 { plan(&whole.plan) } else { plan(&parts.plan) }
    }
    let uninterrupted = try whole.run().record
    let first = try parts.run(stoppingAt: epoch * parts.updatesPerEpoch).record
    let second = try parts.run(resuming: true).record
    let all = [first, second].flatMap(\.events).filter { $0.hasPrefix("validat") }
    #expect(all == uninterrupted.events.filter { $0.hasPrefix("validat") })
    #expect(kept(whole).map(\.update) == kept(parts).map(\.update))
  }

  // MARK: - Their average

  @Test(arguments: [3.0, 7.0])
  func averageBecomesTheModelIfItIsBetter(perplexity: Double) throws {
    var fixture = try fixture([5, 4, perplexity])
    (fixture.plan.keepEvery, fixture.plan.maxUpdates, fixture.plan.averageLast) = (2, 10, 2)
    var saved: [[Float]] = []
    fixture.saveModel = { model, _ in saved.append(model.weights.array) }
    let record = try fixture.run().record
    #expect(record.events.suffix(3).dropLast() == ["averaging [8, 10]", "validating 10"])
    #expect(
      record.saved.map(\.best.averagedUpdates) == (perplexity < 4 ? [nil, nil, [8, 10]] : [nil, nil]))
    #expect(record.state.best.scores?.perplexity == min(4, perplexity))
    guard perplexity < 4 else { return }
    let files = try kept(fixture).suffix(2).map { try SafetensorsFile(path: $0.path) }
    let (one, other) = (files[0].tensors.flatMap(\.values), files[1].tensors.flatMap(\.values))
    #expect(saved.last == zip(one, other).map { Float((Double($0) + Double($1)) / 2) })
  }

  @Test func averageIsTheMean() throws {
    let (folder, model) = (try TemporaryFolder(), ToyTask.model())
    let all = (0..<3).map { randomValues(model.parameterCount, seed: UInt64($0)) }
    let paths = try all.enumerated().map { index, values in
      try SafetensorsFile(model.tensors(LaidOut.buffer([values]))).write(path: folder("\(index)"))
      return folder("\(index)")
    }
    let mean = all[0].indices.map {
      Float((Double(all[0][$0]) + Double(all[1][$0]) + Double(all[2][$0])) / 3)
    }
    #expect(try model.averageOfParameters(paths: paths).array == mean)
    #expect(try model.averageOfParameters(paths: [paths[1]]).array == all[1])
  }

  @Test func whatDoesNotFitIsNamed() throws {
    let (folder, model) = (try TemporaryFolder(), ToyTask.model())
    let good = model.tensors(model.initialParameters(seed: 1))
    var (missing, wrong, infinite) = (good, good, good)
    missing.removeLast()
    wrong[0].shape = wrong[0].shape.reversed()
    infinite[1].values[0] = .infinity
    try SafetensorsFile(good).write(path: folder("good"))
    for (name, tensors) in [("missing", missing), ("wrong", wrong), ("infinite", infinite)] {
      try SafetensorsFile(tensors).write(path: folder(name))
      #expect { try model.averageOfParameters(paths: [folder("good"), folder(name)]) } throws: {
        $0 is CheckpointError && "\($0)".contains(folder(name))
      }
    }
    #expect(throws: FileError.notFound(path: folder("none"))) {
      try model.averageOfParameters(paths: [folder("good"), folder("none")])
    }
  }
}

extension Transformer {
  /// The parameters of a buffer in the format of files.
  fileprivate func tensors(_ buffer: FlatBuffer) -> [SafetensorsFile.Tensor] {
    parameters.map {
      let range = $0.range
      return SafetensorsFile.Tensor(name: $0.name, shape: $0.extents, values: buffer.array(range))
    }
  }
}
