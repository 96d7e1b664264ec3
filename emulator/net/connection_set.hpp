#pragma once
// Every open connection of a hub, those still shaking hands included: the cap that all its
// listeners share (reliability specification §1) and the way to end them all. Kept by app, filled
// by listener.

#include <cstddef>
#include <memory>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "emulator/net/byte_stream.hpp"

namespace iothub::net {

class connection_set {
public:
    static constexpr std::size_t default_limit = 20'000;

    explicit connection_set(std::size_t limit = default_limit)
        : limit_(limit) {}

    std::size_t size() const { return streams_.size(); }
    std::size_t limit() const { return limit_; }
    bool full() const { return size() >= limit_; }

    // byte_stream::close() and abort() for each. Sinks are told from the loop, so let it run until
    // size() is 0 after close_all(), and once more after abort_all(), before it is destroyed.
    void close_all(std::string_view reason);
    void abort_all(std::string_view reason);

private:
    friend class membership;

    std::vector<std::shared_ptr<byte_stream>> members() const;

    std::size_t limit_;
    std::unordered_set<byte_stream*> streams_;
};

// A stream's place in the set, given back when it is destroyed.
class membership {
public:
    membership(std::shared_ptr<connection_set> connections, byte_stream& stream);
    ~membership();
    membership(const membership&) = delete;
    membership& operator=(const membership&) = delete;

private:
    std::shared_ptr<connection_set> connections_;
    byte_stream& stream_;
};

} // namespace iothub::net
