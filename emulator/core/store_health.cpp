#include "emulator/core/store_health.hpp"

#include <cstddef>

#include "emulator/core/store.hpp"

namespace iothub::core {

namespace {

constexpr std::string_view probe_name = "probe";
constexpr std::size_t probe_bytes = 64 * 1024;

} // namespace

std::optional<std::string> store_health::trouble(timestamp now) {
    if (auto seen = store_.trouble(); seen && !trouble_) {
        fall_ill(*std::move(seen), now);
        write_log(now);
    }
    return trouble_;
}

std::optional<timestamp> store_health::next_deadline() const {
    return trouble_ || probe_left_ ? std::optional(next_probe_) : std::nullopt;
}

void store_health::write_probe(timestamp now) {
    next_probe_ = now + probe_pause;
    if (trouble_) {
        store_.put_record(probe_name, std::string(probe_bytes, 'x'));
    } else {
        store_.remove_record(probe_name);
    }
    probe_left_ = trouble_.has_value();
}

void store_health::kept() {
    if (!trouble_) {
        return;
    }
    log_.write(log_level::info, "store",
               "what is written is kept again; turns that were lost: " + std::to_string(lost_));
    trouble_.reset();
    lost_ = untold_ = 0;
    next_line_ = never;
}

void store_health::turn_lost(const error& reason, timestamp now) {
    ++lost_;
    ++untold_;
    fall_ill(log_text(reason), now);
    write_log(now);
}

void store_health::not_kept(const error& reason, timestamp now) {
    fall_ill(log_text(reason), now);
    write_log(now);
}

void store_health::fall_ill(std::string reason, timestamp now) {
    if (!trouble_) {
        next_probe_ = now + probe_pause;
    }
    trouble_ = std::move(reason);
}

void store_health::write_log(timestamp now) {
    if (now < next_line_) {
        return;
    }
    next_line_ = now + log_pause;
    const std::string what = untold_ == 0 ? "nothing can be kept: "
                             : untold_ == 1
                                 ? "a turn could not be kept: "
                                 : std::to_string(untold_) + " turns could not be kept: ";
    log_.write(log_level::error, "store", what + *trouble_);
    untold_ = 0;
}

} // namespace iothub::core
