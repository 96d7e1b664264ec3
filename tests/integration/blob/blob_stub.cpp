#include "blob_stub.hpp"

#include "support/catch.hpp"

namespace iothub::test {

// One connection, one request.
class blob_stub::session final : public net::byte_sink {
public:
    session(blob_stub& owner, std::shared_ptr<net::byte_stream> stream)
        : owner_(owner)
        , stream_(std::move(stream)) {}

    void received(std::string_view bytes) override {
        request_ += bytes;
        if (!answered_ && whole()) {
            answered_ = true;
            owner_.requests_.push_back(request_);
            answer();
        }
    }

    void closed(std::string_view) override { stream_ = nullptr; }

    void drained() override {
        while (owner_.keeps_sending && stream_ && stream_->queued() == 0) {
            stream_->send(std::string(256 * 1024, 'x'));
        }
    }

private:
    bool whole() const {
        const std::size_t head = request_.find("\r\n\r\n");
        if (head == request_.npos) {
            return false;
        }
        const std::size_t field = request_.find("Content-Length: ");
        const std::size_t body =
            field < head ? std::stoul(request_.substr(field + 16)) : std::size_t(0);
        return request_.size() >= head + 4 + body;
    }

    void answer() {
        REQUIRE_FALSE(owner_.replies_.empty());
        const std::string reply = owner_.replies_.front();
        owner_.replies_.pop_front();
        stream_->send(reply);
        if (owner_.keeps_sending) {
            drained();
        } else if (!reply.empty()) {
            stream_->close("answered");
        }
    }

    blob_stub& owner_;
    std::shared_ptr<net::byte_stream> stream_;
    std::string request_;
    bool answered_ = false;
};

blob_stub::blob_stub(security how, const std::string& address)
    : tls_(how == security::tls) {
    const timestamp now = std::chrono::time_point_cast<ticks>(std::chrono::system_clock::now());
    certificates = net::create_certificates({"storage.example"}, now).value();
    net::listener_options options;
    options.address = address;
    options.connections = connections_;
    options.tls = tls_ ? net::tls_context::create(certificates.server).value() : nullptr;
    options.on_refusal = [](std::string_view) {};
    options.on_accept = [this](std::shared_ptr<net::byte_stream> stream) {
        stream->start(std::make_shared<session>(*this, stream));
    };
    listener_ = net::listener::open(loop, options).value();
}

blob_stub::~blob_stub() {
    listener_->stop();
    connections_->abort_all("the test is over");
    loop.restart();
    loop.poll();
}

void blob_stub::reply(const std::string& status, const std::string& headers,
                      const std::string& body) {
    reply("HTTP/1.1 " + status + "\r\n" + headers +
          "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

std::string blob_stub::uri(const std::string& host) const {
    return std::string(tls_ ? "https" : "http") + "://" + host + ":" +
           std::to_string(listener_->port()) + "/account/c?sv=2020-10-02&sig=secret";
}

bool blob_stub::run_until(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        loop.restart();
        loop.run_one_for(std::chrono::milliseconds(5));
    }
    return true;
}

} // namespace iothub::test
