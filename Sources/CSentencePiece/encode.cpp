#include <sentencepiece_processor.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "message.h"
#include "sentencepiece.h"

struct sentencepiece_model {
  sentencepiece::SentencePieceProcessor processor;
  int unknown = -1;
};

sentencepiece_model *sentencepiece_open(const uint8_t *proto, size_t count, char *message) {
  return without_exceptions(message, [&]() -> sentencepiece_model * {
    auto model = std::make_unique<sentencepiece_model>();
    const auto status =
        model->processor.LoadFromSerializedProto({reinterpret_cast<const char *>(proto), count});
    if (!status.ok()) {
      std::snprintf(message, SENTENCEPIECE_MESSAGE_CAPACITY, "%s", status.message());
      return nullptr;
    }
    model->unknown = model->processor.unk_id();
    return model.release();
  });
}

void sentencepiece_close(sentencepiece_model *model) { delete model; }

int32_t sentencepiece_encode(
    const sentencepiece_model *model, const uint8_t *text, size_t count, sentencepiece_sentence *sentence) {
  *sentence = {nullptr, 0, nullptr};
  // The library counts bytes with 32 bits, and normalized text may be longer.
  if (count > size_t{1} << 28) return 0;
  char message[SENTENCEPIECE_MESSAGE_CAPACITY];
  return without_exceptions(message, [&]() -> int32_t {
    const std::string_view input(count ? reinterpret_cast<const char *>(text) : "", count);
    sentencepiece::ImmutableSentencePieceText encoded;
    if (!model->processor.Encode(input, encoded.mutable_proto()).ok()) return 0;
    const size_t pieces = encoded.pieces_size();
    if (pieces == 0) return 1;
    sentence->pieces = static_cast<sentencepiece_piece *>(std::malloc(pieces * sizeof(sentencepiece_piece)));
    if (!sentence->pieces) return 0;
    std::string texts;
    for (size_t i = 0; i < pieces; ++i) {
      const auto piece = encoded.pieces(static_cast<int>(i));
      const int id = static_cast<int>(piece.id());
      if (id == model->unknown) texts += piece.piece();
      sentence->pieces[i] = {id, piece.begin(), piece.end(), static_cast<uint32_t>(texts.size())};
    }
    if (!texts.empty()) {
      sentence->texts = static_cast<uint8_t *>(std::malloc(texts.size()));
      if (!sentence->texts) return 0;
      std::memcpy(sentence->texts, texts.data(), texts.size());
    }
    sentence->count = pieces;
    return 1;
  });
}

void sentencepiece_free(sentencepiece_sentence sentence) {
  std::free(sentence.pieces);
  std::free(sentence.texts);
}
