#include "client/src/session/subscriptions.hpp"

#include <algorithm>

namespace iothub::client {

void subscriptions::want(std::string_view filter) {
    if (std::ranges::find(entries_, filter, &entry::filter) == entries_.end()) {
        entries_.push_back({std::string(filter)});
    }
}

void subscriptions::forget(std::string_view filter) {
    std::erase_if(entries_, [&](const entry& e) { return e.filter == filter; });
}

void subscriptions::restart() {
    for (entry& e : entries_) {
        e.is = state::wanted;
    }
}

std::vector<std::string> subscriptions::to_ask() const {
    std::vector<std::string> filters;
    for (const entry& e : entries_) {
        if (e.is == state::wanted) {
            filters.push_back(e.filter);
        }
    }
    return filters;
}

void subscriptions::asked(int packet_id) {
    for (entry& e : entries_) {
        if (e.is == state::wanted) {
            e.is = state::asked;
            e.packet_id = packet_id;
        }
    }
}

std::vector<std::string> subscriptions::answered(int packet_id, const std::vector<bool>& granted) {
    std::vector<std::string> refused;
    std::size_t index = 0;
    for (entry& e : entries_) {
        if (e.is != state::asked || e.packet_id != packet_id) {
            continue;
        }
        if (index < granted.size() && granted[index++]) {
            e.is = state::granted;
        } else {
            refused.push_back(e.filter);
        }
    }
    for (const std::string& filter : refused) {
        forget(filter);
    }
    return refused;
}

bool subscriptions::settled() const {
    return std::ranges::all_of(entries_, [](const entry& e) { return e.is == state::granted; });
}

} // namespace iothub::client
