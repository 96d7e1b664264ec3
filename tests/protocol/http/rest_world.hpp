#pragma once
// A hub behind one REST connection without a socket: what every script here runs against.

#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/http/upgrade.hpp"
#include "emulator/http_codec/fields.hpp"
#include "emulator/http_codec/server_session.hpp"
#include "emulator/storage/memory_store.hpp"
#include "support/fake_stream.hpp"
#include "support/faulty_store.hpp"
#include "support/fixed_ids.hpp"
#include "support/manual_clock.hpp"
#include "support/recording_log.hpp"

namespace iothub::test {

struct answer {
    int status = 0;
    http_codec::fields headers;
    std::string body;

    json document() const;
    std::string header(std::string_view name) const; // "" where there is none
    std::string code() const { return header("iothub-errorcode"); }
};

// The responses in a row of bytes. Fails the test where they are no whole responses.
std::vector<answer> read_answers(std::string_view bytes);

// A token of the policy that lasts an hour from the world's start.
std::string token_of(std::string_view policy, std::string_view resource = "localhost");

struct rest_world {
    explicit rest_world(http_codec::session_limits limits = {}, core::hub_settings settings = {});
    ~rest_world();
    rest_world(const rest_world&) = delete;
    rest_world& operator=(const rest_world&) = delete;

    manual_clock clock;
    fixed_ids ids;
    recording_log log;
    storage::memory_store kept;
    faulty_store store{kept};
    core::hub hub;
    boost::asio::io_context loop;
    std::shared_ptr<fake_stream> stream;
    std::shared_ptr<const http::websocket_protocols> protocols; // of the next connection

    std::string page; // likewise

    // A new connection, in place of the old one.
    void connect(http_codec::session_limits limits = {});

    // Delivers bytes and lets the hub run turns until it is quiet; what was answered.
    std::string exchange(std::string_view bytes);

    // Lets the hub run turns until it is quiet.
    void settle();

    // One request with host, api-version and the owner's token; `more` are further header lines.
    answer ask(std::string_view method, std::string_view path, std::string_view body = {},
               std::string_view more = {});

    // Bytes of such a request. A path with a query keeps it and gets the api-version added.
    static std::string request(std::string_view method, std::string_view path,
                               std::string_view body = {}, std::string_view more = {});

    // PUTs a device or a module; its etag.
    std::string add(std::string_view path);
};

} // namespace iothub::test
