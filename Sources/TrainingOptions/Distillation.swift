public import CommandLineArguments
public import TrainingSession

extension DistillationRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Distillation"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--distill-from", "folder",
      "teacher model; its translations of the training text replace the given ones and are kept "
        + "in MODEL/distilled", \.teacher),
    Option(
      "--distill-beam", "count", "beam size of the teacher", \.beam, limit: .training("--distill-beam")),
    Option(
      "--distill-with-original",
      "train on the given translations as well, so that each source sentence occurs twice",
      \.withOriginal),
  ]

  /// A paragraph of the help text.
  package static let discussion = """
    --distill-from TEACHER first translates the training text, then trains on the translations: useful for a \
    non-autoregressive decoder or a small model, such as --preset student, which also follows word alignments that are made \
    for it (see --guided-alignment) and gets a lexical shortlist; --export-bergamot writes it for Firefox. Without --vocab, the model has its teacher's \
    vocabulary. The translations are kept in MODEL/distilled; if this is \
    interrupted, run the same command again to continue.
    """
}
