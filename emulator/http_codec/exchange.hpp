#pragma once
// One request and the place for its response. Whoever handles it may keep it and reply later (a
// direct method waits for its device): the session sends responses in the order of the requests.

#include <memory>
#include <optional>

#include "emulator/http_codec/request.hpp"
#include "emulator/http_codec/response.hpp"

namespace iothub::http_codec {

class server_session;

class exchange {
public:
    exchange(request asked, std::weak_ptr<server_session> session)
        : asked_(std::move(asked))
        , session_(std::move(session)) {}

    const request& asked() const { return asked_; }

    // Only the first reply counts, and none once the connection is gone.
    void reply(response r);

    bool replied() const { return response_.has_value(); }

    // True when the connection has ended: nobody waits for the reply any more.
    bool abandoned() const { return session_.expired(); }

private:
    friend class server_session;

    framing how_to_send() const;

    request asked_;
    std::weak_ptr<server_session> session_;
    std::optional<response> response_;
    bool released_ = false; // the response may leave
};

} // namespace iothub::http_codec
