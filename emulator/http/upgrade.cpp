#include "emulator/http/upgrade.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "common/base64.hpp"
#include "common/letter_case.hpp"
#include "emulator/http/target.hpp"
#include "emulator/http_codec/authority.hpp"

namespace iothub::http {

namespace {

// The hub's own, and the one at which Python's service SDK and those of Event Hubs speak AMQP.
bool is_websocket_address(std::string_view text) {
    if (text.find("websocket") == text.npos) { // spares most requests the parsing
        return false;
    }
    const auto where = parse_target(text);
    return where && where->path.size() == 2 && where->path[1] == "websocket" &&
           (where->path[0] == "$iothub" || where->path[0] == "$servicebus");
}

// The elements of all the lists of that name.
std::vector<std::string_view> tokens_of(const http_codec::request& asked, std::string_view name) {
    std::vector<std::string_view> tokens;
    for (const auto& field : asked.headers) {
        if (!equal_ignoring_case(field.name, name)) {
            continue;
        }
        for (std::string_view rest = field.value; !rest.empty();) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            tokens.push_back(http_codec::trimmed(rest.substr(0, comma)));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return tokens;
}

bool has_token(const http_codec::request& asked, std::string_view name, std::string_view token) {
    return std::ranges::any_of(tokens_of(asked, name), [token](std::string_view one) {
        return equal_ignoring_case(one, token);
    });
}

// The value of a field that must be there once, or nothing.
std::string_view only_value(const http_codec::request& asked, std::string_view name) {
    const std::string* value = asked.headers.find(name);
    return value != nullptr && asked.headers.count(name) == 1 ? std::string_view(*value)
                                                              : std::string_view();
}

bool is_nonce(std::string_view key) {
    const auto bytes = base64_decode(key);
    return bytes && bytes->size() == 16;
}

// Of "https://localhost:443" and of "localhost:443" alike.
std::optional<std::string_view> host_named_by(std::string_view origin) {
    const std::size_t scheme = origin.find("://");
    origin.remove_prefix(scheme == origin.npos ? 0 : scheme + 3);
    return http_codec::host_of(origin);
}

// A browser says which page asks; a page of another host has no business here (RFC 6455 §10.2).
// Python sends an Origin, too: the host that it connects to.
bool comes_from_here(const http_codec::request& asked) {
    const std::string* origin = asked.headers.find("Origin");
    if (origin == nullptr) {
        return true;
    }
    const std::string* host = asked.headers.find("Host");
    const auto here = host == nullptr ? std::nullopt : http_codec::host_of(*host);
    const auto there = host_named_by(*origin);
    return here && there && asked.headers.count("Origin") == 1 &&
           equal_ignoring_case(*there, *here);
}

std::optional<websocket_refusal> find_fault(const http_codec::request& asked) {
    if (!is_websocket_address(asked.target)) {
        return websocket_refusal{{404, "WebSocket is spoken at /$iothub/websocket and "
                                       "/$servicebus/websocket only; a port in HostName keeps "
                                       "some SDKs from it."}};
    }
    if (asked.method != "GET") {
        return websocket_refusal{{405, "WebSocket begins with GET."}, {{"Allow", "GET"}}};
    }
    if (!comes_from_here(asked)) {
        return websocket_refusal{{403, "The page that asks is of another origin."}};
    }
    if (!has_token(asked, "Upgrade", "websocket")) {
        return websocket_refusal{{426, "Only WebSocket is spoken at this address."},
                                 {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}}};
    }
    if (!has_token(asked, "Connection", "Upgrade") || !asked.keep_alive) {
        return websocket_refusal{{400, "The Connection field does not say Upgrade."}};
    }
    if (only_value(asked, "Sec-WebSocket-Version") != "13") {
        return websocket_refusal{{426, "Only version 13 of WebSocket is spoken."},
                                 {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}}};
    }
    if (!is_nonce(only_value(asked, "Sec-WebSocket-Key"))) {
        return websocket_refusal{{400, "Sec-WebSocket-Key must be 16 bytes in base64, once."}};
    }
    return std::nullopt;
}

websocket_refusal unknown_protocol(const websocket_protocols& known) {
    std::string reason = "No subprotocol that is known was offered; known are:";
    for (const auto& protocol : known) {
        reason.append(" ").append(protocol.name);
    }
    return {{400, reason + "."}};
}

} // namespace

bool asks_for_websocket(const http_codec::request& asked) {
    return has_token(asked, "Upgrade", "websocket") || is_websocket_address(asked.target);
}

std::variant<websocket_agreement, websocket_refusal>
agree_on_websocket(const http_codec::request& asked, const websocket_protocols& known) {
    if (auto fault = find_fault(asked)) {
        return *std::move(fault);
    }
    for (const std::string_view offered : tokens_of(asked, "Sec-WebSocket-Protocol")) {
        const auto found = std::ranges::find_if(known, [offered](const auto& protocol) {
            return equal_ignoring_case(protocol.name, offered);
        });
        if (found != known.end()) {
            return websocket_agreement{std::string(only_value(asked, "Sec-WebSocket-Key")),
                                       std::string(offered), found->serve};
        }
    }
    return unknown_protocol(known);
}

} // namespace iothub::http
