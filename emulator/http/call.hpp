#pragma once
// One request on its way through an operation: what was asked, and where the answer goes. Handlers
// get it from dispatch and may keep it until they can reply.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/identity_key.hpp"
#include "common/json_fwd.hpp"
#include "common/result.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/registry/precondition.hpp"
#include "emulator/http/response_stamp.hpp"
#include "emulator/http/router.hpp"
#include "emulator/http/target.hpp"
#include "emulator/http_codec/exchange.hpp"
#include "emulator/net/byte_stream.hpp"

namespace iothub::http {

class call {
public:
    call(core::hub& hub, std::shared_ptr<http_codec::exchange> exchange, net::peer peer)
        : hub_(hub)
        , exchange_(std::move(exchange))
        , peer_(std::move(peer)) {}

    core::hub& hub() { return hub_; }
    const http_codec::request& asked() const { return exchange_->asked(); }
    const net::peer& peer() const { return peer_; }

    // Filled in by dispatch before the handler runs.
    http::target target;
    path_values values;            // of the path's placeholders
    core::device_principal sender; // where a device or module asks for itself
    http_codec::fields told_also;  // fields of every answer besides the stamp's

    // What a placeholder of the path stands for; "" where it has no such placeholder.
    std::string value(std::string_view placeholder) const;

    // The identity that the path names.
    identity_key key() const { return {value("device"), value("module")}; }

    core::precondition demand() const; // If-Match

    // The body, which must be a JSON object (argument_invalid).
    result<json> document() const;

    // Sends the response or the error, with the headers of every response; counts it, and logs the
    // reason of an error. Only the first reply counts.
    void reply(result<http_codec::response> outcome);

    // As reply() with an error, with one more header field.
    void fail(const error& e, http_codec::fields more = {});

    // As fail(), in the envelope of a call that a device did not answer.
    void fail_unanswered(const error& e, const json& info);

private:
    void send(http_codec::response r, const response_stamp& stamp);
    void send_failure(const error& e, http_codec::response r, const response_stamp& stamp);
    void log_failure(const error& e, int status);
    std::string asked_line() const;
    void trace(const http_codec::response& r) const;

    core::hub& hub_;
    std::shared_ptr<http_codec::exchange> exchange_;
    net::peer peer_;
};

} // namespace iothub::http
