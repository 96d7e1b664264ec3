#pragma once
// A container of a stub, and operations on it that wait for their answer.

#include <memory>
#include <optional>
#include <string>

#include "blob_stub.hpp"
#include "emulator/blob/http_containers.hpp"
#include "support/catch.hpp"

namespace iothub::test {

struct blob_client {
    explicit blob_client(blob_stub& at, blob::exchange_limits limits = {})
        : stub(at)
        , containers(at.loop.get_executor(), at.certificates.ca_pem, limits)
        , container(containers.open(at.uri()).value()) {}

    result<> put_block(const std::string& blob, std::size_t number, const std::string& bytes) {
        return wait([&](auto done) { container->put_block(blob, number, bytes, done); });
    }
    result<> commit(const std::string& blob, std::size_t count) {
        return wait([&](auto done) { container->commit_blocks(blob, count, done); });
    }
    result<> remove(const std::string& blob) {
        return wait([&](auto done) { container->remove(blob, done); });
    }
    result<> list() {
        return wait([&](auto done) { container->list(done); });
    }

    result<core::blob_piece> read(const std::string& blob, core::byte_range range) {
        std::optional<result<core::blob_piece>> outcome;
        container->read(blob, range, [&](const auto& piece) { outcome = piece; });
        CHECK_FALSE(outcome);
        REQUIRE(stub.run_until([&] { return outcome.has_value(); }));
        return *outcome;
    }

    template <class Start>
    result<> wait(Start start) {
        std::optional<result<>> outcome;
        start([&](const result<>& answered) { outcome = answered; });
        CHECK_FALSE(outcome);
        REQUIRE(stub.run_until([&] { return outcome.has_value(); }));
        return *outcome;
    }

    // Why the operation failed; the signature is never told.
    template <class Outcome>
    static std::string reason(const Outcome& outcome) {
        REQUIRE(outcome.has_error());
        CHECK(outcome.error().code == errc::blob_container_validation_error);
        CHECK(log_text(outcome.error()).find("secret") == std::string::npos);
        return outcome.error().message;
    }

    blob_stub& stub;
    blob::http_containers containers;
    std::unique_ptr<core::blob_container> container;
};

} // namespace iothub::test
