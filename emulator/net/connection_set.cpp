#include "emulator/net/connection_set.hpp"

#include <utility>

namespace iothub::net {

void connection_set::close_all(std::string_view reason) {
    for (const auto& stream : members())
        stream->close(reason);
}

void connection_set::abort_all(std::string_view reason) {
    for (const auto& stream : members())
        stream->abort(reason);
}

std::vector<std::shared_ptr<byte_stream>> connection_set::members() const {
    std::vector<std::shared_ptr<byte_stream>> alive;
    alive.reserve(streams_.size());
    for (byte_stream* stream : streams_)
        if (auto shared = stream->weak_from_this().lock())
            alive.push_back(std::move(shared));
    return alive;
}

membership::membership(std::shared_ptr<connection_set> connections, byte_stream& stream)
    : connections_(std::move(connections))
    , stream_(stream) {
    connections_->streams_.insert(&stream_);
}

membership::~membership() {
    connections_->streams_.erase(&stream_);
}

} // namespace iothub::net
