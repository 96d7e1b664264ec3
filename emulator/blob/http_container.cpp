#include "emulator/blob/http_container.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "common/base64.hpp"
#include "common/percent_encoding.hpp"

namespace iothub::blob {

namespace {

constexpr std::string_view block_blob = "x-ms-blob-type: BlockBlob\r\n";
constexpr std::string_view as_text = "x-ms-blob-content-type: text/plain; charset=utf-8\r\n";

// All of a blob have the same length, as they must.
std::string block_id(std::size_t number) {
    const std::string digits = std::to_string(number);
    return base64_encode("block-" + std::string(6 - std::min<std::size_t>(6, digits.size()), '0') +
                         digits);
}

std::string block_list(std::size_t count) {
    std::string xml = R"(<?xml version="1.0" encoding="utf-8"?><BlockList>)";
    for (std::size_t number = 0; number < count; ++number) {
        xml.append("<Latest>").append(block_id(number)).append("</Latest>");
    }
    return xml.append("</BlockList>");
}

// Slashes in the name of a blob stay.
std::string encoded_path(std::string_view blob) {
    std::string path;
    while (true) {
        const std::size_t end = blob.find('/');
        path.append("/").append(percent_encode(blob.substr(0, end)));
        if (end == blob.npos) {
            return path;
        }
        blob.remove_prefix(end + 1);
    }
}

// What the storage calls its refusal is shown to the caller and logged: only a plain word is.
std::string shown(const std::string& error_code) {
    const bool plain = error_code.size() <= 64 && std::ranges::all_of(error_code, [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                       });
    return plain && !error_code.empty() ? " " + error_code : "";
}

error refused(const std::string& operation, const answer& a) {
    return {errc::blob_container_validation_error, operation + ": the storage answered " +
                                                       std::to_string(a.status) +
                                                       shown(a.error_code) + "."};
}

// The size in "bytes 0-99/1234" or "bytes */1234".
std::optional<std::uint64_t> size_in(std::string_view content_range) {
    const std::size_t slash = content_range.find('/');
    if (slash == content_range.npos) {
        return std::nullopt;
    }
    const std::string_view digits = content_range.substr(slash + 1);
    std::uint64_t size = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, failure] = std::from_chars(digits.data(), end, size);
    return failure == std::errc() && stop == end ? std::optional(size) : std::nullopt;
}

// 416: the range begins behind the end. 200: the whole blob, for ranges that begin with it.
result<core::blob_piece> piece_of(const std::string& operation, core::byte_range range,
                                  const answer& a) {
    const auto size = size_in(a.content_range);
    if (a.status == 206 && size && a.body.size() <= range.length) {
        return core::blob_piece{a.body, *size};
    }
    if (a.status == 416) {
        return core::blob_piece{{}, size.value_or(range.first)};
    }
    if (a.status == 200 && range.first == 0) {
        return core::blob_piece{a.body.substr(0, range.length), a.body.size()};
    }
    return refused(operation, a);
}

} // namespace

http_container::http_container(boost::asio::any_io_executor executor, container_uri where,
                               std::shared_ptr<net::tls_client_context> tls,
                               const exchange_limits& limits)
    : executor_(std::move(executor))
    , where_(std::move(where))
    , tls_(std::move(tls))
    , limits_(limits) {}

http_container::~http_container() {
    if (present_) {
        present_->cancel();
    }
}

void http_container::put_block(const std::string& blob, std::size_t number, std::string bytes,
                               done answered) {
    ask({"Put Block of " + blob,
         "PUT",
         blob,
         "comp=block&blockid=" + percent_encode(block_id(number)),
         {},
         std::move(bytes)},
        201, std::move(answered));
}

void http_container::commit_blocks(const std::string& blob, std::size_t count, done answered) {
    if (count == 0) {
        ask({"Put Blob of " + blob, "PUT", blob, {}, std::string(block_blob).append(as_text)}, 201,
            std::move(answered));
        return;
    }
    ask({"Put Block List of " + blob, "PUT", blob, "comp=blocklist", std::string(as_text),
         block_list(count)},
        201, std::move(answered));
}

void http_container::read(const std::string& blob, core::byte_range range, piece_taken taken) {
    const request what{"Get Blob of " + blob,
                       "GET",
                       blob,
                       {},
                       "x-ms-range: bytes=" + std::to_string(range.first) + "-" +
                           std::to_string(range.first + range.length - 1) + "\r\n"};
    ask(what, [name = what.name, range, taken = std::move(taken)](const result<answer>& a) {
        taken(a ? piece_of(name, range, *a) : a.error());
    });
}

void http_container::remove(const std::string& blob, done answered) {
    ask({"Delete Blob of " + blob, "DELETE", blob, {}, {}}, 202, std::move(answered));
}

void http_container::list(done answered) {
    ask({"List Blobs", "GET", {}, "restype=container&comp=list&maxresults=1", {}}, 200,
        std::move(answered));
}

void http_container::ask(const request& what, int expected_status, done answered) {
    ask(what, [name = what.name, expected_status,
               answered = std::move(answered)](const result<answer>& a) {
        if (!a) {
            answered(a.error());
        } else if (a->status != expected_status) {
            answered(refused(name, *a));
        } else {
            answered({});
        }
    });
}

void http_container::ask(const request& what, exchange::handler handle) {
    present_ = std::make_shared<exchange>(executor_, limits_, std::move(handle));
    present_->start({where_.host, where_.port, tls_}, bytes_of(what));
}

std::string http_container::bytes_of(const request& what) const {
    std::string bytes = what.method + " " + where_.path;
    bytes.append(what.blob.empty() ? "" : encoded_path(what.blob)).append("?");
    bytes.append(what.parameters)
        .append(what.parameters.empty() || where_.query.empty() ? "" : "&")
        .append(where_.query);
    bytes.append(" HTTP/1.1\r\nHost: ").append(where_.authority);
    bytes.append("\r\nUser-Agent: iothub-emulator\r\nAccept: */*\r\nConnection: close\r\n"
                 "x-ms-version: 2020-10-02\r\n");
    bytes.append(what.headers);
    if (what.method == "PUT") {
        bytes.append("Content-Length: ").append(std::to_string(what.body.size())).append("\r\n");
    }
    return bytes.append("\r\n").append(what.body);
}

} // namespace iothub::blob
