#include "integration/back_end/blob_storage.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "common/percent_encoding.hpp"

namespace iothub::test {

namespace {

std::string reply(const std::string& status, const std::string& body = {},
                  const std::string& fields = {}) {
    return "HTTP/1.1 " + status +
           "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           fields + "\r\n" + body;
}

std::string body_of(const std::string& request) {
    return request.substr(request.find("\r\n\r\n") + 4);
}

// The whole of a request; less where the peer has gone.
std::string receive(int socket) {
    std::string request;
    std::size_t whole = request.npos;
    char bytes[16 * 1024];
    while (request.size() < whole) {
        const ssize_t got = recv(socket, bytes, sizeof bytes, 0);
        if (got <= 0) {
            break;
        }
        request.append(bytes, static_cast<std::size_t>(got));
        const std::size_t head = request.find("\r\n\r\n");
        if (head != request.npos) {
            const std::size_t field = request.find("Content-Length: ");
            whole = head + 4 + (field < head ? std::stoul(request.substr(field + 16)) : 0);
        }
    }
    return request;
}

} // namespace

blob_storage::blob_storage()
    : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name;
    auto* generic = reinterpret_cast<sockaddr*>(&name);
    if (bind(listener_, generic, size) != 0 || listen(listener_, 16) != 0) {
        throw std::runtime_error("the storage cannot listen");
    }
    getsockname(listener_, generic, &size);
    port_ = ntohs(name.sin_port);
    thread_ = std::thread([this] { serve(); });
}

blob_storage::~blob_storage() {
    stopping_ = true;
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
}

std::string blob_storage::uri() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/account/c?sig=x";
}

std::string blob_storage::blob(const std::string& name) {
    const std::lock_guard lock(mutex_);
    const auto found = blobs_.find(name);
    return found == blobs_.end() ? "" : found->second;
}

void blob_storage::put(const std::string& name, const std::string& bytes) {
    const std::lock_guard lock(mutex_);
    blobs_[name] = bytes;
}

void blob_storage::serve() {
    const timeval limit{10, 0};
    while (!stopping_) {
        const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            return; // closed by the destructor
        }
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        const std::string answer = answer_to(receive(socket));
        send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);
        close(socket);
    }
}

std::string blob_storage::answer_to(const std::string& request) {
    const std::lock_guard lock(mutex_);
    const std::string method = request.substr(0, request.find(' '));
    const std::string target =
        request.substr(method.size() + 1, request.find(" HTTP/1.1") - method.size() - 1);
    const std::string parameters = target.substr(target.find('?') + 1);
    const std::string path = target.substr(0, target.find('?'));
    const std::string prefix = "/account/c/";
    const std::string name = path.starts_with(prefix) ? path.substr(prefix.size()) : "";
    if (method == "PUT") {
        return answer_to_put(name, parameters, body_of(request));
    }
    if (method == "DELETE") {
        return blobs_.erase(name) == 0 ? reply("404 Not Found") : reply("202 Accepted");
    }
    return name.empty() ? reply("200 OK", "<EnumerationResults/>") : answer_to_get(name, request);
}

std::string blob_storage::answer_to_put(const std::string& name, const std::string& parameters,
                                        const std::string& body) {
    const std::string block = "blockid=";
    if (const std::size_t at = parameters.find(block); at != parameters.npos) {
        const std::size_t end = parameters.find('&', at);
        blocks_[*percent_decode(parameters.substr(at + block.size(), end - at - block.size()))] =
            body;
        return reply("201 Created");
    }
    std::string whole;
    const std::string tag = "<Latest>";
    for (std::size_t at = body.find(tag); at != body.npos; at = body.find(tag, at + 1)) {
        const std::size_t begin = at + tag.size();
        whole += blocks_.at(body.substr(begin, body.find('<', begin) - begin));
    }
    blocks_.clear();
    blobs_[name] = whole;
    return reply("201 Created");
}

std::string blob_storage::answer_to_get(const std::string& name, const std::string& request) {
    const auto found = blobs_.find(name);
    if (found == blobs_.end()) {
        return reply("404 Not Found", {}, "x-ms-error-code: BlobNotFound\r\n");
    }
    const std::string& blob = found->second;
    const std::string range = request.substr(request.find("bytes=") + 6);
    const std::size_t first = std::stoul(range);
    const std::size_t last = std::stoul(range.substr(range.find('-') + 1));
    const std::string all = "/" + std::to_string(blob.size()) + "\r\n";
    if (first >= blob.size()) {
        return reply("416 Range Not Satisfiable", {}, "Content-Range: bytes */" + all.substr(1));
    }
    const std::string piece = blob.substr(first, last - first + 1);
    return reply("206 Partial Content", piece,
                 "Content-Range: bytes " + std::to_string(first) + "-" +
                     std::to_string(first + piece.size() - 1) + all);
}

} // namespace iothub::test
