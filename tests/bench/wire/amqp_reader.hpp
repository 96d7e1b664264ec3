#pragma once
// A reader of all partitions of the Event Hubs-compatible endpoint that only counts what it gets.
// AMQP 1.0 by hand, so that the reader costs next to nothing.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bench/wire/tls_client.hpp"

namespace iothub::bench {

class amqp_reader final : public tls_client {
public:
    // `token` is one of a policy that permits ServiceConnect.
    amqp_reader(reactor& loop, std::uint16_t port, std::string_view token, unsigned partitions);

    bool attached() const { return attached_ == links_.size(); }
    std::uint64_t count() const { return count_; }

private:
    struct link {
        std::uint32_t received = 0;
        std::uint32_t credit_ends = 0;
    };

    void secured() override {}
    std::size_t take(std::string_view bytes) override;
    void handle(std::string_view performative);
    void delivered(std::uint32_t handle);
    void give_credit(std::uint32_t handle);

    std::vector<link> links_;
    std::size_t attached_ = 0;
    std::size_t headers_ = 0; // protocol headers that the server has sent
    std::uint64_t count_ = 0;
};

} // namespace iothub::bench
