#pragma once
// A part of a twin – tags, values or metadata – as JSON. Copies share it until one of them changes,
// so that twins are handed around for next to nothing, and its text is made once for all of them.
// Belongs to one thread.

#include <memory>
#include <string>
#include <utility>

#include "common/json.hpp"

namespace iothub::core {

class twin_part {
public:
    twin_part(); // {}
    explicit twin_part(json value)
        : body_(std::make_shared<body>(std::move(value), std::string())) {}

    // `text` is that of `value`, for one that was read from it.
    twin_part(json value, std::string text)
        : body_(std::make_shared<body>(std::move(value), std::move(text))) {}

    twin_part& operator=(json value) { return *this = twin_part(std::move(value)); }

    const json& value() const { return body_->value; }
    operator const json&() const { return value(); }
    const json& operator*() const { return value(); }
    const json* operator->() const { return &value(); }

    // Compact, as to_text() makes it. Valid until this part changes or ends.
    const std::string& text() const;

    // For changing it: a copy of its own where others share it. Use it at once.
    json& writable();

    bool operator==(const twin_part& other) const {
        return body_ == other.body_ || value() == other.value();
    }

private:
    struct body {
        body(json v, std::string t)
            : value(std::move(v))
            , text(std::move(t)) {}

        json value;
        std::string text; // empty: not made yet
    };

    std::shared_ptr<body> body_;
};

} // namespace iothub::core
