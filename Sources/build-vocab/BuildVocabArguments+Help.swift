import CommandLineArguments

extension BuildVocabArguments {
  static let command = CommandDescription(
    name: "build-vocab",
    summary: "learns to split the words of two languages into subwords and writes the vocabulary",
    usage: [
      "--source <file> --target <file> --output <folder> [options]",
      "--train <file.tmx> --output <folder> [options]",
    ],
    examples: [
      .init(
        "a shared vocabulary of about 10,000 subwords for English and German",
        "build-vocab --source train.en --target train.de --source-language en --target-language de \\\n"
          + "  --output vocab"),
      .init(
        "separate vocabularies for two scripts; the files are compressed, and the source has two",
        "build-vocab --source news.zh.gz --source talks.zh.gz --target all.en.gz --separate --merges 8000 \\\n"
          + "  --source-language zh --target-language en --output vocab"),
      .init(
        "one model for two target languages; a tag selects one",
        "build-vocab --source en-de.en --source en-fr.en --target en-de.de --target en-fr.fr \\\n"
          + #"  --tag "<2de>" --tag "<2fr>" --output vocab"#),
      .init(
        "a SentencePiece model in which no character is unknown",
        "build-vocab --source train.en --target train.ja --segmentation sentencepiece --vocab-size 16000 \\\n"
          + "  --byte-fallback --output vocab"),
    ],
    discussion: """
      Unless --segmentation is sentencepiece, lines are normalized and split into words, then byte pair encoding (Sennrich et al. 2016) learns merges: \
      frequent words stay whole, rare ones are split. Every character that is frequent enough becomes a token \
      (--min-character-frequency), so nothing written in these characters is ever unknown. Words with other characters \
      are copied into the translation whole. White space and invisible characters that mean nothing are removed.

      Tags tell a model what to do with a sentence, such as which language to translate it into. They are never \
      split, lowercased or normalized. A tag counts only as the first word of a source line, or through \
      --prefix-source of train-translation and translate; elsewhere the same characters are plain text, so tags \
      cannot be injected. A tag is written in angle brackets: <2de> or >>deu<<.

      Span tokens (--span-tokens) stand for text that a translation must copy: addresses, placeholders, codes. \
      train-translation puts them in place of words on both sides of some pairs, so that a model learns to carry them \
      over, and translate uses them for protected spans. Text never becomes such a token, even if it has the same \
      characters. They come after all other tokens, which are the same without them.

      Words and lines of thousands of characters are seldom language: hex dumps, encoded pictures, a file without \
      line ends. With --max-word-length and --max-line-length, they are left out of what is learned from, their \
      characters included, and counted in the report. Training and translation are not affected.

      Protected words, such as placeholders and product names, are found in the text before it is split into words, so \
      they may contain punctuation and spaces; they begin and end where words do. They are not counted for merges. Those \
      that occur at least twice (or --min-frequency times) become tokens; others are copied into the translation whole.

      With --segmentation sentencepiece, SentencePiece (Kudo and Richardson 2018) learns from the same files, with its own \
      normalization (nmt_nfkc). It splits text at spaces and learns the most likely pieces (--model-type unigram), or \
      merges of pairs (bpe), until there are --vocab-size pieces with special tokens, tags and characters, and span tokens on top. The rarest \
      characters are <unk>, or with --byte-fallback the pieces of their bytes. Models of other programs can be used, too: \
      put the file into a folder as sentencepiece.model (or sentencepiece.source.model and sentencepiece.target.model), \
      with a pipeline.json like that of a folder made here. A list vocab.txt beside it gives pieces other ids.

      --train reads translation memories, catalogs and all other formats of convert-corpus, as train-translation does: \
      finished translations only, without formatting tags unless you give --keep-tags.

      Files may be plain or gzip; '-' is standard input. The output folder holds pipeline.json, vocab.txt (one token \
      per line, in the order of ids) and bpe.codes (in subword-nmt's format), or sentencepiece.model; with --separate, two \
      of each. An \
      existing vocabulary is replaced; a folder with other files is left untouched.
      """,
    related: [
      "segment-text", "train-translation", "average-checkpoints", "quantize-model", "translate",
      "evaluate-translation",
    ])
}
