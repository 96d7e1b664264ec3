#pragma once
// One request on its way through an operation of the management API: what was asked, and where the
// answer goes. Handlers get it from routes and may keep it until they can reply.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/identity_key.hpp"
#include "common/json_fwd.hpp"
#include "common/property_bag.hpp"
#include "common/result.hpp"
#include "emulator/http_codec/exchange.hpp"
#include "emulator/http_codec/streamed_response.hpp"
#include "emulator/management/surroundings.hpp"

namespace iothub::management {

using http_codec::response;

// A whole number from `least` to `most`.
struct number_range {
    std::size_t least;
    std::size_t most;
};

class call {
public:
    // Goes on with the connection: answers with a body that is sent piece by piece. Only while the
    // request is being handled.
    using stream_begin = std::function<void(std::shared_ptr<http_codec::streamed_response>)>;
    using streamer = std::function<void(response head, http_codec::streamed_response::source next,
                                        stream_begin begun)>;

    call(std::shared_ptr<const surroundings> around, std::shared_ptr<http_codec::exchange> exchange,
         streamer stream);

    const surroundings& around() const { return *around_; }
    core::hub& hub() const { return around_->hub; }
    const http_codec::request& asked() const { return exchange_->asked(); }
    std::string_view path() const;
    const property_bag& query() const { return query_; }

    // The value of a parameter, which is "" where it has none; null where it is absent.
    const std::string* find(std::string_view name) const;
    // Nothing where it is absent; argument_invalid.
    result<std::optional<std::size_t>> number(std::string_view name,
                                              const number_range& range) const;

    // Of ?device=D or ?device=D&module=M, which exists: argument_invalid without `device`,
    // device_not_found.
    result<identity_key> identity() const;

    // The body, which must be a JSON object (argument_invalid).
    result<json> document() const;

    // Only the first reply counts. Errors are logged, and become refusals.
    void reply(result<response> outcome);
    void refuse(int status, const error& reason, http_codec::fields more = {});
    // Asks the REST interface for what `target` names; its answer is the reply.
    void pass_to_service(std::string target);
    void stream(response head, http_codec::streamed_response::source next, stream_begin begun);

    // Nobody waits for the reply any more.
    bool abandoned() const { return exchange_->abandoned(); }

private:
    std::shared_ptr<const surroundings> around_;
    std::shared_ptr<http_codec::exchange> exchange_;
    streamer stream_;
    property_bag query_;
};

} // namespace iothub::management
