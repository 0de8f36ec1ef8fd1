package import Recipes
import Training

/// The settings that the preset `auto` chooses, by the names of their options.
extension TrainingRequest {
  /// Whether a setting was given, so that it must not be chosen.
  package func isGiven(_ choice: Choice) -> Bool { field(choice.option).isGiven(self) }

  /// The request with choices applied where nothing was given.
  ///
  /// - Throws: ``TrainingRequestError`` for a value that a setting cannot have.
  package func completed(by choices: [Choice]) throws(TrainingRequestError) -> TrainingRequest {
    var result = self
    for choice in choices where !isGiven(choice) {
      guard field(choice.option).set(&result, choice.value) else {
        throw .conflict(
          "'\(choice.value)' is not a value for '\(choice.option)', which '--preset auto' chose")
      }
    }
    return result
  }

  /// A choice with the value in use.
  ///
  /// - Parameters:
  ///   - choice: the choice.
  ///   - completed: this request with all choices.
  /// - Returns: the choice, whether a value was given instead, and the value in use.
  package func applied(_ choice: Choice, in completed: TrainingRequest) -> AppliedChoice {
    AppliedChoice(
      choice: choice, isGiven: isGiven(choice), value: field(choice.option).text(completed) ?? choice.value)
  }

  private func field(_ option: String) -> ChoiceField {
    guard let field = ChoiceField.all[option] else {
      preconditionFailure("'--preset auto' chooses no '\(option)'")
    }
    return field
  }
}

/// A setting that can be chosen.
private struct ChoiceField: Sendable {
  let isGiven: @Sendable (TrainingRequest) -> Bool
  /// Sets it from text; false if the text is not a valid value.
  let set: @Sendable (inout TrainingRequest, String) -> Bool
  /// The value as text; nil for none.
  let text: @Sendable (TrainingRequest) -> String?

  static let all: [String: ChoiceField] = [
    // `auto` was given, and stands for the size that is chosen.
    "--preset": ChoiceField(\.architecture.preset) { _ in false },
    "--source-language": ChoiceField(\.vocabulary.sourceLanguage, \.vocabulary.$sourceLanguage.isGiven),
    "--target-language": ChoiceField(\.vocabulary.targetLanguage, \.vocabulary.$targetLanguage.isGiven),
    "--joint": joint(true), "--separate": joint(false),
    "--merges": ChoiceField(\.vocabulary.merges),
    "--precision": ChoiceField(\.machine.precision, \.machine.$precision.isGiven),
    "--positions": ChoiceField(\.architecture.positions, \.architecture.$positions.isGiven),
    "--activation": ChoiceField(\.architecture.activation, \.architecture.$activation.isGiven),
    "--inner-size": ChoiceField(\.architecture.innerSize),
    "--batch-tokens": ChoiceField(\.batches.tokens, \.batches.$tokens.isGiven),
    "--dropout": ChoiceField(\.regularization.dropout),
    "--label-smoothing": ChoiceField(
      \.regularization.labelSmoothing, \.regularization.$labelSmoothing.isGiven),
    "--bpe-dropout": ChoiceField(\.regularization.bpeDropout, \.regularization.$bpeDropout.isGiven),
    "--r-drop": ChoiceField(\.regularization.rDrop, \.regularization.$rDrop.isGiven),
    "--schedule": ChoiceField(\.schedule.name, \.schedule.$name.isGiven),
    // Noam computes its own rate.
    "--learning-rate": ChoiceField(\.schedule.learningRate) {
      $0.schedule.learningRate != nil || $0.schedule.name == .noam
    },
    "--warmup": ChoiceField(\.schedule.warmup),
    "--validate-every": ChoiceField(\.stopping.validateEvery, \.stopping.$validateEvery.isGiven),
    "--patience": ChoiceField(\.stopping.patience, \.stopping.$patience.isGiven),
  ]

  private static func joint(_ isJoint: Bool) -> ChoiceField {
    ChoiceField(
      isGiven: { $0.vocabulary.$joint.isGiven },
      set: { request, _ in
        request.vocabulary.joint = isJoint
        return true
      },
      text: { $0.vocabulary.joint ? "joint" : "separate" })
  }
}

extension ChoiceField {
  private typealias Property<Value> = any WritableKeyPath<TrainingRequest, Value> & Sendable
  private typealias Condition = @Sendable (TrainingRequest) -> Bool

  private init<Value: LosslessStringConvertible & SendableMetatype>(
    _ property: Property<Value>, _ isGiven: @escaping Condition
  ) {
    self.init(isGiven: isGiven, set: setter(property) { Value($0) }, text: { words($0[keyPath: property]) })
  }

  private init<Value: RawRepresentable<String> & SendableMetatype>(
    _ property: Property<Value>, _ isGiven: @escaping Condition
  ) {
    self.init(
      isGiven: isGiven, set: setter(property) { Value(rawValue: $0) },
      text: { $0[keyPath: property].rawValue })
  }

  /// A setting without a default, given where it is there.
  private init<Value: LosslessStringConvertible & SendableMetatype>(
    _ property: Property<Value?>, _ isGiven: Condition? = nil
  ) {
    self.init(
      isGiven: isGiven ?? { $0[keyPath: property] != nil },
      set: setter(property) { word in Value(word).map { .some($0) } },
      text: { $0[keyPath: property].map { words($0) } })
  }
}

private func setter<Value>(
  _ property: any WritableKeyPath<TrainingRequest, Value> & Sendable,
  _ parse: @escaping @Sendable (String) -> Value?
) -> @Sendable (inout TrainingRequest, String) -> Bool {
  { request, word in
    guard let value = parse(word) else { return false }
    request[keyPath: property] = value
    return true
  }
}

/// A value as on a command line: 5 for 5.0.
private func words(_ value: some LosslessStringConvertible) -> String {
  let text = value.description
  return value is Double && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
