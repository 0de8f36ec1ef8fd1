#include "library.h"

#include <sentencepiece_processor.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

struct library_model {
  sentencepiece::SentencePieceProcessor processor;
};

namespace {

template <typename Element, typename Container>
Element *copied(const Container &values, size_t *count) {
  *count = values.size();
  auto *copy = static_cast<Element *>(std::malloc(values.size() * sizeof(Element) + 1));
  if (copy && !values.empty()) std::memcpy(copy, values.data(), values.size() * sizeof(Element));
  return copy;
}

}  // namespace

library_model *library_open(const uint8_t *proto, size_t count) {
  auto model = std::make_unique<library_model>();
  const std::string_view serialized(reinterpret_cast<const char *>(proto), count);
  return model->processor.LoadFromSerializedProto(serialized).ok() ? model.release() : nullptr;
}

void library_close(library_model *model) { delete model; }

int32_t *library_encode(const library_model *model, const uint8_t *text, size_t count, size_t *ids) {
  std::vector<int> found;
  const std::string_view input(count ? reinterpret_cast<const char *>(text) : "", count);
  if (!model->processor.Encode(input, &found).ok()) return nullptr;
  return copied<int32_t>(found, ids);
}

uint8_t *library_decode(const library_model *model, const int32_t *ids, size_t count, size_t *length) {
  std::string text;
  if (!model->processor.Decode(std::vector<int>(ids, ids + count), &text).ok()) return nullptr;
  return copied<uint8_t>(text, length);
}
