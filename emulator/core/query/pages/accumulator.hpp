#pragma once
// One aggregate over the values of a path: COUNT, SUM, AVG, MIN or MAX (service API §6.1). Missing
// values count nowhere, nor does for SUM and AVG what is no number.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "common/json_fwd.hpp"
#include "emulator/core/query/statement.hpp"

namespace iothub::core::query {

class accumulator {
public:
    explicit accumulator(aggregate how)
        : how_(how) {}

    // Null: the value is missing. Where the aggregate is over no path, each row has the value true.
    void add(const json* value);

    // Nothing: undefined, as an average of nothing is. The extreme of numbers where there was one,
    // else that of strings.
    std::optional<json> outcome() const;

    // Of the text that is kept.
    std::size_t bytes() const;

private:
    void add_number(const json& number);
    void add_extreme(const json& value);
    std::optional<json> average() const;

    aggregate how_;
    std::uint64_t count_ = 0; // of COUNT the values, of SUM and AVG the numbers
    std::int64_t whole_ = 0;  // the sum, while it is an integer of 64 bits
    double sum_ = 0;
    bool is_whole_ = true;
    std::optional<json> number_; // the extreme
    std::optional<json> text_;
};

} // namespace iothub::core::query
