#include <sentencepiece_trainer.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include <unordered_map>

#include "sentencepiece.h"

namespace {

/// The lines of a buffer, one after another.
class Lines final : public sentencepiece::SentenceIterator {
 public:
  Lines(const uint8_t *bytes, size_t count)
      : position_(reinterpret_cast<const char *>(bytes)), end_(position_ + count), done_(count == 0) {
    if (!done_) read();
  }
  bool done() const override { return done_; }
  void Next() override {
    if (position_ == end_) {
      done_ = true;
    } else {
      read();
    }
  }
  const std::string &value() const override { return line_; }
  sentencepiece::util::Status status() const override { return {}; }

 private:
  void read() {
    const auto *feed = static_cast<const char *>(std::memchr(position_, '\n', end_ - position_));
    const char *next = feed ? feed : end_;
    line_.assign(position_, next);
    position_ = feed ? feed + 1 : end_;
  }

  const char *position_;
  const char *end_;
  bool done_;
  std::string line_;
};

std::unordered_map<std::string, std::string> settings_of(const uint8_t *bytes, size_t count) {
  std::unordered_map<std::string, std::string> settings;
  for (Lines lines(bytes, count); !lines.done(); lines.Next()) {
    const std::string &line = lines.value();
    const size_t equals = line.find('=');
    if (equals != std::string::npos) settings[line.substr(0, equals)] = line.substr(equals + 1);
  }
  // Only errors are reported, and those are returned.
  settings["minloglevel"] = "2";
  return settings;
}

}  // namespace

uint8_t *sentencepiece_train(
    const uint8_t *settings, size_t settings_count, const uint8_t *words, size_t words_count, size_t *model_count,
    char *message) {
  try {
    Lines lines(words, words_count);
    std::string model;
    const auto status =
        sentencepiece::SentencePieceTrainer::Train(settings_of(settings, settings_count), &lines, &model);
    auto *result = status.ok() ? static_cast<uint8_t *>(std::malloc(model.size() + 1)) : nullptr;
    if (!result) {
      std::snprintf(
          message, SENTENCEPIECE_MESSAGE_CAPACITY, "%s", status.ok() ? "not enough memory" : status.message());
      return nullptr;
    }
    std::memcpy(result, model.data(), model.size());
    *model_count = model.size();
    return result;
  } catch (const std::exception &error) {
    std::snprintf(message, SENTENCEPIECE_MESSAGE_CAPACITY, "%s", error.what());
  } catch (...) {
    std::snprintf(message, SENTENCEPIECE_MESSAGE_CAPACITY, "unknown error");
  }
  return nullptr;
}
