#include "common/json.hpp"
#include "emulator/http_codec/request_reader.hpp"
#include "fuzz/conversations/conversations.hpp"
#include "fuzz/conversations/pieces.hpp"
#include "fuzz/conversations/rest_connection.hpp"

namespace iothub::fuzz {

namespace {

std::string text(const http_codec::request& asked) {
    std::string all = asked.method + " " + asked.target + (asked.keep_alive ? " keep" : " close") +
                      (asked.version_1_1 ? " 1.1\n" : " 1.0\n");
    for (const http_codec::field& one : asked.headers) {
        all += one.name + "=" + one.value + "\n";
    }
    return all + asked.body + "\n";
}

} // namespace

std::string http_conversation(std::string_view sent, std::size_t cut) {
    rest_connection client;
    const std::string stream = replaced(replaced(std::string(sent), "{token}", owner_token()),
                                        "{device}", test::token_of(test::device));
    send_cut(stream, cut, [&](std::string_view part) { client.send(part); });
    test::world& w = client.hub_side();
    return client.answers() + "\nended: " + client.end_reason() +
           "\nrequests: " + std::to_string(w.hub.count().requests) +
           "\nevents: " + std::to_string(w.events("dev1").size());
}

std::string read_requests(std::string_view sent, std::size_t cut) {
    http_codec::request_reader reader;
    std::string read;
    send_cut(sent, cut, [&](std::string_view part) {
        reader.put(part);
        while (const auto asked = reader.next()) {
            read += text(*asked);
        }
    });
    if (reader.fault()) {
        return read + std::to_string(reader.fault()->status) + " " + reader.fault()->reason;
    }
    return read + "phase " + std::to_string(static_cast<int>(reader.reading()));
}

} // namespace iothub::fuzz
