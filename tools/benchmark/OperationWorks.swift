import Autodiff
import Models
import Tensors

/// The tape's operations in the shapes of the presets `tiny` and `base`, on the tokens of one shard.
var operationWorks: [Work] {
  [ModelPreset.tiny, .base].flatMap { preset in
    let shapes = OperationShapes(preset)
    return shapes.linear.flatMap(\.works) + shapes.attention.flatMap(\.works)
      + shapes.elementwise.flatMap(\.works) + lossWorks(preset)
  }
}

/// A preset's operations.
private struct OperationShapes {
  private let rows = OperationWork.rows
  private let size: Int
  private let innerSize: Int
  private let heads: Int
  private let vocabulary = 9_712

  init(_ preset: ModelPreset) {
    let configuration = preset.configuration(
      sourceVocabularySize: vocabulary, targetVocabularySize: vocabulary)
    (size, innerSize, heads) = (configuration.size, configuration.innerSize, configuration.heads)
  }

  /// Projections to queries, keys and values, to keys and values of the source, and to the outputs of attention, and
  /// the two layers of the feed-forward network.
  var linear: [OperationWork] {
    [(size, 3 * size), (size, 2 * size), (size, size), (size, innerSize), (innerSize, size)].reduce(into: [])
    {
      let work = linear(from: $1.0, to: $1.1)
      if !$0.contains(where: { $0.name == work.name }) { $0.append(work) }
    }
  }

  private func linear(from inputs: Int, to outputs: Int) -> OperationWork {
    OperationWork(
      name: "linear \(inputs) to \(outputs)", flop: 2 * rows * inputs * outputs, inputs: [[rows, inputs]],
      parameters: [[outputs, inputs], [outputs]]
    ) { $0.linear($1[0], weight: $2[0], bias: $2[1]) }
  }

  /// Sentences of 16 tokens; each query reads all 16 keys, or with a causal mask 8.5 on average.
  var attention: [OperationWork] {
    [
      attend("self", pairs: rows * 16, [[rows, 3 * size]]) { AttentionInputs(selfAttention: $0[0]) },
      attend("causal", pairs: rows * 17 / 2, [[rows, 3 * size]]) { AttentionInputs(selfAttention: $0[0]) },
      attend("cross", pairs: rows * 16, [[rows, size], [rows, 2 * size]]) {
        AttentionInputs(queries: $0[0], keysAndValues: $0[1])
      },
      attend("cross, guided", pairs: rows * 16, [[rows, size], [rows, 2 * size]]) {
        AttentionInputs(queries: $0[0], keysAndValues: $0[1])
      },
    ]
  }

  private func attend(
    _ kind: String, pairs: Int, _ inputs: [Shape], _ operands: @escaping ([Tensor]) -> AttentionInputs
  ) -> OperationWork {
    let spans = stride(from: 0, to: rows, by: 16).map {
      AttentionSpan(queries: $0..<$0 + 16, keys: $0..<$0 + 16)
    }
    // Word n is aligned to word n.
    let links =
      kind.hasSuffix("guided")
      ? spans.map { _ in (0..<16).map { AttentionGuide.Link(query: $0, key: $0) } } : nil
    return OperationWork(
      name: "attend, \(kind), size \(size)", flop: 4 * size * pairs, inputs: inputs
    ) { [heads] tape, inputs, _ in
      tape.attend(
        operands(inputs), heads: heads, spans: spans, causal: kind == "causal", dropoutRate: 0.1,
        guide: links.map { AttentionGuide(links: $0, heads: 1, weight: 0.1) }
      ).output
    }
  }

  /// Operations that pass over memory once.
  var elementwise: [OperationWork] {
    let (wide, narrow): (Shape, Shape) = ([rows, innerSize], [rows, size])
    let activations = Activation.allCases.map { activation in
      OperationWork(name: "\(activation.rawValue), size \(innerSize)", inputs: [wide]) { tape, inputs, _ in
        tape.activate(inputs[0], activation)
      }
    }
    let gated = Activation.allCases.map { activation in
      OperationWork(
        name: "\(activation.rawValue), gated, size \(innerSize)", inputs: [[rows, 2 * innerSize]]
      ) {
        tape, inputs, _ in tape.gatedActivation(inputs[0], activation)
      }
    }
    return activations + gated + [
      OperationWork(name: "dropout, size \(innerSize)", inputs: [wide]) { tape, inputs, _ in
        tape.dropout(inputs[0], rate: 0.1)
      },
      OperationWork(
        name: "add and normalize, size \(size)", inputs: [narrow, narrow], parameters: [[size], [size]]
      ) { $0.addAndNormalize($1[0], to: $1[1], gamma: $2[0], beta: $2[1], dropoutRate: 0.1) },
      OperationWork(name: "add, size \(size)", inputs: [narrow, narrow]) { tape, inputs, _ in
        tape.add(inputs[0], to: inputs[1])
      },
      rotate, embed,
    ] + recurrent
  }

  /// Layers of decoders that read the past without attention, on sentences of 16 tokens.
  private var recurrent: [OperationWork] {
    let (narrow, wide): (Shape, Shape) = ([rows, size], [rows, 2 * size])
    let sentences = stride(from: 0, to: rows, by: 16).map { $0..<$0 + 16 }
    return [
      OperationWork(name: "ssru, size \(size)", inputs: [wide], parameters: [[size]]) {
        $0.ssru($1[0], forgetBias: $2[0], sentences: sentences)
      },
      OperationWork(name: "cumulative mean, size \(size)", inputs: [narrow]) { tape, inputs, _ in
        tape.cumulativeMean(inputs[0], sentences: sentences)
      },
      OperationWork(name: "gated sum, size \(size)", inputs: [narrow, narrow, narrow, narrow]) {
        tape, inputs, _ in
        tape.gatedSum(inputs[0], inputs[1], gates: (inputs[2], inputs[3]))
      },
    ]
  }

  /// Queries and keys of sentences of 16 tokens.
  private var rotate: OperationWork {
    let positions = (0..<rows).map { Int32($0 % 16) }
    let rotary = RotaryEmbedding(positions: 16, headSize: size / heads)
    return OperationWork(name: "rotate, size \(size)", inputs: [[rows, 3 * size]]) { [size] tape, inputs, _ in
      tape.rotate(inputs[0], columns: 2 * size, positions: positions, by: rotary)
    }
  }

  private var embed: OperationWork {
    let positions = (0..<rows).map { Int32($0 % 16) }
    let ids = (0..<rows).map { Int32($0 * 37 % vocabulary) }
    let encoding = PositionTable.sinusoidal(16, size: size)
    return OperationWork(name: "embed, size \(size)", inputs: [], parameters: [[vocabulary, size]]) {
      tape, _, parameters in
      tape.embed(
        ids: ids, positions: positions, table: parameters[0], positionTable: encoding, scale: 1,
        dropoutRate: 0.1)
    }
  }
}
