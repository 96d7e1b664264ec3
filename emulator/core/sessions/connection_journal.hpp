#pragma once
// How the connections of devices and modules came and went since the hub started: for people who
// ask why a device is not connected. Kept by session_table, shown by the management API.

#include <cstddef>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/identity_key.hpp"
#include "common/timestamp.hpp"

namespace iothub::core {

// Where a connection comes from.
struct connection_origin {
    std::string transport; // "mqtt", "mqtt-ws"
    std::string address;   // "127.0.0.1:51234"
};

struct connection_record {
    identity_key key;
    bool connected = false;
    connection_origin origin; // of the last connection
    timestamp connected_since = never;
    timestamp disconnected_at = never;
    std::string disconnect_reason; // of the last connection that ended
    timestamp refused_at = never;
    std::string refusal_reason; // of the last one that was refused
};

class connection_journal {
public:
    // Of identities that are not connected; those that changed longest ago go first.
    static constexpr std::size_t max_idle_records = 1'000;

    void opened(const identity_key& key, connection_origin origin, timestamp now);
    void closed(const identity_key& key, std::string_view reason, timestamp now);
    // `key` is what the client claimed to be.
    void refused(const identity_key& key, std::string_view reason, timestamp now);
    void clear(); // forgets those that are not connected

    // In the order of their keys.
    std::vector<connection_record> records() const;
    std::optional<connection_record> find(const identity_key& key) const;

private:
    struct entry {
        connection_record record;
        std::list<identity_key>::iterator idle; // its place, unless it is connected
    };

    entry& find_or_add(const identity_key& key);
    void changed(entry& one);
    void make_room();

    std::unordered_map<identity_key, entry> entries_;
    std::list<identity_key> idle_; // not connected, the most recently changed first
};

} // namespace iothub::core
